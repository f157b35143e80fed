/* What the API says in the customer's language besides mails: strings of the theme. */
#include "../../lib/portal.h"
#include "render.h"

#include <string.h>

static const struct {
    const char *word; /* one of portal_words */
    const char *group, *key;
} sources[] = {
    {"subject", "list", "subject"},
    {"requester", "list", "requester"},
    {"company", "list", "company"},
    {"created", "list", "created"},
    {"owner", "list", "owner"},
    {"status", "list", "state"},
    {"last_activity", "list", "activity"},
    {"stage", "ticket", "stage"},
    {"pipeline", "csv", "pipeline"},
    {"priority", "ticket", "priority"},
    {"category", "ticket", "category"},
    {"source", "csv", "source"},
    {"closed", "ticket", "closed_on"},
    {"number", "csv", "number"},
    {"open", "status", "open"},
    {"closed_status", "status", "closed"},
    {"file", "csv", "file"},
    {"yes", "words", "yes"},
    {"no", "words", "no"},
    {"removed", "words", "removed"},
    {"erased", "words", "erased"},
    {"readme", "words", "readme"},
};
enum { SOURCE_COUNT = sizeof sources / sizeof sources[0] };

/* Where tickets come from, as far as we write them; what was imported may name others. */
const char *const render_origins[] = {"portal", "email", NULL};
#define ORIGINS "source"

static json_t *string_in(const json_t *strings, size_t source)
{
    return json_object_get(json_object_get(strings, sources[source].group), sources[source].key);
}

json_t *render_words_in(const json_t *strings)
{
    json_t *words = json_object();
    for (size_t i = 0; i < SOURCE_COUNT; i++)
        json_object_set(words, sources[i].word, string_in(strings, i));
    return words;
}

json_t *render_words(const struct render *render)
{
    json_t *all = json_object();
    for (size_t i = 0; i < render->site->locale_count; i++)
        json_object_set_new(all, render->site->locales[i],
                            render_words_in(json_object_get(render->shared[i], "t")));
    return all;
}

void render_add_origins(json_t *words, const json_t *strings)
{
    json_object_set(words, "origins", json_object_get(strings, ORIGINS));
}

json_t *render_origin(const struct render *render, const char *origin)
{
    json_t *all = json_object();
    for (size_t i = 0; i < render->site->locale_count; i++) {
        const json_t *strings = json_object_get(json_object_get(render->shared[i], "t"), ORIGINS);
        const char *text = json_string_value(json_object_get(strings, origin));
        if (text) /* a copy: pages of other languages are made at the same time */
            json_object_set_new(all, render->site->locales[i], json_string(text));
    }
    return all;
}

static bool is_origin(const char *key)
{
    const size_t len = strlen(ORIGINS ".");
    for (const char *const *origin = render_origins; *origin; origin++)
        if (strncmp(key, ORIGINS ".", len) == 0 && strcmp(key + len, *origin) == 0)
            return true;
    return false;
}

static bool is_title(const char *key)
{
    for (const char *const *page = theme_pages; *page; page++) {
        const char *id = *page + strlen("pages/");
        size_t len = strlen(id);
        if (strncmp(key, "pages.", 6) == 0 && strncmp(key + 6, id, len) == 0 &&
            strcmp(key + 6 + len, ".title") == 0)
            return true;
    }
    return false;
}

bool render_needs_string(const char *key)
{
    static const char *const others[] = {"words.ticket", "words.tickets", "units.megabyte", "units.kilobyte"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(key, others[i]) == 0)
            return true;
    for (size_t i = 0; i < SOURCE_COUNT; i++) {
        size_t len = strlen(sources[i].group);
        if (strncmp(key, sources[i].group, len) == 0 && key[len] == '.' &&
            strcmp(key + len + 1, sources[i].key) == 0)
            return true;
    }
    return is_origin(key) || is_title(key);
}

void render_check_words(const struct render *render, struct diag *diag)
{
    const char *file = theme_path(render->theme, "locales/" THEME_REFERENCE ".json");
    for (size_t i = 0; i < SOURCE_COUNT; i++) {
        if (!json_is_string(string_in(json_object_get(render->shared[0], "t"), i)))
            diag_error(diag, (struct place){.file = file}, "\"%s.%s\" is missing: exports of tickets need it",
                       sources[i].group, sources[i].key);
    }
    const json_t *origins = json_object_get(json_object_get(render->shared[0], "t"), ORIGINS);
    for (const char *const *origin = render_origins; *origin; origin++) {
        if (!json_is_string(json_object_get(origins, *origin)))
            diag_error(diag, (struct place){.file = file},
                       "\"" ORIGINS ".%s\" is missing: what shows where tickets came from needs it", *origin);
    }
}
