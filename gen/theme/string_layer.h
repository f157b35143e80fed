/*
 * string_layer: what is written down for one language tag, by the themes of a chain and by the admin.
 *
 * A file locales/<tag>.json may have a group "renamed" that mirrors some of its keys: those texts stand in
 * for them where the admin calls tickets otherwise ("ticket_name"), and say {ticket}, {tickets}, {Ticket} or
 * {Tickets}. Every text may use these four.
 */
#ifndef GUICHET_STRING_LAYER_H
#define GUICHET_STRING_LAYER_H

#include "theme.h"

struct string_layer {
    const char *tag;
    json_t *strings;       /* owned; what the chain says; NULL: nothing */
    json_t *renamed;       /* owned; the same with "renamed" folded in; NULL: nothing */
    struct json_doc admin; /* content/locales/<tag>.json; its root is NULL when there is none */
};

/* What all other languages are held against. */
struct string_reference {
    struct string_layer layer;      /* of THEME_REFERENCE; its strings are never NULL */
    json_t *mirror;                 /* owned; the keys that "renamed" has */
    json_t *added[THEME_CHAIN_MAX]; /* owned; the keys that each theme adds to its parent's */
    const struct site *site;        /* whose files the admin's are */
    const struct theme *theme;
    struct diag *diag;
};

/*
 * Findings go to `diag` of the reference; set `site`, `theme` and `diag` before, the rest to nothing. False:
 * some of the themes' own were refused, so that nothing can be held against them.
 */
bool string_reference_load(struct string_reference *reference);
void string_reference_release(struct string_reference *reference);

/* Does the admin's file of this tag count: is it a language of the portal, or what one falls back to? */
bool string_layer_counts(const struct site *site, const char *tag);

/* `part`: the language with its region or script, which need only say what it says otherwise. */
void string_layer_load(struct string_layer *layer, const struct string_reference *reference, const char *tag,
                       bool part);
void string_layer_release(struct string_layer *layer);

#endif
