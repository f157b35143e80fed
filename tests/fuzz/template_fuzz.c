/*
 * Any bytes as templates, rendered with fixed data, strictly and not. A byte 0x1E ends the page and begins
 * the partial "p", the next one "q".
 */
#include "../../lib/template.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

#define must(holds) ((holds) ? (void)0 : abort())

static const char site[] =
    "{\"a\":{\"b\":{\"c\":\"<&>\"},\"n\":12.5},\"l\":[1,[2],{\"x\":null}],\"t\":true,\"f\":false}";
static const char page[] = "{\"x\":\"one\\ntwo\",\"e\":\"\",\"a\":{\"b\":0},\"m\":[[],{}]}";

/* Every finding must be printable; nobody reads it here. */
static void swallow(struct diag *diag)
{
    FILE *out = fopen("/dev/null", "w");
    must(out);
    diag_print(diag, out);
    fclose(out);
}

static bool add_all(struct template_set *set, const uint8_t *bytes, size_t len, struct diag *diag)
{
    static const char *const names[] = {"page", "p", "q"};
    const char *text = (const char *)bytes;
    bool good = true;
    for (int i = 0; i < 3; i++) {
        const char *end = i < 2 && len ? memchr(text, 0x1E, len) : NULL;
        size_t part = end ? (size_t)(end - text) : len;
        good &= template_set_add(set, names[i], names[i], text, part, diag);
        text += end ? part + 1 : part;
        len -= end ? part + 1 : part;
    }
    return good;
}

/* What is rendered plainly comes out of the baking with the same bytes. */
static void render_baked(const struct template_set *set, json_t *const *data,
                         const struct template_options *options, const struct buf *plain)
{
    struct template_baked *baked = template_bake(set, "page", data[0], data[1], options, NULL);
    struct diag *diag = diag_new();
    struct buf out;
    buf_init(&out, 64 * 1024);
    must(baked && diag);
    must(template_render_baked(baked, data[1], NULL, &out, diag));
    must(out.len == plain->len && memcmp(out.data, plain->data, out.len) == 0);
    buf_release(&out);
    diag_free(diag);
    template_baked_free(baked);
}

static void render(const struct template_set *set, json_t *const *data, bool strict)
{
    struct template_options options = {.escape = strict ? TEMPLATE_PLAIN : TEMPLATE_HTML, .strict = strict};
    struct diag *diag = diag_new();
    struct buf out;
    buf_init(&out, 64 * 1024);
    bool good = template_render(set, "page", data, 2, &options, &out, diag);
    must(good == (diag_errors(diag) == 0));
    swallow(diag);
    if (good)
        render_baked(set, data, &options, &out);
    buf_release(&out);
    diag_free(diag);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    json_t *data[] = {json_loads(site, 0, NULL), json_loads(page, 0, NULL)};
    struct template_set *set = template_set_new();
    struct diag *diag = diag_new();
    must(data[0] && data[1] && set && diag);
    bool good = add_all(set, bytes, len, diag);
    must(good == (diag_errors(diag) == 0));
    template_set_check(set, diag);
    template_set_check_html(set, diag);
    swallow(diag);
    if (template_set_has(set, "page")) {
        render(set, data, false);
        render(set, data, true);
    }
    diag_free(diag);
    template_set_free(set);
    json_decref(data[0]);
    json_decref(data[1]);
    return 0;
}
