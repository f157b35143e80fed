#include "markup.h"

#include "html.h"

#include <string.h>
#include <strings.h>

struct markup {
    const char *file, *text;
    struct diag *diag;
};

static struct place place_of(const struct markup *markup, const char *at)
{
    return diag_place(markup->file, markup->text, at);
}

static bool begins_with(struct html_span span, const char *word)
{
    size_t len = strlen(word);
    return span.len >= len && strncasecmp(span.at, word, len) == 0;
}

static bool holds_word(struct html_span span, const char *word)
{
    for (size_t at = 0; at < span.len;) {
        size_t len = 0;
        while (at + len < span.len && !strchr(" \t\r\n\f", span.at[at + len]))
            len++;
        if (html_is_all((struct html_span){span.at + at, len}, word))
            return true;
        at += len + 1;
    }
    return false;
}

static bool is_elsewhere(struct html_span url)
{
    return begins_with(url, "http:") || begins_with(url, "https:") || begins_with(url, "//") ||
           begins_with(url, "data:");
}

static void check_source(const struct markup *markup, struct html_span url)
{
    if (is_elsewhere(url))
        diag_error(
            markup->diag, place_of(markup, url.at),
            "\"%.*s\" is never loaded: pages load only the portal's own files (Content-Security-Policy); "
            "put it beside the theme's",
            (int)url.len, url.at);
}

static void check_attribute(const struct markup *markup, const struct html_attribute *attribute)
{
    struct html_span name = attribute->name;
    if (html_is_all(name, "style"))
        diag_error(
            markup->diag, place_of(markup, name.at),
            "a style attribute is never applied (Content-Security-Policy); use a class and a file of css/");
    else if (name.len > 2 && begins_with(name, "on"))
        diag_error(markup->diag, place_of(markup, name.at),
                   "\"%.*s\" never runs (Content-Security-Policy); let a file of js/ listen", (int)name.len,
                   name.at);
    else if (html_is_all(name, "src") || html_is_all(name, "srcset") || html_is_all(name, "poster"))
        check_source(markup, attribute->value);
}

static bool is_data(const struct html_tag *tag)
{
    struct html_span type = {"", 0};
    html_value(tag, "type", &type);
    return begins_with(type, "application/") || begins_with(type, "text/template") ||
           html_is_all(type, "speculationrules");
}

static bool loads(const struct html_tag *link)
{
    static const char *const rels[] = {"stylesheet", "icon", "modulepreload", "manifest"};
    struct html_span rel = {"", 0};
    html_value(link, "rel", &rel);
    for (size_t i = 0; i < sizeof rels / sizeof rels[0]; i++) {
        if (holds_word(rel, rels[i]))
            return true;
    }
    return false;
}

static void check_element(const struct markup *markup, const struct html_tag *tag)
{
    struct html_span name = tag->name, href;
    if (html_is_all(name, "script") && !html_has(tag, "src") && !is_data(tag))
        diag_error(markup->diag, place_of(markup, tag->at),
                   "a script within a page never runs (Content-Security-Policy); make it a file of js/");
    else if (html_is_all(name, "style"))
        diag_error(
            markup->diag, place_of(markup, tag->at),
            "styles within a page are never applied (Content-Security-Policy); make them a file of css/");
    else if (html_is_all(name, "iframe") || html_is_all(name, "object") || html_is_all(name, "embed"))
        diag_error(markup->diag, place_of(markup, tag->at),
                   "<%.*s> is never shown (Content-Security-Policy); link to it instead", (int)name.len,
                   name.at);
    else if (html_is_all(name, "link") && loads(tag) && html_value(tag, "href", &href))
        check_source(markup, href);
}

/* What is shown unescaped has been made as HTML, by this program: "html", "article.html". */
static void check_unescaped(const struct markup *markup, const char *at, size_t len)
{
    while (len > 0 && (*at == ' ' || *at == '&' || *at == '{'))
        at++, len--;
    while (len > 0 && at[len - 1] == ' ')
        len--;
    bool made = len >= 4 && memcmp(at + len - 4, "html", 4) == 0 && (len == 4 || at[len - 5] == '.');
    if (!made)
        diag_error(markup->diag, place_of(markup, at),
                   "\"%.*s\" would be shown unescaped, as HTML, whatever somebody wrote into it; want "
                   "{{%.*s}}",
                   (int)len, at, (int)len, at);
}

void markup_check_unescaped(const char *file, const char *text, struct diag *diag)
{
    const struct markup markup = {file, text, diag};
    for (const char *at = text; (at = strstr(at, "{{"));) {
        const char *end = strstr(at += 2, "}}");
        if (!end)
            return;
        if (*at == '{' || *at == '&')
            check_unescaped(&markup, at, (size_t)(end - at));
        at = end + 2;
    }
}

void markup_check(const char *file, const char *text, struct diag *diag)
{
    const struct markup markup = {file, text, diag};
    struct html_tag tag;
    struct html_attribute attribute;
    for (const char *at = text; html_next(&at, &tag);) {
        if (tag.end)
            continue;
        for (size_t from = 0; html_attribute(&tag, &from, &attribute);)
            check_attribute(&markup, &attribute);
        check_element(&markup, &tag);
    }
}
