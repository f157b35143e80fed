/*
 * search_words: the words of a text as an index has them, see search_fold.h.
 *
 * Where words are written together, each two neighbouring characters are one. A word is cut after 24 letters;
 * a single Latin letter is none.
 */
#ifndef GUICHET_SEARCH_WORDS_H
#define GUICHET_SEARCH_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SEARCH_WORD_LETTERS = 24, SEARCH_WORD_BYTES = SEARCH_WORD_LETTERS * 3, SEARCH_WORD_STEP = 8 };

/*
 * `word` has at most SEARCH_WORD_BYTES bytes. Behind it there are zeros up to the next full SEARCH_WORD_STEP
 * bytes, so that it may be read as so many at a time.
 */
typedef void search_word(void *context, const char *word, size_t len);

struct search_reader {
    search_word *word;
    void *context;
    bool heading; /* within a heading of HTML; for whoever is told of a word */
    char bytes[SEARCH_WORD_BYTES + SEARCH_WORD_STEP];
    size_t len;
    unsigned letters;
    uint32_t before; /* the last character of a run that is written together; 0: none */
    bool paired;     /* it is part of a word already */
};

/* `reader` has its first two members set, the rest zero. Each call ends the word it is in. */
void search_read_text(struct search_reader *reader, const char *text, size_t len);

/* The same for HTML that cmark wrote: tags and entities are no words, and only some tags end one. */
void search_read_html(struct search_reader *reader, const char *html, size_t len);

#endif
