#include "lib_test.h"

#include "../../gen/content/search.h"
#include "../../gen/content/search_terms.h"
#include "../../lib/search_fold.h"
#include "../../lib/search_words.h"

#include <stdio.h>
#include <stdlib.h>

/* A help centre of made-up articles, and its index. */
struct centre {
    struct arena *arena;
    struct parallel *parallel;
    struct diag *diag;
    const char *locales[2];
    struct site site;
    struct help help;
    struct search search;
};

static void centre_init(struct centre *centre, size_t count)
{
    *centre = (struct centre){.arena = arena_new(0), .parallel = parallel_new(), .diag = diag_new()};
    centre->locales[0] = "en";
    centre->site = (struct site){.arena = centre->arena,
                                 .slug = "/support/",
                                 .default_locale = "en",
                                 .locales = centre->locales,
                                 .locale_count = 1};
    centre->help = (struct help){.arena = centre->arena,
                                 .locales = centre->locales,
                                 .locale_count = 1,
                                 .file_count = count,
                                 .count = count,
                                 .articles = arena_alloc(centre->arena, (count + 1) * sizeof(struct article)),
                                 .terms = search_terms_new(centre->arena, 1, count)};
}

static void centre_release(struct centre *centre)
{
    parallel_free(centre->parallel);
    diag_free(centre->diag);
    arena_free(centre->arena);
}

struct writer {
    struct centre *centre;
    const char *(*text)(struct arena *arena, size_t number);
};

static void read_one(void *context, size_t number, struct worker *worker)
{
    const struct writer *writer = context;
    struct article *article = &writer->centre->help.articles[number];
    const char *html = writer->text(worker->arena, number);
    *article = (struct article){.number = number,
                                .section = "start",
                                .id = arena_printf(worker->arena, "a%zu", number),
                                .title = arena_printf(worker->arena, "Article \"%zu\"", number),
                                .summary = "What it is about."};
    search_terms_add(writer->centre->help.terms,
                     &(struct search_source){.number = number,
                                             .title = article->title,
                                             .summary = article->summary,
                                             .html = html,
                                             .html_len = strlen(html)},
                     worker);
}

static void centre_make(struct centre *centre, const char *(*text)(struct arena *, size_t))
{
    struct writer writer = {centre, text};
    parallel_run(centre->parallel, centre->help.count, read_one, &writer, centre->diag);
    assert_true(search_make(&centre->search, &centre->help, &centre->site, centre->parallel, centre->diag));
}

static const struct search_index *index_of(const struct centre *centre)
{
    return &centre->search.indexes[0];
}

static json_t *file_json(const struct centre *centre, const char *name)
{
    const struct search_index *index = index_of(centre);
    char path[200];
    snprintf(path, sizeof path, "site%s%s", index->url, name);
    for (size_t i = 0; i < index->count; i++) {
        if (strcmp(index->files[i].path, path) == 0) {
            json_t *json = json_loadb(index->files[i].bytes, index->files[i].len, 0, NULL);
            assert_non_null(json);
            return json;
        }
    }
    fail_msg("no file %s", path);
    return NULL;
}

static size_t last_key(const json_t *file, const char *word)
{
    const json_t *keys = json_object_get(file, "keys");
    size_t at = 0;
    while (at + 1 < json_array_size(keys) &&
           strcmp(json_string_value(json_array_get(keys, at + 1)), word) <= 0)
        at++;
    return at;
}

/* Where a word is, found as a browser does it, in one line; "" when nowhere. */
static char *look_up(const struct centre *centre, const char *word)
{
    char name[40];
    json_t *file = file_json(centre, "index.json");
    size_t at = last_key(file, word);
    if (json_is_true(json_object_get(file, "inner"))) {
        json_decref(file);
        snprintf(name, sizeof name, "n%zu.json", at);
        file = file_json(centre, name);
        at = (size_t)json_integer_value(json_object_get(file, "first")) + last_key(file, word);
    }
    json_decref(file);
    snprintf(name, sizeof name, "w%zu.json", at);
    file = file_json(centre, name);
    const char *hits = json_string_value(json_object_get(file, word));
    char *copy = strdup(hits ? hits : "");
    json_decref(file);
    return copy;
}

static void assert_found(const struct centre *centre, const char *word, const char *wanted)
{
    char *hits = look_up(centre, word);
    assert_string_equal(hits, wanted);
    free(hits);
}

static void assert_small(const struct centre *centre)
{
    const struct search_index *index = index_of(centre);
    for (size_t i = 0; i < index->count; i++) {
        if (index->files[i].len > SEARCH_FILE_MAX)
            fail_msg("%s has %zu bytes", index->files[i].path, index->files[i].len);
    }
}

static const char *three(struct arena *arena, size_t number)
{
    (void)arena;
    static const char *const texts[] = {
        "<h2 id=\"h-x\">Reset it</h2>\n<p>pass<em>word</em> &amp; so on</p>",
        "<p>reset reset reset</p><pre><code>err_404</code></pre>",
        "<p>設定</p>",
    };
    return texts[number];
}

static void words_lead_to_articles_by_weight(void **state)
{
    (void)state;
    struct centre centre;
    centre_init(&centre, 3);
    centre_make(&centre, three);
    assert_found(&centre, "reset", "EB"); /* a heading of the first, three times in the second */
    assert_found(&centre, "password", "A");
    assert_found(&centre, "404", "1A");
    assert_found(&centre, "設定", "2A");
    assert_found(&centre, "article", "LLL"); /* in all titles */
    assert_found(&centre, "about", "DDD");   /* in all summaries */
    assert_found(&centre, "nothing", "");
    json_t *articles = file_json(&centre, "d0.json");
    assert_string_equal(json_string_value(json_array_get(json_array_get(articles, 1), 0)), "Article \"1\"");
    assert_string_equal(json_string_value(json_array_get(json_array_get(articles, 1), 1)), "start/a1/");
    json_decref(articles);
    centre_release(&centre);
}

static const char *many(struct arena *arena, size_t number)
{
    struct buf text;
    buf_init(&text, 64 * 1024);
    buf_adds(&text, "<p>everywhere");
    for (size_t i = 0; i < 120; i++)
        buf_addf(&text, " w%zux%zu", number * 7919 % 10007, i);
    buf_addf(&text, " g%zu", number % 5);
    const char *html = arena_strdup(arena, text.data);
    buf_release(&text);
    return html;
}

static void every_file_is_small_however_many_articles(void **state)
{
    (void)state;
    struct centre centre, again;
    centre_init(&centre, 10000);
    centre_make(&centre, many);
    assert_small(&centre);
    assert_true(index_of(&centre)->count > 2000);
    json_t *index = file_json(&centre, "index.json");
    assert_true(json_is_true(json_object_get(index, "inner")));
    json_decref(index);
    assert_found(&centre, "w0x119", "A");
    char *hits = look_up(&centre, "everywhere");
    assert_int_equal(strncmp(hits, "7ps!AAAA", 8), 0); /* 10000 in base 36, and the first of them */
    free(hits);
    centre_init(&again, 10000);
    centre_make(&again, many);
    assert_string_equal(index_of(&centre)->url, index_of(&again)->url);
    centre_release(&again);
    centre_release(&centre);
}

static const char *quotes(struct arena *arena, size_t number)
{
    (void)number;
    return arena_strdup(arena, "<p>x</p>");
}

static void long_summaries_stand_in_more_files(void **state)
{
    (void)state;
    struct centre centre;
    char summary[401];
    memset(summary, '<', 400);
    summary[400] = '\0';
    centre_init(&centre, 40);
    centre_make(&centre, quotes);
    json_t *before = file_json(&centre, "index.json");
    for (size_t i = 0; i < 40; i++)
        centre.help.articles[i].summary = summary;
    assert_true(search_make(&centre.search, &centre.help, &centre.site, centre.parallel, centre.diag));
    json_t *after = file_json(&centre, "index.json");
    assert_int_equal(json_integer_value(json_object_get(before, "per")), 16);
    assert_int_equal(json_integer_value(json_object_get(after, "per")), 4);
    assert_small(&centre);
    json_decref(before);
    json_decref(after);
    centre_release(&centre);
}

static void no_articles_need_no_index(void **state)
{
    (void)state;
    struct centre centre;
    centre_init(&centre, 0);
    centre_make(&centre, three);
    assert_null(centre.search.indexes);
    centre_release(&centre);
}

static void add_to_line(void *context, const char *word, size_t len)
{
    char *line = context;
    for (size_t i = len; i % SEARCH_WORD_STEP != 0; i++)
        assert_int_equal(word[i], '\0');
    snprintf(line + strlen(line), 40, "%.*s,", (int)len, word);
}

/* Letters are read many at a time: each byte of ASCII must be told from the others wherever it stands. */
static void ascii_is_read_alike_everywhere(void **state)
{
    (void)state;
    enum { LEN = 20 };
    for (unsigned c = 1; c < 0x80; c++) {
        for (size_t at = 2; at + 2 < LEN; at++) {
            char text[LEN + 1] = "aB3dEf7hIj1LmNoPqRsT", folded[LEN + 2], line[120] = "";
            text[at] = (char)c;
            for (size_t i = 0; i < LEN; i++) {
                unsigned char letter = search_fold_ascii[(unsigned char)text[i]];
                folded[i] = letter ? (char)letter : ',';
            }
            snprintf(folded + LEN, 2, ",");
            struct search_reader reader = {.word = add_to_line, .context = line};
            search_read_text(&reader, text, LEN);
            assert_string_equal(line, folded);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_lead_to_articles_by_weight),
        cmocka_unit_test(every_file_is_small_however_many_articles),
        cmocka_unit_test(long_summaries_stand_in_more_files),
        cmocka_unit_test(no_articles_need_no_index),
        cmocka_unit_test(ascii_is_read_alike_everywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
