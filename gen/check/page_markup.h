/*
 * page_markup: can everybody use a rendered page, also who hears it?
 *
 * Errors: images without alt, form fields without a label, links and buttons without a text, ids that are
 * there twice, labels and aria attributes that name no id of the page, no language, no title, elements that
 * do not end (page_nesting.h). Warnings: no main heading, a level of headings left out.
 *
 * An element with "data-slot" is filled by a script, and so is what holds one: nobody can say what it lacks.
 * Findings name the place in the template that the element comes from, so that one mistake is said once and
 * not for every page and language. What a page's <template> holds is looked at, too.
 */
#ifndef GUICHET_PAGE_MARKUP_H
#define GUICHET_PAGE_MARKUP_H

#include "../../lib/diag.h"
#include "page_source.h"

/* `file` is the page's own template, where findings are that no other place can be told for. */
void page_markup_check(const struct page_source *source, const char *file, const struct html_page *page,
                       struct diag *diag);

#endif
