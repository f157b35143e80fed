/*
 * inside: what the files of this room share; nobody else includes it.
 */
#ifndef GUICHET_STORE_INSIDE_H
#define GUICHET_STORE_INSIDE_H

#include "db.h"
#include "outbox.h"
#include "person.h"
#include "query.h"
#include "recent.h"
#include "store.h"
#include "ticket.h"
#include "token.h"

#include <pthread.h>

/* What outbox_hold() was told. */
struct outbox_hold {
    pthread_mutex_t lock;
    int64_t since; /* 0: nothing */
    char why[256];
};

struct presence;

struct store {
    char *dir;
    struct db *db;
    int lock;
    int files; /* the folder files/, open */
    int tmp;   /* the folder files/tmp/, open */
    struct recent *recent;
    struct presence *presence;
    pthread_mutex_t walking; /* one walk at a time: readers are few */
    struct outbox_hold hold;
};

/* "reset", "ticket.reply", ...: what was done by or to a person (0: not known), about a ticket (0: none). */
void audit_add(struct conn *conn, int64_t now, int64_t person_id, const char *action, int64_t number,
               const char *detail);

/* Read PERSON_COLUMNS from the current row; the columns after them begin at PERSON_COLUMN_COUNT. */
enum { PERSON_COLUMN_COUNT = 10 };
void person_read(struct query *query, struct arena *arena, struct person *person);

/* The same of KNOWN_COLUMNS, which are four more; see people.h. */
struct known;
void people_read(struct query *query, struct arena *arena, struct known *known);

/*
 * Within a write transaction: no link that was mailed to them works any more, and a wish for another address
 * is gone: else whoever knew the old password keeps a way in.
 */
void person_take_back_mail(struct conn *conn, int64_t id, int64_t now);

/* Within a write transaction: set the hash, end every session, take back mailed links. False: no such person.
 */
bool person_replace_password(struct conn *conn, int64_t id, const char *hash, int64_t now);

/* Within a write transaction: what was mailed to that person for that purpose works no more. */
void token_expire_all(struct conn *conn, int64_t person_id, const char *purpose, int64_t now);

/* Within a write transaction: use a token of that purpose; of many at once exactly one is told TOKEN_GOOD. */
enum rc token_use(struct conn *conn, const unsigned char hash[TOKEN_HASH_BYTES], const char *purpose,
                  int64_t now, enum token_state *state, int64_t *person_id);

/* Use of a session is written down at most so often. */
enum { SESSION_SEEN_MS = 60 * 1000 };

/* Within a write transaction: end every session of that person, and sign-ins that wait. */
void person_end_sessions(struct conn *conn, int64_t id, int64_t now);

/* Whose address that is, also of the disabled; 0: nobody's. */
int64_t person_known(struct conn *conn, const char *email);

/* Within a write transaction: owe a mail to somebody, at this address instead of theirs, about this; either
 * may be NULL. */
void outbox_add_to(struct conn *conn, enum outbox_kind kind, int64_t person_id, const char *address,
                   const char *detail, int64_t now);

/* Within a write transaction: no longer owe what asks whether a new address is theirs. */
void outbox_drop_address(struct conn *conn, int64_t person_id);

/* Within a write transaction: owe a mail about a message; person_id 0: to the ticket's inbox. */
void outbox_add(struct conn *conn, enum outbox_kind kind, int64_t person_id, int64_t number,
                int64_t message_id, int64_t now);

/* Within a write transaction: owe the mail that they were added; once for each ticket. */
void outbox_add_shared(struct conn *conn, int64_t person_id, int64_t number, int64_t now);

/* The same about a message, to all participants but its author. */
void outbox_add_participants(struct conn *conn, const struct viewer *author, int64_t number,
                             int64_t message_id, int64_t now);

/* What is still owed to somebody as a participant of the ticket is owed no more. */
void outbox_drop_participant(struct conn *conn, int64_t person_id, int64_t number);

/* Within a write transaction: the participants of a ticket, and its requester, become those of a later one.
 */
void participant_carry(struct conn *conn, const struct viewer *viewer, int64_t number, int64_t later,
                       int64_t now);

/* The same to the inbox, that a ticket was closed; at `due_at`, until when it can be taken back. */
void outbox_add_closed(struct conn *conn, int64_t number, int64_t now, int64_t due_at);
void outbox_drop_closed(struct conn *conn, int64_t number);

/* And that it was rated: one mail, however often that is changed until it is due. */
void outbox_add_rated(struct conn *conn, int64_t number, int64_t now, int64_t due_at);

/* Within a write transaction: owe the mail with the code of a sign-up, or the one to whose address it names.
 */
void outbox_add_sign_up(struct conn *conn, int64_t sign_up_id, int64_t now);
void outbox_add_known(struct conn *conn, int64_t person_id, int64_t now);

/* Within a write transaction: keep the words of a version; somebody agreed to it. False: they had already. */
void consent_add_text(struct conn *conn, const char *version, const char *text, int64_t now);
bool consent_add(struct conn *conn, int64_t person_id, const char *version, int64_t given_at);

/* Within a write transaction: fold a JSON object over somebody's own properties; null takes one away. */
void person_patch(struct conn *conn, int64_t id, const char *properties);

/* Within a write transaction: `source` says that somebody is in a group, or no more; with an audit row if
 * that is news. */
void access_add(struct conn *conn, int64_t person_id, const char *group, const char *source, int64_t now);
void access_remove(struct conn *conn, int64_t person_id, const char *group, const char *source, int64_t now);

/* Read TICKET_COLUMNS from the current row; the columns after them begin at TICKET_COLUMN_COUNT. */
enum { TICKET_COLUMN_COUNT = 20 };
void ticket_read_row(struct query *query, struct arena *arena, struct ticket *ticket);

/* ticket_get() on a connection that is in use. */
enum rc ticket_read(struct conn *conn, struct arena *arena, const struct viewer *viewer, int64_t number,
                    struct ticket *ticket);

/* ticket_messages_before() on a connection that is in use. */
enum rc ticket_read_messages(struct conn *conn, struct arena *arena, const struct viewer *viewer,
                             int64_t number, int64_t before, struct message_page *page);

/* The word that the database has for it. */
const char *role_name(enum role role);

/* A ticket to be written as it stands; submit.c and import.c fill it. */
struct ticket_row {
    const struct new_ticket *ticket;
    int64_t requester_id;
    int64_t owner_id; /* 0: none */
    int64_t created_at;
    int64_t closed_at; /* 0: open */
};

/* 0: it failed, see conn->rc (RC_NOT_FOUND: no such requester). */
int64_t insert_ticket(struct conn *conn, const struct ticket_row *row);

/* A new ticket of this person that follows another, as that one is; in this stage of its pipeline. */
int64_t insert_follow_up(struct conn *conn, int64_t number, int64_t person_id, const char *stage,
                         int64_t now);
int64_t insert_thread(struct conn *conn, int64_t number, const char *channel, int64_t now);

/*
 * The message and its files. One that everybody may see who sees the ticket, by this rule (NULL: none), also
 * moves its last activity: the date betrays nothing else (T21). 0: it failed.
 */
int64_t insert_message(struct conn *conn, int64_t number, int64_t thread_id, int64_t author_id, bool internal,
                       const struct new_message *message, const struct visible_rule *rule, int64_t now);

#endif
