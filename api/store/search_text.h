/*
 * search_text: what a search asks for, and where a text has it; knows no database. Internal to this room.
 *
 * Texts are read as lib/search_words.h reads them. Where words are written together, single characters are
 * words, too: a search for one character finds it wherever it stands.
 */
#ifndef GUICHET_STORE_SEARCH_TEXT_H
#define GUICHET_STORE_SEARCH_TEXT_H

#include "../../lib/arena.h"
#include "../../lib/search_words.h"
#include "ticket.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SEARCH_WORDS_MAX = 32 }; /* those beyond it are not asked for */

struct search_wanted {
    size_t count; /* 0: nothing that could be found */
    struct {
        char text[SEARCH_WORD_BYTES + 1];
        size_t len;
        bool prefix; /* longer words that begin so will do: it is the last one, perhaps still being typed */
    } words[SEARCH_WORDS_MAX];
};

/* The words of what somebody typed, each once. */
void search_wanted_read(struct search_wanted *wanted, const char *typed);

/* Every word of a text, single characters included. */
void search_each_word(const char *text, size_t len, search_word *word, void *context);

/* Which of the wanted words a text has: a bit for each. */
uint32_t search_mask(const struct search_wanted *wanted, const char *text, size_t len);

/* All bits of it. */
uint32_t search_whole(const struct search_wanted *wanted);

/*
 * A text around its hits, in pieces, with blanks for line breaks and "…" where it is cut; `room` 0: all of
 * it, as it stands, otherwise about so many bytes. False: no memory.
 */
bool search_pieces(struct arena *arena, const struct search_wanted *wanted, const char *text, size_t len,
                   size_t room, struct ticket_piece **pieces, size_t *count);

#endif
