/*
 * sync_read: what is here, for programs that keep another system in step: all of it, in the order of our
 * numbers.
 *
 * `id` is what the thing is called in the other system (NULL: it did not come from there), `here` what it is
 * here. Texts are valid until the next row. Who was erased, internal notes and the team are not told.
 */
#ifndef GUICHET_STORE_SYNC_READ_H
#define GUICHET_STORE_SYNC_READ_H

#include "store.h"

/* One row; members that its kind has not are NULL, 0 or false. */
struct sync_row {
    int64_t here;
    const char *id;
    int64_t created_at;
    const char *name;                                    /* of a company */
    const char *email, *first_name, *last_name, *locale; /* of a contact */
    const char *company_id, *company;                    /* of a contact or ticket: its id there, its name */
    bool manager, disabled;                              /* of a contact */
    const char *properties;                              /* of a contact or ticket, a JSON object */
    const char *subject, *requester, *owner;             /* of a ticket; people by their addresses */
    const char *inbox, *pipeline, *stage, *category, *priority, *source;
    int64_t last_activity_at, closed_at; /* 0: open */
    int64_t ticket;                      /* of a message: our number */
    const char *author, *text, *channel;
};

struct sync_page {
    const char *source; /* the other system */
    int64_t after;      /* behind this one of ours; 0: from the first */
    int64_t limit;
};

/* False ends the walk. */
typedef bool sync_visit(void *context, const struct sync_row *row);

typedef enum rc sync_read(struct store *store, const struct sync_page *page, sync_visit *each, void *context);

sync_read sync_read_companies, sync_read_contacts, sync_read_tickets, sync_read_messages;

#endif
