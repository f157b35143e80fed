#include "modules.h"

#include "../../lib/fs.h"

#include <string.h>

struct scan {
    struct modules *modules;
    const struct assets *assets;
    const struct asset *asset;
    struct arena *arena;
    struct diag *diag;
    size_t cap;
};

static bool ends_with(const char *text, const char *ending)
{
    size_t len = strlen(text), end = strlen(ending);
    return len > end && strcmp(text + len - end, ending) == 0;
}

/* Does the text before `at` end with `word`? */
static bool follows(const char *start, const char *at, const char *word)
{
    size_t len = strlen(word);
    return (size_t)(at - start) >= len && memcmp(at - len, word, len) == 0;
}

static unsigned line_of(const char *start, const char *at)
{
    unsigned line = 1;
    for (; start < at; start++)
        line += *start == '\n';
    return line;
}

/* "js/a.js" and "../css/b.css" -> "css/b.css". NULL: it leads out of the folder. */
static const char *resolve(struct arena *arena, const char *from, const char *to, size_t len)
{
    size_t base = (size_t)(strrchr(from, '/') - from);
    for (;;) {
        if (len >= 2 && memcmp(to, "./", 2) == 0) {
            to += 2, len -= 2;
        } else if (len >= 3 && memcmp(to, "../", 3) == 0 && base > 0) {
            to += 3, len -= 3;
            while (base > 0 && from[--base] != '/')
                ;
        } else {
            break;
        }
    }
    const char *path = arena_printf(arena, "%.*s%s%.*s", (int)base, from, base ? "/" : "", (int)len, to);
    return fs_is_safe_path(path) ? path : NULL;
}

static void add_import(struct scan *scan, const char *to)
{
    struct modules *modules = scan->modules;
    modules->imports =
        arena_more(scan->arena, modules->imports, modules->count, &scan->cap, sizeof *modules->imports);
    modules->imports[modules->count++] = (struct import){scan->asset->path, to};
}

/* Is a file asked for at `at` that is there? NULL: no, which was said. */
static const char *wanted_file(struct scan *scan, const char *at, size_t len)
{
    const char *path = resolve(scan->arena, scan->asset->path, at, len);
    if (path && assets_find(scan->assets, path))
        return path;
    diag_error(scan->diag,
               (struct place){.file = scan->asset->source, .line = line_of(scan->asset->text, at)},
               "asks for \"%.*s\", which is not there", (int)len, at);
    return NULL;
}

static bool is_elsewhere(const char *at)
{
    static const char *const beginnings[] = {"http:", "https:", "//", "data:"};
    for (size_t i = 0; i < sizeof beginnings / sizeof beginnings[0]; i++) {
        if (strncmp(at, beginnings[i], strlen(beginnings[i])) == 0)
            return true;
    }
    return false;
}

static void complain_elsewhere(struct scan *scan, const char *at, size_t len)
{
    diag_error(scan->diag,
               (struct place){.file = scan->asset->source, .line = line_of(scan->asset->text, at)},
               "\"%.*s\" is never loaded: pages load only the portal's own files (Content-Security-Policy); "
               "put it beside the theme's",
               (int)len, at);
}

static void scan_script(struct scan *scan)
{
    const char *start = scan->asset->text;
    for (const char *quote = strpbrk(start, "\"'"); quote; quote = strpbrk(quote + 1, "\"'")) {
        bool fixed = follows(start, quote, "from ") || follows(start, quote, "import ");
        size_t len = strcspn(quote + 1, "\"'\n");
        if ((fixed || follows(start, quote, "import(")) && is_elsewhere(quote + 1))
            complain_elsewhere(scan, quote + 1, len);
        if (quote[1] != '.' || (!fixed && !follows(start, quote, "import(")))
            continue;
        const char *path = wanted_file(scan, quote + 1, len);
        if (path && fixed)
            add_import(scan, path);
    }
}

/* "#name" is within the page. */
static void check_style_url(struct scan *scan, const char *at)
{
    size_t len = strcspn(at, "\"') ?#\n");
    if (is_elsewhere(at))
        complain_elsewhere(scan, at, len);
    else if (len > 0 && at[0] != '/')
        wanted_file(scan, at, len);
}

static void scan_style(struct scan *scan)
{
    const char *start = scan->asset->text;
    for (const char *url = strstr(start, "url("); url; url = strstr(url + 1, "url("))
        check_style_url(scan, url + 4 + strspn(url + 4, "\"' "));
    for (const char *import = strstr(start, "@import"); import; import = strstr(import + 1, "@import")) {
        const char *at = import + 7 + strspn(import + 7, " \t\n");
        if (*at == '"' || *at == '\'')
            check_style_url(scan, at + 1);
    }
}

void modules_load(struct modules *modules, const struct assets *assets, struct arena *arena,
                  struct diag *diag)
{
    *modules = (struct modules){0};
    struct scan scan = {.modules = modules, .assets = assets, .arena = arena, .diag = diag};
    for (size_t i = 0; i < assets->count; i++) {
        scan.asset = &assets->files[i];
        if (ends_with(scan.asset->path, ".js"))
            scan_script(&scan);
        else if (ends_with(scan.asset->path, ".css"))
            scan_style(&scan);
    }
}

static bool is_linked(const char *const *linked, size_t count, const char *path)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(linked[i], path) == 0)
            return true;
    }
    return false;
}

void modules_check_page(const struct modules *modules, const char *file, const char *const *linked,
                        size_t count, struct diag *diag)
{
    for (size_t i = 0; i < modules->count; i++) {
        const struct import *import = &modules->imports[i];
        if (is_linked(linked, count, import->from) && !is_linked(linked, count, import->to))
            diag_warning(
                diag, (struct place){.file = file},
                "the page loads \"%s\", which imports \"%s\"; a modulepreload for it saves a round trip",
                import->from, import->to);
    }
}
