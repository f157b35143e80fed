#include "config.h"

#include "../../lib/buf.h"
#include "../../lib/fs.h"
#include "config_value.h"
#include "secret_setting.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define FILE_CEILING (64 * 1024)
#define ROW_MAX 40

static const struct config_row *row_by_name(const char *name)
{
    for (const struct config_row *row = config_rows(); row->name; row++)
        if (strcmp(row->name, name) == 0)
            return row;
    return NULL;
}

static const struct config_row *row_by_option(const char *option, size_t len)
{
    for (const struct config_row *row = config_rows(); row->name; row++)
        if (strlen(row->option) == len && memcmp(row->option, option, len) == 0)
            return row;
    return NULL;
}

static const char *nearest(const char *word, bool option)
{
    const char *candidates[ROW_MAX + 1];
    size_t count = 0;
    for (const struct config_row *row = config_rows(); row->name && count < ROW_MAX; row++)
        candidates[count++] = option ? row->option : row->name;
    candidates[count] = NULL;
    return diag_nearest(word, candidates);
}

static void report_unknown(struct diag *diag, struct place place, const char *what, const char *word,
                           bool option)
{
    const char *near = nearest(word, option);
    if (near)
        diag_error(diag, place, "unknown %s \"%s\"; did you mean \"%s\"?", what, word, near);
    else
        diag_error(diag, place, "unknown %s \"%s\"", what, word);
}

static char *trimmed(char *text)
{
    text += strspn(text, " \t\r");
    size_t len = strlen(text);
    while (len > 0 && strchr(" \t\r", text[len - 1]))
        text[--len] = '\0';
    return text;
}

static void keep_secret(struct config *config, struct arena *arena, const char *name, const char *value)
{
    struct config_secret *secret = arena_alloc(arena, sizeof *secret);
    if (!secret)
        return;
    *secret = (struct config_secret){name, value, config->secrets};
    config->secrets = secret;
}

static void file_line(struct config *config, struct arena *arena, const char *path, unsigned number,
                      char *line, struct diag *diag)
{
    struct place place = {path, number, 1};
    char *key = trimmed(line);
    if (*key == '\0' || *key == '#')
        return;
    char *equals = strchr(key, '=');
    if (!equals) {
        diag_error(diag, place, "want NAME=VALUE, got \"%s\"", key);
        return;
    }
    *equals = '\0';
    key = trimmed(key);
    const struct config_row *row = row_by_name(key);
    if (row)
        config_value_set(config, row, trimmed(equals + 1), &(struct config_source){place, key}, diag);
    else if (secret_setting_is_name(key))
        keep_secret(config, arena, key, trimmed(equals + 1));
    else
        report_unknown(diag, place, "setting", key, false);
}

static void read_file(struct config *config, struct arena *arena, const char *path, struct diag *diag)
{
    struct buf text;
    buf_init(&text, FILE_CEILING);
    int error = fs_read(path, &text);
    char *copy = error ? NULL : arena_strndup(arena, text.data, text.len);
    buf_release(&text);
    if (!copy) {
        diag_unread(diag, path, error ? error : ENOMEM, FILE_CEILING);
        return;
    }
    unsigned number = 1;
    for (char *line = copy, *next; line; line = next, number++) {
        next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        file_line(config, arena, path, number, line, diag);
    }
}

static void read_environment(struct config *config, struct diag *diag)
{
    for (const struct config_row *row = config_rows(); row->name; row++) {
        const char *value = getenv(row->name);
        if (value)
            config_value_set(config, row, value, &(struct config_source){.key = row->name}, diag);
    }
}

/* One option with its value: "--data DIR" or "--data=DIR". Returns the next argument; NULL: a usage error. */
static char *const *read_option(struct config *config, struct arena *arena, char *const *args,
                                struct diag *diag)
{
    size_t len = strcspn(args[0], "=");
    const struct config_row *row = row_by_option(args[0], len);
    if (!row) {
        const char *word = arena_strndup(arena, args[0], len);
        report_unknown(diag, (struct place){0}, args[0][0] == '-' ? "option" : "argument", word ? word : "",
                       true);
        return NULL;
    }
    bool joined = args[0][len] == '=';
    const char *value = joined ? args[0] + len + 1 : args[1];
    if (!value) {
        diag_error(diag, (struct place){0}, "%s wants a value: %s", row->option, row->value);
        return NULL;
    }
    config_value_set(config, row, value, &(struct config_source){.key = row->option}, diag);
    return args + (joined ? 1 : 2);
}

enum config_answer config_read(struct config *config, struct arena *arena, char *const *args,
                               struct diag *diag)
{
    size_t before = diag_errors(diag);
    memset(config, 0, sizeof *config);
    for (const struct config_row *row = config_rows(); row->name; row++)
        config_value_set(config, row, row->fallback, &(struct config_source){.key = row->name}, diag);
    const char *file = getenv("GUICHET_CONFIG");
    if (file && *file)
        read_file(config, arena, file, diag);
    read_environment(config, diag);
    while (args && *args) {
        args = read_option(config, arena, args, diag);
        if (!args)
            return CONFIG_USAGE;
    }
    return diag_errors(diag) == before ? CONFIG_OK : CONFIG_REFUSED;
}
