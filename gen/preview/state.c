#include "state.h"

#include <string.h>

static bool is_held(const json_t *answer)
{
    return json_integer_value(json_object_get(answer, "delay")) > 0 ||
           strcmp(json_string_value(json_object_get(answer, "outcome")), "answer") != 0;
}

/* Must the page know of the answers, or is it enough that the preview does? */
static bool concerns_page(const json_t *state)
{
    size_t i;
    json_t *answer;
    json_array_foreach(json_object_get(state, "answers"), i, answer)
    {
        if (is_held(answer) || json_object_get(answer, "after"))
            return true;
    }
    return false;
}

bool state_holds(const json_t *state)
{
    size_t i;
    json_t *answer;
    json_array_foreach(json_object_get(state, "answers"), i, answer)
    {
        if (is_held(answer))
            return true;
    }
    return false;
}

/* Values are copied: what a state holds is read by several threads at once. */
static void copy_member(json_t *to, const char *key, const json_t *from)
{
    json_object_set_new(to, key, json_deep_copy(json_object_get(from, key)));
}

static json_t *rules_of(const json_t *state)
{
    static const char *const keys[] = {"request", "outcome", "delay", "after"};
    json_t *rules = json_array();
    size_t i;
    json_t *answer;
    json_array_foreach(json_object_get(state, "answers"), i, answer)
    {
        json_t *rule = json_object();
        for (size_t k = 0; k < sizeof keys / sizeof keys[0]; k++)
            copy_member(rule, keys[k], answer);
        json_array_append_new(rules, rule);
    }
    return rules;
}

json_t *state_view(const json_t *state, const char *id)
{
    static const char *const keys[] = {"id", "offline", "patience", "device"};
    json_t *view = json_object();
    for (size_t k = 0; k < sizeof keys / sizeof keys[0]; k++)
        copy_member(view, keys[k], state);
    json_object_set_new(view, "rules", concerns_page(state) ? rules_of(state) : json_array());
    if (id)
        copy_member(view, "steps", json_object_get(json_object_get(state, "pages"), id));
    return view;
}
