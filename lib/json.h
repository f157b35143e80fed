/*
 * json: JSON that remembers where it stood (jansson does the parsing, RFC 8259).
 *
 * A parsed document keeps its text, so that any value in it, named by its
 * JSON Pointer (RFC 6901), can be found again as line and column. Finding is
 * a second walk over the text and only happens when something is to be said.
 * Refused: duplicate keys, NUL in strings, invalid UTF-8, a byte order mark, depth over 64, numbers that
 * neither 64 bits nor a double hold, and a document that is no object or array.
 */
#ifndef GUICHET_JSON_H
#define GUICHET_JSON_H

#include "diag.h"

#include <jansson.h>
#include <stdbool.h>

struct json_doc {
    json_t *root; /* owned */
    char *text;   /* owned; the bytes parsed */
    size_t len;
    char *file; /* owned; the name for messages */
};

enum json_at { JSON_AT_KEY, JSON_AT_VALUE };

/* Parse a file of at most `ceiling` bytes. On failure: an error in `diag`, false, and the doc is empty. */
bool json_doc_load(struct json_doc *doc, const char *path, size_t ceiling, struct diag *diag);

/* Parse text that came from `file`. The text is copied. */
bool json_doc_parse(struct json_doc *doc, const char *file, const char *text, size_t len, struct diag *diag);

void json_doc_release(struct json_doc *doc);

/* Where the value (or its key) at `pointer` stands. "" is the whole document. Unknown pointer: its nearest
 * parent. */
struct place json_doc_place(const struct json_doc *doc, const char *pointer, enum json_at at);

/* Parse a request body: no file, no diag; depth at most 32. NULL: not acceptable; `why` then says so (static
 * text). */
json_t *json_parse_body(const char *text, size_t len, const char **why);

#endif
