#include "help.h"

#include "../../lib/fs.h"
#include "encoding.h"
#include "front.h"
#include "help_fallback.h"
#include "help_files.h"
#include "search_terms.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define ARTICLE_CEILING (1024 * 1024)
#define ORDER_LAST 1000000000L

static const char *const audiences[] = {"everybody", "staff", NULL};

const struct setting section_fields[] = {
    {.key = "title",
     .type = SETTING_LOCAL,
     .required = true,
     .min = 1,
     .max = 100,
     .label = "Title",
     .help = "What the section is called."},
    {.key = "order",
     .type = SETTING_INT,
     .fallback = "1000",
     .min = 0,
     .max = 1000000,
     .label = "Order",
     .help = "Lower numbers come first."},
    {.key = "audience",
     .type = SETTING_CHOICE,
     .fallback = "\"everybody\"",
     .choices = audiences,
     .label = "Whom its articles are for",
     .help = "\"everybody\" or \"staff\": the search shows articles for staff behind all others, and none of "
             "them is suggested to those who write a new ticket. Everybody may read them."},
    {0},
};

/* While it is at hand; a text that is in no article any more does no harm. */
static void take_words(struct help *help, const struct article *article, struct worker *worker)
{
    const struct search_source source = {.number = article->number,
                                         .locale = article->text_locale,
                                         .title = article->title,
                                         .summary = article->summary,
                                         .html = article->body->html,
                                         .html_len = article->body->html_len};
    search_terms_add(help->terms, &source, worker);
}

static void parse_article(struct help *help, struct article *article, struct worker *worker)
{
    struct front front;
    const struct buf *text = &worker->scratch;
    if (!front_parse(&front, article->source, text->data, text->len, worker->arena, worker->diag))
        return;
    article->title = front.title;
    article->summary = front.summary;
    article->changed = front.changed;
    article->alone = front.alone;
    if (front.order != FRONT_NO_ORDER)
        article->order = front.order;
    else if (article->order == FRONT_NO_ORDER)
        article->order = ORDER_LAST;
    article->body = markdown_parse(text->data + front.body, text->len - front.body, front.body_line,
                                   worker->arena, worker->scratch_arena);
    if (article->body)
        take_words(help, article, worker);
}

static void read_article(void *context, size_t index, struct worker *worker)
{
    struct help *help = context;
    struct article *article = &help->articles[index];
    buf_reset(&worker->scratch);
    int error = fs_read(article->source, &worker->scratch);
    if (!error && worker->scratch.len > ARTICLE_CEILING)
        error = EFBIG;
    if (error)
        diag_unread(worker->diag, article->source, error, ARTICLE_CEILING);
    else if (encoding_check(article->source, worker->scratch.data, worker->scratch.len, worker->diag))
        parse_article(help, article, worker);
}

static int by_reading_order(const void *left, const void *right)
{
    const struct article *a = left, *b = right;
    if (a->locale != b->locale)
        return a->locale < b->locale ? -1 : 1;
    if (a->section_order != b->section_order)
        return a->section_order < b->section_order ? -1 : 1;
    int section = strcmp(a->section, b->section);
    if (section != 0)
        return section;
    if (a->order != b->order)
        return a->order < b->order ? -1 : 1;
    return strcmp(a->path, b->path);
}

void help_note_refused(struct help *help, const struct article *article)
{
    size_t folder = strcspn(article->path, "/");
    json_object_set_new(help->refused, article->path, json_true());
    json_object_set_new(
        help->refused,
        arena_printf(help->arena, "%.*s/%s/%s.md", (int)folder, article->path, article->section, article->id),
        json_true());
}

/* Articles without text (they had errors) are forgotten. */
static void keep_parsed(struct help *help)
{
    size_t kept = 0;
    for (size_t i = 0; i < help->count; i++) {
        if (help->articles[i].body)
            help->articles[kept++] = help->articles[i];
        else
            help_note_refused(help, &help->articles[i]);
    }
    help->count = kept;
}

static void index_in_folder(struct help *help, size_t at, const char *folder)
{
    const struct article *article = &help->articles[at];
    const char *paths[] = {arena_printf(help->arena, "%s%s", folder, strchr(article->path, '/')),
                           arena_printf(help->arena, "%s/%s/%s.md", folder, article->section, article->id)};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        if (!json_object_get(help->by_path, paths[i]))
            json_object_set_new(help->by_path, paths[i], json_integer((json_int_t)at));
    }
}

/* Under the paths that its file has or would have in its readers' language, be it translated or not. */
static void index_path(struct help *help, const struct site *site, size_t at)
{
    const char *locale = site->locales[help->articles[at].locale];
    index_in_folder(help, at, locale);
    for (size_t i = site->locale_count; i < help->locale_count; i++) {
        if (help_same_language(help->locales[i], locale))
            index_in_folder(help, at, help->locales[i]);
    }
}

static void index_articles(struct help *help, const struct site *site)
{
    help->by_path = json_object();
    for (size_t i = 0; i < help->count; i++) {
        struct article *article = &help->articles[i];
        article->in_locale[article->locale] = article;
    }
    for (size_t i = 0; i < help->count; i++) {
        struct article *article = &help->articles[i];
        article->original = help_original(help, site, article);
        index_path(help, site, i);
    }
}

static void link_neighbours(struct help *help)
{
    for (size_t i = 1; i < help->count; i++) {
        struct article *article = &help->articles[i];
        if (article->locale != article[-1].locale)
            continue;
        article->previous = &article[-1];
        article[-1].next = article;
    }
}

static void load_sections(struct help *help, struct diag *diag)
{
    const char *path = fs_join(help->arena, help->dir, "sections.json");
    if (!settings_file_load(&help->sections, path, diag))
        return;
    const struct setting *table = settings_map_table(help->arena, &help->sections, section_fields, diag);
    settings_file_check(&help->sections, table, diag);
}

bool help_load(struct help *help, const struct site *site, struct parallel *parallel, struct diag *diag)
{
    *help = (struct help){.arena = site->arena};
    help->dir = site_path(site->arena, site->root, "content/help");
    if (fs_is_file(help->dir)) {
        diag_error(diag, (struct place){.file = help->dir}, "a file stands here; want a folder");
        return false;
    }
    if (!fs_is_dir(help->dir))
        return true;
    size_t before = diag_errors(diag);
    help->refused = json_object();
    load_sections(help, diag);
    help_list_files(help, site, diag);
    help->terms = search_terms_new(help->arena, help->locale_count, help->file_count);
    parallel_run(parallel, help->count, read_article, help, diag);
    keep_parsed(help);
    help_fill_languages(help, site, diag);
    if (help->count > 0)
        qsort(help->articles, help->count, sizeof *help->articles, by_reading_order);
    index_articles(help, site);
    link_neighbours(help);
    return diag_errors(diag) == before;
}

void help_release(struct help *help)
{
    settings_file_release(&help->sections);
    json_decref(help->by_path);
    json_decref(help->refused);
    *help = (struct help){0};
}

struct article *help_article(const struct help *help, const char *path)
{
    json_t *at = json_object_get(help->by_path, path);
    return at ? &help->articles[json_integer_value(at)] : NULL;
}

const char *help_section_title(const struct help *help, const struct site *site, const char *section,
                               const char *locale)
{
    json_t *found = json_object_get(help->sections.draft, section);
    return site_text(site, json_object_get(found, "title"), locale);
}

const char *help_section_lang(const struct help *help, const struct site *site, const char *section,
                              const char *locale)
{
    json_t *found = json_object_get(help->sections.draft, section);
    return site_text_lang(site, json_object_get(found, "title"), locale);
}
