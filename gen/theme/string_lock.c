#include "string_lock.h"

#include "../../lib/fs.h"
#include "../../lib/locale.h"

#include <errno.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define LOCK_CEILING (16 * 1024 * 1024)

/* FNV-1a: texts are the designer's own, and a clash only spares somebody a second look. */
static uint32_t hash_bytes(const char *text)
{
    uint32_t sum = 2166136261u;
    for (; *text; text++)
        sum = (sum ^ (unsigned char)*text) * 16777619u;
    return sum;
}

static uint32_t hash_text(const json_t *value)
{
    if (json_is_string(value))
        return hash_bytes(json_string_value(value));
    char *text = json_dumps(value, JSON_COMPACT | JSON_SORT_KEYS);
    uint32_t sum = text ? hash_bytes(text) : 0;
    free(text);
    return sum;
}

/* Every text of a language that the reference has, too. */
struct walk {
    struct buf name, pointer;
    void (*each)(struct walk *walk, const json_t *reference, const json_t *own);
    const struct json_doc *doc;
    const json_t *recorded; /* of this language */
    json_t *record;
    struct diag *diag;
    size_t count;
};

static void walk_group(struct walk *walk, const json_t *reference, const json_t *own)
{
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)own, key, value)
    {
        const json_t *known = json_object_get(reference, key);
        size_t name = walk->name.len, pointer = walk->pointer.len;
        buf_addf(&walk->name, "%s%s", name > 0 ? "." : "", key);
        buf_addf(&walk->pointer, "/%s", key);
        if (known && json_is_object(value) && !json_object_get(value, "other"))
            walk_group(walk, known, value);
        else if (known)
            walk->each(walk, known, value);
        buf_cut(&walk->name, name);
        buf_cut(&walk->pointer, pointer);
    }
}

static void walk_doc(struct walk *walk, const struct json_doc *doc, const json_t *reference)
{
    walk->doc = doc;
    buf_init(&walk->name, 16 * 1024);
    buf_init(&walk->pointer, 16 * 1024);
    walk_group(walk, reference, doc->root);
    buf_release(&walk->name);
    buf_release(&walk->pointer);
}

static const char *lock_path(const struct theme *theme)
{
    return theme_link_path(theme, 0, ".lock/strings.json");
}

/* An empty object when nothing is recorded. */
static json_t *load_lock(const struct theme *theme, struct diag *diag)
{
    struct json_doc doc;
    if (!fs_is_file(lock_path(theme)) || !json_doc_load(&doc, lock_path(theme), LOCK_CEILING, diag))
        return json_object();
    json_t *lock = json_incref(doc.root);
    json_doc_release(&doc);
    return lock;
}

/* --- looking ----------------------------------------------------------------------------------------- */

static void look(struct walk *walk, const json_t *reference, const json_t *own)
{
    const char *record = json_string_value(json_object_get(walk->recorded, walk->name.data));
    char *end = NULL;
    if (!record)
        return;
    uint32_t then = (uint32_t)strtoul(record, &end, 16), own_then = (uint32_t)strtoul(end, NULL, 16);
    if (then != hash_text(reference) && own_then == hash_text(own))
        diag_warning(walk->diag, json_doc_place(walk->doc, walk->pointer.data, JSON_AT_VALUE),
                     "\"%s\" was made from an earlier text in \"%s\"; change it, or record with "
                     "guichet-gen lock that it still holds",
                     walk->name.data, THEME_REFERENCE);
}

static void look_at(const struct theme *theme, const char *tag, const json_t *lock, const json_t *reference,
                    struct diag *diag)
{
    const char *path = theme_link_path(theme, 0, arena_printf(theme->arena, "locales/%s.json", tag));
    struct walk walk = {.each = look, .recorded = json_object_get(lock, tag), .diag = diag};
    struct json_doc doc;
    if (!walk.recorded || !fs_is_file(path) || !json_doc_load(&doc, path, THEME_STRINGS_CEILING, diag))
        return;
    walk_doc(&walk, &doc, reference);
    json_doc_release(&doc);
}

void string_lock_check(const struct theme *theme, const struct site *site, const json_t *reference,
                       struct diag *diag)
{
    json_t *lock = load_lock(theme, diag);
    for (size_t i = 0; json_object_size(lock) > 0 && i < site->locale_count; i++) {
        const char *tag = site->locales[i];
        size_t len = strcspn(tag, "-");
        look_at(theme, tag, lock, reference, diag);
        if (tag[len])
            look_at(theme, arena_strndup(theme->arena, tag, len), lock, reference, diag);
    }
    json_decref(lock);
}

/* --- recording ---------------------------------------------------------------------------------------- */

static void record(struct walk *walk, const json_t *reference, const json_t *own)
{
    char text[20];
    const char *before = json_string_value(json_object_get(walk->recorded, walk->name.data));
    snprintf(text, sizeof text, "%08" PRIx32 " %08" PRIx32, hash_text(reference), hash_text(own));
    walk->count += !before || strcmp(before, text) != 0;
    json_object_set_new(walk->record, walk->name.data, json_string(text));
}

/* The reference as the chain has it: a child's translations may be of its parent's texts. */
static json_t *load_reference(const struct theme *theme, struct diag *diag)
{
    json_t *reference = json_object();
    for (size_t link = theme->chain_len; link-- > 0;) {
        const char *path = theme_link_path(theme, link, "locales/" THEME_REFERENCE ".json");
        struct json_doc doc;
        if (!fs_is_file(path) || !json_doc_load(&doc, path, THEME_STRINGS_CEILING, diag))
            continue;
        json_t *merged = locale_merge(reference, doc.root);
        json_decref(reference);
        reference = merged;
        json_doc_release(&doc);
    }
    json_object_del(reference, THEME_RENAMED);
    return reference;
}

static void record_language(const struct theme *theme, const char *name, const json_t *reference,
                            const json_t *before, json_t *lock, struct walk *walk)
{
    const char *tag = arena_strndup(theme->arena, name, strcspn(name, "."));
    const char *path = theme_link_path(theme, 0, arena_printf(theme->arena, "locales/%s", name));
    struct json_doc doc;
    if (strcmp(tag, THEME_REFERENCE) == 0 || !json_doc_load(&doc, path, THEME_STRINGS_CEILING, walk->diag))
        return;
    walk->recorded = json_object_get(before, tag);
    walk->record = json_object();
    walk_doc(walk, &doc, reference);
    json_object_set_new(lock, tag, walk->record);
    json_doc_release(&doc);
}

static bool write_lock(const struct theme *theme, const json_t *lock, struct diag *diag)
{
    char *text = json_dumps(lock, JSON_INDENT(1) | JSON_SORT_KEYS);
    const char *dir = theme_link_path(theme, 0, ".lock");
    int error = !text ? ENOMEM : fs_mkdirs(dir);
    if (!error) {
        const char *line = arena_printf(theme->arena, "%s\n", text);
        error = fs_write(lock_path(theme), line, strlen(line), false);
    }
    if (error)
        diag_error(diag, (struct place){.file = lock_path(theme)}, "cannot be written: %s", strerror(error));
    free(text);
    return error == 0;
}

bool string_lock_write(const struct theme *theme, struct diag *diag, size_t *count)
{
    size_t before = diag_errors(diag), entry_count = 0;
    struct fs_entry *entries = NULL;
    const char *dir = theme_link_path(theme, 0, "locales");
    json_t *recorded = load_lock(theme, diag), *lock = json_object();
    json_t *reference = load_reference(theme, diag);
    struct walk walk = {.each = record, .diag = diag};
    if (fs_is_dir(dir))
        fs_walk(dir, theme->arena, &entries, &entry_count);
    for (size_t i = 0; i < entry_count; i++) {
        size_t len = strlen(entries[i].path);
        if (len > 5 && strcmp(entries[i].path + len - 5, ".json") == 0)
            record_language(theme, entries[i].path, reference, recorded, lock, &walk);
    }
    bool done = diag_errors(diag) == before && write_lock(theme, lock, diag);
    *count = walk.count;
    json_decref(recorded);
    json_decref(lock);
    json_decref(reference);
    return done;
}
