#include "letters.h"

#include "../../lib/fill.h"

#include <string.h>

bool letters_in(const json_t *state)
{
    return json_object_get(state, "mails") != NULL;
}

static const char *portal_name(const struct scene *scene, const char *locale)
{
    for (size_t i = 0; i < scene->locale_count; i++) {
        if (strcmp(scene->locales[i], locale) == 0)
            return scene->names[i];
    }
    return scene->name;
}

/* As the API has it: a name that is written the other way round stands by itself within a sentence. */
static const char *within(const char *locale, const char *name, const char *value, struct arena *arena)
{
    static const char *const whole[] = {"body", "url", "code", NULL};
    const char *const *one = whole;
    while (*one && strcmp(*one, name) != 0)
        one++;
    return *one || !locale_turns(locale, value) ? value
                                                : arena_printf(arena, "\xe2\x81\xa8%s\xe2\x81\xa9", value);
}

static void take_values(struct fill *fill, struct locale_arg *args, const struct scene *scene,
                        const json_t *state, const char *locale)
{
    const char *name;
    json_t *value;
    args[fill->count++] = (struct locale_arg){"portal", portal_name(scene, locale)};
    json_object_foreach(json_object_get(state, "mails"), name, value)
    {
        if (fill->count < FILL_MAX && strcmp(name, "portal") != 0)
            args[fill->count++] =
                (struct locale_arg){name, within(locale, name, json_string_value(value), fill->arena)};
    }
}

const char *letter_part(const struct scene *scene, const json_t *mails, const json_t *state,
                        const char *locale, const char *id, enum letter_part part, struct arena *arena)
{
    static const char *const keys[] = {"html", "text", "subject"};
    const json_t *mail = json_object_get(json_object_get(mails, locale), id);
    const char *pattern = json_string_value(json_object_get(mail, keys[part]));
    struct locale_arg args[FILL_MAX];
    struct fill fill = {.arena = arena, .args = args};
    if (!pattern || !letters_in(state))
        return NULL;
    take_values(&fill, args, scene, state, locale);
    return part == LETTER_HTML ? fill_html(&fill, pattern) : fill_text(&fill, pattern);
}
