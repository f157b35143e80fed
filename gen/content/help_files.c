#include "help_files.h"

#include "../../lib/fs.h"
#include "../check/hint.h"
#include "../check/sources.h"
#include "front.h"

#include <string.h>

static const char *const image_endings[] = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", NULL};

static bool ends_with(const char *text, const char *ending)
{
    size_t len = strlen(text), end = strlen(ending);
    return len > end && strcmp(text + len - end, ending) == 0;
}

bool help_is_image(const char *path)
{
    for (const char *const *ending = image_endings; *ending; ending++) {
        if (ends_with(path, *ending))
            return true;
    }
    return false;
}

const char *help_article_id(struct arena *arena, const char *file_name, long *order)
{
    size_t digits = strspn(file_name, "0123456789");
    *order = FRONT_NO_ORDER;
    if (digits > 0 && digits < 7 && file_name[digits] == '-') {
        *order = 0;
        for (size_t i = 0; i < digits; i++)
            *order = *order * 10 + (file_name[i] - '0');
        file_name += digits + 1;
    }
    return arena_strndup(arena, file_name, strlen(file_name) - strlen(".md"));
}

static bool find_locale(const struct help *help, const char *tag, size_t *at)
{
    for (*at = 0; *at < help->locale_count; (*at)++) {
        if (strcmp(help->locales[*at], tag) == 0)
            return true;
    }
    return false;
}

/* The site's languages, and of those with a region the plain ones, whose texts they can share. */
static void list_locales(struct help *help, const struct site *site)
{
    help->locales = arena_alloc(help->arena, 2 * site->locale_count * sizeof *help->locales);
    memcpy(help->locales, site->locales, site->locale_count * sizeof *help->locales);
    help->locale_count = site->locale_count;
    for (size_t i = 0, at; i < site->locale_count; i++) {
        const char *plain = arena_strndup(help->arena, site->locales[i], strcspn(site->locales[i], "-"));
        if (!find_locale(help, plain, &at))
            help->locales[help->locale_count++] = plain;
    }
}

static bool find_section(const struct help *help, struct article *article)
{
    json_t *found = json_object_get(help->sections.draft, article->section);
    const char *audience = json_string_value(json_object_get(found, "audience"));
    article->section_order = (long)json_integer_value(json_object_get(found, "order"));
    article->staff = audience && strcmp(audience, "staff") == 0;
    return found != NULL;
}

/* Findings about a folder are told once, at its first file. */
struct listing {
    struct help *help;
    struct diag *diag;
    const char *odd_locale;
    const char *odd_section;
};

static bool told(const char **last, const char *name)
{
    bool same = *last && strcmp(*last, name) == 0;
    *last = name;
    return same;
}

static bool place_article(struct listing *listing, struct article *article, const char *locale)
{
    struct arena *arena = listing->help->arena;
    const char *dir = listing->help->dir;
    if (!find_locale(listing->help, locale, &article->text_locale)) {
        if (!told(&listing->odd_locale, locale))
            diag_warning(listing->diag, (struct place){.file = fs_join(arena, dir, locale)},
                         "\"%s\" is not a language of this portal; its articles are left out", locale);
        return false;
    }
    if (!find_section(listing->help, article)) {
        const char *folder = arena_printf(arena, "%s/%s", locale, article->section);
        /* without sections.json, or with an odd id in it, there is nothing to compare with */
        if (!told(&listing->odd_section, folder) &&
            settings_lacks(listing->help->sections.draft, article->section))
            diag_error(listing->diag, (struct place){.file = fs_join(arena, dir, folder)},
                       "no section \"%s\" in %s/sections.json%s", article->section, dir,
                       hint_near_key(arena, article->section, listing->help->sections.draft));
        return false;
    }
    if (settings_is_id(article->id) || (article->id[0] >= '0' && article->id[0] <= '9'))
        return true;
    diag_error(listing->diag, (struct place){.file = article->source},
               "the file's name becomes the article's address: want a-z, 0-9, \"-\" and \"_\"");
    return false;
}

static void list_article(struct listing *listing, const char *path)
{
    struct help *help = listing->help;
    struct article *article = &help->articles[help->count];
    *article = (struct article){
        .path = path, .source = fs_join(help->arena, help->dir, path), .number = help->count};
    const char *first = strchr(path, '/');
    const char *second = first ? strchr(first + 1, '/') : NULL;
    if (!second || strchr(second + 1, '/')) {
        diag_error(listing->diag, (struct place){.file = article->source},
                   "an article stands at <language>/<section>/<name>.md");
        return;
    }
    const char *locale = arena_strndup(help->arena, path, (size_t)(first - path));
    article->section = arena_strndup(help->arena, first + 1, (size_t)(second - first - 1));
    article->id = help_article_id(help->arena, second + 1, &article->order);
    if (place_article(listing, article, locale))
        help->count++;
    else
        help_note_refused(help, article);
}

void help_list_files(struct help *help, const struct site *site, struct diag *diag)
{
    struct fs_entry *entries = NULL;
    size_t count = 0;
    list_locales(help, site);
    if (!sources_list(help->dir, help->arena, &entries, &count, diag))
        return;
    help->articles = arena_alloc(help->arena, (count + 1) * sizeof *help->articles);
    help->media = arena_alloc(help->arena, (count + 1) * sizeof *help->media);
    struct listing listing = {.help = help, .diag = diag};
    for (size_t i = 0; i < count; i++) {
        const char *path = entries[i].path;
        if (ends_with(path, ".md"))
            list_article(&listing, path);
        else if (help_is_image(path))
            help->media[help->media_count++] = path;
        else if (strcmp(path, "sections.json") != 0)
            diag_warning(diag, (struct place){.file = fs_join(help->arena, help->dir, path)},
                         "is neither an article (.md) nor an image; it is left out");
    }
    help->file_count = help->count;
}
