/* list_inside: what the files behind list.h share. */
#ifndef GUICHET_STORE_LIST_INSIDE_H
#define GUICHET_STORE_LIST_INSIDE_H

#include "list.h"
#include "sql.h"

enum { LIST_ARMS_MAX = 4 };

/* How a cursor tells which kind of key it has; nothing at all: it is not known. */
enum { LIST_KEY_NUMBER = 'n', LIST_KEY_TEXT = 't' };

struct list_arm;

struct list {
    struct conn *conn;
    struct arena *arena;
    struct sql sql;
    const struct viewer *viewer;
    const struct ticket_query *wanted;
    const struct list_arm *arms[LIST_ARMS_MAX];
    size_t arm_count;
    const char *match; /* of the index; NULL: nothing is searched for */
    bool nothing;      /* it is searched for what no ticket has: no words at all */
    bool by_key;       /* in another order than by last activity */
    bool asks_texts;   /* the index also has words that this viewer may not find */
};

enum rc list_begin(struct list *list, struct conn *conn, struct arena *arena, const struct viewer *viewer,
                   const struct ticket_query *wanted);

/*
 * Where a list gets its tickets from: all that the viewer may see, in the order of the indexes, of which
 * those that are searched for are yet to be chosen; or what the search's index has, each ticket looked up.
 */
enum list_source { LIST_FROM_ALL, LIST_FROM_FOUND };

/* Rows of key, number and whether it is open, in order and behind `after`; :limit is to be bound. */
void list_compose_page(struct list *list, enum list_source source, const struct ticket_cursor *after);

/* The same of both statuses and from the beginning, by last activity. */
void list_compose_all(struct list *list);

/* One row: how many are open, how many closed. */
void list_compose_count(struct list *list, enum list_source source);

#endif
