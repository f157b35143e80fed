/*
 * Every allocation of the library fails once, in turn: nothing crashes, nothing leaks, and nothing is said to
 * have worked that did not.
 */
#include "lib_test.h"

#include "../../lib/esc.h"
#include "../../lib/json.h"
#include "../../lib/locale.h"
#include "../../lib/log.h"
#include "../../lib/settings.h"
#include "../../lib/template.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#endif

static long fail_at; /* counts down to the allocation that fails; 0: none does */
static bool failed;
static long live; /* allocations that are not freed yet */

#ifndef SANITIZED
/* Ours stand before the C library's; a sanitizer needs that place for its own. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void __libc_free(void *old);

static bool fails(void)
{
    if (fail_at == 0 || --fail_at > 0)
        return false;
    failed = true;
    errno = ENOMEM;
    return true;
}

void *malloc(size_t size)
{
    void *memory = fails() ? NULL : __libc_malloc(size);
    live += memory != NULL;
    return memory;
}

void *calloc(size_t count, size_t size)
{
    void *memory = fails() ? NULL : __libc_calloc(count, size);
    live += memory != NULL;
    return memory;
}

void *realloc(void *old, size_t size)
{
    void *memory = fails() ? NULL : __libc_realloc(old, size);
    live += memory && !old;
    return memory;
}

void free(void *old)
{
    live -= old != NULL;
    __libc_free(old);
}
#endif

/* Does the work, and says whether it claims to have succeeded. What it made must be right then. */
typedef bool work(const char *folder);

static void fail_each_allocation(work *task, const char *folder)
{
    /* The first time also fills what the C library keeps for good. */
    assert_true(task(folder));
#ifdef SANITIZED
    (void)failed;
    (void)live;
#else
    long nth = 1;
    for (; nth < 5000; nth++) {
        long before = live;
        failed = false;
        fail_at = nth;
        bool good = task(folder);
        fail_at = 0;
        if (live != before)
            fail_msg("allocation %ld failed: %ld blocks are left", nth, live - before);
        if (!failed) {
            assert_true(good);
            break;
        }
    }
    assert_in_range(nth, 2, 4999);
#endif
}

static bool fill_arena(const char *folder)
{
    (void)folder;
    struct arena *arena = arena_new(0);
    if (!arena)
        return false;
    bool good = true;
    for (int i = 0; i < 20 && good; i++) {
        char *text = arena_printf(arena, "%*d", i * 1000, i);
        good = text && (int)strtol(text, NULL, 10) == i;
    }
    arena_free(arena);
    return good;
}

static bool fill_buf(const char *folder)
{
    (void)folder;
    struct buf buf;
    buf_init(&buf, 1000 * 1000);
    for (int i = 0; i < 100; i++) {
        buf_addf(&buf, "%*d", i, i);
        esc_html(&buf, "<&>", 3);
        esc_filename(&buf, "a b", 3);
    }
    size_t len;
    bool ok = buf_ok(&buf);
    char *text = buf_take(&buf, &len);
    assert_true(ok || !text);
    if (text)
        assert_int_equal(strlen(text), len);
    free(text);
    return text != NULL;
}

static bool use_files(const char *folder)
{
    struct arena *arena = arena_new(0);
    struct fs_entry *entries;
    struct buf got;
    size_t count;
    bool good = arena != NULL;
    buf_init(&got, 10000);
    char *below = good ? fs_join(arena, folder, "a/b/c") : NULL;
    char *file = below ? fs_join(arena, below, "file") : NULL;
    char *next = below ? fs_join(arena, folder, "site") : NULL;
    char *old = next ? fs_join(arena, folder, "old") : NULL;
    good = file && old && fs_mkdirs(below) == 0 && fs_write(file, "12345", 5, true) == 0 &&
           fs_walk(below, arena, &entries, &count) == 0 && fs_read(file, &got) == 0;
    if (good) {
        assert_int_equal(count, 1);
        assert_string_equal(entries[0].path, "file");
        assert_string_equal(got.data, "12345");
        good = fs_swap(below, next, old) == 0 && fs_remove_tree(next) == 0;
    }
    buf_release(&got);
    arena_free(arena);
    return good;
}

static const struct setting group[] = {
    {.key = "n", .type = SETTING_INT, .fallback = "1", .min = 1, .max = 9},
    {.key = "list", .type = SETTING_LIST, .fields = &(const struct setting){.type = SETTING_ID}},
    {0},
};
static const struct setting table[] = {
    {.key = "name", .type = SETTING_LOCAL, .required = true},
    {.key = "group", .type = SETTING_GROUP, .fields = group},
    {.key = "map",
     .type = SETTING_MAP,
     .fallback = "{\"a\": true}",
     .fields = &(const struct setting){.type = SETTING_BOOL}},
    {0},
};

static bool check_settings(const char *folder)
{
    (void)folder;
    const char *text = "{\"name\": \"A\", \"group\": {\"n\": 5, \"list\": [\"x\", \"y\"]}}";
    struct diag *diag = diag_new();
    struct json_doc doc;
    json_t *completed = NULL;
    if (!diag)
        return false;
    if (json_doc_parse(&doc, "a.json", text, strlen(text), diag)) {
        completed = settings_check(table, &doc, diag);
        json_doc_release(&doc);
    }
    /* Without a result there is an error, and the other way round. */
    assert_true(!completed == (diag_errors(diag) > 0));
    diag_free(diag);
    if (!completed)
        return false;
    long left = fail_at;
    fail_at = 0;
    char *got = json_dumps(completed, JSON_COMPACT);
    assert_string_equal(
        got, "{\"name\":{\"*\":\"A\"},\"group\":{\"n\":5,\"list\":[\"x\",\"y\"]},\"map\":{\"a\":true}}");
    free(got);
    json_decref(completed);
    fail_at = left;
    return true;
}

static bool report_errors(const char *folder)
{
    (void)folder;
    const char *text =
        "{\"nam\": 1, \"group\": {\"n\": 50, \"\\u006e\": 50, \"list\": [\"X\", 5]}, \"map\": {\"A\": 5}}";
    struct diag *diag = diag_new(), *all = diag_new();
    struct json_doc doc;
    bool good = diag && all;
    if (good && json_doc_parse(&doc, "a.json", text, strlen(text), diag)) {
        json_decref(settings_check(table, &doc, diag));
        json_doc_release(&doc);
    }
    if (good) {
        size_t errors = diag_errors(diag);
        assert_true(errors > 0);
        diag_merge(all, diag);
        assert_int_equal(diag_errors(all), errors);
        FILE *nowhere = fopen("/dev/null", "w");
        if (nowhere) {
            diag_print(all, nowhere);
            fclose(nowhere);
        }
        good = nowhere != NULL;
    }
    diag_free(diag);
    diag_free(all);
    return good;
}

static bool log_a_line(const char *folder)
{
    (void)folder;
    int saved = dup(STDERR_FILENO), nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    dup2(nowhere, STDERR_FILENO);
    log_event(LOG_INFO, "event", "key", "a value", NULL);
    dup2(saved, STDERR_FILENO);
    close(nowhere);
    close(saved);
    return true;
}

static bool add_template(struct template_set *set, const char *name, const char *text, struct diag *diag)
{
    return template_set_add(set, name, name, text, strlen(text), diag);
}

/* Names enough to outgrow the first table of them. */
static bool add_templates(struct template_set *set, struct diag *diag)
{
    char name[16];
    bool good = add_template(set, "page", "{{<base}}\n{{$a}}\n  {{x}}\n  {{>p}}\n{{/a}}\n{{/base}}", diag) &&
                add_template(set, "base", "<{{^no.way}}\n  {{$a}}\n  {{/a}}\n{{/no.way}}>", diag) &&
                add_template(set, "p", "{{#l}}{{.}}{{/l}}\n", diag) &&
                !add_template(set, "bad", "{{#open}} {{two words}}", diag);
    for (int i = 0; i < 100 && good; i++) {
        snprintf(name, sizeof name, "t%d", i);
        good = add_template(set, name, "{{x}}", diag);
    }
    return good;
}

static bool render_page(const char *folder)
{
    (void)folder;
    struct template_options strict = {.escape = TEMPLATE_HTML, .strict = true};
    long left = fail_at;
    fail_at = 0;
    json_t *data = json_pack("{s:s,s:[i,f],s:n}", "x", "<", "l", 1, 2.5, "no");
    fail_at = left;
    struct template_set *set = template_set_new();
    struct diag *diag = diag_new();
    struct buf out;
    buf_init(&out, 1000);
    bool good = data && set && diag && add_templates(set, diag) && template_set_check(set, diag);
    size_t errors = good ? diag_errors(diag) : 0;
    good = good && template_render(set, "page", &data, 1, &strict, &out, diag);
    if (good) {
        assert_string_equal(out.data, "<\n  &lt;\n  12.5\n>");
        assert_int_equal(diag_errors(diag), errors);
        template_render(set, "pgae", &data, 1, &strict, &out, diag);
        assert_int_equal(diag_errors(diag), errors + 1);
    }
    buf_release(&out);
    diag_free(diag);
    template_set_free(set);
    json_decref(data);
    return good;
}

/* Half a baking is no baking: the page is rendered all the same, when there is memory for that. */
static bool bake_page(const char *folder)
{
    (void)folder;
    struct template_options strict = {.escape = TEMPLATE_HTML, .strict = true};
    long left = fail_at;
    fail_at = 0;
    json_t *shared = json_pack("{s:s}", "x", "<"), *own = json_pack("{s:[i,f],s:n}", "l", 1, 2.5, "no");
    fail_at = left;
    struct template_set *set = template_set_new();
    struct diag *diag = diag_new();
    struct buf out;
    buf_init(&out, 1000);
    bool good = set && diag && add_templates(set, diag);
    if (good)
        template_set_check_html(set, diag); /* there is something to tell of "<{{^no.way}}" */
    struct template_baked *baked = good ? template_bake(set, "page", shared, own, &strict, NULL) : NULL;
    good = baked && template_render_baked(baked, own, NULL, &out, diag);
    if (good)
        assert_string_equal(out.data, "<\n  &lt;\n  12.5\n>");
    template_baked_free(baked);
    buf_release(&out);
    diag_free(diag);
    template_set_free(set);
    json_decref(shared);
    json_decref(own);
    return good;
}

static bool merge_strings(const char *folder)
{
    (void)folder;
    const char *text = "{\"a\": {\"b/c\": \"{x}\", \"e\": \"\"}, \"d\": {\"other\": \"{m}\"}}";
    long left = fail_at;
    fail_at = 0;
    json_t *reference =
        json_pack("{s:{s:s},s:{s:s,s:s}}", "a", "b/c", "{y}", "d", "one", "1", "other", "{n}");
    fail_at = left;
    struct diag *diag = diag_new();
    struct json_doc doc;
    bool good = diag && json_doc_parse(&doc, "a.json", text, strlen(text), diag);
    if (good) {
        locale_check(&doc, "en", reference, diag);
        assert_int_equal(diag_errors(diag), 3);
        json_t *merged = locale_merge(reference, doc.root);
        good = merged != NULL;
        if (good) {
            assert_int_equal(json_object_size(json_object_get(merged, "a")), 2);
            assert_int_equal(json_object_size(json_object_get(merged, "d")), 1);
        }
        json_decref(merged);
        json_doc_release(&doc);
    }
    diag_free(diag);
    json_decref(reference);
    return good;
}

static void an_arena_survives(void **state)
{
    fail_each_allocation(fill_arena, *state);
}

static void a_buffer_survives(void **state)
{
    fail_each_allocation(fill_buf, *state);
}

static void files_survive(void **state)
{
    fail_each_allocation(use_files, *state);
}

static void checked_settings_are_whole_or_refused(void **state)
{
    fail_each_allocation(check_settings, *state);
}

static void errors_are_counted_even_when_they_cannot_be_kept(void **state)
{
    fail_each_allocation(report_errors, *state);
}

static void a_page_is_whole_or_refused(void **state)
{
    fail_each_allocation(render_page, *state);
    fail_each_allocation(bake_page, *state);
}

static void merged_strings_are_whole_or_refused(void **state)
{
    fail_each_allocation(merge_strings, *state);
}

static void a_log_line_survives(void **state)
{
    fail_each_allocation(log_a_line, *state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        folder_test(an_arena_survives),
        folder_test(a_buffer_survives),
        folder_test(files_survive),
        folder_test(checked_settings_are_whole_or_refused),
        folder_test(errors_are_counted_even_when_they_cannot_be_kept),
        folder_test(a_page_is_whole_or_refused),
        folder_test(merged_strings_are_whole_or_refused),
        folder_test(a_log_line_survives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
