/*
 * ticket: tickets, their conversation and its files, as a viewer may see them.
 *
 * Staff see every ticket and every message. A contact sees the tickets of which they are the requester or a
 * participant and, when `company_id` is set, those of that company, as far as the portal's rule lets them
 * show; of these, public messages only. What is not visible is RC_NOT_FOUND, exactly as what is not there
 * (T22). The rule itself: visible.h, and what the settings say: visible_rule.h.
 */
#ifndef GUICHET_STORE_TICKET_H
#define GUICHET_STORE_TICKET_H

#include "../../lib/filter.h"
#include "store.h"

#include <stddef.h>

struct visible_rule;

struct viewer {
    int64_t person_id;
    bool staff;
    int64_t company_id; /* the company whose tickets this contact may see besides their own; 0: none */
    const struct visible_rule *rule; /* what the settings say; NULL: nothing */
    int64_t now;                     /* when they look */
};

/* Part of a text that was searched: what was found in it, and what stands around that. */
struct ticket_piece {
    const char *text;
    bool hit;
};

struct ticket {
    int64_t number; /* what people call it; unique, counting up */
    const char *subject;
    int64_t requester_id;
    const char *requester_first_name;
    const char *requester_last_name;
    const char *company_name;     /* NULL: none */
    const char *owner_first_name; /* NULL: nobody owns it yet */
    const char *owner_last_name;  /* what customers read of both is a setting: portal_team_name() */
    int64_t owner_id;             /* 0: nobody */
    const char *inbox;            /* ids of the portal's settings */
    const char *pipeline;
    const char *stage;
    const char *category;   /* NULL: none */
    const char *priority;   /* NULL: none */
    const char *source;     /* "portal", "email", ... */
    const char *properties; /* of the admin's own, a JSON object: see api/portal/property.h */
    bool closed;
    int64_t created_at;
    int64_t last_activity_at; /* of public messages only (T21) */
    int64_t closed_at;        /* 0: open */
    int64_t version;          /* counts up with each change of what the team sets */
    const char *key;          /* in a list of another order: what it was sorted by, for the cursor */
    struct ticket_piece *found_subject; /* in a list that was searched: the subject in pieces */
    size_t found_subject_count;
    struct ticket_piece *found; /* and the part of a message that has most of the words; NULL: none has any */
    size_t found_count;
};

struct file {
    const char *id;   /* 22 random characters; also its name below files/ */
    const char *name; /* as the sender called it; a label only */
    const char *type; /* the media type we decided on */
    int64_t size;
    int64_t message_id;       /* whose it is */
    unsigned char sha256[32]; /* of its bytes, from file_keep(); kept for verification, never read back */
};

struct message {
    int64_t id;
    int64_t author_id;
    const char *author_first_name;
    const char *author_last_name;
    bool staff; /* the author is of the team */
    bool internal;
    const char *body; /* plain text, UTF-8, lines end with \n */
    int64_t created_at;
    bool removed; /* other words stand in place of the author's, at their request */
    struct file *files;
    size_t file_count;
};

/* All that the viewer may see; of it those they are the requester (staff: the owner) of, or a participant in.
 */
enum ticket_view { TICKETS_SEEN, TICKETS_MINE, TICKETS_SHARED };

enum ticket_status { TICKET_OPEN, TICKET_CLOSED, TICKET_ANY };

/* A keyset cursor: the last row's order value and number. Both 0: from the start. */
struct ticket_cursor {
    int64_t last_activity_at;
    int64_t number;
    const char *key; /* in another order: the row's `key`; last_activity_at is not read then */
};

/*
 * An order of the list other than by last activity, the newest first. What is not known comes last, and of
 * the same value the later ticket first. The caller has checked that there is such a property (filter.h of
 * lib, and the portal's own).
 */
struct ticket_order {
    const char *property; /* NULL: by last activity, the newest first */
    enum property_type type;
    const char *const *values; /* of a SELECT or MULTI_SELECT: its options in their order; none: by text */
    size_t value_count;
    bool falling;
};

struct ticket_query {
    enum ticket_status status;
    enum ticket_view view;
    const char *search;                 /* tickets that have all these words; NULL: any */
    const struct portal_filter *filter; /* and match this; NULL: any */
    struct ticket_order order;
    struct ticket_cursor after;
    int limit; /* at most 100 */
};

/* In the order that is wanted. `*count` may be `limit`: there may be more. */
enum rc ticket_list(struct store *store, struct arena *arena, const struct viewer *viewer,
                    const struct ticket_query *wanted, struct ticket **tickets, size_t *count);

/* Called with each ticket of a walk; what it points at is gone afterwards. False: enough. */
typedef bool ticket_visit(void *context, const struct ticket *ticket);

/*
 * Visit every ticket that ticket_list() would give page by page, in the same order and as one moment has
 * them, with the memory of one page. `wanted`'s limit and cursor are passed over. `visit` must not wait for
 * anybody: a reader is held meanwhile.
 */
enum rc ticket_walk(struct store *store, const struct viewer *viewer, const struct ticket_query *wanted,
                    ticket_visit *visit, void *context);

struct ticket_counts {
    int64_t open;
    int64_t closed;
};

enum rc ticket_count(struct store *store, const struct viewer *viewer, enum ticket_view view,
                     struct ticket_counts *counts);

/* The same of a view that is searched or filtered, too; its status, order and cursor are passed over. */
enum rc ticket_count_found(struct store *store, struct arena *arena, const struct viewer *viewer,
                           const struct ticket_query *wanted, struct ticket_counts *counts);

enum rc ticket_get(struct store *store, struct arena *arena, const struct viewer *viewer, int64_t number,
                   struct ticket *ticket);

/* The whole conversation, oldest first, with files, however long it is. */
enum rc ticket_messages(struct store *store, struct arena *arena, const struct viewer *viewer, int64_t number,
                        struct message **messages, size_t *count);

struct message_page {
    struct message *messages; /* oldest first, with files */
    size_t count;
    bool earlier; /* are there messages before these? */
};

/*
 * The latest messages that came before one of the same ticket (0: the latest of all): at most 100, and fewer
 * when together they are longer than 2 MiB. Before a message that is not there, there is nothing.
 */
enum rc ticket_messages_before(struct store *store, struct arena *arena, const struct viewer *viewer,
                               int64_t number, int64_t before, struct message_page *page);

/* One message of it, with its files; it takes no more memory than that, however long the conversation is. */
enum rc ticket_message(struct store *store, struct arena *arena, const struct viewer *viewer, int64_t number,
                       int64_t message_id, struct message *message);

/* A file of this ticket. RC_NOT_FOUND: of another ticket, or not visible (T19). */
enum rc ticket_file(struct store *store, struct arena *arena, const struct viewer *viewer, int64_t number,
                    const char *file_id, struct file *file);

/* A submission's key: the same key with the same content gives the first outcome again; with another,
 * RC_CONFLICT. */
struct submission {
    const char *key;           /* 8 to 64 visible ASCII characters */
    unsigned char content[32]; /* a hash of what was submitted */
};

struct new_message {
    const char *body;
    const struct file *files; /* already in files/, see file.h */
    size_t file_count;
    const char *mail_id; /* the mail that it came by, see mail_thread.h; NULL: another way */
};

struct new_ticket {
    const char *subject;
    const char *inbox;
    const char *pipeline;
    const char *stage;
    const char *category; /* NULL: none */
    const char *priority;
    const char *source;     /* "portal" */
    const char *properties; /* of the ticket: a JSON object; NULL: none */
    const char *
        contact_properties; /* of the requester: what of theirs becomes anew, null what goes; NULL: nothing */
    struct new_message message;
    bool quiet; /* do not tell the requester that it has arrived */
};

/*
 * File a ticket: ticket, thread, first message, files, outbox (to the inbox; to the requester that it has
 * arrived, when that is a contact, unless it is `quiet`), audit, key; one transaction. The viewer is the
 * requester, their company the ticket's. `submission` may be NULL: no key.
 * `*number`: the new ticket's, or the earlier one's when the key was seen (`*repeated` then: the files given
 * now belong to nothing, remove them).
 */
enum rc ticket_create(struct store *store, const struct viewer *viewer, const struct new_ticket *ticket,
                      const struct submission *submission, int64_t now, int64_t *number, bool *repeated);

/* What holds for contacts; staff may always reply, and what is closed stays closed then. */
struct reply_rules {
    bool may_reply_to_closed;
    const char *reopen_stage; /* the open stage that a reply to a closed ticket moves it to; NULL: none */
    int64_t follow_up_ms;     /* a reply later than so long after closing starts a new ticket; 0: never */
    bool internal;            /* staff: a note, which no customer ever sees and nobody is mailed */
    int64_t seen;             /* staff: the last message that they know; 0: whatever there is */
};

enum reply_effect { REPLY_ADDS, REPLY_REOPENS, REPLY_FOLLOWS, REPLY_REFUSED };

/* What a reply does now to a ticket that was closed then (0: it is open). */
enum reply_effect ticket_reply_effect(const struct viewer *viewer, int64_t closed_at,
                                      const struct reply_rules *rules, int64_t now);

struct reply_made {
    int64_t number; /* where it stands: another ticket than was replied to when it came too late for that */
    int64_t message_id;
    bool repeated; /* as above */
    bool changed;  /* with RC_CONFLICT: nothing was kept, since others wrote after what was seen */
};

/*
 * Reply: message, files, activity, stage, outbox (a contact's reply to the inbox; staff's to the requester;
 * both to the participants, but never to its author), audit, key; one transaction. RC_DENIED: the ticket is
 * closed and the rules refuse. A reply too late for its ticket files a new one that follows it: of the
 * author, in the same inbox, with the same subject, properties and participants, of whom the earlier
 * requester becomes one. `submission` as above.
 */
enum rc ticket_reply(struct store *store, const struct viewer *viewer, int64_t number,
                     const struct new_message *message, const struct reply_rules *rules,
                     const struct submission *submission, int64_t now, struct reply_made *made);

/* RC_OK: this person submitted something under this key already; RC_NOT_FOUND: nothing. */
enum rc ticket_reply_is_known(struct store *store, const struct viewer *viewer, const char *key);

#endif
