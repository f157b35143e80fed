/*
 * settings: one table says what a settings file may hold.
 *
 * A table row names a key, its type, its limits, its default and its line of
 * documentation. From the same table come: the check of a file, the complete
 * document with every default filled in, the JSON Schema and the reference
 * page. Unknown keys are errors with "did you mean"; every error of a file is
 * reported, each with file, line and column.
 *
 * Text that people read may be a string (one for all languages) or an object
 * by language tag; settings_check() turns both into the object form with the
 * key "*" for the former.
 */
#ifndef GUICHET_SETTINGS_H
#define GUICHET_SETTINGS_H

#include "diag.h"
#include "json.h"

#include <stdbool.h>

enum setting_type {
    SETTING_BOOL,
    SETTING_INT,    /* whole number from min to max */
    SETTING_NUMBER, /* any number from least to most; a whole number of steps from least */
    SETTING_TEXT,   /* min to max characters, no control characters; not only blanks when min is over 0 */
    SETTING_LOCAL,  /* text that people read: a string or an object by language; limits as for TEXT */
    SETTING_CHOICE, /* one of `choices` */
    SETTING_ID,     /* a-z, 0-9, '-' and '_', starting with a letter, at most 64 */
    SETTING_SLUG,   /* "/" or "/a/b/": URL path, lower case letters, digits, '-' */
    SETTING_HOST,   /* a host name in lower case, optionally with a port */
    SETTING_EMAIL,
    SETTING_URL,    /* https:, http:, mailto: or a path beginning with "/" */
    SETTING_API,    /* a path such as /api/v1, or https://host/path; no closing "/" */
    SETTING_ISSUER, /* https://host/path without "?", "#" and "@"; on this very machine http:, too */
    SETTING_LOCALE, /* a BCP 47 tag as the portal writes it: en, pt-BR, zh-Hans */
    SETTING_COLOR,  /* #rgb, #rrggbb */
    SETTING_LENGTH, /* a CSS length: 0, or a number with px, rem, em, ch or %; with a `unit` only with that,
                       from least to most */
    SETTING_FILE,   /* a path such as images/logo.svg, with one of `endings`; or one of `choices`, if any */
    SETTING_FILTER, /* an object: lib/filter.h; only gen/site knows what may stand in it */
    SETTING_GROUP,  /* an object; `fields` says which keys */
    SETTING_LIST,   /* an array of min to max items; `fields[0]` describes an item (its key is ignored) */
    SETTING_MAP,    /* an object with free keys (ids); `fields[0]` describes each value */
};

struct setting {
    const char *key;
    enum setting_type type;
    bool required; /* an error when absent or null; otherwise both mean that the default holds */
    bool partial;  /* LOCAL: languages without a text go without, and do not show the default language's */
    const char *fallback; /* the default as JSON text; NULL: the key is simply absent (groups: filled from
                             their fields, unless one of those is required) */
    long min, max; /* numbers: limits, none when both are 0; texts: characters, lists: items, maps: keys,
                      up to 10,000 when max is 0 */
    double least, most, step;     /* NUMBER, LENGTH: limits, none when both are 0; step: none when 0 */
    const char *unit;             /* LENGTH; NULL: any, without limits */
    const char *const *choices;   /* CHOICE, FILE: NULL-terminated */
    const char *const *endings;   /* FILE: NULL-terminated, each with its dot */
    const struct setting *fields; /* GROUP: rows ended by a row without key; LIST and MAP: one row */
    const char *label;            /* a few words, for an editor and the reference page */
    const char *help;             /* one sentence */
};

/*
 * Check the document against the table (rows ended by a row without key) and return it completed with
 * every default, as a new reference. Always reports all errors; NULL when there was any. "$schema" at
 * the top is accepted and dropped.
 */
json_t *settings_check(const struct setting *table, const struct json_doc *doc, struct diag *diag);

/*
 * The same, so that checks between settings need not wait for the rest: the document with null in place of
 * whatever was refused or is missing, which stands nowhere else in it. It is whole when no error was added.
 * NULL: there is no object at all, or no memory.
 */
json_t *settings_draft(const struct setting *table, const struct json_doc *doc, struct diag *diag);

/* The completed document of an empty file; NULL when the table has required rows. */
json_t *settings_defaults(const struct setting *table);

#endif
