/*
 * The cases of tests/golden/template; its README.md says how one is written. Each is rendered plainly, and
 * baked with its data as the page's own, as what pages share, and half and half: nobody may see a difference.
 */
#include "lib_test.h"

#include "../../lib/template.h"

#define FOLDER SOURCE_DIR "/tests/golden/template"

static bool add(struct template_set *set, const char *name, const json_t *text, struct diag *diag)
{
    char file[64];
    assert_true(json_is_string(text));
    snprintf(file, sizeof file, "%s.html", name);
    return template_set_add(set, name, file, json_string_value(text), json_string_length(text), diag);
}

static bool compile(const json_t *golden, struct template_set *set, struct diag *diag)
{
    const char *name;
    json_t *text;
    bool good = add(set, "page", json_object_get(golden, "template"), diag);
    json_object_foreach(json_object_get(golden, "partials"), name, text)
    {
        good &= add(set, name, text, diag);
    }
    if (good && json_is_true(json_object_get(golden, "html")))
        good = template_set_check_html(set, diag);
    return good;
}

static struct template_options options_of(const json_t *golden)
{
    return (struct template_options){.escape = json_is_true(json_object_get(golden, "plain")) ? TEMPLATE_PLAIN
                                                                                              : TEMPLATE_HTML,
                                     .strict = json_is_true(json_object_get(golden, "strict"))};
}

static bool render_plain(const json_t *golden, const struct template_set *set, struct buf *out,
                         struct diag *diag)
{
    json_t *stack[8] = {json_object_get(golden, "data")};
    const json_t *given = json_object_get(golden, "stack");
    size_t count = given ? json_array_size(given) : 1;
    assert_true(count <= 8);
    for (size_t i = 0; given && i < count; i++)
        stack[i] = json_array_get(given, i);
    struct template_options options = options_of(golden);
    return template_render(set, "page", stack, count, &options, out, diag);
}

enum way { PLAIN, OWN, SHARED, HALF, WAYS };

/* Which of the two objects has this member? */
static bool is_shared(enum way way, size_t at)
{
    return way == SHARED || (way == HALF && at % 2 == 0);
}

/* The data of a case as what pages share and a page's own. False: it is not made of one or two objects. */
static bool split(const json_t *golden, enum way way, json_t **shared, json_t **own)
{
    json_t *data = json_object_get(golden, "data"), *stack = json_object_get(golden, "stack");
    const char *key;
    json_t *value;
    size_t at = 0;
    *shared = json_object();
    *own = json_object();
    if (json_array_size(stack) == 2 && way == HALF)
        return json_object_update(*shared, json_array_get(stack, 0)) == 0 &&
               json_object_update(*own, json_array_get(stack, 1)) == 0;
    json_object_foreach(data, key, value)
    {
        json_object_set(is_shared(way, at++) ? *shared : *own, key, value);
    }
    return !stack && json_is_object(data);
}

static bool render_baked(const json_t *golden, enum way way, const struct template_set *set, struct buf *out,
                         struct diag *diag)
{
    json_t *shared, *own;
    struct template_options options = options_of(golden);
    bool good;
    if (split(golden, way, &shared, &own)) {
        struct template_baked *baked = template_bake(set, "page", shared, own, &options, NULL);
        assert_non_null(baked);
        good = template_render_baked(baked, own, NULL, out, diag);
        template_baked_free(baked);
    } else {
        good = render_plain(golden, set, out, diag);
    }
    json_decref(shared);
    json_decref(own);
    return good;
}

static bool render(const json_t *golden, enum way way, const struct template_set *set, struct buf *out,
                   struct diag *diag)
{
    return way == PLAIN ? render_plain(golden, set, out, diag) : render_baked(golden, way, set, out, diag);
}

static bool says_as_wanted(const json_t *golden, const struct diag *diag)
{
    struct buf wanted;
    buf_init(&wanted, 100000);
    size_t i;
    json_t *line;
    json_array_foreach(json_object_get(golden, "says"), i, line)
    {
        buf_addf(&wanted, "%s\n", json_string_value(line));
    }
    char *said = printed(diag);
    bool same = strcmp(said, wanted.data) == 0;
    if (!same)
        print_error("  says   <<%s>>\n  wanted <<%s>>\n", said, wanted.data);
    free(said);
    buf_release(&wanted);
    return same;
}

/* A member that nobody reads would be a case that tests nothing. */
static void check_members(const json_t *golden)
{
    static const char *const known[] = {"name",   "template", "partials", "data", "stack",
                                        "strict", "plain",    "expected", "says", "html"};
    const char *key;
    json_t *value;
    size_t found = 0;
    json_object_foreach((json_t *)golden, key, value)
    {
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
            found += strcmp(key, known[i]) == 0;
    }
    assert_int_equal(found, json_object_size(golden));
    assert_true(json_object_get(golden, "expected") || json_object_get(golden, "says"));
}

static bool passes(const json_t *golden, enum way way)
{
    struct template_set *set = template_set_new();
    struct diag *diag = diag_new();
    struct buf out;
    buf_init(&out, 1000000);
    bool good = compile(golden, set, diag) && render(golden, way, set, &out, diag);
    const char *expected = json_string_value(json_object_get(golden, "expected"));
    bool as_expected = !expected || strcmp(expected, out.data) == 0;
    bool says = says_as_wanted(golden, diag);
    if (!as_expected)
        print_error("  got    <<%s>>\n  wanted <<%s>>\n", out.data, expected);
    if (good != (diag_errors(diag) == 0))
        print_error("  returned %s with %zu errors\n", good ? "true" : "false", diag_errors(diag));
    bool passed = as_expected && says && good == (diag_errors(diag) == 0);
    buf_release(&out);
    diag_free(diag);
    template_set_free(set);
    return passed;
}

static void run(const char *name)
{
    char path[256];
    json_error_t error;
    snprintf(path, sizeof path, FOLDER "/%s.json", name);
    json_t *cases = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
    if (!cases)
        fail_msg("%s:%d: %s", path, error.line, error.text);
    size_t failed = 0, i;
    json_t *golden;
    json_array_foreach(cases, i, golden)
    {
        check_members(golden);
        for (enum way way = PLAIN; way < WAYS; way++) {
            if (passes(golden, way))
                continue;
            print_error("%s.json, way %d: %s\n", name, way,
                        json_string_value(json_object_get(golden, "name")));
            failed++;
        }
    }
    assert_true(json_array_size(cases) > 0);
    json_decref(cases);
    assert_int_equal(failed, 0);
}

#define GOLDEN(file)                                                                                         \
    static void golden_##file(void **state)                                                                  \
    {                                                                                                        \
        (void)state;                                                                                         \
        run(#file);                                                                                          \
    }

GOLDEN(values)
GOLDEN(sections)
GOLDEN(lines)
GOLDEN(partials)
GOLDEN(inheritance)
GOLDEN(errors)
GOLDEN(strict)
GOLDEN(contexts)

static void every_file_of_cases_is_run(void **state)
{
    (void)state;
    struct arena *arena = arena_new(0);
    struct fs_entry *entries;
    size_t count, cases = 0;
    assert_int_equal(fs_walk(FOLDER, arena, &entries, &count), 0);
    for (size_t i = 0; i < count; i++)
        cases += strstr(entries[i].path, ".json") != NULL;
    assert_int_equal(cases, 8);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(golden_values),
        cmocka_unit_test(golden_sections),
        cmocka_unit_test(golden_lines),
        cmocka_unit_test(golden_partials),
        cmocka_unit_test(golden_inheritance),
        cmocka_unit_test(golden_errors),
        cmocka_unit_test(golden_strict),
        cmocka_unit_test(golden_contexts),
        cmocka_unit_test(every_file_of_cases_is_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
