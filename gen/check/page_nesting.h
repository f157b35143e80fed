/*
 * page_nesting: does every element of a page end, and every end tag end something?
 *
 * A heading that is never closed takes in the rest of the page for who hears it. Errors name the tag in the
 * template. Elements that HTML lets end by themselves (<p>, <li>, <td>, ..) may do so.
 */
#ifndef GUICHET_PAGE_NESTING_H
#define GUICHET_PAGE_NESTING_H

#include "../../lib/diag.h"
#include "page_source.h"

void page_nesting_check(const struct page_source *source, const char *file, const struct html_page *page,
                        struct diag *diag);

#endif
