#include "settings_file.h"

#include "../../lib/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define FILE_CEILING (1024 * 1024)
#define FINDING_MAX 2000

bool settings_file_load(struct settings_file *file, const char *path, struct diag *diag)
{
    *file = (struct settings_file){0};
    return json_doc_load(&file->doc, path, FILE_CEILING, diag);
}

bool settings_file_check(struct settings_file *file, const struct setting *table, struct diag *diag)
{
    if (!file->doc.root || !table)
        return false;
    size_t before = diag_errors(diag);
    file->table = table;
    file->draft = settings_draft(table, &file->doc, diag);
    if (diag_errors(diag) == before)
        file->value = json_incref(file->draft);
    return file->value != NULL;
}

void settings_file_release(struct settings_file *file)
{
    json_decref(file->value);
    json_decref(file->draft);
    if (file->doc.root)
        json_doc_release(&file->doc);
    *file = (struct settings_file){0};
}

struct place settings_file_at(const struct settings_file *file, const char *format, ...)
{
    char pointer[512];
    va_list args;
    va_start(args, format);
    vsnprintf(pointer, sizeof pointer, format, args);
    va_end(args);
    return json_doc_place(&file->doc, pointer, JSON_AT_VALUE);
}

/* "/inboxes/support/name" -> "inboxes.support.name", "/domains/0" -> "domains[0]" */
static void add_path(struct buf *text, const char *pointer)
{
    bool first = true;
    while (*pointer == '/') {
        size_t len = strcspn(++pointer, "/");
        bool index = len > 0 && strspn(pointer, "0123456789") == len;
        buf_adds(text, index ? "[" : first ? "" : ".");
        buf_add(text, pointer, len);
        buf_adds(text, index ? "]" : "");
        pointer += len;
        first = false;
    }
}

__attribute__((format(printf, 3, 0))) static char *finding(const char *pointer, struct buf *text,
                                                           const char *format, va_list args)
{
    char message[FINDING_MAX];
    buf_init(text, 2 * FINDING_MAX);
    vsnprintf(message, sizeof message, format, args);
    if (*pointer) {
        buf_addc(text, '"');
        add_path(text, pointer);
        buf_adds(text, "\": ");
    }
    buf_adds(text, message);
    return text->data;
}

void settings_file_error(const struct settings_file *file, struct diag *diag, const char *pointer,
                         const char *format, ...)
{
    struct buf text;
    va_list args;
    va_start(args, format);
    diag_error(diag, settings_file_at(file, "%s", pointer), "%s", finding(pointer, &text, format, args));
    va_end(args);
    buf_release(&text);
}

void settings_file_warning(const struct settings_file *file, struct diag *diag, const char *pointer,
                           const char *format, ...)
{
    struct buf text;
    va_list args;
    va_start(args, format);
    diag_warning(diag, settings_file_at(file, "%s", pointer), "%s", finding(pointer, &text, format, args));
    va_end(args);
    buf_release(&text);
}

bool settings_same(const char *one, const char *other)
{
    return one && other && strcmp(one, other) == 0;
}

bool settings_is_id(const char *text)
{
    size_t len = strlen(text);
    if (len == 0 || len > 64 || text[0] < 'a' || text[0] > 'z')
        return false;
    return strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-_") == len;
}

bool settings_lacks(json_t *map, const char *key)
{
    const char *each;
    json_t *value;
    json_object_foreach(map, each, value)
    {
        if (!settings_is_id(each))
            return false;
    }
    return json_is_object(map) && !json_object_get(map, key);
}

void settings_file_check_id(const struct settings_file *file, const char *parent, const char *key,
                            struct diag *diag)
{
    if (settings_is_id(key))
        return;
    struct buf pointer;
    buf_init(&pointer, 64 * 1024);
    buf_addf(&pointer, "%s/", parent);
    for (const char *c = key; *c; c++) /* RFC 6901, section 3 */
        buf_adds(&pointer, *c == '~' ? "~0" : *c == '/' ? "~1" : (char[]){*c, '\0'});
    diag_error(diag, json_doc_place(&file->doc, pointer.data, JSON_AT_KEY),
               "\"%s\" is no id: want a-z, 0-9, \"-\" and \"_\", a letter first, at most 64", key);
    buf_release(&pointer);
}

const struct setting *settings_map_table(struct arena *arena, const struct settings_file *file,
                                         const struct setting *fields, struct diag *diag)
{
    json_t *root = file->doc.root;
    if (root && !json_is_object(root)) {
        diag_error(diag, json_doc_place(&file->doc, "", JSON_AT_VALUE), "want an object, got a list");
        return NULL;
    }
    struct setting *rows = arena_alloc(arena, (json_object_size(root) + 1) * sizeof *rows);
    if (!rows)
        return NULL;
    size_t count = 0;
    const char *key;
    json_t *value;
    json_object_foreach(root, key, value)
    {
        if (strcmp(key, "$schema") == 0) /* an editor's business at the top of any file */
            continue;
        settings_file_check_id(file, "", key, diag);
        rows[count++] = (struct setting){
            .key = key, .type = SETTING_GROUP, .required = true, .fields = fields, .label = key};
    }
    return rows;
}
