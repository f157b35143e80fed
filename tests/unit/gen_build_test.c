#include "lib_test.h"

#include "../../gen/build.h"
#include "../../lib/arena.h"

#include <jansson.h>
#include <signal.h>
#include <sys/resource.h>

#define BASE SOURCE_DIR "/tests/golden/gen/base"

/* folder/name, in one of a few static places. */
static const char *in(void **state, const char *name)
{
    static char paths[4][4096];
    static int next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", (const char *)*state, name);
    return path;
}

static void put(void **state, const char *name, const char *text, size_t len)
{
    char folder[4096];
    snprintf(folder, sizeof folder, "%s", in(state, name));
    *strrchr(folder, '/') = '\0';
    assert_int_equal(fs_mkdirs(folder), 0);
    assert_int_equal(fs_write(in(state, name), text, len, false), 0);
}

/* A copy of the golden portal in the test's folder. */
static void lay_out(void **state)
{
    struct arena *arena = arena_new(0);
    struct fs_entry *entries;
    size_t count;
    assert_int_equal(fs_walk(BASE, arena, &entries, &count), 0);
    for (size_t i = 0; i < count; i++) {
        struct buf bytes;
        buf_init(&bytes, 1024 * 1024);
        assert_int_equal(fs_read(fs_join(arena, BASE, entries[i].path), &bytes), 0);
        put(state, entries[i].path, bytes.data, bytes.len);
        buf_release(&bytes);
    }
    arena_free(arena);
}

static void add_articles(void **state, unsigned count)
{
    char name[200], text[2000];
    for (unsigned i = 0; i < count; i++) {
        int len = snprintf(text, sizeof text,
                           "---\ntitle: Article %u\nsummary: Number %u\n---\n\n## Part\n\nSee [the "
                           "next](%03u-n%u.md#part).\n",
                           i, i, (i + 1) % count, (i + 1) % count);
        snprintf(name, sizeof name, "content/help/en/start/%03u-n%u.md", i, i);
        put(state, name, text, (size_t)len);
    }
}

/* Run the generator; what it says is `said`. */
static int run(void **state, bool check_only, char **said)
{
    const struct build_options options = {.site = *state, .check_only = check_only};
    size_t len = 0;
    FILE *stream = open_memstream(said, &len);
    assert_non_null(stream);
    int code = build_run(&options, stream, stream);
    fclose(stream);
    return code;
}

static void assert_same_trees(const char *one, const char *two, size_t *files)
{
    struct arena *arena = arena_new(0);
    struct fs_entry *left, *right;
    size_t count, others;
    assert_int_equal(fs_walk(one, arena, &left, &count), 0);
    assert_int_equal(fs_walk(two, arena, &right, &others), 0);
    assert_int_equal(count, others);
    for (size_t i = 0; i < count; i++) {
        struct buf a, b;
        buf_init(&a, 1024 * 1024);
        buf_init(&b, 1024 * 1024);
        assert_string_equal(left[i].path, right[i].path);
        assert_int_equal(fs_read(fs_join(arena, one, left[i].path), &a), 0);
        assert_int_equal(fs_read(fs_join(arena, two, right[i].path), &b), 0);
        assert_int_equal(a.len, b.len);
        assert_memory_equal(a.data, b.data, a.len);
        buf_release(&a);
        buf_release(&b);
    }
    *files = count;
    arena_free(arena);
}

/* Enough articles that threads share the work. */
static void the_same_input_gives_the_same_bytes(void **state)
{
    char *said;
    size_t files;
    lay_out(state);
    add_articles(state, 300);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(run(state, false, &said), 0);
        assert_non_null(strstr(said, "built 653 pages in 2 languages in "));
        free(said);
        assert_int_equal(unlink(in(state, "out/.record")), 0); /* else nothing would be made again */
    }
    assert_same_trees(in(state, "out/site"), in(state, "out/previous/site"), &files);
    assert_true(files > 330);
    assert_same_trees(in(state, "out/portal"), in(state, "out/previous/portal"), &files);
    assert_int_equal(files, 3);
}

/* Is there a file below a folder whose text holds this? */
static bool any_holds(const char *folder, const char *text)
{
    struct arena *arena = arena_new(0);
    struct fs_entry *entries;
    size_t count;
    bool found = false;
    assert_int_equal(fs_walk(folder, arena, &entries, &count), 0);
    for (size_t i = 0; i < count && !found; i++) {
        struct buf bytes;
        buf_init(&bytes, 1024 * 1024);
        assert_int_equal(fs_read(fs_join(arena, folder, entries[i].path), &bytes), 0);
        found = strstr(bytes.data, text) != NULL;
        buf_release(&bytes);
    }
    arena_free(arena);
    return found;
}

/* What is built with an overlay is no finished build of the same without it. */
static void an_overlay_goes_over_the_settings_and_counts_as_an_input(void **state)
{
    char *said;
    size_t len = 0;
    lay_out(state);
    for (int i = 0; i < 2; i++) {
        json_t *overlay = json_pack("{s:s}", "radius", "3px");
        const struct build_options options = {.site = *state, .overlay = overlay};
        FILE *stream = open_memstream(&said, &len);
        assert_int_equal(build_run(&options, stream, stream), 0);
        fclose(stream);
        assert_non_null(strstr(said, i == 0 ? "built 53 pages" : "nothing has changed"));
        assert_true(any_holds(in(state, "out/site"), "--radius: 3px;"));
        free(said);
        json_decref(overlay);
    }
    assert_int_equal(run(state, false, &said), 0);
    assert_non_null(strstr(said, "built 53 pages"));
    assert_true(any_holds(in(state, "out/site"), "--radius: 8px;"));
    assert_false(any_holds(in(state, "out/site"), "--radius: 3px;"));
    free(said);
}

/* A portal built with baked templates and without, in two folders. */
static void assert_same_unbaked(void **state, const char *site, const char *themes)
{
    size_t files;
    for (int plain = 0; plain < 2; plain++) {
        const struct build_options options = {
            .site = site, .themes = themes, .out = in(state, plain ? "plain" : "baked"), .plain = plain};
        FILE *nowhere = fopen("/dev/null", "w");
        assert_int_equal(build_run(&options, nowhere, nowhere), 0);
        fclose(nowhere);
    }
    assert_same_trees(in(state, "baked/site"), in(state, "plain/site"), &files);
    assert_true(files > 30);
    assert_same_trees(in(state, "baked/portal"), in(state, "plain/portal"), &files);
}

static void baking_changes_nothing_of_the_example(void **state)
{
    assert_same_unbaked(state, SOURCE_DIR, SOURCE_DIR "/themes");
}

static void baking_changes_nothing_of_many_articles(void **state)
{
    lay_out(state);
    add_articles(state, 40);
    assert_same_unbaked(state, *state, in(state, "themes"));
}

static void articles_follow_each_other(void **state)
{
    char *said;
    lay_out(state);
    add_articles(state, 40);
    assert_int_equal(run(state, false, &said), 0);
    free(said);
    struct buf page;
    buf_init(&page, 1024 * 1024);
    assert_int_equal(fs_read(in(state, "out/site/help/en/help/start/n7/index.html"), &page), 0);
    assert_non_null(strstr(page.data, "<a rel=\"prev\" href=\"/help/en/help/start/n6/\">Article 6</a>"));
    assert_non_null(strstr(page.data, "<a rel=\"next\" href=\"/help/en/help/start/n8/\">Article 8</a>"));
    assert_non_null(strstr(page.data, "<a href=\"/help/en/help/start/n8/#h-part\">the next</a>"));
    buf_release(&page);
}

static void errors_in_many_articles_all_come(void **state)
{
    char *said;
    lay_out(state);
    add_articles(state, 100);
    for (unsigned i = 0; i < 100; i += 10) {
        char name[200];
        snprintf(name, sizeof name, "content/help/en/start/%03u-n%u.md", i, i);
        put(state, name, "no front matter", 15);
    }
    assert_int_equal(run(state, false, &said), 1);
    unsigned found = 0;
    for (const char *at = strstr(said, "an article begins with"); at;
         at = strstr(at + 1, "an article begins with"))
        found++;
    assert_int_equal(found, 10);
    free(said);
    assert_false(fs_is_dir(in(state, "out")));
}

static void an_error_while_rendering_leaves_nothing(void **state)
{
    char *said;
    lay_out(state);
    static const char page[] = "{{article.nothing}}";
    put(state, "themes/plain/templates/pages/article.html", page, strlen(page));
    assert_int_equal(run(state, false, &said), 1);
    assert_non_null(strstr(said, "unknown name \"article.nothing\""));
    free(said);
    assert_false(fs_is_dir(in(state, "out")));
}

static void a_check_writes_nothing(void **state)
{
    char *said;
    lay_out(state);
    assert_int_equal(run(state, true, &said), 0);
    assert_non_null(strstr(said, "checked 53 pages in 2 languages in "));
    free(said);
    assert_false(fs_is_dir(in(state, "out")));
}

/* Every value of a settings file in turn, replaced by something that has no business there. */
struct mutation {
    void **state;
    const char *file;
    json_t *root;
    unsigned tried, refused;
};

static json_t *odd_value(unsigned n)
{
    switch (n % 7) {
    case 0:
        return json_null();
    case 1:
        return json_integer(-1);
    case 2:
        return json_string("");
    case 3:
        return json_array();
    case 4:
        return json_object();
    case 5:
        return json_pack("{s:n}", "other");
    default:
        return json_string("../<b>{x}\xe2\x80\xae");
    }
}

static void run_mutated(struct mutation *mutation)
{
    char *text = json_dumps(mutation->root, JSON_INDENT(1));
    put(mutation->state, mutation->file, text, strlen(text));
    free(text);
    char *said;
    int code = run(mutation->state, true, &said);
    if (code == 1 && !strstr(said, " error: "))
        fail_msg("%s: refused without a reason: %s", mutation->file, said);
    assert_true(code == 0 || code == 1);
    mutation->tried++;
    mutation->refused += code == 1;
    free(said);
}

static void mutate_below(struct mutation *mutation, json_t *at)
{
    const char *key;
    json_t *value;
    size_t i;
    void *next;
    json_object_foreach_safe(at, next, key, value)
    {
        json_t *kept = json_incref(value);
        mutate_below(mutation, kept);
        json_object_set_new(at, key, odd_value(mutation->tried));
        run_mutated(mutation);
        json_object_set_new(at, key, kept);
    }
    json_array_foreach(at, i, value)
    {
        json_t *kept = json_incref(value);
        mutate_below(mutation, kept);
        json_array_set_new(at, i, odd_value(mutation->tried));
        run_mutated(mutation);
        json_array_set_new(at, i, kept);
    }
}

static void nothing_in_the_settings_breaks_the_generator(void **state)
{
    static const char *const files[] = {"content/portal.json",        "content/pipelines.json",
                                        "content/forms/support.json", "content/help/sections.json",
                                        "themes/plain/theme.json",    "themes/plain/locales/fr.json"};
    lay_out(state);
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        struct mutation mutation = {.state = state, .file = files[i]};
        mutation.root = json_load_file(in(state, files[i]), 0, NULL);
        assert_non_null(mutation.root);
        mutate_below(&mutation, mutation.root);
        assert_true(mutation.tried >= 4);
        assert_true(mutation.refused > mutation.tried / 4);
        run_mutated(&mutation); /* everything is back in its place */
        json_decref(mutation.root);
        char *said;
        assert_int_equal(run(state, true, &said), 0);
        free(said);
    }
}

/* What no golden case can lay out: a file where a folder is, and one too large for a repository. */
static void what_stands_where_something_else_should_is_told(void **state)
{
    char *said;
    lay_out(state);
    assert_int_equal(fs_remove_tree(in(state, "content/help")), 0);
    put(state, "content/help", "", 0);
    assert_int_equal(run(state, true, &said), 1);
    assert_non_null(strstr(said, "content/help: error: a file stands here; want a folder\n"));
    free(said);
}

static void an_article_of_more_than_a_mebibyte_is_refused(void **state)
{
    enum { SIZE = 1024 * 1024 + 1 };
    char *said, *text = malloc(SIZE);
    memset(text, 'a', SIZE);
    lay_out(state);
    put(state, "content/help/en/start/04-long.md", text, SIZE);
    assert_int_equal(run(state, true, &said), 1);
    assert_non_null(
        strstr(said, "content/help/en/start/04-long.md: error: too large: at most 1048576 bytes are read\n"));
    free(text);
    free(said);
}

/* As a full disk does it. */
static void what_cannot_be_written_is_told_once(void **state)
{
    char *said;
    struct rlimit before, little;
    lay_out(state);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    little = (struct rlimit){.rlim_cur = 100, .rlim_max = before.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &little), 0);
    int code = run(state, false, &said);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(code, 1);
    const char *first = strstr(said, " cannot be written: File too large\n");
    assert_non_null(first);
    assert_null(strstr(first + 1, "error"));
    free(said);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        folder_test(the_same_input_gives_the_same_bytes),
        folder_test(an_overlay_goes_over_the_settings_and_counts_as_an_input),
        folder_test(baking_changes_nothing_of_the_example),
        folder_test(baking_changes_nothing_of_many_articles),
        folder_test(articles_follow_each_other),
        folder_test(errors_in_many_articles_all_come),
        folder_test(an_error_while_rendering_leaves_nothing),
        folder_test(a_check_writes_nothing),
        folder_test(what_cannot_be_written_is_told_once),
        folder_test(what_stands_where_something_else_should_is_told),
        folder_test(an_article_of_more_than_a_mebibyte_is_refused),
        folder_test(nothing_in_the_settings_breaks_the_generator),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
