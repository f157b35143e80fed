/*
 * fields: which members the records have that another system sends, of each kind: one table. Records are
 * checked by it (record.h), and a test holds the API's description against it.
 */
#ifndef GUICHET_SYNC_FIELDS_H
#define GUICHET_SYNC_FIELDS_H

#include "../store/sync.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

enum sync_form {
    SYNC_LINE, /* text on one line */
    SYNC_TEXT, /* text of many lines */
    SYNC_NAME, /* what it is called there: text or a whole number */
    SYNC_EMAIL,
    SYNC_TIME,
    SYNC_TRUTH, /* true, false, "yes", "no" */
    SYNC_LIST,  /* of names; as text with semicolons between them */
    SYNC_OBJECT /* by id: the admin's own properties */
};

struct sync_field {
    const char *key;
    enum sync_form form;
    bool required;
    size_t max; /* characters */
    const char *help;
};

/* "company", "contact", "ticket", "message" by enum sync_kind; ended by NULL. */
extern const char *const sync_kind_names[SYNC_KINDS + 1];

/* All members of such a record but "type", ended by one without key. */
const struct sync_field *sync_fields(enum sync_kind kind);

/* Their names, ended by NULL, for "did you mean". Until this thread's next call. */
const char *const *sync_field_names(enum sync_kind kind);

/* The member of this name; NULL: there is none. */
const struct sync_field *sync_field(enum sync_kind kind, const char *key);

/* Of which kind a record says that it is. SYNC_KINDS: it says none, or an unknown one. */
enum sync_kind sync_kind_of(const json_t *record);

#endif
