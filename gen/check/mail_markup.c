#include "mail_markup.h"

#include "html.h"

#include <stdio.h>
#include <string.h>

enum { MAIL_MAX = 100 * 1024 };

const char *const mail_placeholders[] = {"portal", "number",  "subject", "author", "body",
                                         "url",    "name",    "minutes", "hours",  "days",
                                         "code",   "address", "device",  NULL};

struct check {
    const struct page_source *source;
    const char *file;
    struct diag *diag;
};

/* Of a tag; of what stands in a template word for word; of what it lacks. */
#define SAY_OF(check, tag, ...)                                                                              \
    diag_error((check)->diag, page_source_of((check)->source, (check)->file, tag), __VA_ARGS__)
#define SAY_AT(check, what, ...)                                                                             \
    diag_error((check)->diag, page_source_text((check)->source, (check)->file, what), __VA_ARGS__)
#define SAY(check, ...)                                                                                      \
    diag_error((check)->diag, page_source_end((check)->source, (check)->file), __VA_ARGS__)

static bool is_in(struct html_span name, const char *const *names)
{
    while (*names && !html_is_all(name, *names))
        names++;
    return *names != NULL;
}

static bool holds(struct html_span span, const char *word)
{
    return memmem(span.at, span.len, word, strlen(word)) != NULL;
}

/* The length of a {placeholder} within the span, and where it is; 0: none. */
static size_t placeholder_in(struct html_span span, const char **at)
{
    const char *end = span.at + span.len;
    for (*at = span.at; *at < end; (*at)++) {
        size_t len = **at == '{' ? strspn(*at + 1, "abcdefghijklmnopqrstuvwxyz_") : 0;
        if (len > 0 && (*at)[len + 1] == '}')
            return len + 2;
    }
    return 0;
}

static bool loads(struct html_span name, struct html_span value)
{
    static const char *const keys[] = {"src", "srcset", "background", "poster", "data", NULL};
    return (is_in(name, keys) && value.len > 0) || (html_is_all(name, "style") && holds(value, "url("));
}

static void check_attribute(const struct check *check, const struct html_tag *tag,
                            const struct html_attribute *attribute)
{
    const char *at;
    size_t len = placeholder_in(attribute->value, &at);
    bool link = html_is_all(attribute->name, "href") && html_is_all(attribute->value, "{url}");
    char before = attribute->value.at[-1];
    if (len > 0 && (!link || (before != '"' && before != '\'')))
        SAY_OF(check, tag,
               "%.*s stands in the attribute \"%.*s\" of <%.*s>; only href=\"{url}\" may hold one", (int)len,
               at, (int)attribute->name.len, attribute->name.at, (int)tag->name.len, tag->name.at);
    if (loads(attribute->name, attribute->value))
        SAY_OF(check, tag,
               "<%.*s> loads \"%.*s\", and tells its server that the mail was opened; mails load nothing",
               (int)tag->name.len, tag->name.at, (int)attribute->value.len, attribute->value.at);
}

static void check_tag(const struct check *check, const struct html_tag *tag)
{
    static const char *const never[] = {"script", "iframe",   "object", "embed", "form",  "input", "button",
                                        "select", "textarea", "link",   "base",  "video", "audio", NULL};
    struct html_attribute attribute;
    const char *at;
    if (tag->end)
        return;
    if (is_in(tag->name, never))
        SAY_OF(check, tag, "<%.*s> does nothing in a mail; say it in words, or link to a page",
               (int)tag->name.len, tag->name.at);
    if (html_is_all(tag->name, "html") && (!html_has(tag, "lang") || !html_has(tag, "dir")))
        SAY_OF(check, tag,
               "want <html lang=\"{{locale.tag}}\" dir=\"{{locale.dir}}\">: who hears it needs the language");
    if (html_is_all(tag->name, "style") && (placeholder_in(tag->raw, &at) > 0 || holds(tag->raw, "url(") ||
                                            holds(tag->raw, "@import") || holds(tag->raw, "@font-face")))
        SAY_OF(check, tag, "a <style> of a mail can neither hold placeholders nor load anything");
    for (size_t from = 0; html_attribute(tag, &from, &attribute);)
        check_attribute(check, tag, &attribute);
}

/* What a mail is for, its HTML must have, too. */
static void check_same(const struct check *check, const char *text, const char *html)
{
    static const char *const wanted[] = {"{body}", "{code}"};
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        if (strstr(text, wanted[i]) && !strstr(html, wanted[i]))
            SAY(check, "the text of a mail has %s, its HTML does not", wanted[i]);
    }
    if (strstr(text, "{url}") && !strstr(html, "href=\"{url}\"") && !strstr(html, "href='{url}'"))
        SAY(check, "want a link, href=\"{url}\", since the text of a mail has {url}");
}

static bool is_known(const char *name, size_t len)
{
    const char *const *known = mail_placeholders;
    while (*known && (strlen(*known) != len || memcmp(*known, name, len) != 0))
        known++;
    return *known != NULL;
}

/* <!--if body-->..<!--end-->, none within another. */
static void check_conditions(const struct check *check, const char *html)
{
    static const char open[] = "<!--if ";
    for (const char *at = html; (at = strstr(at, open));) {
        char whole[64];
        at += strlen(open);
        size_t len = strcspn(at, " -");
        snprintf(whole, sizeof whole, "%s%.*s", open, (int)len, at);
        const char *end = strstr(at, "<!--end-->"), *next = strstr(at, open);
        if (strncmp(at + len, "-->", 3) != 0 || !is_known(at, len))
            SAY_AT(check, whole, "\"<!--if %.*s\": want <!--if body--> or another placeholder's name",
                   (int)len, at);
        if (!end || (next && next < end))
            SAY_AT(check, whole, "\"<!--if %.*s-->\" has no <!--end--> of its own", (int)len, at);
    }
}

void mail_markup_check(const struct page_source *source, const char *file, const char *locale,
                       const char *text, const char *html, struct diag *diag)
{
    const struct check check = {source, file, diag};
    struct html_tag tag;
    for (const char *at = html; html_next(&at, &tag);)
        check_tag(&check, &tag);
    check_same(&check, text, html);
    check_conditions(&check, html);
    if (strlen(html) > MAIL_MAX)
        SAY(&check, "in \"%s\": the HTML has %zu bytes; programs cut off what is over %d", locale,
            strlen(html), MAIL_MAX);
}
