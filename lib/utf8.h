/*
 * utf8: reading UTF-8 (RFC 3629) one character at a time, trusting nothing; and writing it.
 */
#ifndef GUICHET_UTF8_H
#define GUICHET_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What stands in `code` for bytes that are no character. A well-formed U+FFFD reads as 0xFFFD. */
#define UTF8_BAD 0xFFFFFFFFu

/*
 * Read the character at `text`, of `len` > 0 bytes, into `code`. Returns how many bytes it took, 1 to 4.
 * Overlong forms, surrogates and code points over U+10FFFF are UTF8_BAD; of a broken sequence the longest
 * part that could have begun a character is taken at once, as browsers do it.
 */
static inline size_t utf8_next(const char *text, size_t len, uint32_t *code);

/* Write a character of the basic plane, no surrogate: 1 to 3 bytes. Returns how many. */
size_t utf8_put(char *out, uint32_t code);

bool utf8_is_valid(const char *text, size_t len);

/* How many characters; each broken sequence counts as one. */
size_t utf8_count(const char *text, size_t len);

/* How many bytes the first `count` characters take (all of them, when there are fewer). */
size_t utf8_prefix(const char *text, size_t len, size_t count);

/*
 * Characters that have no place in a single line that people read: controls (C0, DEL, C1) and the line and
 * paragraph separators.
 */
bool utf8_is_control(uint32_t code);

/* Marks that change the direction of what follows, by which one text can pass for another. */
bool utf8_is_direction(uint32_t code);

/* Those of them that turn round whatever follows, letters too. The others say the direction of what is beside
 * them, as writers of Arabic and Hebrew do. */
bool utf8_is_embedding(uint32_t code);

/* The part of utf8_next() that most texts seldom need. */
size_t utf8_next_long(const char *text, size_t len, uint32_t *code);

static inline size_t utf8_next(const char *text, size_t len, uint32_t *code)
{
    if ((unsigned char)text[0] >= 0x80)
        return utf8_next_long(text, len, code);
    *code = (unsigned char)text[0];
    return 1;
}

#endif
