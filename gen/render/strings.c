/* A language's strings as templates see them. */
#include "render.h"

#include "../../lib/locale.h"

#include <stdio.h>
#include <string.h>

enum { ARGS_MAX = 8, WORD_MAX = 256 };

struct filling {
    const char *tag;
    struct locale_arg args[ARGS_MAX];
    struct buf text;
};

/* An object of plural categories: it has "other", and only texts. */
static bool is_plural(const json_t *object)
{
    const char *key;
    json_t *value;
    if (!json_is_string(json_object_get(object, "other")))
        return false;
    json_object_foreach((json_t *)object, key, value)
    {
        if (!json_is_string(value))
            return false;
    }
    return true;
}

/* A key that the reference does not know was only warned of, so it may hold anything. */
static json_t *fill(struct filling *filling, const json_t *pattern)
{
    const char *text = json_string_value(pattern);
    buf_reset(&filling->text);
    locale_format(&filling->text, text ? text : "", filling->args, ARGS_MAX);
    return json_stringn(filling->text.data, filling->text.len);
}

static json_t *plural_view(struct filling *filling, const json_t *object)
{
    json_t *forms = json_array();
    for (const char *const *category = locale_plurals(filling->tag); *category; category++) {
        const json_t *pattern = json_object_get(object, *category);
        if (!pattern)
            pattern = json_object_get(object, "other");
        json_t *form = json_object();
        json_object_set_new(form, "category", json_string(*category));
        json_object_set_new(form, "text", fill(filling, pattern));
        json_array_append_new(forms, form);
    }
    json_t *view = json_object();
    json_object_set_new(view, "forms", forms);
    return view;
}

static json_t *view_of(struct filling *filling, const json_t *value)
{
    if (!json_is_object(value))
        return fill(filling, value);
    if (is_plural(value))
        return plural_view(filling, value);
    json_t *view = json_object();
    const char *key;
    json_t *child;
    json_object_foreach((json_t *)value, key, child) json_object_set_new(view, key, view_of(filling, child));
    return view;
}

/* "20 MB" in the theme's own words (units.megabyte, units.kilobyte), plainly when it has none. */
static const char *size_text(struct arena *arena, const json_t *strings, long bytes)
{
    bool mega = bytes >= 1024 * 1024;
    const char *n = arena_printf(arena, "%ld", bytes / (mega ? 1024 * 1024 : 1024));
    const json_t *units = json_object_get(strings, "units");
    const char *pattern = json_string_value(json_object_get(units, mega ? "megabyte" : "kilobyte"));
    struct buf text;
    buf_init(&text, 4096);
    locale_format(&text,
                  pattern ? pattern
                  : mega  ? "{n} MB"
                          : "{n} KB",
                  (struct locale_arg[]){{.name = "n", .value = n}}, 1);
    const char *copy = arena_strdup(arena, text.data);
    buf_release(&text);
    return copy;
}

static long number_at(const json_t *object, const char *key)
{
    return (long)json_integer_value(json_object_get(object, key));
}

/* What a ticket is called: by the admin, else by the theme (words.ticket, words.tickets). */
const char *render_ticket_name(const struct render *render, size_t locale, const char *form)
{
    bool one = strcmp(form, "one") == 0;
    const char *name = site_ticket_name(render->site, render->site->locales[locale], form);
    const json_t *words = json_object_get(render->theme->strings[locale], "words");
    if (!name)
        name = json_string_value(json_object_get(words, one ? "ticket" : "tickets"));
    return name ? name : one ? "ticket" : "tickets";
}

static const char *capital(const struct render *render, size_t locale, const char *word)
{
    char text[WORD_MAX];
    locale_capitalize(render->site->locales[locale], word, text, sizeof text);
    return arena_strdup(render->arena, text);
}

json_t *render_strings(const struct render *render, size_t locale)
{
    const struct site *site = render->site;
    struct arena *arena = render->arena;
    const json_t *portal = site->portal.value;
    const json_t *files = json_object_get(portal, "files");
    const json_t *strings = render->theme->strings[locale];
    const char *one = render_ticket_name(render, locale, "one");
    const char *other = render_ticket_name(render, locale, "other");
    struct filling filling = {
        .tag = site->locales[locale],
        .args = {{"portal", site_name(site, site->locales[locale])},
                 {"password_min", arena_printf(arena, "%ld", number_at(portal, "password_min"))},
                 {"files_max", arena_printf(arena, "%ld", number_at(files, "max_count"))},
                 {"file_max", size_text(arena, strings, number_at(files, "max_bytes"))},
                 {"ticket", one},
                 {"tickets", other},
                 {"Ticket", capital(render, locale, one)},
                 {"Tickets", capital(render, locale, other)}}};
    buf_init(&filling.text, 64 * 1024);
    json_t *view = view_of(&filling, strings);
    buf_release(&filling.text);
    return view;
}
