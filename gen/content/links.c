/* Where the links and images of articles and of the texts of pages lead. */
#include "help.h"

#include "../../lib/esc.h"
#include "../../lib/fs.h"
#include "../check/hint.h"
#include "page_texts.h"

#include <stdlib.h>
#include <string.h>

struct resolver {
    struct help *help;
    const struct page_texts *texts;
    const struct site *site;
    const char *media_url;
    const json_t *pages;
    struct diag *diag;
    const struct article *from;
};

static struct place link_place(const struct resolver *resolver, const struct markdown_link *link)
{
    return (struct place){resolver->from->source, link->line, link->col};
}

/* Drop what ".." and "." of a path take back, in its place. False: it climbs out at the top. */
static bool straighten(char *path)
{
    size_t out = 0; /* what stands before it is done */
    for (const char *in = path; *in;) {
        size_t len = strcspn(in, "/");
        bool last = in[len] == '\0';
        if (len == 2 && in[0] == '.' && in[1] == '.') {
            if (out == 0)
                return false;
            for (out--; out > 0 && path[out - 1] != '/'; out--)
                ;
        } else if (len > 0 && !(len == 1 && in[0] == '.')) {
            memmove(path + out, in, len);
            out += len;
            if (!last)
                path[out++] = '/';
        }
        in += len + !last;
    }
    path[out] = '\0';
    return true;
}

/*
 * "en/start/01-a.md" and "../b/c.md" -> "en/b/c.md", as articles and their images are known; of what stands
 * beside the texts of pages the path below content/: "pages/en/door.png". NULL: it leads out of both folders.
 */
static char *join_path(struct arena *arena, const char *from, const char *to)
{
    char *path = arena_printf(arena, "help/%s/../%s", from, to);
    if (!straighten(path))
        return NULL;
    if (strncmp(path, "help/", 5) == 0)
        return path + 5;
    return strncmp(path, "pages/", 6) == 0 ? path : NULL;
}

static int by_name(const void *left, const void *right)
{
    const char *const *a = left, *const *b = right;
    return strcmp(*a, *b);
}

static bool is_among(const char *path, const char *const *paths, size_t count)
{
    return count > 0 && bsearch(&path, paths, count, sizeof *paths, by_name) != NULL;
}

static bool is_media(const struct resolver *resolver, const char *path)
{
    return is_among(path, resolver->help->media, resolver->help->media_count) ||
           is_among(path, resolver->texts->media, resolver->texts->media_count);
}

/* Of all files that may be linked to, what is near `path` and in the same language. */
static const char *near_path(const struct resolver *resolver, const char *path)
{
    const struct help *help = resolver->help;
    const char **paths = arena_alloc(help->arena, (help->count + 1) * sizeof *paths);
    size_t count = 0;
    for (size_t i = 0; i < help->count; i++) {
        const struct article *article = &help->articles[i];
        if (article->text_locale == resolver->from->text_locale && !article->original)
            paths[count++] = article->path;
    }
    return hint_near(help->arena, path, paths);
}

static const char *near_heading(const struct resolver *resolver, const struct article *article,
                                const char *fragment)
{
    size_t count = article->body->heading_count;
    const char **ids = arena_alloc(resolver->help->arena, (count + 1) * sizeof *ids);
    for (size_t i = 0; i < count; i++)
        ids[i] = article->body->headings[i].id + 2;
    return hint_near(resolver->help->arena, fragment, ids);
}

/* The heading that a fragment names: by its id, or by what stands behind the "h-". NULL: none. */
static const char *find_heading(const struct article *article, const char *fragment)
{
    for (size_t i = 0; i < article->body->heading_count; i++) {
        const char *id = article->body->headings[i].id;
        if (strcmp(id, fragment) == 0 || strcmp(id + 2, fragment) == 0)
            return id;
    }
    return NULL;
}

/* cmark percent-encodes what Markdown writes plainly; file names and heading ids are plain. */
static char *decoded(struct arena *arena, const char *text, size_t len)
{
    char *plain = arena_strndup(arena, text, len);
    esc_url_undo(plain);
    return plain;
}

/* Headings have no name that translations share, but their order. NULL: they differ. */
static const char *id_for_readers(const struct article *target, const struct article *shown, const char *id)
{
    const struct markdown *from = target->body, *to = shown->body;
    if (target->number == shown->number)
        return id;
    for (size_t i = 0; from->heading_count == to->heading_count && i < from->heading_count; i++) {
        if (strcmp(from->headings[i].id, id) == 0)
            return to->headings[i].id;
    }
    return NULL;
}

/* `target` is whose headings the author knows, `shown` what readers get. */
static void point_to(struct resolver *resolver, struct markdown_link *link, const struct article *target,
                     const struct article *shown, const char *fragment)
{
    const char *id = fragment ? find_heading(target, fragment) : NULL;
    if (fragment && !id) {
        diag_error(resolver->diag, link_place(resolver, link), "the link \"%s\" leads to no heading of %s%s",
                   link->url, target->source, near_heading(resolver, target, fragment));
        return;
    }
    id = id ? id_for_readers(target, shown, id) : NULL;
    const char *url = id && shown == resolver->from ? "" : shown->url;
    markdown_set_target(link, id ? arena_printf(resolver->help->arena, "%s#%s", url, id) : url);
}

/* A link within the text's language leads to the readers', where the article may be translated. */
static const struct article *for_readers(const struct resolver *resolver, const struct article *target,
                                         const char *path)
{
    const struct article *from = resolver->from;
    size_t folder = strcspn(from->path, "/") + 1;
    return strncmp(path, from->path, folder) == 0 ? target->in_locale[from->locale] : target;
}

static void resolve_image(struct resolver *resolver, struct markdown_link *link)
{
    struct arena *arena = resolver->help->arena;
    const char *path = join_path(arena, resolver->from->path, decoded(arena, link->url, strlen(link->url)));
    if (!path || !is_media(resolver, path)) {
        diag_error(resolver->diag, link_place(resolver, link), "no image \"%s\"", link->url);
        return;
    }
    struct buf url;
    buf_init(&url, 64 * 1024);
    buf_adds(&url, resolver->media_url);
    for (const char *part = path; *part; part += strcspn(part, "/")) {
        if (*part == '/')
            buf_addc(&url, *part++);
        esc_url(&url, part, strcspn(part, "/"));
    }
    markdown_set_target(link, arena_strdup(arena, url.data));
    buf_release(&url);
}

/* A path of this portal must be one of its pages; other paths of the host are none of ours. */
static void resolve_path(struct resolver *resolver, struct markdown_link *link)
{
    size_t slug = strlen(resolver->site->slug);
    if (resolver->site->slug_refused || strncmp(link->url, resolver->site->slug, slug) != 0)
        return;
    const char *page = arena_strndup(resolver->help->arena, link->url, strcspn(link->url, "?#"));
    const char *folder = strchr(page + slug, '/');
    bool may_be_refused = folder && strncmp(folder, "/help/", 6) == 0 && folder[6] &&
                          json_object_size(resolver->help->refused) > 0;
    if (!json_object_get(resolver->pages, page) && !may_be_refused)
        diag_error(resolver->diag, link_place(resolver, link),
                   "the link \"%s\" leads to no page of the portal", link->url);
}

/* A path that join_path() gave, as messages name it. */
static const char *shown(const struct resolver *resolver, const char *path)
{
    struct arena *arena = resolver->help->arena;
    if (strncmp(path, "pages/", 6) == 0)
        return fs_join(arena, resolver->texts->dir, path + 6);
    return fs_join(arena, resolver->help->dir, path);
}

static void resolve_article(struct resolver *resolver, struct markdown_link *link)
{
    struct arena *arena = resolver->help->arena;
    size_t len = strcspn(link->url, "#");
    const char *fragment = NULL;
    if (link->url[len] == '#')
        fragment = decoded(arena, link->url + len + 1, strlen(link->url + len + 1));
    if (len == 0) {
        point_to(resolver, link, resolver->from, resolver->from, fragment);
        return;
    }
    const char *path = join_path(arena, resolver->from->path, decoded(arena, link->url, len));
    const struct article *target = path ? help_article(resolver->help, path) : NULL;
    if (target)
        point_to(resolver, link, target, for_readers(resolver, target, path), fragment);
    else if (path && is_media(resolver, path))
        resolve_image(resolver, link);
    else if (!path || !json_object_get(resolver->help->refused, path))
        diag_error(resolver->diag, link_place(resolver, link),
                   "the link \"%s\" leads nowhere: no article %s%s", link->url,
                   path ? shown(resolver, path) : "there", path ? near_path(resolver, path) : "");
}

static bool has_scheme(const char *url)
{
    size_t len = strcspn(url, ":/?#");
    return len > 0 && url[len] == ':';
}

static void resolve_link(struct resolver *resolver, struct markdown_link *link)
{
    if (!link->named && link->image)
        diag_warning(resolver->diag, link_place(resolver, link), "the image \"%s\" has no alternative text",
                     link->url);
    else if (!link->named)
        diag_warning(resolver->diag, link_place(resolver, link), "the link \"%s\" has no text", link->url);
    bool scheme = has_scheme(link->url);
    if (link->url[0] == '\0')
        diag_error(resolver->diag, link_place(resolver, link), "a link without an address");
    else if (!esc_url_is_safe(link->url))
        diag_error(resolver->diag, link_place(resolver, link),
                   "the address \"%s\" is none that a page may link to", link->url);
    else if (link->image && (scheme || link->url[0] == '/'))
        diag_error(resolver->diag, link_place(resolver, link),
                   "the image \"%s\" is not beside the article: pages load nothing from elsewhere",
                   link->url);
    else if (link->image)
        resolve_image(resolver, link);
    else if (link->url[0] == '/')
        resolve_path(resolver, link);
    else if (!scheme)
        resolve_article(resolver, link);
}

static void check_text(const struct article *article, struct diag *diag)
{
    const struct markdown *body = article->body;
    if (body->raw_html_line > 0)
        diag_warning(diag, (struct place){article->source, body->raw_html_line, 0},
                     "HTML in an article is left out; write Markdown");
    for (size_t i = 0; i < body->heading_count; i++) {
        const struct markdown_heading *heading = &body->headings[i];
        if (heading->level == 1)
            diag_warning(diag, (struct place){article->source, heading->line, 0},
                         "headings of an article begin with \"##\"; its title is the page's first heading");
    }
}

static void resolve_text(struct resolver *resolver, const struct article *text)
{
    resolver->from = text;
    check_text(text, resolver->diag);
    for (size_t i = 0; i < text->body->link_count; i++) {
        size_t before = diag_errors(resolver->diag);
        resolve_link(resolver, &text->body->links[i]);
        if (diag_errors(resolver->diag) > before) /* said here; the page is not to say it once more */
            markdown_set_target(&text->body->links[i], "");
    }
}

void help_resolve(struct help *help, const struct page_texts *texts, const struct site *site,
                  const char *media_url, const json_t *pages, struct diag *diag)
{
    struct resolver resolver = {
        .help = help, .texts = texts, .site = site, .media_url = media_url, .pages = pages, .diag = diag};
    for (size_t i = 0; i < help->count; i++)
        resolve_text(&resolver, &help->articles[i]);
    for (size_t i = 0; i < texts->count; i++)
        resolve_text(&resolver, &texts->texts[i].article);
}
