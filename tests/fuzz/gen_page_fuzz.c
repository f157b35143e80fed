/*
 * Any bytes as a rendered page and, behind a byte 0x1E, as the template it is from: reading either comes to
 * its end, every tag and attribute lies in the text, and every finding is a printable line.
 */
#include "../../gen/check/markup.h"
#include "../../gen/check/page_markup.h"
#include "../../lib/utf8.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define must(holds) ((holds) ? (void)0 : abort())

static void swallow(struct diag *diag)
{
    FILE *out = fopen("/dev/null", "w");
    must(out);
    diag_print(diag, out);
    fclose(out);
    diag_free(diag);
}

static void lies_in(const char *text, size_t len, struct html_span span)
{
    must(span.at >= text && span.at + span.len <= text + len);
}

static void read_all(const char *text, size_t len)
{
    struct html_tag tag;
    struct html_attribute attribute;
    const char *at = text, *last = text;
    while (html_next(&at, &tag)) {
        must(at > last);
        last = at;
        lies_in(text, len, tag.name);
        lies_in(text, len, tag.inner);
        lies_in(text, len, tag.raw);
        lies_in(text, len, tag.before);
        for (size_t in = 0, was = 0; html_attribute(&tag, &in, &attribute); was = in) {
            must(in > was);
            lies_in(text, len, attribute.name);
            lies_in(text, len, attribute.value);
        }
    }
    must(at == text + len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    must(text);
    if (size > 0)
        memcpy(text, data, size);
    text[size] = '\0';
    if (!memchr(text, '\0', size) && utf8_is_valid(text, size)) {
        struct diag *diag = diag_new();
        read_all(text, size);
        char *cut = strchr(text, 0x1E);
        struct page_source source = {"page.html", cut ? cut + 1 : "", NULL};
        if (cut)
            *cut = '\0';
        struct arena *arena = arena_new(0);
        struct html_page page;
        must(html_page_read(&page, text, arena));
        page_markup_check(&source, "page.html", &page, diag);
        arena_free(arena);
        markup_check("page.html", source.text, diag);
        swallow(diag);
    }
    free(text);
    return 0;
}
