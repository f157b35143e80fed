/*
 * Any bytes as a theme.json, through the real tables: every finding is a printable line, what is taken is
 * taken again as it was completed, and the admin's values (the member "values", if there is one) are held
 * against what was declared.
 */
#include "../../gen/theme/declarations.h"

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

static json_t *check(struct arena *arena, const struct json_doc *doc, const json_t *known)
{
    struct diag *diag = diag_new();
    json_t *completed = settings_check(theme_manifest_table(arena, doc->root, known), doc, diag);
    must(!completed == (diag_errors(diag) > 0));
    swallow(diag);
    return completed;
}

/* A text for all languages is completed to one of "*", which no file may have: let it be English. */
static json_t *in_english(json_t *value)
{
    const char *key;
    json_t *each;
    size_t i;
    if (json_is_object(value)) {
        json_t *object = json_object();
        json_object_foreach(value, key, each)
            json_object_set_new(object, strcmp(key, "*") == 0 ? "en" : key, in_english(each));
        return object;
    }
    if (json_is_array(value)) {
        json_t *list = json_array();
        json_array_foreach(value, i, each) json_array_append_new(list, in_english(each));
        return list;
    }
    return json_incref(value);
}

static void check_again(struct arena *arena, json_t *completed)
{
    struct diag *diag = diag_new();
    struct json_doc doc = {0};
    json_t *english = in_english(completed);
    char *text = json_dumps(english, 0);
    must(text && json_doc_parse(&doc, "theme.json", text, strlen(text), diag));
    json_t *again = check(arena, &doc, NULL);
    must(again && json_equal(english, again));
    json_decref(again);
    json_decref(english);
    json_doc_release(&doc);
    free(text);
    swallow(diag);
}

static void check_values(struct arena *arena, const json_t *completed, const struct json_doc *doc,
                         json_t *values)
{
    json_t *settings = json_object_get(completed, "settings");
    struct setting *rows = arena_alloc(arena, (json_object_size(settings) + 1) * sizeof *rows);
    size_t count = 0;
    const char *key;
    json_t *declared;
    json_object_foreach(settings, key, declared)
    {
        if (theme_type_of(declared))
            rows[count++] = theme_value_row(arena, key, declared, json_object_get(values, key));
    }
    struct json_doc of_values = *doc;
    struct diag *diag = diag_new();
    of_values.root = values;
    json_decref(settings_check(rows, &of_values, diag));
    swallow(diag);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(0);
    struct diag *diag = diag_new();
    struct json_doc doc = {0};
    must(arena && diag);
    if (json_doc_parse(&doc, "theme.json", (const char *)data, size, diag) && json_is_object(doc.root)) {
        json_t *values = json_incref(json_object_get(doc.root, "values"));
        json_object_del(doc.root, "values");
        json_t *completed = check(arena, &doc, NULL);
        if (completed) {
            check_again(arena, completed);
            if (json_is_object(values))
                check_values(arena, completed, &doc, values);
        }
        json_decref(completed);
        json_decref(values);
    }
    json_doc_release(&doc);
    swallow(diag);
    arena_free(arena);
    return 0;
}
