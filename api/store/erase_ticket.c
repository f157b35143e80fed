/* One ticket of somebody who is erased. */
#include "erase_inside.h"
#include "file.h"
#include "search.h"

/* What is to be done to it. */
struct erasing {
    int64_t person_id, number;
    bool all; /* nobody else but the team has a part in it */
    const struct erase_words *words;
    int64_t now;
};

struct kept_file {
    struct kept_file *next;
    const char *id;
};

static enum rc find_next(struct conn *conn, int64_t person_id, int64_t *number)
{
    struct query query = query_begin(conn, SQL_ERASE_NEXT_TICKET);
    query_bind_int(&query, ":person", person_id);
    bool found = query_step(&query);
    *number = found ? query_int(&query, 0) : 0;
    enum rc rc = query_end(&query);
    return rc == RC_OK && !found ? RC_NOT_FOUND : rc;
}

static bool is_theirs_alone(struct conn *conn, const struct erasing *erasing)
{
    struct query query = query_begin(conn, SQL_ERASE_TICKET_STATE);
    query_bind_int(&query, ":person", erasing->person_id);
    query_bind_int(&query, ":number", erasing->number);
    bool alone = query_step(&query) && query_int(&query, 0) != 0;
    query_end(&query);
    return alone;
}

static struct query begin(struct conn *conn, enum statement statement, const struct erasing *erasing)
{
    struct query query = query_begin(conn, statement);
    query_bind_int(&query, ":person", erasing->person_id);
    query_bind_int(&query, ":number", erasing->number);
    return query;
}

static struct kept_file *drop_files(struct conn *conn, struct arena *arena, const struct erasing *erasing)
{
    struct kept_file *files = NULL;
    struct query query = begin(conn, SQL_ERASE_FILES, erasing);
    query_bind_int(&query, ":all", erasing->all);
    while (query_step(&query)) {
        struct kept_file *file = arena_alloc(arena, sizeof *file);
        if (!file) {
            query_fail(&query, RC_INTERNAL);
            break;
        }
        *file = (struct kept_file){files, query_text(&query, 0, arena)};
        files = file;
    }
    query_end(&query);
    return files;
}

static void replace_words(struct conn *conn, const struct erasing *erasing)
{
    struct query query = begin(conn, SQL_ERASE_MESSAGES, erasing);
    query_bind_int(&query, ":all", erasing->all);
    query_bind_text(&query, ":text", erasing->words->text);
    query_bind_int(&query, ":now", erasing->now);
    query_run(&query, NULL);
    query = begin(conn, SQL_ERASE_TICKET, erasing);
    query_bind_text(&query, ":text", erasing->words->text);
    query_bind_int(&query, ":now", erasing->now);
    query_run(&query, NULL);
}

static enum rc erase_it(struct conn *conn, struct arena *arena, struct erasing *erasing,
                        struct kept_file **files)
{
    enum rc rc = find_next(conn, erasing->person_id, &erasing->number);
    if (rc != RC_OK)
        return rc;
    erasing->all = is_theirs_alone(conn, erasing);
    search_forget(conn, erasing->number);
    *files = drop_files(conn, arena, erasing);
    replace_words(conn, erasing);
    search_learn(conn, erasing->number);
    return conn->rc;
}

/* A file that is still there after a crash has no row, and goes when the store is opened. */
enum rc erase_ticket(struct store *store, int64_t person_id, const struct erase_words *words, int64_t now)
{
    struct erasing erasing = {.person_id = person_id, .words = words, .now = now};
    struct kept_file *files = NULL;
    struct arena *arena = arena_new(0);
    if (!arena)
        return RC_INTERNAL;
    struct conn *conn = db_write(store->db);
    /* What others of the round wrote is not in the index yet, and could not be taken out of it. */
    enum rc rc = conn->follows ? RC_CONFLICT : erase_it(conn, arena, &erasing, &files);
    rc = db_end(conn, rc);
    for (; rc == RC_OK && files; files = files->next)
        file_remove(store, files->id);
    arena_free(arena);
    return rc;
}
