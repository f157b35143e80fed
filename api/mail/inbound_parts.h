/*
 * inbound_parts: what is in a mail: its words, as one text, and its files.
 *
 * Of alternatives that say the same only the best is read: plain text before a page. What no program shows as
 * text, and what is named or said to be an attachment, is a file; files of alternatives that were not chosen
 * are kept all the same. Only the parts of inbound include this: it speaks GMime.
 */
#ifndef GUICHET_INBOUND_PARTS_H
#define GUICHET_INBOUND_PARTS_H

#include "../../lib/buf.h"
#include "inbound.h"

#include <gmime/gmime.h>

struct inbound_parts {
    struct buf text;  /* UTF-8; at most INBOUND_TEXT_MAX bytes */
    GPtrArray *files; /* of GMimeObject, borrowed from the message */
    size_t count;
    bool too_many; /* over INBOUND_PARTS_MAX: the rest was not looked at */
};

/* To be released, whatever becomes of it; it must not outlive the message that it was taken from. */
void inbound_parts_init(struct inbound_parts *parts);
void inbound_parts_release(struct inbound_parts *parts);

/* Take in a part and all within it. */
void inbound_parts_take(struct inbound_parts *parts, GMimeObject *part);

/* See inbound_files(). */
bool inbound_parts_files(const struct inbound_parts *parts, inbound_file *each, void *context);

/* Is it of this type, as "text", "plain"? In any case. */
bool inbound_parts_is(GMimeObject *part, const char *type, const char *subtype);

#endif
