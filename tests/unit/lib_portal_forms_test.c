/* What the API makes headers, paths and mails of must have its written form, whoever wrote the compiled
 * portal. */
#include "lib_test.h"

#include "../../lib/portal.h"

#define COMPILED SOURCE_DIR "/tests/golden/gen/good/whole/expected/portal"

/* The golden portal but for one text; `item` is the list it stands in the first object of, "" for none. */
static bool loads_with(void **state, const char *item, const char *key, const char *text)
{
    char path[4096];
    struct diag *diag = diag_new();
    json_t *root = json_load_file(COMPILED "/portal.json", JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(root);
    json_t *holder = *item ? json_array_get(json_object_get(root, item), 0) : root;
    assert_int_equal(json_object_set_new(holder, key, json_string(text)), 0);
    snprintf(path, sizeof path, "%s/portal.json", (const char *)*state);
    assert_int_equal(json_dump_file(root, path, JSON_INDENT(1)), 0);
    json_decref(root);
    struct portal *portal = portal_load(*state, diag);
    bool loaded = portal != NULL;
    assert_int_equal(diag_errors(diag), loaded ? 0 : 1);
    portal_free(portal);
    diag_free(diag);
    return loaded;
}

static void check(void **state, const char *item, const char *key, const char *const *good,
                  const char *const *bad)
{
    for (; *good; good++)
        if (!loads_with(state, item, key, *good))
            fail_msg("%s %s refused: %s", item, key, *good);
    for (; *bad; bad++)
        if (loads_with(state, item, key, *bad))
            fail_msg("%s %s taken: %s", item, key, *bad);
}

#define TEXTS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void a_policy_is_one_line(void **state)
{
    check(state, "", "csp", TEXTS("default-src 'none'"),
          TEXTS("default-src 'none'\r\nSet-Cookie: a=b", "a\nb", "a\tb", "d\303\251fault", "\x7f"));
}

static void a_slug_is_a_path_of_plain_parts(void **state)
{
    check(state, "", "slug", TEXTS("/", "/support/", "/a/b/"),
          TEXTS("support/", "/support", "//", "//evil.example/", "/../", "/a\r\nb/", "/A/", "/a?/"));
}

static void the_api_is_a_path_or_an_address(void **state)
{
    check(state, "", "api", TEXTS("/api/v1", "https://api.example.com/api/v1"),
          TEXTS("x", "/", "//evil.example/api", "/api/", "/api v1", "/api;x", "/api\r\nX: y", "https://",
                "ftp://api.example.com/v1", "mailto:a@b.example", "https:///v1"));
}

static void a_domain_is_a_host(void **state)
{
    check(
        state, "domains", "host", TEXTS("support.example.com", "support.example.com:8443"),
        TEXTS("Support.example.com", "https://support.example.com", "a b", "support.example.com/", "a\r\nb"));
}

static void an_inbox_has_one_address(void **state)
{
    check(state, "inboxes", "address", TEXTS("support@acme.example"),
          TEXTS("support", "a@b.example, c@d.example", "a@b.example\r\nBcc: c@d.example", "<a@b.example>"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        folder_test(a_policy_is_one_line),
        folder_test(a_slug_is_a_path_of_plain_parts),
        folder_test(the_api_is_a_path_or_an_address),
        folder_test(a_domain_is_a_host),
        folder_test(an_inbox_has_one_address),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
