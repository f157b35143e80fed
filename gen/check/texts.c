#include "texts.h"

#include "../../lib/locale.h"

#include <string.h>

/* Texts in a language that the portal does not speak: told once for a file, or they hide all else. */
struct foreign {
    const char *tag;
    const char *name;
    struct place place;
    size_t count;
};

enum { FOREIGN_MAX = 64 };

struct visit {
    const struct settings_file *file;
    const struct site *site;
    struct diag *diag;
    struct buf pointer;
    struct foreign foreign[FOREIGN_MAX];
    size_t foreign_count;
};

static void visit_value(struct visit *visit, const struct setting *row, json_t *value);

static struct place here(const struct visit *visit)
{
    return settings_file_at(visit->file, "%s", visit->pointer.data);
}

/* What the reader calls the text: its key, even within a list. */
static const char *name_of(const struct visit *visit)
{
    const char *slash = strrchr(visit->pointer.data, '/');
    return slash ? slash + 1 : "";
}

static void note_foreign(struct visit *visit, const char *tag)
{
    size_t i = 0;
    while (i < visit->foreign_count && strcmp(visit->foreign[i].tag, tag) != 0)
        i++;
    if (i == FOREIGN_MAX)
        return;
    if (i == visit->foreign_count)
        visit->foreign[visit->foreign_count++] =
            (struct foreign){tag, arena_strdup(visit->site->arena, name_of(visit)), here(visit), 0};
    visit->foreign[i].count++;
}

static void tell_foreign(const struct visit *visit)
{
    for (size_t i = 0; i < visit->foreign_count; i++) {
        const struct foreign *foreign = &visit->foreign[i];
        if (foreign->count == 1)
            diag_warning(visit->diag, foreign->place, "\"%s\": \"%s\" is not a language of this portal",
                         foreign->name, foreign->tag);
        else
            diag_warning(visit->diag, foreign->place,
                         "\"%s\" and %zu more have texts for \"%s\", which is not a language of this portal",
                         foreign->name, foreign->count - 1, foreign->tag);
    }
}

/* All languages that a text lacks at once: a portal in twelve of them would hide the rest otherwise. */
static void check_missing(struct visit *visit, json_t *text)
{
    const struct site *site = visit->site;
    const char *missing = "";
    for (size_t i = 0; i < site->locale_count; i++) {
        const char *locale = site->locales[i];
        if (locale_pick(text, locale, "*"))
            continue;
        if (strcmp(locale, site->default_locale) == 0)
            diag_error(visit->diag, here(visit), "\"%s\": no text for \"%s\", the default language",
                       name_of(visit), locale);
        else if (site_text(site, text, locale))
            missing = arena_printf(site->arena, "%s%s\"%s\"", missing, *missing ? ", " : "", locale);
    }
    if (*missing)
        diag_warning(visit->diag, here(visit), "\"%s\": no text for %s; the one for \"%s\" shows",
                     name_of(visit), missing, site->default_locale);
}

static void check_languages(struct visit *visit, const struct setting *row, json_t *text)
{
    const struct site *site = visit->site;
    const char *tag;
    json_t *value;
    if (!row->partial)
        check_missing(visit, text);
    json_object_foreach(text, tag, value)
    {
        bool used = strcmp(tag, "*") == 0 || site_has_locale(site, tag);
        for (size_t i = 0; !used && i < site->locale_count; i++)
            used = strncmp(site->locales[i], tag, strlen(tag)) == 0 && site->locales[i][strlen(tag)] == '-';
        if (!used)
            note_foreign(visit, tag);
    }
}

static void visit_child(struct visit *visit, const char *key, size_t index, const struct setting *row,
                        json_t *value)
{
    size_t before = visit->pointer.len;
    if (key)
        buf_addf(&visit->pointer, "/%s", key);
    else
        buf_addf(&visit->pointer, "/%zu", index);
    visit_value(visit, row, value);
    buf_cut(&visit->pointer, before);
}

static void visit_fields(struct visit *visit, const struct setting *rows, json_t *object)
{
    for (; rows->key; rows++) {
        json_t *value = json_object_get(object, rows->key);
        if (value)
            visit_child(visit, rows->key, 0, rows, value);
    }
}

static void visit_value(struct visit *visit, const struct setting *row, json_t *value)
{
    size_t i;
    const char *key;
    json_t *item;
    if (json_is_null(value)) /* refused */
        return;
    switch (row->type) {
    case SETTING_LOCAL:
        check_languages(visit, row, value);
        break;
    case SETTING_GROUP:
        visit_fields(visit, row->fields, value);
        break;
    case SETTING_LIST:
        json_array_foreach(value, i, item) visit_child(visit, NULL, i, row->fields, item);
        break;
    case SETTING_MAP:
        json_object_foreach(value, key, item) visit_child(visit, key, 0, row->fields, item);
        break;
    default:
        break;
    }
}

void texts_check(const struct settings_file *file, const struct site *site, struct diag *diag)
{
    if (!file->draft)
        return;
    struct visit visit = {.file = file, .site = site, .diag = diag};
    buf_init(&visit.pointer, 4096);
    visit_fields(&visit, file->table, file->draft);
    tell_foreign(&visit);
    buf_release(&visit.pointer);
}
