/*
 * locale: language tags, directions, plural categories and strings with placeholders.
 *
 * Strings live in JSON files of nested objects, one per language: {"list": {"title": "Your tickets"}}.
 * A leaf is a string, or an object of CLDR plural categories (zero, one, two, few, many, other) that
 * must have "other"; so no group of texts may have only these names as keys. Placeholders are {name}: a
 * letter, then letters, digits, '-', '_', '.'. Other braces are text.
 *
 * Languages are known by their rows in lib/locale/table.c, a tag of a region without a row by its language's.
 * One that has no row counts like Japanese: "other" for every number.
 */
#ifndef GUICHET_LOCALE_H
#define GUICHET_LOCALE_H

#include "buf.h"
#include "diag.h"
#include "json.h"

#include <stdbool.h>

/* "ltr" or "rtl", by the tag's language and script. */
const char *locale_dir(const char *tag);

/* The language's name in itself ("français"); the tag when it is not known. */
const char *locale_name(const char *tag);

/* A well-formed tag as we write them: ll, ll-RR or ll-Ssss. */
bool locale_is_tag(const char *tag);

/*
 * `word` as it begins a sentence, in `size` > 0 bytes at `out`; what does not fit is cut between characters.
 * Latin, Greek and Cyrillic letters, the Turkish i and the Dutch ij; other scripts have no capitals.
 */
void locale_capitalize(const char *tag, const char *word, char *out, size_t size);

/* The CLDR plural category of a whole number: "one", "few", ... "other". */
const char *locale_plural(const char *tag, unsigned long n);

/* The plural categories that whole numbers take in the language, NULL-terminated: Polish has no "other". */
const char *const *locale_plurals(const char *tag);

/*
 * Fold `more` over `strings` (both nested objects): a leaf of `more` wins, plural forms as a whole. Returns a
 * new document that shares nothing with the two; NULL: no memory. Either may be NULL.
 * Used for the fallback chain: en, then fr, then fr-CA, then the admin's own.
 */
json_t *locale_merge(const json_t *strings, const json_t *more);

/*
 * Check a language's strings against the reference language's: a missing key, an unknown key and a plural
 * category that the language never takes are warnings; another shape, another set of placeholders and a
 * missing plural category are errors. Forms other than "other" may leave placeholders out ("your only
 * ticket"), and "many" where it counts whole millions only (fr, es, it, pt) is missed with a warning. The
 * reference is checked against itself.
 */
void locale_check(const struct json_doc *doc, const char *tag, const json_t *reference, struct diag *diag);

struct locale_rules {
    const json_t *reference; /* whose keys there may be, with their shapes and placeholders */
    const json_t *wanted;    /* whose keys there must be; NULL: none, the document holds a few words only */
    const char *otherwise;   /* what happens when one is not; NULL: "the reference language shows" */
    const char *group;       /* only this top member of the document; NULL: all but `apart` */
    const char *apart;       /* a top member that other rules hold for; NULL: none */
    const char *const
        *always; /* placeholders that every text may have, with braces, ended by NULL; NULL: none */
};

/* The same by rules. */
void locale_check_by(const struct json_doc *doc, const char *tag, const struct locale_rules *rules,
                     struct diag *diag);

struct locale_day {
    unsigned year, month, day; /* month 1 to 12 */
};

/*
 * Append a day as the language writes it: "November 22, 2026", "2026年11月22日". In languages whose months
 * are not known here it reads 2026-11-22.
 */
void locale_date(struct buf *out, const char *tag, const struct locale_day *day);
struct locale_arg {
    const char *name;
    const char *value;
};

/* Append `pattern` with each {name} replaced by its value, as plain text. Unknown names stay as written. */
void locale_format(struct buf *out, const char *pattern, const struct locale_arg *args, size_t count);

/*
 * May `text` within a sentence of the language turn the order or the punctuation of either round? It may
 * where their directions differ: then it wants to stand between U+2068 and U+2069. In a language written from
 * right to left any text may, elsewhere one with a letter that is.
 */
bool locale_turns(const char *tag, const char *text);

/*
 * The text for `tag` in an object by language ({"en": "..", "fr": "..", "*": ".."}): the tag, its
 * language, "*", then `site_default`. NULL: nothing fits. Borrowed.
 */
const char *locale_pick(const json_t *by_language, const char *tag, const char *site_default);

#endif
