/*
 * What the rooms of locale share; nobody outside lib/locale.c and lib/locale includes this.
 *
 *   ../locale.c  tags, names, directions, the choice among texts by language
 *   table.c      the languages that we know
 *   plural.c     plural rules
 *   capital.c    how a word begins a sentence
 *   strings.c    merging strings, filling in placeholders
 *   date.c       a day as people write it
 *   check.c      a language's strings against the reference's: its groups
 *   check_leaf.c the same: its texts and plural forms
 */
#ifndef GUICHET_LOCALE_INTERNAL_H
#define GUICHET_LOCALE_INTERNAL_H

#include "../locale.h"

#include <stddef.h>

/* How a language counts whole numbers; the languages named are examples. */
enum plural_rule {
    PLURAL_NONE,   /* one form for all: ja, zh, ko */
    PLURAL_ONE,    /* 1 is apart: en, de, nl, tr */
    PLURAL_ZERO,   /* 0 and 1 are apart together: fa, hi */
    PLURAL_ONE_M,  /* 1 is apart, and whole millions: es, it */
    PLURAL_ZERO_M, /* 0 and 1 are apart, and whole millions: fr, pt */
    PLURAL_CZECH,  /* cs, sk */
    PLURAL_POLISH,
    PLURAL_EAST_SLAVIC,  /* ru, uk, be */
    PLURAL_SOUTH_SLAVIC, /* sr, hr, bs */
    PLURAL_SLOVENE,
    PLURAL_MACEDONIAN, /* mk, is */
    PLURAL_LITHUANIAN,
    PLURAL_LATVIAN,
    PLURAL_ROMANIAN,
    PLURAL_ARABIC,
    PLURAL_HEBREW,
    PLURAL_IRISH,
    PLURAL_WELSH,
    PLURAL_RULES,
};

struct language {
    const char *tag;
    const char *name; /* in itself */
    enum plural_rule plural;
};

/* The row of the tag, else of its language. NULL: neither is known. */
const struct language *locale_language(const char *tag);

/* How many bytes of the tag name its language: "pt-BR" has 2. */
size_t locale_language_len(const char *tag);

/* Is this one of zero, one, two, few, many, other? */
bool locale_is_category(const char *name);

/* Is this a leaf of plural forms: an object of categories with texts? */
bool locale_is_plural(const json_t *value);

/* Does the language take this category only for whole millions, which few texts will meet? */
bool locale_is_rare(const char *tag, const char *category);

/*
 * The next placeholder at or after `text`: it begins at the brace that is returned, `len` is its length
 * with both braces. NULL: none.
 */
const char *locale_placeholder(const char *text, size_t *len);

/* --- check.c, check_leaf.c --- */

struct check {
    const struct json_doc *doc;
    const char *tag;
    const struct locale_rules *rules;
    struct diag *diag;
    struct buf pointer; /* where we are, as JSON Pointer */
    struct buf name;    /* and as people say it: list.title */
    int depth;
};

struct check_mark {
    size_t pointer, name;
};

/* Step to a member, and back to where `mark` was taken. */
struct check_mark check_enter(struct check *check, const char *key);
void check_leave(struct check *check, struct check_mark mark);

struct place check_here(const struct check *check, enum json_at at);

/* Whether a text shows anything, and its placeholders. `form`: which plural form it is; NULL: a plain text.
 */
void check_text(struct check *check, const char *text, const char *reference, const char *form);

void check_plural(struct check *check, const json_t *forms, const json_t *reference);

#endif
