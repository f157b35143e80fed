#include "markup.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

struct span {
    const char *at;
    size_t len;
};

struct markup {
    const char *file, *text;
    struct diag *diag;
};

/* What an element's attributes say, as far as it matters. */
struct element {
    struct span name;
    struct span type, rel, href;
    bool has_src;
};

static struct place place_of(const struct markup *markup, const char *at)
{
    return diag_place(markup->file, markup->text, at);
}

static bool is(struct span span, const char *word)
{
    return span.len == strlen(word) && strncasecmp(span.at, word, span.len) == 0;
}

static bool begins_with(struct span span, const char *word)
{
    size_t len = strlen(word);
    return span.len >= len && strncasecmp(span.at, word, len) == 0;
}

static bool holds_word(struct span span, const char *word)
{
    for (size_t at = 0; at < span.len;) {
        size_t len = 0;
        while (at + len < span.len && !isspace((unsigned char)span.at[at + len]))
            len++;
        if (is((struct span){span.at + at, len}, word))
            return true;
        at += len + 1;
    }
    return false;
}

/* Behind the tag of a template that begins at `at`, or the same when none does. */
static const char *skip_tag(const char *at)
{
    if (strncmp(at, "{{", 2) != 0)
        return at;
    const char *end = strstr(at, "}}");
    return end ? end + 2 : at + strlen(at);
}

static bool is_elsewhere(struct span url)
{
    return begins_with(url, "http:") || begins_with(url, "https:") || begins_with(url, "//") ||
           begins_with(url, "data:");
}

static void check_source(const struct markup *markup, struct span url)
{
    if (is_elsewhere(url))
        diag_error(
            markup->diag, place_of(markup, url.at),
            "\"%.*s\" is never loaded: pages load only the portal's own files (Content-Security-Policy); "
            "put it beside the theme's",
            (int)url.len, url.at);
}

static void take_attribute(const struct markup *markup, struct element *element, struct span name,
                           struct span value)
{
    if (is(name, "style"))
        diag_error(
            markup->diag, place_of(markup, name.at),
            "a style attribute is never applied (Content-Security-Policy); use a class and a file of css/");
    else if (name.len > 2 && begins_with(name, "on"))
        diag_error(markup->diag, place_of(markup, name.at),
                   "\"%.*s\" never runs (Content-Security-Policy); let a file of js/ listen", (int)name.len,
                   name.at);
    else if (is(name, "src") || is(name, "srcset") || is(name, "poster"))
        check_source(markup, value);
    if (is(name, "src"))
        element->has_src = true;
    else if (is(name, "type"))
        element->type = value;
    else if (is(name, "rel"))
        element->rel = value;
    else if (is(name, "href"))
        element->href = value;
}

/* The value behind a "=", in quotes or bare; moves `*at` behind it. */
static struct span read_value(const char **at)
{
    const char *c = *at + strspn(*at, " \t\r\n");
    char quote = *c == '"' || *c == '\'' ? *c++ : '\0';
    const char *start = c;
    while (*c && (quote ? *c != quote : !isspace((unsigned char)*c) && *c != '>')) {
        const char *behind = skip_tag(c);
        c = behind > c ? behind : c + 1;
    }
    *at = quote && *c ? c + 1 : c;
    return (struct span){start, (size_t)(c - start)};
}

/* From behind the element's name to behind its ">". */
static const char *read_attributes(const struct markup *markup, struct element *element, const char *at)
{
    while (*at && *at != '>') {
        const char *behind = skip_tag(at);
        struct span name = {at,
                            strspn(at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_:")};
        if (behind > at || name.len == 0) {
            at = behind > at ? behind : at + 1;
            continue;
        }
        struct span value = {at, 0};
        at += name.len;
        const char *equals = at + strspn(at, " \t\r\n");
        if (*equals == '=') {
            at = equals + 1;
            value = read_value(&at);
        }
        take_attribute(markup, element, name, value);
    }
    return *at ? at + 1 : at;
}

static bool is_data(struct span type)
{
    return begins_with(type, "application/") || begins_with(type, "text/template") ||
           is(type, "speculationrules");
}

static void check_element(const struct markup *markup, const struct element *element)
{
    const char *start = element->name.at - 1;
    if (is(element->name, "script") && !element->has_src && !is_data(element->type))
        diag_error(markup->diag, place_of(markup, start),
                   "a script within a page never runs (Content-Security-Policy); make it a file of js/");
    else if (is(element->name, "style"))
        diag_error(
            markup->diag, place_of(markup, start),
            "styles within a page are never applied (Content-Security-Policy); make them a file of css/");
    else if (is(element->name, "iframe") || is(element->name, "object") || is(element->name, "embed"))
        diag_error(markup->diag, place_of(markup, start),
                   "<%.*s> is never shown (Content-Security-Policy); link to it instead",
                   (int)element->name.len, element->name.at);
    else if (is(element->name, "link") &&
             (holds_word(element->rel, "stylesheet") || holds_word(element->rel, "icon") ||
              holds_word(element->rel, "modulepreload") || holds_word(element->rel, "manifest")))
        check_source(markup, element->href);
}

/* An element that begins at `at`; returns where to read on. Scripts and styles hold no markup. */
static const char *read_element(const struct markup *markup, const char *at)
{
    struct element element = {.name = {at + 1, 0}, .type = {"", 0}, .rel = {"", 0}, .href = {"", 0}};
    while (isalnum((unsigned char)element.name.at[element.name.len]) ||
           element.name.at[element.name.len] == '-')
        element.name.len++;
    at = read_attributes(markup, &element, element.name.at + element.name.len);
    check_element(markup, &element);
    const char *end = is(element.name, "script")  ? strcasestr(at, "</script")
                      : is(element.name, "style") ? strcasestr(at, "</style")
                                                  : NULL;
    return end ? end : at;
}

void markup_check(const char *file, const char *text, struct diag *diag)
{
    const struct markup markup = {file, text, diag};
    for (const char *at = text; *at;) {
        const char *behind = skip_tag(at);
        if (behind > at) {
            at = behind;
        } else if (strncmp(at, "<!--", 4) == 0) {
            const char *end = strstr(at, "-->");
            at = end ? end + 3 : at + strlen(at);
        } else if (*at == '<' && isalpha((unsigned char)at[1])) {
            at = read_element(&markup, at);
        } else {
            at++;
        }
    }
}
