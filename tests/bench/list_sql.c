/*
 * The floor under the ticket list: the store's own statement in a loop, one thread, no HTTP, no session.
 *
 *     bench-list-sql DATA_DIR EMAIL SECONDS      prints lists a second
 */
#include "../../api/store/person.h"
#include "../../api/store/ticket.h"

#include <stdio.h>
#include <stdlib.h>

static long lists_within(struct store *store, const struct viewer *viewer, int64_t milliseconds)
{
    const struct ticket_query query = {.status = TICKET_OPEN, .limit = 25};
    struct arena *arena = arena_new(0);
    const int64_t end = store_now() + milliseconds;
    long lists = 0;
    while (store_now() < end) {
        struct ticket *tickets;
        size_t count;
        arena_reset(arena);
        if (ticket_list(store, arena, viewer, &query, &tickets, &count) != RC_OK || count != 25)
            exit(1);
        lists++;
    }
    arena_free(arena);
    return lists;
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fputs("usage: bench-list-sql DATA_DIR EMAIL SECONDS\n", stderr);
        return 2;
    }
    struct diag *diag = diag_new();
    struct store *store = store_open(argv[1], &(struct store_options){0}, diag);
    if (!store) {
        diag_print(diag, stderr);
        return 1;
    }
    struct arena *arena = arena_new(0);
    struct person person;
    if (person_by_email(store, arena, argv[2], &person) != RC_OK) {
        fprintf(stderr, "%s: nobody has this address\n", argv[2]);
        return 1;
    }
    const struct viewer viewer = {.person_id = person.id, .company_id = person.company_id};
    const long seconds = strtol(argv[3], NULL, 10);
    printf("%ld\n", lists_within(store, &viewer, seconds * 1000) / seconds);
    arena_free(arena);
    store_close(store);
    diag_free(diag);
    return 0;
}
