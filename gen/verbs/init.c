#include "init.h"

#include "../../lib/fs.h"
#include "../cli/call.h"
#include "../site/site.h"
#include "init_options.h"
#include "schema.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* What is generated, and the data of a server that is started here. */
static const char gitignore[] = "/out/\n/data/\n";

/* A repository that was made, or cloned, before there was anything in it counts as empty. */
static bool is_empty(const char *dir)
{
    DIR *folder = opendir(dir);
    if (!folder)
        return false;
    bool empty = true;
    for (const struct dirent *entry; empty && (entry = readdir(folder));)
        empty = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 ||
                strcmp(entry->d_name, ".git") == 0;
    closedir(folder);
    return empty;
}

/* Only the last folder of the path is made: a mistyped path should not come true. */
static bool make_folder(const char *dir, bool *made, struct diag *diag)
{
    struct place place = {.file = dir};
    *made = mkdir(dir, 0755) == 0;
    int error = *made ? 0 : errno;
    if (!error || (error == EEXIST && is_empty(dir)))
        return true;
    if (error == ENOENT)
        diag_error(diag, place, "the folder that is to hold it does not exist");
    else if (fs_is_dir(dir))
        diag_error(diag, place, "is not empty; a new portal wants a folder of its own");
    else if (error == EEXIST)
        diag_error(diag, place, "no folder stands here; a new portal wants a new or an empty one");
    else
        diag_error(diag, place, "cannot be made: %s", strerror(error));
    return false;
}

static void write_text(const struct starter *starter, const char *dir, const char *name, const char *text,
                       struct diag *diag)
{
    const char *path = site_path(starter->arena, dir, name);
    const char *slash = strrchr(path, '/');
    int error = slash ? fs_mkdirs(arena_strndup(starter->arena, path, (size_t)(slash - path))) : 0;
    if (!error)
        error = fs_write(path, text, strlen(text), false);
    if (error)
        diag_error(diag, (struct place){.file = path}, "cannot be written: %s", strerror(error));
}

/* Takes the reference. */
static void write_json(const struct starter *starter, const char *dir, const char *name, json_t *document,
                       struct diag *diag)
{
    char *text = document ? json_dumps(document, JSON_INDENT(2)) : NULL;
    json_decref(document);
    if (text)
        write_text(starter, dir, name, arena_printf(starter->arena, "%s\n", text), diag);
    else
        diag_error(diag, (struct place){.file = name}, "no memory left to write it");
    free(text);
}

static void write_all(const struct starter *starter, const char *dir, struct diag *diag)
{
    write_text(starter, dir, ".gitignore", gitignore, diag);
    write_json(starter, dir, "content/portal.json", starter_portal(starter), diag);
    write_json(starter, dir, "content/pipelines.json", starter_pipelines(starter), diag);
    write_json(starter, dir, "content/forms/support.json", starter_form(starter), diag);
    write_json(starter, dir, "content/help/sections.json", starter_sections(starter), diag);
    for (size_t i = 0; i < starter->locale_count; i++) {
        const char *locale = starter->locales[i];
        const char *name =
            arena_printf(starter->arena, "content/help/%s/getting-started/10-signing-in.md", locale);
        write_text(starter, dir, name, starter_article(locale), diag);
    }
    schema_write_all(dir, NULL, diag);
}

static void clean_up(const struct starter *starter, const char *dir, bool made)
{
    if (made) {
        fs_remove_tree(dir);
        return;
    }
    fs_remove_tree(fs_join(starter->arena, dir, "content"));
    remove(fs_join(starter->arena, dir, ".gitignore"));
}

static int init(const struct init_options *options, struct arena *arena, struct diag *diag)
{
    struct starter starter = {.arena = arena};
    bool made = false;
    if (!init_options_check(options, &starter, diag))
        return EXIT_USAGE;
    if (!make_folder(options->dir, &made, diag))
        return 1;
    write_all(&starter, options->dir, diag);
    if (diag_errors(diag) == 0)
        return 0;
    clean_up(&starter, options->dir, made);
    return 1;
}

/* As a shell takes it for one word. */
static const char *shell_word(struct arena *arena, const char *word)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./+:@,=-";
    if (word[strspn(word, plain)] == '\0')
        return word;
    struct buf quoted;
    buf_init(&quoted, 64 * 1024);
    buf_addc(&quoted, '\'');
    for (; *word; word++) {
        if (*word == '\'')
            buf_adds(&quoted, "'\\'");
        buf_addc(&quoted, *word);
    }
    buf_addc(&quoted, '\'');
    const char *kept = arena_strdup(arena, quoted.data);
    buf_release(&quoted);
    return kept;
}

int init_run(const struct init_options *options, FILE *out, FILE *err)
{
    struct arena *arena = arena_new(0);
    struct diag *diag = diag_new();
    int code = 1;
    if (arena && diag) {
        code = init(options, arena, diag);
        diag_print(diag, err);
        if (code == 0)
            fprintf(out,
                    "made %s: its settings are in %s; build it with\n"
                    "  %s build --site %s\n",
                    options->dir, site_path(arena, options->dir, "content/portal.json"),
                    shell_word(arena, options->program), shell_word(arena, options->dir));
    } else {
        fputs("guichet-gen: out of memory\n", err);
    }
    diag_free(diag);
    arena_free(arena);
    return code;
}
