#include "../check/hint.h"
#include "../check/html.h"
#include "../check/page_source.h"
#include "../theme/declarations.h"
#include "../theme/fonts.h"
#include "mail.h"

#include <string.h>

struct tokens {
    const struct theme *theme;
    const char *file;
    struct buf *out;
    struct diag *diag;
};

/* The end of the block of "@media (prefers-color-scheme: dark) {" that begins at or behind `at`. */
static const char *dark_end(const char *at)
{
    int depth = 0;
    for (; *at; at++) {
        depth += (*at == '{') - (*at == '}');
        if (*at == '}' && depth == 0)
            return at;
    }
    return at;
}

static const char *hint(const struct tokens *tokens, const char *name)
{
    const struct theme *theme = tokens->theme;
    const char **names = arena_alloc(theme->arena, (json_object_size(theme->values) + 1) * sizeof *names);
    size_t count = 0;
    const char *key;
    json_t *value;
    json_object_foreach(theme->values, key, value) names[count++] = key;
    names[count] = NULL;
    return hint_near(theme->arena, name, names);
}

/* A font that is a file is never loaded by a mail: the system's stands in. Quotes would end an attribute. */
static void add_font(struct buf *out, const json_t *value)
{
    const char *name = json_string_value(value);
    for (const char *c = theme_font_stack(name ? name : "system"); *c; c++)
        buf_addf(out, "%c", *c == '"' ? '\'' : *c);
}

static bool add_value(const struct tokens *tokens, const char *name, bool dark)
{
    const json_t *value = json_object_get(tokens->theme->values, name);
    const char *type = value ? theme_type_of(json_object_get(tokens->theme->settings, name)) : "";
    if (strcmp(type, "color") == 0)
        buf_adds(tokens->out, json_string_value(json_object_get(value, dark ? "dark" : "light")));
    else if (strcmp(type, "number") == 0)
        buf_addf(tokens->out, "%.10g", json_number_value(value));
    else if (strcmp(type, "font") == 0)
        add_font(tokens->out, value);
    else if (strcmp(type, "length") == 0 || strcmp(type, "select") == 0)
        buf_adds(tokens->out, json_string_value(value));
    else
        return false;
    return true;
}

static struct place place_of(const struct tokens *tokens, const char *name)
{
    const struct theme *theme = tokens->theme;
    return page_source_text(theme->mail_sources, tokens->file, arena_printf(theme->arena, "var(--%s", name));
}

/* "var(--name)" at `at`; behind it, where to read on. */
static const char *add_token(const struct tokens *tokens, const char *at, bool dark)
{
    static const char var[] = "var(--";
    const char *start = at + strlen(var);
    size_t len = strspn(start, "abcdefghijklmnopqrstuvwxyz0123456789-");
    char *name = arena_strndup(tokens->theme->arena, start, len);
    if (start[len] != ')')
        diag_error(tokens->diag, place_of(tokens, name), "want \"var(--%s)\" and nothing more", name);
    else if (!add_value(tokens, name, dark))
        diag_error(tokens->diag, place_of(tokens, name),
                   "\"var(--%s)\": the theme has no colour, length, number or font \"%s\"%s", name, name,
                   hint(tokens, name));
    return start + len + (start[len] == ')');
}

/* Of a <style>, or of the value of a style attribute, where all is for light. */
static void add_style(const struct tokens *tokens, struct html_span style)
{
    const char *end = style.at + style.len, *dark = NULL;
    for (const char *at = style.at; at < end;) {
        if (strncmp(at, "(prefers-color-scheme: dark)", 28) == 0)
            dark = dark_end(at);
        if (strncmp(at, "var(--", 6) == 0) {
            at = add_token(tokens, at, dark && at < dark);
            continue;
        }
        buf_add(tokens->out, at, 1);
        at++;
    }
}

void mail_tokens(const struct theme *theme, const char *file, const char *html, struct buf *out,
                 struct diag *diag)
{
    const struct tokens tokens = {theme, file, out, diag};
    const char *done = html;
    struct html_tag tag;
    for (const char *at = html; html_next(&at, &tag);) {
        struct html_span style = {0};
        if (!tag.end && html_is(tag.name, "style"))
            style = tag.raw;
        else if (tag.end || !html_value(&tag, "style", &style))
            continue;
        buf_add(out, done, (size_t)(style.at - done));
        add_style(&tokens, style);
        done = style.at + style.len;
    }
    buf_adds(out, done);
}
