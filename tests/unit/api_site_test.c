/* Pages are found by path in memory, never on the disk; what changed is noticed. */
#include "../../api/server/site.h"

#include "../../lib/fs.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char dir[64];

static void put(const char *path, const char *text)
{
    char full[256], folder[256];
    snprintf(full, sizeof full, "%s/%s", dir, path);
    snprintf(folder, sizeof folder, "%.*s", (int)(strrchr(full, '/') - full), full);
    assert_int_equal(fs_mkdirs(folder), 0);
    assert_int_equal(fs_write(full, text, strlen(text), false), 0);
}

static int begin(void **state)
{
    (void)state;
    strcpy(dir, "/tmp/guichet-site-XXXXXX");
    if (sodium_init() < 0 || !mkdtemp(dir))
        return -1;
    put("index.html", "<title>Welcome</title>");
    put("404.html", "<title>Not found</title>");
    put("robots.txt", "User-agent: *\n");
    put("support/en/index.html", "home");
    put("support/en/tickets/index.html", "tickets");
    put("support/fr/not-found/index.html", "introuvable");
    put("support/assets/0123abcd/css/base.css", "a{}");
    put("support/assets/readme.txt", "not below a hash");
    return 0;
}

static int end(void **state)
{
    (void)state;
    return fs_remove_tree(dir);
}

static struct site *load(void)
{
    struct diag *diag = diag_new();
    struct site *site = site_load(dir, "/support/", diag);
    diag_print(diag, stderr);
    diag_free(diag);
    assert_non_null(site);
    return site;
}

static const char *body_at(const struct site *site, const char *path)
{
    bool slash;
    const struct site_file *file = site_find(site, path, &slash);
    return file ? file->body : NULL;
}

static void files_and_folders_are_found(void **state)
{
    struct site *site = load();
    (void)state;
    assert_int_equal(site_count(site), 8);
    assert_string_equal(body_at(site, "/"), "<title>Welcome</title>");
    assert_string_equal(body_at(site, "/support/en/"), "home");
    assert_string_equal(body_at(site, "/support/en/tickets/"), "tickets");
    assert_string_equal(body_at(site, "/support/en/tickets/index.html"), "tickets");
    site_free(site);
}

static void what_is_missing_is_told_in_its_language(void **state)
{
    struct site *site = load();
    (void)state;
    assert_string_equal(site_not_found(site, "/support/fr/nothing")->body, "introuvable");
    assert_string_equal(site_not_found(site, "/support/fr")->body, "introuvable");
    assert_string_equal(site_not_found(site, "/support/en/nothing")->body, "<title>Not found</title>");
    assert_string_equal(site_not_found(site, "/support/../fr/")->body, "<title>Not found</title>");
    assert_string_equal(site_not_found(site, "/nothing")->body, "<title>Not found</title>");
    assert_string_equal(site_not_found(site, "")->body, "<title>Not found</title>");
    site_free(site);
}

static void a_folder_without_slash_is_told_apart(void **state)
{
    struct site *site = load();
    bool slash;
    (void)state;
    assert_null(site_find(site, "/support/en/tickets", &slash));
    assert_true(slash);
    assert_null(site_find(site, "/support/en/nothing", &slash));
    assert_false(slash);
    site_free(site);
}

static void nothing_else_is_found(void **state)
{
    static const char *const paths[] = {
        "",
        "index.html",
        "//",
        "//support/en/",
        "/support//en/",
        "/support/",
        "/../etc/passwd",
        "/support/en/../en/",
        "/.",
        "/support/en/index.html/",
    };
    struct site *site = load();
    (void)state;
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++)
        if (body_at(site, paths[i]))
            fail_msg("%s is found", paths[i]);
    char *long_path = calloc(1, 5001);
    memset(long_path, '/', 5000);
    assert_null(body_at(site, long_path));
    free(long_path);
    site_free(site);
}

static const struct site_file *at(const struct site *site, const char *path)
{
    bool slash;
    const struct site_file *file = site_find(site, path, &slash);
    assert_non_null(file);
    return file;
}

static void each_has_its_headers(void **state)
{
    struct site *site = load();
    (void)state;
    assert_string_equal(at(site, "/robots.txt")->type, "text/plain; charset=utf-8");
    assert_false(at(site, "/support/en/")->immutable);
    const struct site_file *css = at(site, "/support/assets/0123abcd/css/base.css");
    assert_string_equal(css->type, "text/css; charset=utf-8");
    assert_true(css->immutable);
    assert_false(at(site, "/support/assets/readme.txt")->immutable);
    assert_int_equal(strlen(css->etag), 24);
    assert_int_equal(css->etag[0], '"');
    assert_int_equal(css->etag[23], '"');
    assert_string_not_equal(css->etag, at(site, "/robots.txt")->etag);
    assert_string_equal(site_type("a.unknown"), "application/octet-stream");
    assert_string_equal(site_type("noending"), "application/octet-stream");
    site_free(site);
}

static void a_change_is_noticed(void **state)
{
    uint64_t first = site_signature(dir);
    (void)state;
    assert_int_not_equal(first, 0);
    assert_true(first == site_signature(dir));
    put("support/en/index.html", "a new home");
    uint64_t second = site_signature(dir);
    assert_true(first != second);
    put("support/en/more/index.html", "");
    assert_true(second != site_signature(dir));
    assert_true(site_signature("/nowhere/at/all") == 0);
}

static void a_missing_folder_is_told(void **state)
{
    struct diag *diag = diag_new();
    (void)state;
    assert_null(site_load("/nowhere/at/all", "/support/", diag));
    assert_int_equal(diag_errors(diag), 1);
    diag_free(diag);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_and_folders_are_found),
        cmocka_unit_test(what_is_missing_is_told_in_its_language),
        cmocka_unit_test(a_folder_without_slash_is_told_apart),
        cmocka_unit_test(nothing_else_is_found),
        cmocka_unit_test(each_has_its_headers),
        cmocka_unit_test(a_change_is_noticed),
        cmocka_unit_test(a_missing_folder_is_told),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
