#include "filters.h"

#include "../check/hint.h"
#include "properties.h"

#include <math.h>
#include <string.h>

enum { DEPTH_MAX = 5, TESTS_MAX = 100, VALUES_MAX = 100, TEXT_MAX = 500, DAYS_MAX = 36500 };

struct checked {
    const struct site *site;
    enum portal_object of;
    struct diag *diag;
    size_t tests;
};

static const char *const groups[] = {"all", "any", NULL};

static const char *text_at(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static const char *of_whom(enum portal_object of)
{
    return of == PORTAL_TICKET ? "tickets" : "contacts";
}

/* The type of a property; false: there is none such. */
static bool find_type(const struct site *site, enum portal_object of, const char *id,
                      enum property_type *type)
{
    const struct property_kind *built_in = property_kind(portal_builtins(of), id);
    const char *own = built_in ? NULL : text_at(property_find(site, of_whom(of), id), "type");
    if (built_in)
        *type = built_in->type;
    for (int i = 0; own && property_types[i]; i++) {
        if (strcmp(property_types[i], own) == 0)
            *type = (enum property_type)i;
    }
    return built_in || own;
}

static const char *near_property(const struct checked *checked, const char *id)
{
    enum property_type type;
    enum portal_object other = checked->of == PORTAL_TICKET ? PORTAL_CONTACT : PORTAL_TICKET;
    if (find_type(checked->site, other, id, &type))
        return arena_printf(checked->site->arena, "; it is one of %s", of_whom(other));
    json_t *known = json_object();
    const char *own;
    json_t *value;
    for (const struct property_kind *kind = portal_builtins(checked->of); kind->id; kind++)
        json_object_set_new(known, kind->id, json_true());
    json_object_foreach(json_object_get(checked->site->properties.value, of_whom(checked->of)), own, value)
        json_object_set(known, own, value);
    const char *hint = hint_near_key(checked->site->arena, id, known);
    json_decref(known);
    return hint;
}

static struct place at(const struct checked *checked, const char *pointer, const char *key)
{
    return settings_file_at(&checked->site->portal, "%s%s%s", pointer, *key ? "/" : "", key);
}

/* The tests that a type takes, as a message lists them. */
static const char *tests_of(struct arena *arena, enum property_type type)
{
    const char *text = "";
    for (int test = 0; filter_tests[test]; test++) {
        if (filter_wants(type, (enum filter_test)test) != FILTER_REFUSES)
            text = arena_printf(arena, "%s%s\"%s\"", text, *text ? ", " : "", filter_tests[test]);
    }
    return text;
}

/* What a select may be, where that is known: by the admin's own options, or by the pipelines. New. */
static json_t *options_of(const struct checked *checked, const char *property)
{
    const json_t *options =
        json_object_get(property_find(checked->site, of_whom(checked->of), property), "options");
    json_t *known = json_object();
    json_t *each;
    size_t i;
    const char *pipeline;
    json_array_foreach(options, i, each) json_object_set_new(known, text_at(each, "value"), json_true());
    if (checked->of == PORTAL_CONTACT)
        return known;
    if (strcmp(property, "status") == 0)
        json_object_update_new(known, json_pack("{s:b, s:b}", "open", 1, "closed", 1));
    json_object_foreach(checked->site->pipelines.value, pipeline, each)
    {
        const json_t *stages = json_object_get(each, "stages");
        if (strcmp(property, "pipeline") == 0)
            json_object_set_new(known, pipeline, json_true());
        for (i = 0; strcmp(property, "stage") == 0 && i < json_array_size(stages); i++)
            json_object_set_new(known, text_at(json_array_get(stages, i), "id"), json_true());
    }
    return known;
}

static void check_text(const struct checked *checked, struct place place, const char *test,
                       const char *property, const json_t *value)
{
    const char *text = json_string_value(value);
    if (!text || !*text || strlen(text) > TEXT_MAX) {
        diag_error(checked->diag, place, "\"%s\": want a text of 1 to %d bytes", test, TEXT_MAX);
        return;
    }
    json_t *known = options_of(checked, property);
    if (json_object_size(known) > 0 && !json_object_get(known, text))
        diag_error(checked->diag, place, "\"%s\": \"%s\" is nothing that \"%s\" can be%s", test, text,
                   property, hint_near_key(checked->site->arena, text, known));
    json_decref(known);
}

static void check_texts(const struct checked *checked, const char *pointer, const char *test,
                        const char *property, const json_t *list)
{
    size_t count = json_array_size(list);
    if (count < 1 || count > VALUES_MAX) {
        diag_error(checked->diag, at(checked, pointer, test), "\"%s\": want a list of 1 to %d texts", test,
                   VALUES_MAX);
        return;
    }
    for (size_t i = 0; i < count; i++)
        check_text(checked, settings_file_at(&checked->site->portal, "%s/%s/%zu", pointer, test, i), test,
                   property, json_array_get(list, i));
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
static void check_single(const struct checked *checked, const char *pointer, const char *test,
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
        diag_error(checked->diag, at(checked, pointer, test), "\"%s\": want %s", test, wanted[wants]);
}

static int find_test(const char *key)
{
    for (int test = 0; filter_tests[test]; test++) {
        if (strcmp(filter_tests[test], key) == 0)
            return test;
    }
    return -1;
}

static void check_value(const struct checked *checked, const char *pointer, const char *property,
                        enum property_type type, const char *key, const json_t *value)
{
    int test = find_test(key);
    enum filter_wants wants = test < 0 ? FILTER_REFUSES : filter_wants(type, (enum filter_test)test);
    if (test < 0)
        diag_error(checked->diag, at(checked, pointer, key), "unknown test \"%s\"%s", key,
                   hint_near(checked->site->arena, key, filter_tests));
    else if (wants == FILTER_REFUSES)
        diag_error(checked->diag, at(checked, pointer, key),
                   "\"%s\" is no test for \"%s\", which is of type \"%s\"; want one of %s", key, property,
                   property_types[type], tests_of(checked->site->arena, type));
    else if (wants == FILTER_WANTS_TEXTS)
        check_texts(checked, pointer, key, property, value);
    else if (wants == FILTER_WANTS_TEXT)
        check_text(checked, at(checked, pointer, key), key, property, value);
    else
        check_single(checked, pointer, key, wants, value);
}

/* The one key besides "property". NULL: none, or several. */
static const char *test_key(const json_t *filter)
{
    const char *key, *found = NULL;
    json_t *value;
    json_object_foreach((json_t *)filter, key, value)
    {
        if (strcmp(key, "property") == 0)
            continue;
        if (found)
            return NULL;
        found = key;
    }
    return found;
}

static void check_test(struct checked *checked, const char *pointer, const json_t *filter)
{
    enum property_type type;
    const char *id = text_at(filter, "property"), *key = test_key(filter);
    if (++checked->tests == TESTS_MAX + 1)
        diag_error(checked->diag, at(checked, pointer, ""), "want at most %d tests in a filter", TESTS_MAX);
    if (!id)
        diag_error(checked->diag, at(checked, pointer, "property"),
                   "\"property\": want the id of a property");
    else if (!find_type(checked->site, checked->of, id, &type))
        diag_error(checked->diag, at(checked, pointer, "property"),
                   "\"property\": %s have no property \"%s\"%s", of_whom(checked->of), id,
                   near_property(checked, id));
    else if (!key)
        diag_error(checked->diag, at(checked, pointer, ""), "want one test of \"%s\": one of %s", id,
                   tests_of(checked->site->arena, type));
    else
        check_value(checked, pointer, id, type, key, json_object_get(filter, key));
}

static void check_node(struct checked *checked, const char *pointer, const json_t *filter, int depth);

static void check_group(struct checked *checked, const char *pointer, const char *op, const json_t *filter,
                        int depth)
{
    const json_t *of = json_object_get(filter, op);
    if (json_object_size(filter) > 1)
        diag_error(checked->diag, at(checked, pointer, op),
                   "\"%s\": nothing else may stand beside it; put the rest in its list", op);
    if (json_array_size(of) == 0)
        diag_error(checked->diag, at(checked, pointer, op),
                   "\"%s\": want a list of tests or groups, not empty", op);
    for (size_t i = 0; i < json_array_size(of); i++)
        check_node(checked, arena_printf(checked->site->arena, "%s/%s/%zu", pointer, op, i),
                   json_array_get(of, i), depth + 1);
}

static void check_node(struct checked *checked, const char *pointer, const json_t *filter, int depth)
{
    if (!json_is_object(filter)) {
        diag_error(checked->diag, at(checked, pointer, ""),
                   "want a test, {\"property\": ..}, or a group, {\"all\": [..]} or {\"any\": [..]}");
        return;
    }
    if (depth > DEPTH_MAX) {
        diag_error(checked->diag, at(checked, pointer, ""), "want groups at most %d deep", DEPTH_MAX);
        return;
    }
    for (const char *const *op = groups; *op; op++) {
        if (json_object_get(filter, *op)) {
            check_group(checked, pointer, *op, filter, depth);
            return;
        }
    }
    check_test(checked, pointer, filter);
}

void filter_check(const struct site *site, const char *pointer, const json_t *filter, enum portal_object of,
                  struct diag *diag)
{
    struct checked checked = {site, of, diag, 0};
    if (filter)
        check_node(&checked, pointer, filter, 1);
}

static json_t *compile_group(const struct site *site, const char *op, const json_t *of_it,
                             enum portal_object of)
{
    json_t *list = json_array();
    for (size_t i = 0; i < json_array_size(of_it); i++)
        json_array_append_new(list, filter_compile(site, json_array_get(of_it, i), of));
    return json_pack("{s:s, s:o}", "op", op, "of", list);
}

static json_t *compile_values(enum filter_wants wants, const json_t *value)
{
    if (wants == FILTER_WANTS_TEXTS)
        return json_deep_copy(value);
    return wants == FILTER_WANTS_NOTHING ? json_array() : json_pack("[O]", value);
}

json_t *filter_compile(const struct site *site, const json_t *filter, enum portal_object of)
{
    enum property_type type = PROPERTY_TEXT;
    if (!filter)
        return json_null();
    for (const char *const *op = groups; *op; op++) {
        if (json_object_get(filter, *op))
            return compile_group(site, *op, json_object_get(filter, *op), of);
    }
    const char *id = text_at(filter, "property"), *key = test_key(filter);
    find_type(site, of, id, &type);
    enum filter_wants wants = filter_wants(type, (enum filter_test)find_test(key));
    return json_pack("{s:s, s:s, s:s, s:o}", "property", id, "type", property_types[type], "test", key,
                     "values", compile_values(wants, json_object_get(filter, key)));
}
