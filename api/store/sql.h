/*
 * sql: a statement put together while the program runs; internal to this room.
 *
 * Its text is made of fixed pieces only: whatever comes from outside is a value, and stands in the text as a
 * parameter of its own (":f0", ":f1", ...). So there are few different texts, and each is prepared once per
 * connection.
 *
 *     struct sql sql = sql_begin(arena, 'f');
 *     sql_add(&sql, "SELECT number FROM ticket WHERE ");
 *     filter_add(&sql, filter, FILTER_TICKETS);
 *     struct query query = query_begin_sql(conn, &sql);  // its own values are bound; bind the others by name
 *
 * The first failure (no memory, too many values) stays, and query_begin_sql() answers it.
 */
#ifndef GUICHET_STORE_SQL_H
#define GUICHET_STORE_SQL_H

#include "../../lib/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SQL_VALUES_MAX = 400 };

struct sql_value {
    const char *text; /* NULL: it is a number */
    double number;
};

struct sql {
    struct arena *arena; /* what it is made in must outlive it */
    char prefix;         /* of its parameters' names: two parts of one statement have two */
    char *text;
    size_t len, room;
    struct sql_value *values;
    size_t count, value_room;
    bool failed;
};

struct sql sql_begin(struct arena *arena, char prefix);

/* A piece of the program's own: a literal, or text that was made of such. */
void sql_add(struct sql *sql, const char *piece);

/* A parameter that stands for this. The text is borrowed. */
void sql_add_text(struct sql *sql, const char *text);
void sql_add_number(struct sql *sql, double number);

/* A parameter that stands for a list of texts: use it as json_each(<parameter>). */
void sql_add_texts(struct sql *sql, const char *const *texts, size_t count);

#endif
