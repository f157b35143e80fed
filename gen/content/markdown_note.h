/*
 * markdown_note: what is kept of a tree: its headings, its links, and where raw HTML stood; internal to this
 * room.
 */
#ifndef GUICHET_MARKDOWN_NOTE_H
#define GUICHET_MARKDOWN_NOTE_H

#include "markdown.h"
#include "markdown_place.h"

#include <cmark.h>

struct markdown_notes {
    struct markdown *markdown;
    struct arena *arena;
    unsigned offset; /* lines of the file before the text */
    struct markdown_source source;
    size_t heading_cap, link_cap;
};

/* Each is to be called when its node is entered, in the order of the text. */
const struct markdown_heading *markdown_note_heading(struct markdown_notes *notes, cmark_node *node);

/* A link or an image. What is returned is good until the next one. */
struct markdown_link *markdown_note_link(struct markdown_notes *notes, cmark_node *node);

void markdown_note_raw_html(struct markdown_notes *notes, cmark_node *node);

#endif
