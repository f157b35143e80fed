/*
 * import: puts in what was made elsewhere, as it stands: people, and tickets with their times and owners.
 *
 * One import is one transaction. It holds the only writing connection: nothing else is written until it ends.
 * No mail is owed and no sign-in is needed; the audit has one row for it.
 */
#ifndef GUICHET_STORE_IMPORT_H
#define GUICHET_STORE_IMPORT_H

#include "person.h"
#include "ticket.h"

struct import;

/* NULL: no memory. */
struct import *import_begin(struct store *store);

/* Keep all of it or nothing; the import is gone afterwards. The first error of any call below is told again.
 */
enum rc import_end(struct import *import, bool keep, int64_t now);

enum rc import_company(struct import *import, const char *name, int64_t created_at, int64_t *id);

/* person->id and company_name are not read; password is the encoded hash or NULL. RC_CONFLICT: the address is
 * taken. */
enum rc import_person(struct import *import, const struct person *person, int64_t created_at, int64_t *id);

struct import_ticket {
    struct new_ticket ticket; /* its message is not read: messages follow one by one */
    int64_t requester_id;
    int64_t owner_id; /* 0: nobody */
    int64_t created_at;
    int64_t closed_at; /* 0: open */
};

/* Numbers count up in the order of the calls. The company is the requester's. */
enum rc import_ticket(struct import *import, const struct import_ticket *ticket, int64_t *number);

/* Share the ticket imported last with a person. */
enum rc import_participant(struct import *import, int64_t number, int64_t person_id, int64_t added_at);

/* Begin a further conversation of the ticket imported last: later messages belong to it. */
enum rc import_thread(struct import *import, int64_t number, const char *channel, int64_t created_at);

/* At the end of the conversation of the ticket imported last; another is RC_BAD_INPUT. The files are already
 * kept, see file.h. */
enum rc import_message(struct import *import, int64_t number, int64_t author_id, bool internal,
                       const struct new_message *message, int64_t created_at);

#endif
