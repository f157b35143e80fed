/*
 * search_fold: characters as a search compares them: without case, accents and marks, so that who types
 * "cafe" finds "Café". The search in the browser reads what people type in the same way
 * (themes/default/js/search-words.js); a test holds the two against each other.
 */
#ifndef GUICHET_SEARCH_FOLD_H
#define GUICHET_SEARCH_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum search_kind {
    SEARCH_GAP,    /* stands between words: all but letters and digits */
    SEARCH_MARK,   /* left out */
    SEARCH_LETTER, /* or a digit */
    SEARCH_JOINED, /* of a script that has no blanks between words: Chinese, Japanese, Thai, Khmer, ... */
};

struct search_char {
    enum search_kind kind;
    uint32_t code, second; /* what it is compared as; `second` is 0 when that is one character */
};

/* Any code point, and what is none. */
struct search_char search_fold(uint32_t code);

/* The same for ASCII: the letter or digit in lower case, 0: a gap, or a byte that is none of ASCII. */
extern const unsigned char search_fold_ascii[256];

/* The tables behind it (search_fold_table.c). */
extern const uint16_t search_fold_latin[], search_fold_greek[], search_fold_cyrillic[],
    search_fold_extended[];

#endif
