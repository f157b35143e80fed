/*
 * scan: reads JSON text without making anything of it, and says well what is wrong with it.
 *
 * It runs before jansson, which then sees only text of a bounded depth, and so never recurses further than
 * a worker thread's stack allows. What it leaves to jansson: duplicate keys and numbers out of range.
 */
#ifndef GUICHET_JSON_SCAN_H
#define GUICHET_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>

struct json_scan {
    const char *text;
    size_t len;
    size_t at; /* where reading stands; after a failure: what the message speaks of */
    int depth, max_depth;
    const char *why;   /* a failure in a few static words, for a program's client */
    char message[320]; /* and in a sentence, for who wrote the file */
};

/* Is the text one object or array, with only space around it? False: why and message say what is wrong. */
bool json_scan_document(struct json_scan *scan);

/* The pieces: each stands at a token's first byte, and leaves `at` behind it. */
bool json_scan_string(struct json_scan *scan);
bool json_scan_number(struct json_scan *scan);
void json_scan_space(struct json_scan *scan);

/* Fail at `at`. Always false. */
bool json_scan_fail(struct json_scan *scan, size_t at, const char *why, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* What stands at `at`, for "got ...": `"some text"`, `}`, `the end of the file`. */
const char *json_scan_got(const struct json_scan *scan, size_t at, char out[static 64]);

/* Why's that more than one file uses. */
#define JSON_WHY_SYNTAX "not valid JSON"
#define JSON_WHY_UTF8 "not valid UTF-8"
#define JSON_WHY_DEPTH "nested too deeply"
#define JSON_WHY_NUL "a NUL character in a text"

#endif
