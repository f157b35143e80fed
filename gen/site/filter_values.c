#include "filter_values.h"

#include "../check/hint.h"
#include "properties.h"

#include <string.h>

enum { VALUES_MAX = 100, TEXT_MAX = 500, DAYS_MAX = 36500 };

/* As an option: no text is this one. */
#define ANYTHING ""

static const char *text_at(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

const char *filter_of_whom(enum portal_object of)
{
    return of == PORTAL_TICKET ? "tickets" : "contacts";
}

const char *filter_path(const struct filter_checked *checked, const char *pointer, const char *key)
{
    return arena_printf(checked->site->arena, "%s%s%s", pointer, *key ? "/" : "", key);
}

const char *filter_tests_of(struct arena *arena, enum property_type type)
{
    const char *text = "";
    for (int test = 0; filter_tests[test]; test++) {
        if (filter_wants(type, (enum filter_test)test) != FILTER_REFUSES)
            text = arena_printf(arena, "%s%s\"%s\"", text, *text ? ", " : "", filter_tests[test]);
    }
    return text;
}

/* Of what was refused nobody knows what else there is: then everything is right. */
static void set_known(json_t *known, const char *value)
{
    json_object_set_new(known, value ? value : ANYTHING, json_true());
}

/* What a select may be, where that is known: by the admin's own options, or by the pipelines. New. */
static json_t *options_of(const struct filter_checked *checked, const char *property)
{
    const json_t *options =
        json_object_get(property_find(checked->site, filter_of_whom(checked->of), property), "options");
    json_t *known = json_object();
    json_t *each;
    size_t i;
    const char *pipeline;
    json_array_foreach(options, i, each) set_known(known, text_at(each, "value"));
    if (checked->of == PORTAL_CONTACT)
        return known;
    if (strcmp(property, "status") == 0)
        json_object_update_new(known, json_pack("{s:b, s:b}", "open", 1, "closed", 1));
    json_object_foreach(checked->site->pipelines.draft, pipeline, each)
    {
        const json_t *stages = json_object_get(each, "stages");
        if (strcmp(property, "pipeline") == 0)
            json_object_set_new(known, pipeline, json_true());
        for (i = 0; strcmp(property, "stage") == 0 && i < json_array_size(stages); i++)
            set_known(known, text_at(json_array_get(stages, i), "id"));
    }
    return known;
}

/* What a category or a priority may be is known as far as forms offer it. */
static void check_offered(const struct filter_checked *checked, const char *pointer, const char *property,
                          const char *text)
{
    json_t *known = json_object_get(checked->offered, property);
    if (checked->of != PORTAL_TICKET || json_object_size(known) == 0 || json_object_get(known, text))
        return;
    const char *hint = hint_near_key(checked->site->arena, text, known);
    if (*hint)
        FILTER_COMPLAIN(checked, pointer, "", "no form offers \"%s\" as \"%s\"%s", text, property, hint);
    else
        settings_file_warning(
            &checked->site->portal, checked->diag, pointer,
            "no form offers \"%s\" as \"%s\", so that only tickets that come in another way "
            "can have it%s",
            text, property, hint_known(checked->site->arena, text, known));
}

static void check_text(const struct filter_checked *checked, const char *pointer, const char *property,
                       const json_t *value)
{
    const char *text = json_string_value(value);
    if (!text || !*text || strlen(text) > TEXT_MAX) {
        FILTER_COMPLAIN(checked, pointer, "", "want a text of 1 to %d bytes", TEXT_MAX);
        return;
    }
    json_t *known = options_of(checked, property);
    if (json_object_size(known) > 0 && !json_object_get(known, ANYTHING) && !json_object_get(known, text))
        FILTER_COMPLAIN(checked, pointer, "", "\"%s\" is nothing that \"%s\" can be%s", text, property,
                        hint_known(checked->site->arena, text, known));
    json_decref(known);
    check_offered(checked, pointer, property, text);
}

/* `pointer`: of the list */
static void check_texts(const struct filter_checked *checked, const char *pointer, const char *property,
                        const json_t *list)
{
    size_t count = json_array_size(list);
    if (count < 1 || count > VALUES_MAX) {
        FILTER_COMPLAIN(checked, pointer, "", "want a list of 1 to %d texts", VALUES_MAX);
        return;
    }
    for (size_t i = 0; i < count; i++)
        check_text(checked, arena_printf(checked->site->arena, "%s/%zu", pointer, i), property,
                   json_array_get(list, i));
}

static bool is_day(const json_t *value)
{
    long days;
    return json_is_string(value) && filter_day(json_string_value(value), &days);
}

static bool is_count(const json_t *value)
{
    return json_is_integer(value) && json_integer_value(value) >= 1 && json_integer_value(value) <= DAYS_MAX;
}

/* One value that is no text. */
static void check_single(const struct filter_checked *checked, const char *pointer, const char *test,
                         enum filter_wants wants, const json_t *value)
{
    static const char *const wanted[] = {[FILTER_WANTS_NOTHING] = "true",
                                         [FILTER_WANTS_DAY] = "a day such as \"2026-11-22\"",
                                         [FILTER_WANTS_NUMBER] = "a number",
                                         [FILTER_WANTS_DAYS] = "a whole number of days from 1 to 36500",
                                         [FILTER_WANTS_FLAG] = "true or false"};
    bool fits = wants == FILTER_WANTS_NOTHING  ? json_is_true(value)
                : wants == FILTER_WANTS_DAY    ? is_day(value)
                : wants == FILTER_WANTS_NUMBER ? json_is_number(value)
                : wants == FILTER_WANTS_DAYS   ? is_count(value)
                                               : json_is_boolean(value);
    if (!fits)
        FILTER_COMPLAIN(checked, pointer, test, "want %s", wanted[wants]);
}

int filter_find_test(const char *key)
{
    for (int test = 0; filter_tests[test]; test++) {
        if (strcmp(filter_tests[test], key) == 0)
            return test;
    }
    return -1;
}

void filter_check_value(const struct filter_checked *checked, const char *pointer, const char *property,
                        enum property_type type, const char *key, const json_t *value)
{
    int test = filter_find_test(key);
    enum filter_wants wants = test < 0 ? FILTER_REFUSES : filter_wants(type, (enum filter_test)test);
    if (test < 0)
        FILTER_COMPLAIN(checked, pointer, key, "unknown test \"%s\"%s", key,
                        hint_near(checked->site->arena, key, filter_tests));
    else if (wants == FILTER_REFUSES)
        FILTER_COMPLAIN(checked, pointer, key, "no test for \"%s\", which is of type \"%s\"; want one of %s",
                        property, property_types[type], filter_tests_of(checked->site->arena, type));
    else if (wants == FILTER_WANTS_TEXTS)
        check_texts(checked, filter_path(checked, pointer, key), property, value);
    else if (wants == FILTER_WANTS_TEXT)
        check_text(checked, filter_path(checked, pointer, key), property, value);
    else
        check_single(checked, pointer, key, wants, value);
}
