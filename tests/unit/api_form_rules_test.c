/* The API's rules for a form, held against the same cases as the page's (tests/forms/README.md). */
#include "lib_test.h"

#include "../../api/portal/form.h"

#define CASES SOURCE_DIR "/tests/forms/cases.json"
#define COMPILED SOURCE_DIR "/tests/golden/gen/good/properties/expected/portal/portal.json"

enum { FIELDS_MAX = 16, CHOSEN_MAX = 8 };

/* The golden portal with the form of the cases, through the reader that the API has. */
static struct portal *load_form(const char *folder, json_t *fields)
{
    char path[4096];
    json_t *root = json_load_file(COMPILED, 0, NULL);
    assert_non_null(root);
    json_object_set(json_array_get(json_object_get(root, "forms"), 0), "fields", fields);
    snprintf(path, sizeof path, "%s/portal.json", folder);
    assert_int_equal(json_dump_file(root, path, 0), 0);
    json_decref(root);
    struct diag *diag = diag_new();
    struct portal *portal = portal_load(folder, diag);
    if (!portal)
        diag_print(diag, stderr);
    diag_free(diag);
    assert_non_null(portal);
    return portal;
}

/* The answers to a field of which several may be chosen. */
static void choose(struct form_value *value, const json_t *answer, struct arena *arena)
{
    value->chosen = arena_alloc(arena, CHOSEN_MAX * sizeof *value->chosen);
    assert_non_null(value->chosen);
    for (size_t i = 0; i < json_array_size(answer); i++)
        value->chosen[value->chosen_count++] = json_string_value(json_array_get(answer, i));
}

static void fill(struct form_value *values, const struct portal_form *form, const json_t *answers,
                 struct arena *arena)
{
    for (size_t i = 0; i < form->field_count; i++) {
        const json_t *answer = json_object_get(answers, form->fields[i].id);
        values[i] = (struct form_value){.field = &form->fields[i],
                                        .text = json_string_value(answer),
                                        .file_count = (size_t)json_integer_value(answer)};
        if (values[i].field->type == PORTAL_FIELD_MULTI_SELECT)
            choose(&values[i], answer, arena);
    }
}

static json_t *hidden_of(const struct form_value *values, size_t count)
{
    json_t *hidden = json_array();
    for (size_t i = 0; i < count; i++) {
        if (!values[i].hidden)
            continue;
        assert_null(values[i].text);
        assert_int_equal(values[i].file_count, 0);
        json_array_append_new(hidden, json_string(values[i].field->id));
    }
    return hidden;
}

static json_t *errors_of(const struct field_error *errors, size_t count)
{
    json_t *found = json_object();
    for (size_t i = 0; i < count; i++)
        json_object_set_new(found, errors[i].field, json_string(errors[i].code));
    return found;
}

/* Takes `found`. */
static void assert_same(const json_t *each, const char *key, json_t *found)
{
    if (!json_equal(json_object_get(each, key), found)) {
        char *text = json_dumps(found, JSON_ENCODE_ANY);
        print_error("%s: %s: got %s\n", json_string_value(json_object_get(each, "why")), key, text);
        free(text);
        fail();
    }
    json_decref(found);
}

static void the_api_judges_as_the_page_does(void **state)
{
    json_t *root = json_load_file(CASES, 0, NULL);
    assert_non_null(root);
    struct portal *portal = load_form(*state, json_object_get(root, "fields"));
    const struct portal_form *form = portal_form(portal, NULL);
    assert_in_range(form->field_count, 1, FIELDS_MAX);
    size_t i;
    json_t *each;
    json_array_foreach(json_object_get(root, "cases"), i, each)
    {
        struct arena *arena = arena_new(0);
        struct form_value values[FIELDS_MAX];
        struct field_error errors[FIELD_ERRORS_MAX];
        size_t count = 0;
        fill(values, form, json_object_get(each, "answers"), arena);
        assert_true(form_check(values, form->field_count, arena, errors, &count));
        assert_same(each, "hidden", hidden_of(values, form->field_count));
        assert_same(each, "errors", errors_of(errors, count));
        arena_free(arena);
    }
    assert_true(i > 10);
    portal_free(portal);
    json_decref(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {folder_test(the_api_judges_as_the_page_does)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
