#include "init_options.h"

#include "../../lib/fs.h"
#include "../../lib/settings.h"
#include "../check/hint.h"
#include "../theme/theme.h"

#include <string.h>

static const struct setting locale_item[] = {{.type = SETTING_LOCALE}};

static const struct setting rows[] = {
    {.key = "--name", .type = SETTING_TEXT, .min = 1, .max = 80, .fallback = "\"Support\""},
    {.key = "--locales",
     .type = SETTING_LIST,
     .min = 1,
     .max = 40,
     .fields = locale_item,
     .fallback = "[\"en\"]"},
    {.key = "--domain", .type = SETTING_HOST, .fallback = "\"support.example.com\""},
    {0},
};

/* "en,fr" -> ["en", "fr"]; NULL: not UTF-8. */
static json_t *split(const char *text)
{
    json_t *list = json_array();
    for (bool more = true; more;) {
        size_t len = strcspn(text, ",");
        more = text[len] == ',';
        if (json_array_append_new(list, json_stringn(text, len)) != 0) {
            json_decref(list);
            return NULL;
        }
        text += len + more;
    }
    return list;
}

/* An option that is not given is null, for which the table has a value. NULL: not UTF-8. */
static json_t *as_document(const struct init_options *options)
{
    json_t *locales = options->locales ? split(options->locales) : json_null();
    return locales ? json_pack("{s:s?, s:o, s:s?}", "--name", options->name, "--locales", locales, "--domain",
                               options->domain)
                   : NULL;
}

static json_t *check_values(const struct init_options *options, struct diag *diag)
{
    /* without a file: findings name an option, not a place */
    struct json_doc doc = {.root = as_document(options), .text = strdup("{}"), .len = 2};
    json_t *values = NULL;
    if (!doc.root)
        diag_error(diag, (struct place){0}, "an option is not UTF-8");
    else if (doc.text)
        values = settings_check(rows, &doc, diag);
    json_doc_release(&doc);
    return values;
}

/* What a portal's languages are called must be somewhere; "fr-CA" builds upon "fr". */
static bool theme_speaks(struct arena *arena, const char *dir, const char *tag)
{
    const char *language = arena_strndup(arena, tag, strcspn(tag, "-"));
    return fs_is_file(arena_printf(arena, "%s/%s.json", dir, tag)) ||
           fs_is_file(arena_printf(arena, "%s/%s.json", dir, language));
}

static void check_locales(const struct starter *starter, struct diag *diag)
{
    struct arena *arena = starter->arena;
    const char *dir = arena_printf(arena, "%s/default/locales", theme_installed(arena));
    for (size_t i = 0; i < starter->locale_count; i++) {
        const char *tag = starter->locales[i];
        for (size_t j = 0; j < i; j++) {
            if (strcmp(starter->locales[j], tag) == 0)
                diag_error(diag, (struct place){0}, "\"--locales\": \"%s\" is there twice", tag);
        }
        if (!theme_speaks(arena, dir, tag))
            diag_error(diag, (struct place){0}, "\"--locales\": the default theme does not speak \"%s\" (%s)",
                       tag, dir);
    }
}

static const char *copy_of(struct arena *arena, const json_t *values, const char *key)
{
    return arena_strdup(arena, json_string_value(json_object_get(values, key)));
}

bool init_options_check(const struct init_options *options, struct starter *starter, struct diag *diag)
{
    json_t *values = check_values(options, diag);
    if (!values)
        return false;
    const json_t *locales = json_object_get(values, "--locales");
    const char **tags = arena_alloc(starter->arena, json_array_size(locales) * sizeof *tags);
    for (size_t i = 0; i < json_array_size(locales); i++)
        tags[i] = arena_strdup(starter->arena, json_string_value(json_array_get(locales, i)));
    starter->locales = tags;
    starter->locale_count = json_array_size(locales);
    starter->name = copy_of(starter->arena, values, "--name");
    starter->host = copy_of(starter->arena, values, "--domain");
    json_decref(values);
    check_locales(starter, diag);
    return diag_errors(diag) == 0;
}
