/*
 * search_terms: the words of all articles as they are read, side by side; internal to the search.
 *
 * Each worker has a table of words for each language, so that nobody waits for anybody. An article's words
 * are numbers in the table of the worker who read it.
 */
#ifndef GUICHET_SEARCH_TERMS_H
#define GUICHET_SEARCH_TERMS_H

#include "../parallel.h"

#include <stdint.h>

enum {
    SEARCH_WEIGHT_BITS = 5,
    SEARCH_WEIGHT_MAX = 25,      /* of a word in an article, from 1 */
    SEARCH_ARTICLE_WORDS = 1000, /* different ones of an article's text that count; its title's always do */
};

struct search_term {
    const char *word;
    uint32_t len;
};

/* Words are told apart by their 64 bits alone: two that share them would be found for each other, no more. */
struct search_slot {
    uint64_t hash;
    uint32_t term;        /* its number + 1; 0: the slot is free */
    uint32_t article, at; /* where it was counted last: the article's number + 1, and which of its words */
};

struct search_table {
    struct search_term *terms;
    uint32_t count, cap;
    struct search_slot *slots;
    uint32_t slot_count;
};

/* The words of one article: the term's number << SEARCH_WEIGHT_BITS | its weight. */
struct search_words {
    const uint32_t *found;
    uint32_t count;
    uint32_t worker;
};

struct search_terms {
    size_t locale_count;
    struct search_table *tables;   /* [worker][locale] */
    struct search_words *articles; /* by the number of their file */
};

/* NULL: no memory. In the arena. */
struct search_terms *search_terms_new(struct arena *arena, size_t locale_count, size_t article_count);

struct search_source {
    size_t number, locale; /* of the text's file, and its language's index */
    const char *title, *summary;
    const char *html;
    size_t html_len;
};

/* Count the words of an article; thread-safe, since each worker has its own. */
void search_terms_add(struct search_terms *terms, const struct search_source *source, struct worker *worker);

static inline struct search_table *search_table_of(const struct search_terms *terms, size_t worker,
                                                   size_t locale)
{
    return &terms->tables[worker * terms->locale_count + locale];
}

#endif
