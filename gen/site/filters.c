#include "filter_values.h"

#include "../check/hint.h"
#include "properties.h"

#include <string.h>

enum { DEPTH_MAX = 5, TESTS_MAX = 100 };

static const char *const groups[] = {"all", "any", NULL};

static const char *text_at(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

/* The type of a property; false: there is none such, or its type is not known. */
static bool find_type(const struct site *site, enum portal_object of, const char *id,
                      enum property_type *type)
{
    const struct property_kind *built_in = property_kind(portal_builtins(of), id);
    const char *own = built_in ? NULL : text_at(property_find(site, filter_of_whom(of), id), "type");
    if (built_in)
        *type = built_in->type;
    for (int i = 0; own && property_types[i]; i++) {
        if (strcmp(property_types[i], own) == 0)
            *type = (enum property_type)i;
    }
    return built_in || own;
}

static const char *near_property(const struct filter_checked *checked, const char *id)
{
    enum property_type type;
    enum portal_object other = checked->of == PORTAL_TICKET ? PORTAL_CONTACT : PORTAL_TICKET;
    if (find_type(checked->site, other, id, &type))
        return arena_printf(checked->site->arena, "; it is one of %s", filter_of_whom(other));
    json_t *known = json_object();
    const char *own;
    json_t *value;
    for (const struct property_kind *kind = portal_builtins(checked->of); kind->id; kind++)
        json_object_set_new(known, kind->id, json_true());
    json_object_foreach(json_object_get(checked->site->properties.draft, filter_of_whom(checked->of)), own,
                        value) json_object_set(known, own, value);
    const char *hint = hint_near_key(checked->site->arena, id, known);
    json_decref(known);
    return hint;
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

static void check_test(struct filter_checked *checked, const char *pointer, const json_t *filter)
{
    enum property_type type;
    const char *id = text_at(filter, "property"), *key = test_key(filter);
    if (++checked->tests == TESTS_MAX + 1)
        FILTER_COMPLAIN(checked, pointer, "", "want at most %d tests in a filter", TESTS_MAX);
    if (!id)
        FILTER_COMPLAIN(checked, pointer, "property", "want the id of a property");
    else if (property_is_odd(checked->site, filter_of_whom(checked->of), id))
        FILTER_COMPLAIN(checked, pointer, "property", "%s have no property \"%s\"%s",
                        filter_of_whom(checked->of), id, near_property(checked, id));
    else if (!find_type(checked->site, checked->of, id, &type))
        return;
    else if (!key)
        FILTER_COMPLAIN(checked, pointer, "", "want one test of \"%s\": one of %s", id,
                        filter_tests_of(checked->site->arena, type));
    else
        filter_check_value(checked, pointer, id, type, key, json_object_get(filter, key));
}

static void check_node(struct filter_checked *checked, const char *pointer, const json_t *filter, int depth);

static void check_group(struct filter_checked *checked, const char *pointer, const char *op,
                        const json_t *filter, int depth)
{
    const json_t *of = json_object_get(filter, op);
    if (json_object_size(filter) > 1)
        FILTER_COMPLAIN(checked, pointer, op, "nothing else may stand beside it; put the rest in its list");
    if (json_array_size(of) == 0)
        FILTER_COMPLAIN(checked, pointer, op, "want a list of tests or groups, not empty");
    for (size_t i = 0; i < json_array_size(of); i++)
        check_node(checked, arena_printf(checked->site->arena, "%s/%s/%zu", pointer, op, i),
                   json_array_get(of, i), depth + 1);
}

static void check_node(struct filter_checked *checked, const char *pointer, const json_t *filter, int depth)
{
    if (!json_is_object(filter)) {
        FILTER_COMPLAIN(checked, pointer, "",
                        "want a test, {\"property\": ..}, or a group, {\"all\": [..]} or {\"any\": [..]}");
        return;
    }
    if (depth > DEPTH_MAX) {
        FILTER_COMPLAIN(checked, pointer, "", "want groups at most %d deep", DEPTH_MAX);
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

void filter_check(const struct site *site, const json_t *offered, const char *pointer, const json_t *filter,
                  enum portal_object of, struct diag *diag)
{
    struct filter_checked checked = {site, offered, of, diag, 0};
    if (filter && !json_is_null(filter))
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
    enum filter_wants wants = filter_wants(type, (enum filter_test)filter_find_test(key));
    return json_pack("{s:s, s:s, s:s, s:o}", "property", id, "type", property_types[type], "test", key,
                     "values", compile_values(wants, json_object_get(filter, key)));
}
