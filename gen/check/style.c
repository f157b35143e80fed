#include "style.h"

#include <string.h>

enum { OPEN_MAX = 64 };

struct sheet {
    const char *file, *text;
    bool layered;
    struct diag *diag;
    const char *open[OPEN_MAX]; /* the braces that are still to be closed */
    size_t depth;
    const char *begun; /* what stands before the braces of a rule; NULL: none has begun */
};

static struct place place_of(const struct sheet *sheet, const char *at)
{
    return diag_place(sheet->file, sheet->text, at);
}

/* Behind a comment. */
static const char *skip_comment(const struct sheet *sheet, const char *at)
{
    const char *end = strstr(at + 2, "*/");
    if (end)
        return end + 2;
    diag_error(sheet->diag, place_of(sheet, at), "this comment has no end; want */");
    return at + strlen(at);
}

/* Behind a string. */
static const char *skip_string(const struct sheet *sheet, const char *at)
{
    const char *end = at + 1;
    while (*end && *end != *at && *end != '\n')
        end += *end == '\\' && end[1] ? 2 : 1;
    if (*end == *at)
        return end + 1;
    diag_error(sheet->diag, place_of(sheet, at), "this string has no end on its line; want %c", *at);
    return end;
}

static void check_rule(const struct sheet *sheet, const char *at)
{
    static const char *const rules[] = {"@import", "@charset", "@namespace"};
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        if (sheet->layered && strncmp(at, rules[i], strlen(rules[i])) == 0)
            diag_error(sheet->diag, place_of(sheet, at),
                       "%s does nothing here: the sheet stands in a cascade layer; name other sheets in "
                       "\"styles\" of theme.json, or in a template",
                       rules[i]);
    }
}

static void open_brace(struct sheet *sheet, const char *at)
{
    if (sheet->depth < OPEN_MAX)
        sheet->open[sheet->depth] = at;
    sheet->depth++;
}

static void close_brace(struct sheet *sheet, const char *at)
{
    if (sheet->depth > 0)
        sheet->depth--;
    else
        diag_error(sheet->diag, place_of(sheet, at), "} closes nothing: no { is open here");
}

/* Between rules there is nothing but what the next one is for. */
static void read_outside(struct sheet *sheet, const char *at)
{
    if (*at == ';' || *at == '{' || *at == '}')
        sheet->begun = NULL;
    else if (!sheet->begun && sheet->depth == 0 && !strchr(" \t\r\n\f", *at))
        sheet->begun = at;
}

static void check_end(const struct sheet *sheet)
{
    if (sheet->depth > 0)
        diag_error(sheet->diag, place_of(sheet, sheet->open[sheet->depth <= OPEN_MAX ? sheet->depth - 1 : 0]),
                   "{ is never closed");
    else if (sheet->begun)
        diag_error(sheet->diag, place_of(sheet, sheet->begun),
                   "\"%.*s\" begins no rule: want a selector and its { .. }",
                   (int)strcspn(sheet->begun, " \t\r\n"), sheet->begun);
}

void style_check(const char *file, const char *text, bool layered, struct diag *diag)
{
    struct sheet sheet = {.file = file, .text = text, .layered = layered, .diag = diag};
    for (const char *at = text; *at;) {
        if (at[0] == '/' && at[1] == '*') {
            at = skip_comment(&sheet, at);
            continue;
        }
        if (*at == '"' || *at == '\'') {
            at = skip_string(&sheet, at);
            continue;
        }
        read_outside(&sheet, at);
        if (*at == '{')
            open_brace(&sheet, at);
        else if (*at == '}')
            close_brace(&sheet, at);
        else if (*at == '@')
            check_rule(&sheet, at);
        at += *at == '\\' && at[1] ? 2 : 1;
    }
    check_end(&sheet);
}
