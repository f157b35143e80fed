/*
 * search_files: an index as files; internal to the search.
 */
#ifndef GUICHET_SEARCH_FILES_H
#define GUICHET_SEARCH_FILES_H

#include "search.h"
#include "search_terms.h"

#include <stdint.h>

struct search_entry {
    uint64_t start; /* the first bytes of the word, so that most comparisons need no more */
    const char *word;
    uint32_t len;
    uint32_t table, term; /* where it comes from */
};

/* The words of a language, sorted, and where each is. */
struct search_list {
    const struct search_entry *words; /* each once */
    uint32_t count;
    const uint32_t *starts; /* of word i: hits[starts[i]] up to hits[starts[i + 1]] */
    const uint32_t *hits;   /* article << SEARCH_WEIGHT_BITS | weight, by article */
    const struct article *articles;
    uint32_t article_count;
};

/* False: no memory. */
bool search_files_make(struct search_index *index, const struct search_list *list, const struct help *help,
                       const struct site *site, struct worker *worker);

#endif
