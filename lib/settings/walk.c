#include "walk.h"

#include "value.h"

#include <string.h>

enum { POINTER_MAX = 64 * 1024, TEXT_MAX = 2000, KEYS_SHOWN = 32, KEYS_MAX = 256 };

void walk_init(struct walk *walk, const struct json_doc *doc, struct diag *diag)
{
    walk->doc = doc;
    walk->diag = diag;
    buf_init(&walk->pointer, POINTER_MAX);
    buf_init(&walk->path, POINTER_MAX);
}

void walk_release(struct walk *walk)
{
    buf_release(&walk->pointer);
    buf_release(&walk->path);
}

/* The names of keys as RFC 6901, section 3, has them. */
static void add_pointer(struct buf *pointer, const char *key)
{
    buf_addc(pointer, '/');
    for (; *key; key++) {
        if (*key == '~')
            buf_adds(pointer, "~0");
        else if (*key == '/')
            buf_adds(pointer, "~1");
        else
            buf_addc(pointer, *key);
    }
}

struct walk_mark walk_enter_key(struct walk *walk, const char *key)
{
    struct walk_mark mark = {walk->pointer.len, walk->path.len};
    if (walk->path.len > 0)
        buf_addc(&walk->path, '.');
    buf_adds(&walk->path, key);
    add_pointer(&walk->pointer, key);
    return mark;
}

struct walk_mark walk_enter_item(struct walk *walk, size_t index)
{
    struct walk_mark mark = {walk->pointer.len, walk->path.len};
    buf_addf(&walk->path, "[%zu]", index);
    buf_addf(&walk->pointer, "/%zu", index);
    return mark;
}

void walk_leave(struct walk *walk, struct walk_mark mark)
{
    buf_cut(&walk->pointer, mark.pointer);
    buf_cut(&walk->path, mark.path);
}

/* Say `text`, which is freed, of where the walk stands. */
static void say(const struct walk *walk, enum json_at at, struct buf *text)
{
    struct place place = {NULL, 0, 0};
    if (walk->doc)
        place = json_doc_place(walk->doc, walk->pointer.data, at);
    diag_error(walk->diag, place, "%s", text->data);
    buf_release(text);
}

void walk_refuse(const struct walk *walk, const struct setting *row, const json_t *value)
{
    struct buf text;
    buf_init(&text, TEXT_MAX);
    if (walk->path.len > 0)
        buf_addf(&text, "\"%s\": ", walk->path.data);
    buf_adds(&text, "want ");
    settings_add_want(&text, row);
    buf_adds(&text, ", got ");
    settings_add_got(&text, row, value);
    settings_add_hint(&text, row, value);
    say(walk, JSON_AT_VALUE, &text);
}

void walk_refuse_key(const struct walk *walk, enum setting_type type, const char *key)
{
    struct setting row = {.type = type};
    struct buf text;
    json_t *value = json_string(key);
    buf_init(&text, TEXT_MAX);
    buf_addf(&text, "\"%s\": want ", walk->path.data);
    settings_add_want(&text, &row);
    buf_adds(&text, " as the key");
    if (value)
        settings_add_hint(&text, &row, value);
    json_decref(value);
    say(walk, JSON_AT_KEY, &text);
}

void walk_missing(const struct walk *walk, const struct setting *row)
{
    struct buf text;
    buf_init(&text, TEXT_MAX);
    buf_addf(&text, "missing key \"%s%s%s\"; want ", walk->path.data, walk->path.len > 0 ? "." : "",
             row->key);
    settings_add_want(&text, row);
    say(walk, JSON_AT_VALUE, &text);
}

static void add_known(struct buf *text, const char *const *keys, size_t count)
{
    if (count == 0 || count > KEYS_SHOWN)
        return;
    buf_adds(text, "; known here: ");
    for (size_t i = 0; i < count; i++)
        buf_addf(text, "%s%s", i > 0 ? ", " : "", keys[i]);
}

static size_t list_keys(const struct setting *rows, const char *keys[static KEYS_MAX + 1])
{
    size_t count = 0;
    for (; count < KEYS_MAX && rows[count].key; count++)
        keys[count] = rows[count].key;
    keys[count] = NULL;
    return count;
}

const char *walk_meant(const struct setting *rows, const char *key)
{
    const char *keys[KEYS_MAX + 1];
    list_keys(rows, keys);
    return diag_nearest(key, keys);
}

void walk_unknown(const struct walk *walk, const struct setting *rows, const char *key)
{
    const char *keys[KEYS_MAX + 1];
    size_t count = list_keys(rows, keys);
    const char *near = walk_meant(rows, key);
    struct buf text;
    buf_init(&text, TEXT_MAX);
    buf_addf(&text, "unknown key \"%s\"", walk->path.data);
    if (near)
        buf_addf(&text, "; did you mean \"%s\"?", near);
    else
        add_known(&text, keys, count);
    say(walk, JSON_AT_KEY, &text);
}
