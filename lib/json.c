#include "json.h"

#include "buf.h"
#include "fs.h"
#include "json/find.h"
#include "json/scan.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_DEPTH = 64, BODY_DEPTH = 32 };

void json_doc_release(struct json_doc *doc)
{
    json_decref(doc->root);
    free(doc->text);
    free(doc->file);
    *doc = (struct json_doc){0};
}

/* What only jansson finds: duplicate keys and numbers that no type of ours holds. */
static void report_jansson(const struct json_doc *doc, const json_error_t *error, struct diag *diag)
{
    enum json_error_code code = json_error_code(error);
    if (code == json_error_duplicate_key && json_find_duplicates(doc, diag))
        return;
    size_t at = error->position > 0 ? (size_t)error->position : 0;
    if (code == json_error_numeric_overflow) {
        /* jansson stands behind the number. */
        while (at > 0 && at <= doc->len && strchr("+-.eE0123456789", doc->text[at - 1]))
            at--;
        diag_error(diag, json_place_at(doc, at), "this number is too large");
    } else {
        diag_error(diag, json_place_at(doc, at), "not valid JSON: %s", error->text);
    }
}

/* Parse the text that the doc holds already. */
static bool doc_parse(struct json_doc *doc, struct diag *diag)
{
    struct json_scan scan = {.text = doc->text, .len = doc->len, .max_depth = FILE_DEPTH};
    if (!json_scan_document(&scan)) {
        diag_error(diag, json_place_at(doc, scan.at), "%s", scan.message);
        return false;
    }
    json_error_t error;
    doc->root = json_loadb(doc->text, doc->len, JSON_REJECT_DUPLICATES, &error);
    if (!doc->root)
        report_jansson(doc, &error, diag);
    return doc->root != NULL;
}

static bool doc_fail(struct json_doc *doc)
{
    json_doc_release(doc);
    return false;
}

bool json_doc_parse(struct json_doc *doc, const char *file, const char *text, size_t len, struct diag *diag)
{
    *doc = (struct json_doc){.file = strdup(file), .text = malloc(len + 1), .len = len};
    if (!doc->file || !doc->text) {
        diag_error(diag, (struct place){file, 0, 0}, "out of memory");
        return doc_fail(doc);
    }
    if (len > 0)
        memcpy(doc->text, text, len);
    doc->text[len] = '\0';
    return doc_parse(doc, diag) ? true : doc_fail(doc);
}

bool json_doc_load(struct json_doc *doc, const char *path, size_t ceiling, struct diag *diag)
{
    struct buf text;
    *doc = (struct json_doc){0};
    buf_init(&text, ceiling);
    int error = fs_read(path, &text);
    if (error) {
        diag_unread(diag, path, error, ceiling);
        buf_release(&text);
        return false;
    }
    doc->file = strdup(path);
    doc->text = buf_take(&text, &doc->len);
    if (!doc->file || !doc->text) {
        diag_unread(diag, path, ENOMEM, ceiling);
        return doc_fail(doc);
    }
    return doc_parse(doc, diag) ? true : doc_fail(doc);
}

struct place json_doc_place(const struct json_doc *doc, const char *pointer, enum json_at at)
{
    if (!doc->text)
        return (struct place){doc->file, 0, 0};
    return json_place_at(doc, json_find(doc->text, doc->len, pointer, at));
}

json_t *json_parse_body(const char *text, size_t len, const char **why)
{
    struct json_scan scan = {.text = text, .len = len, .max_depth = BODY_DEPTH};
    if (!json_scan_document(&scan)) {
        *why = scan.why;
        return NULL;
    }
    json_error_t error;
    json_t *root = json_loadb(text, len, JSON_REJECT_DUPLICATES, &error);
    if (root)
        return root;
    switch (json_error_code(&error)) {
    case json_error_duplicate_key:
        *why = "the same key twice in an object";
        break;
    case json_error_numeric_overflow:
        *why = "a number out of range";
        break;
    case json_error_out_of_memory:
        *why = "out of memory";
        break;
    default:
        *why = JSON_WHY_SYNTAX;
    }
    return NULL;
}
