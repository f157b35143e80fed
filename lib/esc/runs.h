/*
 * runs: how the escapers of this room walk: they copy runs of bytes that need nothing in one piece, and stop
 * only where a byte does. Inline, since pages are made of little else.
 */
#ifndef GUICHET_ESC_RUNS_H
#define GUICHET_ESC_RUNS_H

#include "../buf.h"

#define REPLACEMENT "\xEF\xBF\xBD" /* U+FFFD, for what is no UTF-8 */

/* Begin as {out, text, len, 0, 0}; end with runs_flush(&runs, 0). */
struct runs {
    struct buf *out;
    const char *text;
    size_t len;
    size_t run; /* where the run that is not copied yet begins */
    size_t at;  /* to be moved on over what needs nothing */
};

/* Copy what stands before `at` and go on after the `size` bytes there. */
static inline void runs_flush(struct runs *runs, size_t size)
{
    buf_add(runs->out, runs->text + runs->run, runs->at - runs->run);
    runs->at += size;
    runs->run = runs->at;
}

/* The same, with something in the place of those bytes. */
static inline void runs_replace(struct runs *runs, size_t size, const char *with)
{
    runs_flush(runs, size);
    buf_adds(runs->out, with);
}

#endif
