/*
 * record: one thing that another system has, as our own shape says it, and what is wrong with it.
 *
 *     {"type": "company", "id": "12", "name": "Acme"}
 *     {"type": "contact", "id": "7", "email": "anna@acme.example", "first_name": "Anna", "company": "12"}
 *     {"type": "ticket", "id": "1034", "subject": "..", "requester": "7",
 *      "created_at": "2026-11-22T10:15:03Z"}
 *     {"type": "message", "id": "5", "ticket": "1034", "author": "7", "text": ".."}
 *
 * fields.h says which members there are. Numbers and truth may also be said as text, as spreadsheets do.
 */
#ifndef GUICHET_SYNC_RECORD_H
#define GUICHET_SYNC_RECORD_H

#include "../../lib/arena.h"
#include "fields.h"

#include <jansson.h>
#include <stdint.h>

struct record {
    const json_t *json;
    enum sync_kind kind;
    size_t index; /* in its batch */
    int zone;     /* minutes: of times that name none */
    struct arena *arena;
    json_t *errors; /* of the batch: {"record": 3, "field": "email", "message": ".."} */
    bool bad;       /* something was said about it */
};

/* Say what is wrong, and what was wanted. `field`: "email", or "properties/product". */
void record_error(struct record *record, const char *field, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same, since what the member names is not known: a dry run may know better. */
void record_unknown(struct record *record, const char *field, enum sync_kind kind, const char *id);

/* Everything about its shape that the table says. */
void record_check(struct record *record);

/* What a member says. NULL, or the fallback: it says nothing. What is wrong was said by record_check(). */
const char *record_text(struct record *record, const char *field);
int64_t record_time(struct record *record, const char *field, int64_t fallback);
int record_truth(struct record *record, const char *field, int fallback);

/* The names of a list, ended by NULL. */
const char **record_names(struct record *record, const char *field);

#endif
