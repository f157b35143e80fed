/*
 * statements: every piece of SQL that runs while the program serves, in one table; internal to this room.
 *
 * Parameters are named. What a viewer is shown carries the rule of visible.h inside. A statement's columns
 * are numbered in the order written here, and each is read by one function only.
 */
#ifndef GUICHET_STORE_STATEMENTS_H
#define GUICHET_STORE_STATEMENTS_H

enum statement {
    SQL_BEGIN,
    SQL_COMMIT,
    SQL_ROLLBACK,
    SQL_SAVEPOINT,
    SQL_RELEASE,
    SQL_UNDO,
    SQL_HOLD,
    SQL_PING,

    SQL_COMPANY_ADD,
    SQL_PERSON_ADD,
    SQL_PERSON_PROPERTIES,
    SQL_PERSON_PATCH,
    SQL_PERSON_BY_EMAIL,
    SQL_PERSON_BY_ID,
    SQL_PERSON_PASSWORD,
    SQL_PERSON_REHASH,
    SQL_PERSON_IS_KNOWN,
    SQL_PERSON_IS_THERE,
    SQL_ACCESS_ADD,
    SQL_ACCESS_REMOVE,
    SQL_ACCESS_OF_SOURCE,

    SQL_SESSION_ADD,
    SQL_SESSION_FIND,
    SQL_SESSION_SEEN,
    SQL_SESSION_END,
    SQL_SESSION_END_ALL,
    SQL_SESSION_SWEEP,

    SQL_TOKEN_ADD,
    SQL_TOKEN_FIND,
    SQL_TOKEN_USE,
    SQL_TOKEN_EXPIRE_ALL,
    SQL_TOKEN_SWEEP,

    SQL_SIGN_UP_ADD,
    SQL_SIGN_UP_CODE,
    SQL_SIGN_UP_FIND,
    SQL_SIGN_UP_END,
    SQL_SIGN_UP_SWEEP,
    SQL_CONSENT_TEXT_ADD,
    SQL_CONSENT_ADD,

    /* The lists, by who may see and whether one status or both are wanted: ticket.c chooses. */
    SQL_LIST_OWN,
    SQL_LIST_OWN_ANY,
    SQL_LIST_COMPANY,
    SQL_LIST_COMPANY_ANY,
    SQL_LIST_OWNER,
    SQL_LIST_OWNER_ANY,
    SQL_LIST_STAFF,
    SQL_LIST_STAFF_ANY,
    SQL_COUNT_OWN,
    SQL_COUNT_COMPANY,
    SQL_COUNT_OWNER,
    SQL_COUNT_STAFF,
    SQL_TICKET_GET,
    SQL_TICKET_IS_VISIBLE,
    SQL_TICKET_MESSAGES,
    SQL_TICKET_FILES,
    SQL_TICKET_FILE,

    SQL_TICKET_ADD,
    SQL_PARTICIPANT_IMPORT,
    SQL_TICKET_REPLY_STATE,
    SQL_TICKET_FOLLOW,
    SQL_TICKET_FOLLOWS,
    SQL_TICKET_FOLLOWED,
    SQL_TICKET_CLOSE_STATE,
    SQL_TICKET_CLOSE,
    SQL_TICKET_CLOSE_UNDO,
    SQL_RATING_GET,
    SQL_RATING_SET,
    SQL_TICKET_TOUCH,
    SQL_TICKET_REOPEN,
    SQL_THREAD_ADD,
    SQL_MESSAGE_ADD,
    SQL_FILE_ADD,
    SQL_FILE_IS_KEPT,

    SQL_SEARCH_ADD,
    SQL_SEARCH_MERGE,
    SQL_SEARCH_FOUND,
    SQL_SEARCH_HOME,
    SQL_SEARCH_HOMES,
    SQL_SEARCH_BEHIND,
    SQL_SEARCH_MESSAGES,
    SQL_SEARCH_REACHED,
    SQL_SEARCH_SHOWN,

    SQL_SUBMISSION_FIND,
    SQL_SUBMISSION_ADD,
    SQL_SUBMISSION_SWEEP,

    SQL_OUTBOX_ADD,
    SQL_OUTBOX_ADD_CLOSED,
    SQL_OUTBOX_DROP_CLOSED,
    SQL_OUTBOX_ADD_RATED,
    SQL_OUTBOX_DROP_RATED,
    SQL_OUTBOX_ADD_RESET,
    SQL_OUTBOX_ADD_SIGN_UP,
    SQL_OUTBOX_ADD_KNOWN,
    SQL_OUTBOX_NEXT,
    SQL_OUTBOX_SENT,
    SQL_OUTBOX_FAILED,
    SQL_OUTBOX_DROPPED,

    SQL_AUDIT_ADD,

    /* For those who run the portal: they ask no rule, since they tell what it does. */
    SQL_EXPLAIN_TICKET,
    SQL_EXPLAIN_MANAGER,

    SQL_COUNT
};

struct statement_text {
    const char *name; /* for the log */
    const char *text;
};

extern const struct statement_text statements[SQL_COUNT];

#endif
