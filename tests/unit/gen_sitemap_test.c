/* A sitemap of more than 50,000 addresses, or 50 MB, is several and an index of them. */
#include "lib_test.h"

#include "../../gen/hosting/hosting.h"

enum { LOCALES_MAX = 40 };

static const struct page_kind public_kind = {.id = "help", .path = "help/"};
static const struct page_kind private_kind = {.id = "tickets", .path = "tickets/", .private = true};
static const struct page_kind chooser_kind = {.id = "chooser", .path = ""};

/* A portal in `out` with `count` pages of a kind, spread over so many languages. */
static void write_sitemap(const char *out, const struct page_kind *kind, size_t count, size_t locales,
                          bool open)
{
    static const char *tags[LOCALES_MAX];
    struct arena *arena = arena_new(0);
    struct diag *diag = diag_new();
    json_t *portal = json_pack("{s:[{s:s, s:s}]}", "domains", "host", "support.example.com", "locale", "en");
    struct site site = {.arena = arena,
                        .portal = {.value = portal},
                        .slug = "/s/",
                        .api = "/api",
                        .default_locale = "en",
                        .locales = tags,
                        .locale_count = locales,
                        .open = open};
    for (size_t i = 0; i < locales; i++)
        tags[i] = i ? arena_printf(arena, "x%02zu", i) : "en";
    struct page_list list = {.pages = arena_alloc(arena, (count + 1) * sizeof *list.pages), .count = count};
    for (size_t i = 0; i < count; i++)
        list.pages[i] = (struct page){.kind = kind, .locale = i % locales};
    const struct render render = {.arena = arena, .site = &site, .languages = render_languages(&site)};
    struct publish *publish = publish_begin(out, diag);
    const struct hosting hosting = {&render, &list, publish, arena, ""};
    hosting_write_sitemap(&hosting, diag);
    assert_true(publish_write(publish, "portal/portal.json", "{}", 2, diag));
    assert_true(publish_commit(publish, NULL, diag));
    assert_int_equal(diag_errors(diag), 0);
    json_decref(portal);
    diag_free(diag);
    arena_free(arena);
}

static char *read_file(const char *out, const char *name, size_t *len)
{
    struct buf text;
    char path[4096];
    buf_init(&text, 100 * 1024 * 1024);
    snprintf(path, sizeof path, "%s/site/%s", out, name);
    char *taken = fs_read(path, &text) == 0 ? buf_take(&text, len) : NULL;
    buf_release(&text);
    return taken;
}

static size_t count_of(const char *out, const char *name, const char *word)
{
    size_t len = 0, count = 0;
    char *text = read_file(out, name, &len);
    assert_non_null(text);
    assert_true(len <= 50 * 1024 * 1024);
    for (const char *at = text; *at; at++)
        count += *at == *word && strncmp(at, word, strlen(word)) == 0;
    free(text);
    return count;
}

static bool is_there(const char *out, const char *name)
{
    size_t len;
    char *text = read_file(out, name, &len);
    free(text);
    return text != NULL;
}

static const char *out_of(void **state)
{
    static char out[4096];
    snprintf(out, sizeof out, "%s/out", (const char *)*state);
    return out;
}

static void fifty_thousand_are_one(void **state)
{
    const char *out = out_of(state);
    write_sitemap(out, &public_kind, 50000, 1, true);
    assert_int_equal(count_of(out, "sitemap.xml", "<url>"), 50000);
    assert_int_equal(count_of(out, "sitemap.xml", "</urlset>"), 1);
    assert_int_equal(count_of(out, "robots.txt", "Sitemap: https://support.example.com/sitemap.xml\n"), 1);
    assert_false(is_there(out, "sitemap-1.xml"));
}

static void one_more_is_a_second(void **state)
{
    const char *out = out_of(state);
    write_sitemap(out, &public_kind, 50001, 1, true);
    assert_int_equal(count_of(out, "sitemap.xml", "<sitemap><loc>https://support.example.com/sitemap-"), 2);
    assert_int_equal(count_of(out, "sitemap-1.xml", "<url>"), 50000);
    assert_int_equal(count_of(out, "sitemap-2.xml", "<url>"), 1);
    assert_int_equal(count_of(out, "sitemap-2.xml", "</urlset>"), 1);
}

/* 40 alternates make an address long. */
static void fifty_megabytes_are_enough(void **state)
{
    const char *out = out_of(state);
    write_sitemap(out, &public_kind, 14000, LOCALES_MAX, true);
    size_t parts = count_of(out, "sitemap.xml", "<sitemap>"), urls = 0;
    assert_true(parts >= 2);
    for (size_t i = 1; i <= parts; i++) {
        char name[64];
        snprintf(name, sizeof name, "sitemap-%zu.xml", i);
        urls += count_of(out, name, "<url>");
    }
    assert_int_equal(urls, 14000);
}

static void what_is_not_public_is_not_told(void **state)
{
    const char *out = out_of(state);
    write_sitemap(out, &private_kind, 3, 1, true);
    assert_false(is_there(out, "sitemap.xml"));
    assert_int_equal(count_of(out, "robots.txt", "Sitemap"), 0);
    write_sitemap(out, &chooser_kind, 1, 1, true);
    assert_false(is_there(out, "sitemap.xml"));
    write_sitemap(out, &public_kind, 3, 1, false);
    assert_false(is_there(out, "sitemap.xml"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        folder_test(fifty_thousand_are_one),
        folder_test(one_more_is_a_second),
        folder_test(fifty_megabytes_are_enough),
        folder_test(what_is_not_public_is_not_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
