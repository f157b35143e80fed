/*
 * sync: writes what another system has, known again by what it is called there.
 *
 * One batch is one transaction, and bounded by its caller: others write between batches. Times and owners are
 * kept, no mail is owed, and nobody gets a password. The caller has checked what it gives: a fault of one
 * record found here undoes the whole batch.
 *
 * A text that changes takes its words out of the search's index: an erasure finds there what a ticket says by
 * then, and nothing else (T55).
 */
#ifndef GUICHET_STORE_SYNC_H
#define GUICHET_STORE_SYNC_H

#include "person.h"
#include "ticket.h"

enum sync_kind { SYNC_COMPANY, SYNC_CONTACT, SYNC_TICKET, SYNC_MESSAGE, SYNC_KINDS };
enum { SYNC_CONTENT_BYTES = 32 };

struct sync;

/* `source` names the other system. NULL: no memory, or no turn to write for long. Ended by sync_end(). */
struct sync *sync_begin(struct store *store, const char *source);

/* Keep all of it or nothing. `detail`: of its row in the audit; NULL: it has none, as nothing was changed. */
enum rc sync_end(struct sync *sync, bool keep, const char *detail, int64_t now);

struct sync_known {
    int64_t local; /* what it is here; 0: not known */
    bool same;     /* and brings what it brought last */
    bool gone;     /* it was removed here since, or erased with whose it was */
};

void sync_find(struct sync *sync, enum sync_kind kind, const char *id,
               const unsigned char content[SYNC_CONTENT_BYTES], struct sync_known *known);

/* What `id` there is here from now on, and what it brought. */
void sync_note(struct sync *sync, enum sync_kind kind, const char *id, int64_t local,
               const unsigned char content[SYNC_CONTENT_BYTES]);

/* Whose address that is, also of the disabled; 0: nobody's. `*staff`: they are of the team. */
int64_t sync_person_by_email(struct sync *sync, const char *email, bool *staff);
bool sync_is_staff(struct sync *sync, int64_t person);

/* Of these `id` 0 means a new one. All answer what it is here; 0: the batch has failed. */

int64_t sync_company(struct sync *sync, int64_t id, const char *name, int64_t created_at);

/* The first of that name. 0: there is none. */
int64_t sync_company_known(struct sync *sync, const char *name);

/* The same, else a new one. */
int64_t sync_company_named(struct sync *sync, const char *name, int64_t created_at);

/*
 * Of who is known what is said becomes theirs (names that are not "", a company that is not 0, the properties
 * that are there), and never the role; what was mailed to an address that they have no more opens nothing.
 * Somebody new of the team comes in shut out, until an administrator lets them in. `manager`: -1: as it is.
 */
int64_t sync_person(struct sync *sync, const struct person *person, int manager, int64_t created_at);

struct sync_ticket {
    int64_t number;           /* 0: a new one */
    struct new_ticket ticket; /* its message is not read */
    int64_t requester_id;     /* as created_at only read of a new one */
    int64_t owner_id;         /* 0: nobody */
    int64_t created_at;
    int64_t closed_at; /* 0: open */
};

int64_t sync_ticket(struct sync *sync, const struct sync_ticket *ticket);

/* Share a ticket with somebody, unless it is already. */
void sync_participant(struct sync *sync, int64_t number, int64_t person, int64_t at);

struct sync_message {
    int64_t id; /* 0: a new one; else only its text and whether it is internal change */
    int64_t number;
    int64_t author_id;
    const char *channel; /* NULL: that of the ticket's first conversation */
    const char *body;
    bool internal;
    int64_t created_at;
};

int64_t sync_message(struct sync *sync, const struct sync_message *message);

#endif
