#include "html.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

static const char blanks[] = " \t\r\n\f";

bool html_is(struct html_span span, const char *word)
{
    return strncasecmp(span.at, word, span.len) == 0 && word[span.len] == '\0';
}

bool html_shows(struct html_span span)
{
    for (size_t i = 0; i < span.len; i++) {
        if (!strchr(blanks, span.at[i]))
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

/* The ">" of a tag, or the end. A quote opens only a value: `<p title=it's>` has none. */
static const char *tag_end(const char *at)
{
    char quote = '\0', before = '\0';
    while (*at && (quote || *at != '>')) {
        const char *behind = skip_braces(at);
        if (behind > at) {
            at = behind;
            before = '}';
            continue;
        }
        if (quote)
            quote = *at == quote ? '\0' : quote;
        else if ((*at == '"' || *at == '\'') && before == '=')
            quote = *at;
        if (!strchr(blanks, *at))
            before = *at;
        at++;
    }
    return at;
}

/* Behind a comment, a declaration or {{...}} that begins at `at`; `at` when none does. */
static const char *skip_other(const char *at)
{
    if (*at == '{')
        return skip_braces(at);
    if (strncmp(at, "<!--", 4) == 0) {
        const char *end = strstr(at + 4, "-->");
        return end ? end + 3 : at + strlen(at);
    }
    return at[0] == '<' && at[1] == '!' ? tag_end(at) : at;
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

bool html_next(const char **at, struct html_tag *tag, struct html_span *text)
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
            if (text)
                *text = (struct html_span){start, (size_t)(tag_at - start)};
            return true;
        } else if (*c) {
            c++;
        }
    }
    *at = c;
    if (text)
        *text = (struct html_span){start, (size_t)(c - start)};
    return false;
}

static struct html_span read_value(const char **at, const char *end)
{
    const char *c = *at;
    while (c < end && strchr(blanks, *c))
        c++;
    char quote = c < end && (*c == '"' || *c == '\'') ? *c++ : '\0';
    const char *start = c;
    while (c < end && (quote ? *c != quote : !strchr(blanks, *c))) {
        const char *behind = skip_braces(c);
        c = behind > c ? behind : c + 1;
    }
    struct html_span value = {start, (size_t)((c < end ? c : end) - start)};
    *at = quote && c < end ? c + 1 : c;
    return value;
}

bool html_attribute(const struct html_tag *tag, size_t *at, struct html_attribute *attribute)
{
    const char *end = tag->inner.at + tag->inner.len;
    const char *c = tag->inner.at + *at;
    while (c < end &&
           (strchr(blanks, *c) || *c == '/' || *c == '{' || *c == '=' || *c == '"' || *c == '\'')) {
        const char *behind = skip_braces(c);
        c = behind > c ? behind : c + 1;
    }
    if (c >= end)
        return false;
    attribute->name.at = c;
    while (c < end && !strchr(blanks, *c) && *c != '=' && *c != '{' && *c != '/')
        c++;
    attribute->name.len = (size_t)(c - attribute->name.at);
    attribute->value = (struct html_span){c, 0};
    const char *equals = c;
    while (equals < end && strchr(blanks, *equals))
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
