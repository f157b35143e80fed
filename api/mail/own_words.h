/*
 * own_words: what a mail says of its own, without what it quotes, as a hash: programs that answer whatever
 * they get say the same each time, below another quotation (T35).
 */
#ifndef GUICHET_OWN_WORDS_H
#define GUICHET_OWN_WORDS_H

#include <stddef.h>

enum { OWN_WORDS_BYTES = 32 };

/* How many bytes of a text, as text_lines() has it, stand before the first line that quotes, without the line
 * that says who is quoted. */
size_t own_words_len(const char *text);

void own_words_hash(const char *text, unsigned char hash[OWN_WORDS_BYTES]);

#endif
