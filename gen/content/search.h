/*
 * search: the index of the help centre, which the pages' script reads piece by piece (js/search.js).
 *
 * Each language has a folder of its own, named by what is in it, so that it may be cached for ever like all
 * assets: site/support/assets/search/en/<hash>/
 *
 *     index.json   {"docs": 2500, "per": 16, "inner": false, "staff": [7, 9], "keys": ["", "ba", ..]}
 *     w0.json ..   {"password": "C3A", "reset": "..", ..}: words, and where they are
 *     d0.json ..   [["Title", "section/id/", "Section", "Summary", "fr"], ..]: articles
 *
 * Words are sorted; keys[i] is not behind the first word of wi.json and behind all of the one before it, so
 * that all words with the same beginning stand in one file or in neighbours. Where keys would not fit into
 * index.json, "inner" is true and they lead to n0.json ..: {"first": 0, "keys": [..]}, which do it for the
 * files from w<first>.json on. Where a word is: for each article the distance from the one before, less one,
 * in base 36 (nothing for 0), then its weight as a letter from "A". A word in very many articles has "<how
 * many>!" before its weightiest ones. Article n is at n % per of d<n / per>.json; the fifth value is the
 * language of a text that is not translated. "staff", where there are any, has pairs: the first of the
 * articles for staff and the one behind their last.
 *
 * No file is larger than SEARCH_FILE_MAX, however many articles there are.
 */
#ifndef GUICHET_SEARCH_H
#define GUICHET_SEARCH_H

#include "../publish/publish.h"
#include "help.h"

enum { SEARCH_FILE_MAX = 16 * 1024 };

struct search_file {
    const char *path;  /* "site/support/assets/search/en/<hash>/w0.json" */
    const char *bytes; /* without a closing NUL */
    size_t len;
};

struct search_index {
    const char *url; /* "/support/assets/search/en/<hash>/" */
    struct search_file *files;
    size_t count;
};

struct search {
    struct search_index *indexes; /* of each of the site's languages; NULL: no articles */
    size_t count;
};

/*
 * Make the indexes of all languages from the words that help_load() found. Texts live in the arenas of
 * `parallel`. False: no memory, said in `diag`.
 */
bool search_make(struct search *search, const struct help *help, const struct site *site,
                 struct parallel *parallel, struct diag *diag);

/* Write every file. False: errors in `diag`. */
bool search_write(const struct search *search, struct parallel *parallel, struct publish *publish,
                  struct diag *diag);

#endif
