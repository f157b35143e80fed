/*
 * write: JSON straight into a buffer, in one pass.
 *
 * Commas come by themselves: each call looks at the last byte written. `key` NULL: an item of an array.
 */
#ifndef GUICHET_WRITE_H
#define GUICHET_WRITE_H

#include "../../lib/buf.h"

#include <stdbool.h>
#include <stdint.h>

/* `bracket` is '{' or '[' to begin, '}' or ']' to end. */
void write_begin(struct buf *out, const char *key, char bracket);
void write_end(struct buf *out, char bracket);

void write_text(struct buf *out, const char *key, const char *text); /* NULL text: null */
void write_json(struct buf *out, const char *key, const char *json); /* as it stands */
void write_number(struct buf *out, const char *key, int64_t number);
void write_bool(struct buf *out, const char *key, bool value);

/* Milliseconds since 1970, more than 0, as 2026-11-22T10:15:03.120Z (RFC 3339): no JSON, just the text. */
void write_moment(struct buf *out, int64_t ms);

/* Milliseconds since 1970 as "2026-11-22T10:15:03.120Z"; 0: null. */
void write_time(struct buf *out, const char *key, int64_t ms);

#endif
