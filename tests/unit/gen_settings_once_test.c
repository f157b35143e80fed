/*
 * What is wrong is told once, and all at once: whatever one writes in place of a single setting, the checks
 * between settings go on with all the others, and nothing is said that only follows from it.
 */
#include "lib_test.h"

#include "../../gen/build.h"
#include "../../gen/check/texts.h"
#include "../../gen/forms/form.h"
#include "../../gen/site/visible.h"

#include <jansson.h>

#define GOLDEN SOURCE_DIR "/tests/golden/gen"

/* Portals with as many settings as can be, laid over the golden one. */
static const char *const cases[] = {"good/access",          "good/columns",     "good/form-conditions",
                                    "good/form-properties", "good/properties",  "good/forms-several",
                                    "good/single-sign-on",  "good/ticket-name", "good/visibility",
                                    "good/system-pages",    "says/json-clean"};

static const char *const files[] = {"content/portal.json", "content/pipelines.json",
                                    "content/properties.json", "content/forms/support.json"};

enum { WHOLE_EACH = 31 }; /* so many are tried quickly for one that is built */

struct mutation {
    const char *root; /* of the portal */
    const char *file; /* which is changed */
    json_t *document; /* its whole */
    size_t tried, refused;
};

static void copy_tree(const char *from, const char *to)
{
    struct arena *arena = arena_new(0);
    struct fs_entry *entries = NULL;
    size_t count = 0;
    if (fs_is_dir(from))
        assert_int_equal(fs_walk(from, arena, &entries, &count), 0);
    for (size_t i = 0; i < count; i++) {
        struct buf bytes;
        char *place = fs_join(arena, to, entries[i].path);
        char *folder = arena_strndup(arena, place, (size_t)(strrchr(place, '/') - place));
        buf_init(&bytes, 1024 * 1024);
        assert_int_equal(fs_read(fs_join(arena, from, entries[i].path), &bytes), 0);
        assert_int_equal(fs_mkdirs(folder), 0);
        assert_int_equal(fs_write(place, bytes.data, bytes.len, false), 0);
        buf_release(&bytes);
    }
    arena_free(arena);
}

/* All that is said of the settings. */
static struct diag *check(const char *root)
{
    struct arena *arena = arena_new(0);
    struct diag *diag = diag_new();
    struct site site;
    struct forms forms;
    site_load(&site, root, arena, diag);
    forms_load(&forms, &site, diag);
    json_t *offered = forms_offered(&forms, &site);
    visible_check(&site, offered, diag);
    json_decref(offered);
    if (site.locale_count > 0) {
        texts_check(&site.portal, &site, diag);
        texts_check(&site.pipelines, &site, diag);
        texts_check(&site.properties, &site, diag);
        for (size_t i = 0; i < forms.count; i++)
            texts_check(&forms.items[i].file, &site, diag);
    }
    forms_release(&forms);
    site_release(&site);
    arena_free(arena);
    return diag;
}

static void want_one_error(const struct build_result *result, void *context)
{
    const struct mutation *mutation = context;
    if (diag_errors(result->diag) > 1) {
        char *said = printed(result->diag);
        char *text = json_dumps(mutation->document, JSON_INDENT(2));
        fail_msg("one mistake in %s, more than one error of the build:\n%s%s", mutation->file, said, text);
    }
}

/* Pages and mails are looked at, too, with what stands in for the setting. */
static void try_whole(struct mutation *mutation)
{
    const struct build_options options = {
        .site = mutation->root, .check_only = true, .show = want_one_error, .context = mutation};
    build_run(&options, stdout, stderr);
}

static void try(struct mutation *mutation)
{
    char path[2 * 4096];
    snprintf(path, sizeof path, "%s/%s", mutation->root, mutation->file);
    char *text = json_dumps(mutation->document, JSON_INDENT(2));
    assert_int_equal(fs_write(path, text, strlen(text), false), 0);
    struct diag *diag = check(mutation->root);
    if (diag_errors(diag) > 1) {
        char *said = printed(diag);
        fail_msg("one mistake in %s, more than one error:\n%s%s", mutation->file, said, text);
    }
    if (mutation->tried++ % WHOLE_EACH == 0)
        try_whole(mutation);
    mutation->refused += diag_errors(diag);
    diag_free(diag);
    free(text);
}

static void change_all(struct mutation *mutation, json_t *value);

/* `old` stands in `parent`, at `key` or, when this is NULL, at `index`. */
static void change(struct mutation *mutation, json_t *parent, const char *key, size_t index, json_t *old)
{
    json_t *const wrong[] = {json_real(0.5), json_pack("[[]]"), json_string("\x01")};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        if (key)
            json_object_set_new(parent, key, wrong[i]);
        else
            json_array_set_new(parent, index, wrong[i]);
        try(mutation);
    }
    if (key)
        json_object_set(parent, key, old);
    else
        json_array_set(parent, index, old);
    change_all(mutation, old);
}

static void change_all(struct mutation *mutation, json_t *value)
{
    const char *key;
    void *next;
    json_t *each;
    size_t i;
    json_object_foreach_safe(value, next, key, each)
    {
        char *name = strdup(key);
        json_incref(each);
        if (strcmp(name, "$schema") != 0)
            change(mutation, value, name, 0, each);
        json_decref(each);
        free(name);
    }
    json_array_foreach(value, i, each)
    {
        json_incref(each);
        change(mutation, value, NULL, i, each);
        json_decref(each);
    }
}

static void change_file(const char *root, const char *file, struct mutation *sum)
{
    char path[2 * 4096];
    snprintf(path, sizeof path, "%s/%s", root, file);
    if (!fs_is_file(path))
        return;
    struct mutation mutation = {.root = root, .file = file, .document = json_load_file(path, 0, NULL)};
    assert_non_null(mutation.document);
    change_all(&mutation, mutation.document);
    try(&mutation); /* as it was */
    sum->tried += mutation.tried;
    sum->refused += mutation.refused;
    json_decref(mutation.document);
}

static void a_single_mistake_is_a_single_error(void **state)
{
    struct mutation sum = {0};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char root[4096], from[4096];
        snprintf(root, sizeof root, "%s/%zu", (const char *)*state, i);
        snprintf(from, sizeof from, "%s/%s/portal", GOLDEN, cases[i]);
        copy_tree(GOLDEN "/base", root);
        copy_tree(from, root);
        for (size_t f = 0; f < sizeof files / sizeof files[0]; f++)
            change_file(root, files[f], &sum);
    }
    assert_true(sum.tried > 1000);
    assert_true(sum.refused > sum.tried * 9 / 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {folder_test(a_single_mistake_is_a_single_error)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
