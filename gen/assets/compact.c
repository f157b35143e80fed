#include "compact.h"

#include <ctype.h>
#include <string.h>

enum { NESTING_MAX = 32 };

/*
 * Templates (`..${ code }..`) hold code that holds templates. `braces` counts the open braces of the code of
 * each level; at 0 a closing one leads back into the template.
 */
struct compacting {
    struct buf *out;
    const char *at, *end;
    bool script;
    bool line_start; /* nothing of this line was written yet */
    char last;       /* the last character of code that is no blank; 0: none */
    size_t level;
    unsigned braces[NESTING_MAX];
};

static size_t left(const struct compacting *c)
{
    return (size_t)(c->end - c->at);
}

static bool begins(const struct compacting *c, const char *with)
{
    size_t len = strlen(with);
    return left(c) >= len && memcmp(c->at, with, len) == 0;
}

static void drop_trailing_blanks(struct buf *out)
{
    while (out->len > 0 && (out->data[out->len - 1] == ' ' || out->data[out->len - 1] == '\t'))
        buf_cut(out, out->len - 1);
}

/* Lines stay lines, but for those that hold nothing. */
static void end_line(struct compacting *c)
{
    drop_trailing_blanks(c->out);
    if (!c->line_start)
        buf_addc(c->out, '\n');
    c->line_start = true;
}

static void keep(struct compacting *c, size_t len)
{
    buf_add(c->out, c->at, len);
    c->line_start = false;
    c->at += len;
}

/* --- what is kept to the letter ------------------------------------------------------------------------ */

/* A string, or a pattern, up to `close`; in a pattern "[/]" does not close. False: the line or text ends
 * first. */
static bool take_quoted(struct compacting *c, char close)
{
    bool in_class = false;
    for (const char *at = c->at + 1; at < c->end && (*at != '\n' || at[-1] == '\\'); at++) {
        if (*at == close && !in_class) {
            keep(c, (size_t)(at + 1 - c->at));
            c->last = close;
            return true;
        }
        if (close == '/' && (*at == '[' || *at == ']'))
            in_class = *at == '[';
        if (*at == '\\' && at + 1 < c->end)
            at++;
    }
    return false;
}

/* From within a template to its end, or to the code that it holds. */
static bool take_template(struct compacting *c)
{
    for (const char *at = c->at; at < c->end; at++) {
        if (*at == '`') {
            keep(c, (size_t)(at + 1 - c->at));
            c->last = '`';
            return true;
        }
        if (*at == '$' && at + 1 < c->end && at[1] == '{') {
            keep(c, (size_t)(at + 2 - c->at));
            c->last = '{';
            if (c->level + 1 == NESTING_MAX)
                return false;
            c->braces[++c->level] = 0;
            return true;
        }
        if (*at == '\\')
            at++;
    }
    return false;
}

/* --- comments ------------------------------------------------------------------------------------------ */

/* After these a comment can begin; the two characters within a pattern, as in "[/" and "*]", begin none. */
static bool may_begin_comment(const struct compacting *c)
{
    if (!c->script || c->line_start || c->out->len == 0)
        return true;
    char before = c->out->data[c->out->len - 1];
    return isspace((unsigned char)before) || strchr("(,;{})", before);
}

static bool take_comment(struct compacting *c)
{
    const char *close = memmem(c->at + 2, left(c) - 2, "*/", 2);
    if (!close)
        return false;
    size_t len = (size_t)(close + 2 - c->at);
    bool lines = memchr(c->at, '\n', len) != NULL;
    if (c->at[2] == '!') {
        keep(c, len);
        return true;
    }
    c->at += len;
    if (lines)
        end_line(c);
    else if (!c->line_start && !c->script)
        buf_addc(c->out, ' '); /* between two words of a style sheet it counts as nothing, but parts them */
    return true;
}

static void skip_line_comment(struct compacting *c)
{
    while (c->at < c->end && *c->at != '\n')
        c->at++;
}

/* --- code ---------------------------------------------------------------------------------------------- */

/* Does the code end with one of the words after which "/" begins a pattern? */
static bool ends_with_operator_word(const struct buf *out)
{
    static const char *const words[] = {"return", "typeof", "case", "in",   "of",
                                        "delete", "void",   "new",  "await"};
    size_t end = out->len, start;
    while (end > 0 && isspace((unsigned char)out->data[end - 1]))
        end--;
    for (start = end;
         start > 0 && (isalnum((unsigned char)out->data[start - 1]) || strchr("_$.", out->data[start - 1]));)
        start--;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strlen(words[i]) == end - start && memcmp(out->data + start, words[i], end - start) == 0)
            return true;
    return false;
}

static bool begins_pattern(const struct compacting *c)
{
    return c->last == 0 || strchr("(,=:[!&|?{};+-*%<>~^", c->last) || ends_with_operator_word(c->out);
}

/* The braces of code within a template. False: too many closed. */
static bool count_brace(struct compacting *c)
{
    bool opens = *c->at == '{';
    if (!opens && c->level > 0 && c->braces[c->level] == 0) {
        c->level--;
        keep(c, 1);
        return take_template(c);
    }
    c->braces[c->level] += opens ? 1u : 0u;
    if (!opens && c->braces[c->level] > 0)
        c->braces[c->level]--;
    c->last = *c->at;
    keep(c, 1);
    return true;
}

static bool take_code(struct compacting *c)
{
    char now = *c->at;
    if (now == '\n' || now == '\r') {
        end_line(c);
        c->at++;
    } else if (now == ' ' || now == '\t') {
        if (!c->line_start)
            buf_addc(c->out, now);
        c->at++;
    } else {
        c->last = now;
        keep(c, 1);
    }
    return true;
}

static bool step_script(struct compacting *c)
{
    char now = *c->at;
    if (begins(c, "//") && may_begin_comment(c)) {
        skip_line_comment(c);
        return true;
    }
    if (now == '/' && begins_pattern(c))
        return take_quoted(c, '/');
    if (now == '`') {
        keep(c, 1);
        return take_template(c);
    }
    return now == '{' || now == '}' ? count_brace(c) : take_code(c);
}

static bool compact(struct compacting *c)
{
    bool understood = true;
    while (understood && c->at < c->end) {
        if (begins(c, "/*") && may_begin_comment(c))
            understood = take_comment(c);
        else if (*c->at == '"' || *c->at == '\'')
            understood = take_quoted(c, *c->at);
        else
            understood = c->script ? step_script(c) : take_code(c);
    }
    drop_trailing_blanks(c->out);
    return understood && c->level == 0;
}

bool compact_script(const char *text, size_t len, struct buf *out)
{
    struct compacting c = {.out = out, .at = text, .end = text + len, .script = true, .line_start = true};
    return compact(&c);
}

bool compact_style(const char *text, size_t len, struct buf *out)
{
    struct compacting c = {.out = out, .at = text, .end = text + len, .line_start = true};
    return compact(&c);
}
