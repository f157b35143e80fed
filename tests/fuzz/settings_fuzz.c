/*
 * Any JSON as settings: what is taken is complete, and taken again without a change in the texts that the
 * check does not turn into objects.
 */
#include "../../lib/settings.h"
#include "../../lib/utf8.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define must(holds) ((holds) ? (void)0 : abort())

static const char *const kinds[] = {"own", "company", NULL};
static const struct setting color[] = {{.type = SETTING_COLOR}};
static const struct setting inner[] = {
    {.key = "n", .type = SETTING_INT, .fallback = "5", .min = -3, .max = 1000},
    {.key = "s", .type = SETTING_SLUG, .required = true},
    {.key = "u", .type = SETTING_URL},
    {.key = "api", .type = SETTING_API},
    {0},
};
static const struct setting item[] = {{.type = SETTING_GROUP, .fields = inner}};
static const struct setting table[] = {
    {.key = "b", .type = SETTING_BOOL, .fallback = "true"},
    {.key = "t", .type = SETTING_TEXT, .fallback = "\"x\"", .min = 1, .max = 9},
    {.key = "c", .type = SETTING_CHOICE, .fallback = "\"own\"", .choices = kinds},
    {.key = "i", .type = SETTING_ID},
    {.key = "h", .type = SETTING_HOST},
    {.key = "e", .type = SETTING_EMAIL},
    {.key = "l", .type = SETTING_LOCALE},
    {.key = "w", .type = SETTING_LENGTH},
    {.key = "g", .type = SETTING_GROUP, .fields = inner},
    {.key = "a", .type = SETTING_LIST, .fallback = "[]", .max = 5, .fields = item},
    {.key = "m", .type = SETTING_MAP, .fallback = "{}", .max = 5, .fields = color},
    {0},
};
static const struct setting local[] = {{.key = "t", .type = SETTING_LOCAL, .max = 20}, {0}};

static void swallow(const struct diag *diag)
{
    FILE *out = fopen("/dev/null", "w");
    must(out);
    diag_print(diag, out);
    fclose(out);
}

/* A new reference; NULL: refused, with errors. */
static json_t *check(const struct setting *rows, const char *text, size_t len)
{
    struct diag *diag = diag_new();
    struct json_doc doc;
    json_t *completed = NULL;
    if (json_doc_parse(&doc, "f", text, len, diag))
        completed = settings_check(rows, &doc, diag);
    must(!completed == (diag_errors(diag) > 0));
    swallow(diag);
    json_doc_release(&doc);
    diag_free(diag);
    return completed;
}

static void complete_check(const json_t *completed)
{
    const json_t *each;
    size_t index;
    must(json_is_boolean(json_object_get(completed, "b")));
    must(json_is_string(json_object_get(completed, "t")));
    must(json_array_size(json_object_get(completed, "a")) <= 5);
    must(json_object_size(json_object_get(completed, "m")) <= 5);
    json_array_foreach(json_object_get(completed, "a"), index, each)
    {
        const char *slug = json_string_value(json_object_get(each, "s"));
        must(slug && slug[0] == '/' && slug[strlen(slug) - 1] == '/' && !strstr(slug, "//"));
        must(json_is_integer(json_object_get(each, "n")));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    json_t *completed = check(table, (const char *)data, size);
    if (completed) {
        complete_check(completed);
        char *text = json_dumps(completed, 0);
        json_t *again = check(table, text, strlen(text));
        must(json_equal(completed, again));
        json_decref(again);
        free(text);
    }
    json_decref(completed);

    completed = check(local, (const char *)data, size);
    const char *tag;
    json_t *each;
    json_object_foreach(json_object_get(completed, "t"), tag, each)
        must(utf8_count(json_string_value(each), json_string_length(each)) <= 20);
    json_decref(completed);
    return 0;
}
