#include "html.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f';
}

bool html_is_all(struct html_span span, const char *word)
{
    return strncasecmp(span.at, word, span.len) == 0 && word[span.len] == '\0';
}

bool html_shows(struct html_span span)
{
    for (size_t i = 0; i < span.len; i++) {
        if (!is_blank(span.at[i]))
            return true;
    }
    return false;
}

/* Behind the {{...}} on one line that begins at `at`, or `at`. */
static const char *skip_braces(const char *at)
{
    if (at[0] != '{' || at[1] != '{')
        return at;
    for (const char *c = at + 2; *c && *c != '\n'; c++) {
        if (c[0] == '}' && c[1] == '}')
            return c + 2;
    }
    return at;
}

/* A quote opens only a value: `<p title=it's>` has none. */
static bool opens_value(const char *quote, const char *start)
{
    while (quote > start && is_blank(quote[-1]))
        quote--;
    return quote > start && quote[-1] == '=';
}

/* The ">" of a tag, or the end. */
static const char *tag_end(const char *start)
{
    static const bool matters[256] = {['\0'] = true, ['>'] = true, ['"'] = true, ['\''] = true, ['{'] = true};
    char quote = '\0';
    for (const char *at = start;; at++) {
        while (!matters[(unsigned char)*at])
            at++;
        if (*at == '\0' || (*at == '>' && !quote))
            return at;
        const char *behind = skip_braces(at);
        if (behind > at)
            at = behind - 1;
        else if (quote)
            quote = *at == quote ? '\0' : quote;
        else if (*at != '{' && opens_value(at, start))
            quote = *at;
    }
}

/* Behind a comment or a declaration that begins at `at`. */
static const char *skip_declaration(const char *at)
{
    if (strncmp(at, "<!--", 4) != 0)
        return tag_end(at);
    const char *end = strstr(at + 4, "-->");
    return end ? end + 3 : at + strlen(at);
}

/* Behind a comment, a declaration or {{...}} that begins at `at`; `at` when none does. */
static const char *skip_other(const char *at)
{
    return at[0] == '<' && at[1] == '!' ? skip_declaration(at) : skip_braces(at);
}

static bool read_tag(const char **at, struct html_tag *tag)
{
    const char *name = *at + 1 + (*at[0] == '<' && (*at)[1] == '/');
    if (**at != '<' || !isalpha((unsigned char)*name))
        return false;
    size_t len = 1;
    while (isalnum((unsigned char)name[len]) || name[len] == '-')
        len++;
    const char *end = tag_end(name + len);
    *tag = (struct html_tag){.at = *at,
                             .name = {name, len},
                             .inner = {name + len, (size_t)(end - name - len)},
                             .end = name == *at + 2};
    *at = *end ? end + 1 : end;
    return true;
}

/* Elements whose content is no markup: what follows is their end tag. */
static const char *skip_raw(const struct html_tag *tag, const char *at)
{
    static const char *const raw[] = {"script", "style", "title", "textarea"};
    for (size_t i = 0; !tag->end && i < sizeof raw / sizeof raw[0]; i++) {
        if (!html_is(tag->name, raw[i]))
            continue;
        const char *end = at;
        while ((end = strcasestr(end, "</")) && strncasecmp(end + 2, raw[i], strlen(raw[i])) != 0)
            end += 2;
        return end ? end : at + strlen(at);
    }
    return at;
}

bool html_next(const char **at, struct html_tag *tag)
{
    const char *start = *at, *c = start;
    while (*c) {
        c += strcspn(c, "<{");
        const char *behind = skip_other(c);
        const char *tag_at = c;
        if (behind > c) {
            c = behind;
        } else if (read_tag(&c, tag)) {
            *at = skip_raw(tag, c);
            tag->raw = (struct html_span){c, (size_t)(*at - c)};
            tag->before = (struct html_span){start, (size_t)(tag_at - start)};
            return true;
        } else if (*c) {
            c++;
        }
    }
    *at = c;
    return false;
}

static bool add_tag(struct html_page *page, size_t *cap, const struct html_tag *tag, struct arena *arena)
{
    struct html_tag *tags = arena_more(arena, page->tags, page->count, cap, sizeof *tag);
    if (!tags)
        return false;
    page->tags = tags;
    page->tags[page->count++] = *tag;
    return true;
}

bool html_page_read(struct html_page *page, const char *text, struct arena *arena)
{
    struct html_tag tag;
    size_t cap = 0;
    *page = (struct html_page){.text = text, .len = strlen(text)};
    for (const char *at = text; html_next(&at, &tag);) {
        if (!add_tag(page, &cap, &tag, arena))
            return false;
    }
    return true;
}

/* The next character, {{...}} being one. */
static const char *behind_one(const char *at)
{
    const char *behind = *at == '{' ? skip_braces(at) : at;
    return behind > at ? behind : at + 1;
}

static struct html_span read_value(const char **at, const char *end)
{
    const char *c = *at;
    while (c < end && is_blank(*c))
        c++;
    char quote = c < end && (*c == '"' || *c == '\'') ? *c++ : '\0';
    const char *start = c;
    while (c < end && (quote ? *c != quote : !is_blank(*c)))
        c = behind_one(c);
    struct html_span value = {start, (size_t)((c < end ? c : end) - start)};
    *at = quote && c < end ? c + 1 : c;
    return value;
}

bool html_attribute(const struct html_tag *tag, size_t *at, struct html_attribute *attribute)
{
    const char *end = tag->inner.at + tag->inner.len;
    const char *c = tag->inner.at + *at;
    while (c < end && (is_blank(*c) || *c == '/' || *c == '{' || *c == '=' || *c == '"' || *c == '\''))
        c = behind_one(c);
    if (c >= end)
        return false;
    attribute->name.at = c;
    while (c < end && !is_blank(*c) && *c != '=' && *c != '{' && *c != '/')
        c++;
    attribute->name.len = (size_t)(c - attribute->name.at);
    attribute->value = (struct html_span){c, 0};
    const char *equals = c;
    while (equals < end && is_blank(*equals))
        equals++;
    if (equals < end && *equals == '=') {
        c = equals + 1;
        attribute->value = read_value(&c, end);
    }
    *at = (size_t)(c - tag->inner.at);
    return true;
}

bool html_value(const struct html_tag *tag, const char *name, struct html_span *value)
{
    struct html_attribute attribute;
    for (size_t at = 0; html_attribute(tag, &at, &attribute);) {
        if (html_is(attribute.name, name)) {
            *value = attribute.value;
            return true;
        }
    }
    return false;
}

bool html_has(const struct html_tag *tag, const char *name)
{
    struct html_span value;
    return html_value(tag, name, &value);
}
