/*
 * page_ids: the ids of a page, and who names them; internal to page_markup.
 *
 * Noted while the page is read, tag by tag, and looked at when it is known whole.
 */
#ifndef GUICHET_PAGE_IDS_H
#define GUICHET_PAGE_IDS_H

#include "page_source.h"

/* An id, or a word that names one. */
struct mention {
    struct html_span id;
    const struct html_tag *tag; /* of the page */
    const char *attribute;      /* of a reference; static text */
    unsigned within;            /* which <template> it is in; 0: none */
};

struct mentions {
    struct mention *items;
    size_t count, cap;
};

struct page_ids {
    const struct page_source *source;
    const char *file;
    struct diag *diag;
    struct arena *arena;
    struct mentions ids, references, fields; /* fields: those that only a <label for> can still name */
    unsigned templates, within;              /* how many <template> are open; which one it is */
};

/* Note a tag's id, and those that it names in "for" and aria attributes. */
void page_ids_note(struct page_ids *page, const struct html_tag *tag);

/* Note a form field that says no name itself; `id` may be empty. */
void page_ids_note_field(struct page_ids *page, const struct html_tag *tag, struct html_span id);

/* Errors: ids that are there twice, ids that are nowhere, fields without a label. */
void page_ids_check(struct page_ids *page);

#endif
