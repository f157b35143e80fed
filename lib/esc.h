/*
 * esc: one escaping function per context, and in lib/esc one file. Nothing else in the project escapes.
 *
 * Input is UTF-8 of `len` bytes; invalid sequences come out as U+FFFD.
 */
#ifndef GUICHET_ESC_H
#define GUICHET_ESC_H

#include "buf.h"

#include <stdbool.h>

/* HTML text and quoted attribute values: & < > " ' become entities. NUL, which HTML cannot hold: U+FFFD. */
void esc_html(struct buf *out, const char *text, size_t len);

/* The same for where no single quotes stand around it: ' stays, of which prose is full. */
void esc_html_text(struct buf *out, const char *text, size_t len);

/* One component of a URL (RFC 3986, section 2.1): all but unreserved characters are percent-encoded. */
void esc_url(struct buf *out, const char *text, size_t len);

/*
 * A whole URL as the value of href or src: what may not stand in a URL (RFC 3986) is percent-encoded, what is
 * encoded already stays, & and ' become entities.
 */
void esc_href(struct buf *out, const char *url, size_t len);

/* Put the bytes that a URL has percent-encoded in their places, but no NUL. */
void esc_url_undo(char *url);

/* A JSON string with its quotes (RFC 8259, section 7). Also escapes < > & and U+2028/2029. */
void esc_json(struct buf *out, const char *text, size_t len);

/*
 * A file name as the parameters of Content-Disposition (RFC 6266, RFC 8187):
 * filename="ascii fallback"; filename*=UTF-8''...   Control and direction marks are dropped,
 * slashes become '_', an empty name becomes "file", and of one over 150 characters the middle is left out.
 */
void esc_filename(struct buf *out, const char *name, size_t len);

/*
 * A field of a CSV file (RFC 4180, section 2), in quotes where it must be. Spreadsheets take a text that
 * begins with = + - @ or a control for a formula and would run it: such a text gets a ' before it, and so
 * does what stands behind a semicolon, a tab or a new line, where some begin another field.
 */
void esc_csv(struct buf *out, const char *text, size_t len);

/* Text within one line for people: controls and direction marks as \n, \xNN, \uNNNN; the rest as it is. */
void esc_line(struct buf *out, const char *text, size_t len);

/*
 * A value in a log line: as esc_line(), and quoted when it is empty or holds a space, '"', '=', '\' or
 * anything but printable ASCII; in quotes '"' and '\' have a '\' before them.
 */
void esc_log(struct buf *out, const char *text, size_t len);

/* Is the URL one that we may link to: http, https, mailto, tel, or relative (and not scheme-relative)? */
bool esc_url_is_safe(const char *url);

#endif
