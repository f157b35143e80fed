/* The reference of all settings: a help article, made from the tables that files are checked with. */
#include "../../lib/settings/value.h"
#include "../theme/declarations.h"
#include "files.h"

#include <ctype.h>
#include <string.h>

static const char head[] =
    "---\n"
    "title: Every setting\n"
    "summary: What may stand in the settings files: types, limits, defaults.\n"
    "order: 900\n"
    "translated: no\n"
    "---\n"
    "\n"
    "This page and the schemas in `content/schemas` are written by `guichet-gen schema`, from the tables "
    "that "
    "`guichet-gen check` holds the files against. Run it again after changing the theme.\n"
    "\n"
    "A file may name its schema, as in `\"$schema\": \"./schemas/portal.schema.json\"`: an editor then "
    "completes "
    "keys, shows what they mean and underlines mistakes. What is not required may be left out, or be `null`: "
    "then "
    "the default holds. A text that people read is one text for all languages, or an object of texts by "
    "language, "
    "as in `{\"en\": \"Support\", \"fr\": \"Assistance\"}`.\n";

/* Words of ours, with what Markdown would take for its own marked. */
static void add_words(struct buf *out, const char *text)
{
    for (; *text; text++) {
        if (strchr("\\`*_[]<>", *text))
            buf_addc(out, '\\');
        buf_addc(out, *text);
    }
}

static void add_sentence(struct buf *out, const char *text)
{
    char first[2] = {(char)toupper((unsigned char)text[0]), '\0'};
    add_words(out, first);
    add_words(out, text + 1);
    if (text[strlen(text) - 1] != '.')
        buf_addc(out, '.');
}

static void add_type(struct buf *out, const struct setting *row)
{
    struct buf want;
    buf_init(&want, 4096);
    settings_add_want(&want, row);
    add_sentence(out, want.data);
    buf_release(&want);
    if (row->required)
        buf_adds(out, " Required.");
    if (row->fallback && row->type != SETTING_GROUP)
        buf_addf(out, " Default: `%s`.", row->fallback);
    buf_adds(out, "\n");
}

static void add_row(struct buf *out, const char *path, const struct setting *row)
{
    buf_addf(out, "\n### `%s`\n\n", path);
    if (row->label)
        buf_adds(out, "**"), add_words(out, row->label), buf_adds(out, ".** ");
    if (row->help)
        add_sentence(out, row->help);
    buf_adds(out, "\n\n");
    add_type(out, row);
}

static void add_rows(struct buf *out, struct arena *arena, const char *parent, const struct setting *rows);

/* What is within: of a list each item, of a map each value. */
static void add_inside(struct buf *out, struct arena *arena, const char *path, const struct setting *row)
{
    if (row->type == SETTING_LIST || row->type == SETTING_MAP) {
        const char *item = arena_printf(arena, "%s%s", path, row->type == SETTING_LIST ? "[]" : ".*");
        if (row->fields->type == SETTING_GROUP)
            add_rows(out, arena, item, row->fields->fields);
        else if (row->fields->label)
            add_row(out, item, row->fields);
    } else if (row->type == SETTING_GROUP) {
        add_rows(out, arena, path, row->fields);
    }
}

static void add_rows(struct buf *out, struct arena *arena, const char *parent, const struct setting *rows)
{
    for (; rows->key; rows++) {
        const char *path = *parent ? arena_printf(arena, "%s.%s", parent, rows->key) : rows->key;
        add_row(out, path, rows);
        add_inside(out, arena, path, rows);
    }
}

static void add_chapter(struct buf *out, const char *title, const char *help)
{
    buf_addf(out, "\n## %s\n\n", title);
    add_sentence(out, help);
    buf_adds(out, "\n");
}

static void add_declarations(struct buf *out, struct arena *arena)
{
    for (const struct theme_type *type = theme_types; type->name; type++) {
        add_chapter(out, arena_printf(arena, "A setting of a theme of type `%s`", type->name), type->help);
        add_rows(out, arena, "settings.*", type->rows);
    }
}

void schema_reference(const struct theme *theme, struct buf *out)
{
    struct arena *arena = arena_new(0);
    const struct setting *own = schema_theme_rows(theme);
    buf_adds(out, head);
    for (const struct schema_page *page = schema_pages; page->name; page++) {
        add_chapter(out, arena_printf(arena, "`%s`", page->file), page->help);
        add_rows(out, arena, page->is_map ? "*" : "", page->rows);
        if (own && strcmp(page->name, "portal") == 0)
            add_rows(out, arena, "theme_settings", own);
    }
    add_declarations(out, arena);
    arena_free(arena);
}
