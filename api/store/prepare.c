#include "prepare.h"

#include <pthread.h>

enum { STACK_BYTES = 4 * 1024 * 1024 };

struct order {
    sqlite3 *sqlite;
    const char *text;
    sqlite3_stmt *stmt;
    int code;
};

static void *run(void *context)
{
    struct order *order = context;
    order->code =
        sqlite3_prepare_v3(order->sqlite, order->text, -1, SQLITE_PREPARE_PERSISTENT, &order->stmt, NULL);
    return NULL;
}

int prepare(sqlite3 *sqlite, const char *text, sqlite3_stmt **stmt)
{
    struct order order = {.sqlite = sqlite, .text = text, .code = SQLITE_NOMEM};
    pthread_t thread;
    pthread_attr_t attributes;
    if (pthread_attr_init(&attributes) != 0)
        return SQLITE_NOMEM;
    pthread_attr_setstacksize(&attributes, STACK_BYTES);
    if (pthread_create(&thread, &attributes, run, &order) == 0)
        pthread_join(thread, NULL);
    pthread_attr_destroy(&attributes);
    *stmt = order.stmt;
    return order.code;
}
