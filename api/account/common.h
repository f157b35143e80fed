/*
 * common: passwords that everybody tries first.
 *
 * The words are what remains of the usual lists once case, blanks and the digits and marks around a word are
 * taken away; so "Password1234!" and "!!qwerty 2026" are among them.
 */
#ifndef GUICHET_COMMON_H
#define GUICHET_COMMON_H

#include <stdbool.h>

/* Is this one of the words, or one twice, or two of them in a row? In lower case. */
bool common_is_word(const char *word);

/* Is this, of digits and marks only, a row of the keyboard or a date? */
bool common_is_number(const char *text);

#endif
