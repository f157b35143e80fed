/*
 * admin: what administrators do with people, told as a request and an answer, each a JSON object.
 *
 *     {"verb": "people add", "addresses": ["anna@acme.example"], "options": {"--name": "Anna Berg"}}
 *     {"errors": [], "done": ["anna@acme.example: added"], "people": [{"email": "anna@acme.example", ...}],
 *      "skipped": []}
 *
 * An error is a text, or {"row": 3, "key": "locale", "message": ".."} about what stands in a row.
 *
 * admin_main() makes the request from a command line and prints the answer; control.h brings it to whoever
 * holds the store, where admin_answer() does the work. A request is all checked before anything is changed.
 */
#ifndef GUICHET_ADMIN_H
#define GUICHET_ADMIN_H

#include "../../lib/portal.h"
#include "../store/people.h"

#include <jansson.h>

struct admin {
    struct store *store;
    const struct portal *portal;
    const char *origin; /* where links lead */
    int64_t now;
    struct arena *arena;
    const json_t *options;
    const json_t *addresses;
    const json_t *rows;                     /* of a CSV file, objects of texts */
    json_t *errors, *done, *people, *mails; /* of the answer */
    json_t *webhooks, *deliveries, *tokens;
    json_t *skipped; /* errors about what was left out because that was wanted */
};

/* Do what a request says. A new reference; NULL: no memory. */
json_t *admin_answer(struct store *store, const struct portal *portal, const char *origin,
                     const json_t *request);

/* --- for the verbs ---------------------------------------------------------------------------------------
 */

/* An option's value; NULL: it was not given. */
const char *admin_option(const struct admin *admin, const char *name);

void admin_error(struct admin *admin, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Where in the request something stands: a row of it, and of that a key. A row of -1: nowhere. */
struct admin_cell {
    long row;
    const char *key;
};
void admin_cell_error(struct admin *admin, struct admin_cell cell, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void admin_done(struct admin *admin, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Say what a failed call of the store means, about this address. */
void admin_failed(struct admin *admin, const char *address, enum rc rc);

/* "; did you mean \"gold\"?", or "". `candidates` ends with NULL. */
const char *admin_hint(struct admin *admin, const char *word, const char *const *candidates);

/* "customers,gold" as groups of the portal, in the arena. False: an error was added. */
bool admin_groups(struct admin *admin, const char *option, const char *const **groups, size_t *count);

/* A text of the request cut at its commas and blanks, ended by NULL, in the arena. */
const char **admin_split(struct admin *admin, const char *text, size_t *count);

/* A number of something, as it is typed; 0: it is none. */
int64_t admin_number(const char *text);

/* A moment as a text; 0: null. */
json_t *admin_moment(int64_t at);

/* Put somebody into the answer. */
bool admin_tell(void *admin, const struct known *known);

/* "customers,gold" of an option, or of a row; see above. NULL: no groups. */
bool admin_groups_in(struct admin *admin, const char *where, struct admin_cell cell, const char *text,
                     const char *const **groups, size_t *count);

/* invite.c */
void admin_invite(struct admin *admin);

/* outbox_verbs.c */
void outbox_list(struct admin *admin);
void outbox_send_again(struct admin *admin);

/* webhook_verbs.c */
void webhooks_add(struct admin *admin);
void webhooks_list(struct admin *admin);
void webhooks_remove(struct admin *admin);
void webhooks_test(struct admin *admin);
void webhooks_log(struct admin *admin);
void webhooks_resend(struct admin *admin);

/* token_verbs.c */
void tokens_add(struct admin *admin);
void tokens_list(struct admin *admin);
void tokens_revoke(struct admin *admin);

/* quarantine_verbs.c */
void quarantine_list(struct admin *admin);
void quarantine_show(struct admin *admin);
void quarantine_accept(struct admin *admin);
void quarantine_discard(struct admin *admin);

/* people_verbs.c */
void people_list(struct admin *admin);
void people_add_one(struct admin *admin);
void people_set(struct admin *admin);
void people_shut_out(struct admin *admin);
void people_let_in(struct admin *admin);
void people_two_step_off(struct admin *admin);

/* import_batch.c: "rows" are records (api/sync/record.h); what became of them is the only item of "done" */
void import_batch(struct admin *admin);

/* All that are named, or an error for each who is not there. NULL: some are not. */
struct known *admin_find_all(struct admin *admin);

/* erasure_verbs.c */
void people_erasures(struct admin *admin);
void people_erase(struct admin *admin);
void people_keep(struct admin *admin);

/* people_link.c */
void people_link(struct admin *admin);

#endif
