/*
 * visible_inside: the rule of a portal as SQL; internal to this room.
 */
#ifndef GUICHET_STORE_VISIBLE_INSIDE_H
#define GUICHET_STORE_VISIBLE_INSIDE_H

#include "sql.h"
#include "statements.h"
#include "visible_rule.h"

/* What stands in place of a marker of visible.h. */
struct visible_piece {
    const char *marker;
    struct sql sql; /* nothing in it: nothing is asked for */
};

enum { VISIBLE_TICKETS, VISIBLE_THREADS, VISIBLE_MESSAGES, VISIBLE_SHARES, VISIBLE_PIECES };

struct visible_rule {
    enum portal_permission permission;
    struct visible_piece pieces[VISIBLE_PIECES];
    struct sql contacts;          /* who sees the company's tickets, of `person` */
    const char *texts[SQL_COUNT]; /* of statements that are changed by it; NULL: it stays as it is */
    bool timed;
};

/* A statement's text with the pieces of the rule (NULL: none) in it: `text` itself when none belongs there.
 * NULL: no memory. */
const char *visible_compose(struct arena *arena, const struct visible_rule *rule, const char *text);

#endif
