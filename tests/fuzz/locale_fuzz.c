/*
 * Any bytes as a language's strings: they are held against a reference and against themselves, folded over
 * it, and filled in. Every finding is a printable line; what has no error has the reference's shapes.
 */
#include "../../lib/locale.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define must(holds) ((holds) ? (void)0 : abort())

static const char reference_text[] =
    "{\"list\": {\"title\": \"Your tickets\", \"count\": {\"one\": \"{count} ticket\", \"other\": \"{count} "
    "tickets\"}},"
    " \"mail\": {\"greeting\": \"Hello {name}, {name}\"}, \"plain\": \"Text\"}";

static void swallow(struct diag *diag)
{
    FILE *out = fopen("/dev/null", "w");
    must(out);
    diag_print(diag, out);
    fclose(out);
    diag_free(diag);
}

static void fill_in(const json_t *strings)
{
    static const struct locale_arg args[] = {{"name", "{name}"}, {"count", "1"}};
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)strings, key, value)
    {
        struct buf out;
        buf_init(&out, 1024 * 1024);
        if (json_is_string(value))
            locale_format(&out, json_string_value(value), args, 2);
        buf_release(&out);
        if (json_is_object(value))
            fill_in(value);
    }
}

/* A leaf of the reference stays a leaf in what was taken. */
static void same_shape(const json_t *reference, const json_t *strings)
{
    const char *key;
    json_t *wanted;
    json_object_foreach((json_t *)reference, key, wanted)
    {
        const json_t *found = json_object_get(strings, key);
        must(found && json_is_string(wanted) == json_is_string(found));
        if (json_is_object(wanted) && !json_object_get(wanted, "other"))
            same_shape(wanted, found);
    }
}

static void check(const struct json_doc *doc, const char *tag, const json_t *reference)
{
    struct diag *diag = diag_new();
    locale_check(doc, tag, reference, diag);
    if (diag_errors(diag) == 0) {
        json_t *merged = locale_merge(reference, doc->root);
        must(merged);
        same_shape(reference, merged);
        fill_in(merged);
        json_decref(merged);
    }
    swallow(diag);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const tags[] = {"en", "fr", "pl", "ar", "ja", NULL};
    struct diag *diag = diag_new();
    struct json_doc doc = {0};
    json_t *reference = json_loads(reference_text, 0, NULL);
    must(reference && diag);
    if (json_doc_parse(&doc, "fr.json", (const char *)data, size, diag)) {
        for (const char *const *tag = tags; *tag; tag++)
            check(&doc, *tag, reference);
        locale_check(&doc, "en", doc.root, diag);
        json_decref(locale_merge(doc.root, doc.root));
        json_doc_release(&doc);
    }
    json_decref(reference);
    swallow(diag);
    return 0;
}
