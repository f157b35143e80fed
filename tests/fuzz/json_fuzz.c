/*
 * Any bytes as JSON: our scanner lets pass what jansson reads and nothing else, every refusal is one
 * printable line at a place in the text, and every value of a document is found again where it stands.
 */
#include "../../lib/buf.h"
#include "../../lib/json.h"
#include "../../lib/utf8.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define must(holds) ((holds) ? (void)0 : abort())

static void body_check(const char *text, size_t len)
{
    const char *why = NULL;
    json_t *ours = json_parse_body(text, len, &why);
    must(!ours == (why != NULL));
    /* Behind the scanner jansson would recurse as deep as it is told to. */
    if (!why || strcmp(why, "nested too deeply") != 0) {
        json_t *theirs = json_loadb(text, len, JSON_REJECT_DUPLICATES, NULL);
        /* jansson 2.14 passes over some NUL bytes between tokens; we do not. */
        must(!ours == !theirs || (!ours && memchr(text, 0, len)));
        must(!ours || json_equal(ours, theirs));
        json_decref(theirs);
    }
    json_decref(ours);
}

/* The byte at a place. */
static const char *text_at(const struct json_doc *doc, struct place place)
{
    const char *at = doc->text, *end = doc->text + doc->len;
    for (unsigned line = 1; line < place.line; line++) {
        at = memchr(at, '\n', (size_t)(end - at));
        must(at);
        at++;
    }
    return at + utf8_prefix(at, (size_t)(end - at), place.col - 1);
}

static bool begins(const json_t *value, char c)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return c == '{';
    case JSON_ARRAY:
        return c == '[';
    case JSON_STRING:
        return c == '"';
    case JSON_TRUE:
        return c == 't';
    case JSON_FALSE:
        return c == 'f';
    case JSON_NULL:
        return c == 'n';
    default:
        return c == '-' || (c >= '0' && c <= '9');
    }
}

static void places_check(const struct json_doc *doc, struct buf *pointer, const json_t *value, int *left);

static void place_check(const struct json_doc *doc, struct buf *pointer, const json_t *value, int *left)
{
    if (*left == 0)
        return;
    --*left;
    must(begins(value, *text_at(doc, json_doc_place(doc, pointer->data, JSON_AT_VALUE))));
    places_check(doc, pointer, value, left);
}

static void add_step(struct buf *pointer, const char *key)
{
    buf_addc(pointer, '/');
    for (; *key; key++) {
        if (*key == '~' || *key == '/')
            buf_adds(pointer, *key == '~' ? "~0" : "~1");
        else
            buf_addc(pointer, *key);
    }
}

static void places_check(const struct json_doc *doc, struct buf *pointer, const json_t *value, int *left)
{
    size_t before = pointer->len, index;
    const char *key;
    json_t *each;
    json_object_foreach((json_t *)value, key, each)
    {
        add_step(pointer, key);
        must(*text_at(doc, json_doc_place(doc, pointer->data, JSON_AT_KEY)) == '"');
        place_check(doc, pointer, each, left);
        buf_cut(pointer, before);
    }
    json_array_foreach(value, index, each)
    {
        buf_addf(pointer, "/%zu", index);
        place_check(doc, pointer, each, left);
        buf_cut(pointer, before);
    }
}

/* "f:line:col: error: ..." and nothing that a terminal would obey. */
static void lines_check(const struct diag *diag)
{
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    must(out);
    diag_print(diag, out);
    fclose(out);
    must(utf8_is_valid(text, len));
    for (char *line = text; *line; line = strchr(line, '\n') + 1) {
        must(strncmp(line, "f:", 2) == 0);
        for (char *at = line; *at != '\n'; at++)
            must((unsigned char)*at >= 0x20 && *at != 0x7F);
    }
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* Exactly as long as it is, so that one byte too far is found. */
    char *text = malloc(size + !size);
    must(text);
    if (size > 0)
        memcpy(text, data, size);
    body_check(text, size);

    struct diag *diag = diag_new();
    struct json_doc doc;
    bool good = json_doc_parse(&doc, "f", text, size, diag);
    must(good == (diag_errors(diag) == 0));
    lines_check(diag);
    if (good) {
        int left = 200;
        struct buf pointer;
        buf_init(&pointer, 1024 * 1024);
        place_check(&doc, &pointer, doc.root, &left);
        buf_release(&pointer);
    }
    json_doc_release(&doc);
    diag_free(diag);
    free(text);
    return 0;
}
