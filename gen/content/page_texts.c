#include "page_texts.h"

#include "../../lib/fs.h"
#include "../check/hint.h"
#include "../check/sources.h"
#include "../site/system_pages.h"
#include "encoding.h"
#include "front.h"
#include "help_files.h"

#include <errno.h>
#include <string.h>

#define TEXT_CEILING (256 * 1024)

struct loading {
    struct page_texts *texts;
    const struct site *site;
    struct diag *diag;
    struct arena *scratch;
    const char *odd_folder; /* told last */
};

static bool is_language_of(const char *tag, const char *locale)
{
    size_t len = strlen(tag);
    return strncmp(locale, tag, len) == 0 && (locale[len] == '\0' || locale[len] == '-');
}

bool page_text_locale(const struct site *site, const char *tag, size_t *locale)
{
    for (*locale = 0; *locale < site->locale_count; (*locale)++)
        if (strcmp(site->locales[*locale], tag) == 0)
            return true;
    for (*locale = 0; *locale < site->locale_count; (*locale)++)
        if (is_language_of(tag, site->locales[*locale]))
            return true;
    return false;
}

static void refuse_folder(struct loading *loading, const char *path, size_t len)
{
    struct arena *arena = loading->site->arena;
    const char *name = fs_join(arena, loading->texts->dir, arena_strndup(arena, path, len));
    diag_error(loading->diag, (struct place){.file = name}, "a folder stands here; want a file");
}

/* A folder in the place of a text is none of the files that are listed, and would be left out in silence. */
static void find_folders(struct loading *loading, const char *tag)
{
    struct arena *arena = loading->site->arena;
    for (const char *const *page = system_pages; *page; page++) {
        const char *path = arena_printf(arena, "%s/%s.md", tag, *page);
        if (fs_is_dir(fs_join(arena, loading->texts->dir, path)))
            refuse_folder(loading, path, strlen(path));
    }
}

static void find_all_folders(struct loading *loading)
{
    const struct site *site = loading->site;
    for (size_t i = 0; i < site->locale_count; i++) {
        size_t len = strcspn(site->locales[i], "-");
        find_folders(loading, site->locales[i]);
        if (site->locales[i][len])
            find_folders(loading, arena_strndup(site->arena, site->locales[i], len));
    }
}

/* Where it stands says whose text it is. False: it stands wrong, which is said. */
static bool place_text(struct loading *loading, struct page_text *text, const char *path)
{
    const struct site *site = loading->site;
    struct place place = {.file = text->article.source};
    const char *slash = strchr(path, '/'), *folder = strstr(path, ".md/");
    if (folder) {
        refuse_folder(loading, path, (size_t)(folder - path) + strlen(".md"));
        return false;
    }
    if (!slash || strchr(slash + 1, '/')) {
        diag_error(loading->diag, place, "the text of a page stands at <language>/<page>.md");
        return false;
    }
    text->tag = arena_strndup(site->arena, path, (size_t)(slash - path));
    text->article.id = arena_strndup(site->arena, slash + 1, strlen(slash + 1) - strlen(".md"));
    if (!page_text_locale(site, text->tag, &text->article.locale)) {
        if (!loading->odd_folder || strcmp(loading->odd_folder, text->tag) != 0)
            diag_warning(loading->diag,
                         (struct place){.file = fs_join(site->arena, loading->texts->dir, text->tag)},
                         "\"%s\" is not a language of this portal; its texts are left out", text->tag);
        loading->odd_folder = text->tag;
        return false;
    }
    text->article.text_locale = text->article.locale;
    if (system_page_is(text->article.id, strlen(text->article.id)))
        return true;
    const char *near = hint_near(site->arena, text->article.id, system_pages);
    diag_error(
        loading->diag, place, "no system page \"%s\"%s", text->article.id,
        *near ? near
              : "; want one of sign-in, sign-up, verify, sign-out, denied, reset, reset-form, link, closed, "
                "not-found, unavailable");
    return false;
}

static void parse_text(struct loading *loading, struct article *article, const struct buf *bytes)
{
    struct front front;
    struct arena *arena = loading->site->arena;
    if (!encoding_check(article->source, bytes->data, bytes->len, loading->diag) ||
        !front_parse_title(&front, article->source, bytes->data, bytes->len, arena, loading->diag))
        return;
    article->title = front.title;
    article->body = markdown_parse(bytes->data + front.body, bytes->len - front.body, front.body_line, arena,
                                   loading->scratch);
}

static void load_text(struct loading *loading, const char *path)
{
    struct page_texts *texts = loading->texts;
    struct page_text *text = &texts->texts[texts->count];
    *text = (struct page_text){0};
    text->article.source = fs_join(loading->site->arena, texts->dir, path);
    text->article.path = arena_printf(loading->site->arena, "../pages/%s", path);
    if (!place_text(loading, text, path))
        return;
    struct buf bytes;
    buf_init(&bytes, TEXT_CEILING);
    int error = fs_read(text->article.source, &bytes);
    if (error)
        diag_unread(loading->diag, text->article.source, error, TEXT_CEILING);
    else
        parse_text(loading, &text->article, &bytes);
    texts->count += text->article.body != NULL;
    buf_release(&bytes);
}

static void load_files(struct loading *loading, const struct fs_entry *entries, size_t count)
{
    struct page_texts *texts = loading->texts;
    struct arena *arena = loading->site->arena;
    texts->texts = arena_alloc(arena, (count + 1) * sizeof *texts->texts);
    texts->media = arena_alloc(arena, (count + 1) * sizeof *texts->media);
    for (size_t i = 0; i < count; i++) {
        const char *path = entries[i].path, *dot = strrchr(path, '.');
        if (dot && strcmp(dot, ".md") == 0)
            load_text(loading, path);
        else if (help_is_image(path))
            texts->media[texts->media_count++] = fs_join(arena, "pages", path);
        else
            diag_warning(loading->diag, (struct place){.file = fs_join(arena, texts->dir, path)},
                         "is neither the text of a page (.md) nor an image; it is left out");
    }
}

bool page_texts_load(struct page_texts *texts, const struct site *site, struct diag *diag)
{
    struct fs_entry *entries = NULL;
    size_t count = 0, before = diag_errors(diag);
    *texts = (struct page_texts){.dir = site_path(site->arena, site->root, "content/pages")};
    if (fs_is_file(texts->dir))
        diag_error(diag, (struct place){.file = texts->dir}, "a file stands here; want a folder");
    if (!fs_is_dir(texts->dir) || !sources_list(texts->dir, site->arena, &entries, &count, diag))
        return diag_errors(diag) == before;
    struct loading loading = {.texts = texts, .site = site, .diag = diag, .scratch = arena_new(0)};
    find_all_folders(&loading);
    if (loading.scratch)
        load_files(&loading, entries, count);
    arena_free(loading.scratch);
    return diag_errors(diag) == before;
}

static const struct page_text *find_tag(const struct page_texts *texts, const char *page, const char *tag,
                                        size_t len)
{
    for (size_t i = 0; i < texts->count; i++) {
        const struct page_text *text = &texts->texts[i];
        if (strlen(text->tag) == len && memcmp(text->tag, tag, len) == 0 &&
            strcmp(text->article.id, page) == 0)
            return text;
    }
    return NULL;
}

static const struct page_text *find_chain(const struct page_texts *texts, const char *page, const char *tag)
{
    const struct page_text *own = find_tag(texts, page, tag, strlen(tag));
    return own ? own : find_tag(texts, page, tag, strcspn(tag, "-"));
}

const struct page_text *page_texts_find(const struct page_texts *texts, const struct site *site,
                                        const char *page, size_t locale)
{
    const struct page_text *own = find_chain(texts, page, site->locales[locale]);
    return own ? own : find_chain(texts, page, site->default_locale);
}
