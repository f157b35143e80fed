#include "rewrite.h"

#include "../check/html.h"

#include <string.h>
#include <strings.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool begins(struct html_span span, const char *text)
{
    return span.len >= strlen(text) && memcmp(span.at, text, strlen(text)) == 0;
}

static bool has(const struct html_tag *tag, const char *name, const char *value)
{
    struct html_span found;
    return html_value(tag, name, &found) && html_is_all(found, value);
}

static bool holds_address(struct html_span name)
{
    static const char *const names[] = {"href", "src", "action", "formaction", "value", "poster", NULL};
    for (const char *const *one = names; *one; one++) {
        if (html_is_all(name, *one))
            return true;
    }
    return begins(name, "data-");
}

static bool is_api(const struct rewrite *rewrite, struct html_span value)
{
    size_t len = strlen(rewrite->api);
    return begins(value, rewrite->api) && (value.len == len || strchr("/?#", value.at[len]));
}

static void add_address(const struct rewrite *rewrite, struct html_span value, struct buf *out)
{
    if (is_api(rewrite, value)) {
        buf_adds(out, rewrite->api_instead);
        value.at += strlen(rewrite->api);
        value.len -= strlen(rewrite->api);
    } else if (begins(value, rewrite->assets)) {
        buf_adds(out, rewrite->asset_prefix);
    } else if (begins(value, rewrite->slug) && !begins(value, "//")) {
        buf_adds(out, rewrite->page_prefix);
    }
    buf_add(out, value.at, value.len);
}

static void add_value(const struct rewrite *rewrite, const struct html_tag *tag,
                      const struct html_attribute *attribute, struct buf *out)
{
    struct html_span value = attribute->value;
    if (rewrite->rtl && html_is_all(tag->name, "html") && html_is_all(attribute->name, "dir"))
        buf_adds(out, "rtl");
    else if (rewrite->scheme && html_is_all(attribute->name, "content") && has(tag, "name", "color-scheme"))
        buf_adds(out, rewrite->scheme);
    else if (rewrite->scheme && html_is_all(attribute->name, "media"))
        rewrite_css(rewrite->scheme, value.at, value.len, out);
    else if (holds_address(attribute->name))
        add_address(rewrite, value, out);
    else
        buf_add(out, value.at, value.len);
}

/* The attributes, with all that stands between them as it is. What is left of them is at the return value. */
static const char *add_attributes(const struct rewrite *rewrite, const struct html_tag *tag, struct buf *out)
{
    const char *done = tag->inner.at;
    struct html_attribute attribute;
    for (size_t at = 0; html_attribute(tag, &at, &attribute);) {
        bool gone =
            rewrite->scheme && html_is_all(attribute.name, "integrity"); /* it speaks of other bytes */
        const char *until = gone ? attribute.name.at - is_blank(attribute.name.at[-1]) : attribute.value.at;
        buf_add(out, done, (size_t)(until - done));
        done = gone ? tag->inner.at + at : attribute.value.at + attribute.value.len;
        if (!gone)
            add_value(rewrite, tag, &attribute, out);
    }
    return done;
}

void rewrite_html(const struct rewrite *rewrite, const char *html, struct buf *out)
{
    struct html_tag tag;
    const char *done = html;
    for (const char *at = html; html_next(&at, &tag);) {
        const char *end = tag.inner.at + tag.inner.len;
        if (*end != '>') /* one that never ends is none */
            break;
        buf_add(out, done, (size_t)(tag.at - done));
        done = tag.at;
        if (tag.end && html_is(tag.name, "head")) {
            buf_adds(out, rewrite->head);
        } else if (rewrite->no_preloads && html_is(tag.name, "link") && has(&tag, "as", "fetch")) {
            done = end + 1;
        } else if (!tag.end) {
            buf_add(out, tag.at, (size_t)(tag.inner.at - tag.at));
            done = add_attributes(rewrite, &tag, out);
        }
    }
    buf_adds(out, done);
}

/* --- styles ------------------------------------------------------------------------------------------------
 */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static const char *skip_space(const char *at, const char *end)
{
    while (at < end && is_blank(*at))
        at++;
    return at;
}

static struct html_span word(const char *at, const char *end, const char *stop)
{
    struct html_span span = {at, 0};
    while (at + span.len < end && !is_blank(at[span.len]) && !strchr(stop, at[span.len]))
        span.len++;
    return span;
}

/* What a scheme's query becomes: one that always or never holds. */
static const char *settled(struct html_span asked, const char *scheme)
{
    return html_is_all(asked, scheme) ? "(width >= 0px)" : "(width < 0px)";
}

/* "(prefers-color-scheme: dark)" at `at`. What follows it; NULL: it is something else. */
static const char *settle_query(const char *at, const char *end, const char *scheme, struct buf *out)
{
    static const char name[] = "(prefers-color-scheme";
    if ((size_t)(end - at) < sizeof name || memcmp(at, name, sizeof name - 1) != 0)
        return NULL;
    at = skip_space(at + sizeof name - 1, end);
    if (at == end || *at != ':')
        return NULL;
    at = skip_space(at + 1, end);
    struct html_span asked = word(at, end, ")");
    at = skip_space(at + asked.len, end);
    if (at == end || *at != ')')
        return NULL;
    buf_adds(out, settled(asked, scheme));
    return at + 1;
}

/* "color-scheme: light dark" at `at`, in either order. */
static const char *settle_property(const char *at, const char *end, const char *scheme, struct buf *out)
{
    static const char name[] = "color-scheme";
    if ((size_t)(end - at) < sizeof name || memcmp(at, name, sizeof name - 1) != 0)
        return NULL;
    at = skip_space(at + sizeof name - 1, end);
    if (at == end || *at != ':')
        return NULL;
    struct html_span first = word(skip_space(at + 1, end), end, ";}!");
    struct html_span second = word(skip_space(first.at + first.len, end), end, ";}!");
    if (!(html_is_all(first, "light") && html_is_all(second, "dark")) &&
        !(html_is_all(first, "dark") && html_is_all(second, "light")))
        return NULL;
    buf_addf(out, "%s: %s", name, scheme);
    return second.at + second.len;
}

/* ":target" at `at`: the grid marks what is aimed at, since a fragment would move the grid itself. */
static const char *widen_target(const char *at, const char *end, struct buf *out)
{
    static const char name[] = ":target";
    if ((size_t)(end - at) < sizeof name - 1 || memcmp(at, name, sizeof name - 1) != 0)
        return NULL;
    at += sizeof name - 1;
    if (at < end && (is_letter(*at) || *at == '-'))
        return NULL;
    buf_adds(out, ":is(:target, [data-preview-target])");
    return at;
}

void rewrite_css(const char *scheme, const char *css, size_t len, struct buf *out)
{
    const char *end = css + len;
    for (char before = '\0'; css < end; before = css[-1]) {
        const char *after = NULL;
        if (*css == '(')
            after = settle_query(css, end, scheme, out);
        else if (*css == ':' && before != ':')
            after = widen_target(css, end, out);
        else if (*css == 'c' && before != '-' && !is_letter(before))
            after = settle_property(css, end, scheme, out);
        if (!after) {
            buf_addc(out, *css);
            after = css + 1;
        }
        css = after;
    }
}
