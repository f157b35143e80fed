#include "rewrite.h"

#include <string.h>
#include <strings.h>

enum { ATTRIBUTES_MAX = 48 };

/* A piece of the page. */
struct span {
    const char *at;
    size_t len;
};

struct attribute {
    struct span name;
    struct span value; /* as written, without its quotes; at NULL: it has none */
    char quote;        /* '\0': none */
};

struct tag {
    struct span name;
    struct attribute attributes[ATTRIBUTES_MAX];
    size_t count;
    bool closed; /* "/>" */
};

static bool is(struct span span, const char *text)
{
    return span.len == strlen(text) && strncasecmp(span.at, text, span.len) == 0;
}

static bool begins(struct span span, const char *text)
{
    return span.len >= strlen(text) && memcmp(span.at, text, strlen(text)) == 0;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static const char *skip_space(const char *at, const char *end)
{
    while (at < end && is_space(*at))
        at++;
    return at;
}

static struct span word(const char *at, const char *end, const char *stop)
{
    struct span span = {at, 0};
    while (at + span.len < end && !is_space(at[span.len]) && !strchr(stop, at[span.len]))
        span.len++;
    return span;
}

/* The value after a '='; NULL: it never ends. */
static const char *read_value(struct attribute *attribute, const char *at, const char *end)
{
    at = skip_space(at, end);
    if (at < end && (*at == '"' || *at == '\'')) {
        const char *close = memchr(at + 1, *at, (size_t)(end - at - 1));
        attribute->quote = *at;
        attribute->value = (struct span){at + 1, close ? (size_t)(close - at - 1) : 0};
        return close ? close + 1 : NULL;
    }
    attribute->value = word(at, end, ">");
    return at + attribute->value.len;
}

/* Read a tag from its name on. What follows it; NULL: it is none that can be read. */
static const char *read_tag(struct tag *tag, const char *at, const char *end)
{
    *tag = (struct tag){.name = word(at, end, "/>")};
    at += tag->name.len;
    for (;;) {
        at = skip_space(at, end);
        if (at == end)
            return NULL;
        if (*at == '>')
            return at + 1;
        if (*at == '/') {
            tag->closed = true;
            at++;
            continue;
        }
        if (tag->count == ATTRIBUTES_MAX)
            return NULL;
        struct attribute *attribute = &tag->attributes[tag->count++];
        attribute->name = word(at, end, "=>/");
        if (attribute->name.len == 0)
            return NULL;
        at += attribute->name.len;
        if (skip_space(at, end) < end && *skip_space(at, end) == '=')
            at = read_value(attribute, skip_space(at, end) + 1, end);
        if (!at)
            return NULL;
    }
}

static const struct attribute *attribute_of(const struct tag *tag, const char *name)
{
    for (size_t i = 0; i < tag->count; i++) {
        if (is(tag->attributes[i].name, name))
            return &tag->attributes[i];
    }
    return NULL;
}

static bool has(const struct tag *tag, const char *name, const char *value)
{
    const struct attribute *attribute = attribute_of(tag, name);
    return attribute && is(attribute->value, value);
}

static bool holds_address(struct span name)
{
    static const char *const names[] = {"href", "src", "action", "formaction", "value", "poster", NULL};
    for (const char *const *one = names; *one; one++) {
        if (is(name, *one))
            return true;
    }
    return begins(name, "data-");
}

static bool is_api(const struct rewrite *rewrite, struct span value)
{
    size_t len = strlen(rewrite->api);
    return begins(value, rewrite->api) && (value.len == len || strchr("/?#", value.at[len]));
}

static void add_address(const struct rewrite *rewrite, struct span value, struct buf *out)
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

static void add_value(const struct rewrite *rewrite, const struct tag *tag, const struct attribute *attribute,
                      struct buf *out)
{
    struct span value = attribute->value;
    if (rewrite->rtl && is(tag->name, "html") && is(attribute->name, "dir"))
        buf_adds(out, "rtl");
    else if (rewrite->scheme && is(attribute->name, "content") && has(tag, "name", "color-scheme"))
        buf_adds(out, rewrite->scheme);
    else if (rewrite->scheme && is(attribute->name, "media"))
        rewrite_css(rewrite->scheme, value.at, value.len, out);
    else if (holds_address(attribute->name))
        add_address(rewrite, value, out);
    else
        buf_add(out, value.at, value.len);
}

static void add_tag(const struct rewrite *rewrite, const struct tag *tag, struct buf *out)
{
    if (rewrite->no_preloads && is(tag->name, "link") && has(tag, "as", "fetch"))
        return;
    buf_addc(out, '<');
    buf_add(out, tag->name.at, tag->name.len);
    for (size_t i = 0; i < tag->count; i++) {
        const struct attribute *attribute = &tag->attributes[i];
        if (rewrite->scheme && is(attribute->name, "integrity"))
            continue; /* it speaks of other bytes */
        buf_addc(out, ' ');
        buf_add(out, attribute->name.at, attribute->name.len);
        if (!attribute->value.at)
            continue;
        buf_addc(out, '=');
        if (attribute->quote)
            buf_addc(out, attribute->quote);
        add_value(rewrite, tag, attribute, out);
        if (attribute->quote)
            buf_addc(out, attribute->quote);
    }
    buf_adds(out, tag->closed ? "/>" : ">");
}

/* The end of a comment that begins here; `end`: it has none. */
static const char *comment_end(const char *at, const char *end)
{
    const char *close = memmem(at, (size_t)(end - at), "-->", 3);
    return close ? close + 3 : end;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* What begins with a '<' at `at`, and what follows it. */
static const char *rewrite_markup(const struct rewrite *rewrite, const char *at, const char *end,
                                  struct buf *out)
{
    struct tag tag;
    const char *next = at + 1;
    if (end - at >= 4 && memcmp(at, "<!--", 4) == 0) {
        next = comment_end(at, end);
    } else if (end - at >= 7 && strncasecmp(at, "</head>", 7) == 0) {
        buf_adds(out, rewrite->head);
    } else if (next < end && is_letter(*next)) {
        const char *after = read_tag(&tag, next, end);
        if (after) {
            add_tag(rewrite, &tag, out);
            return after;
        }
    }
    buf_add(out, at, (size_t)(next - at));
    return next;
}

void rewrite_html(const struct rewrite *rewrite, const char *html, size_t len, struct buf *out)
{
    const char *end = html + len;
    while (html < end) {
        const char *tag = memchr(html, '<', (size_t)(end - html));
        size_t text = tag ? (size_t)(tag - html) : (size_t)(end - html);
        buf_add(out, html, text);
        html += text;
        if (tag)
            html = rewrite_markup(rewrite, tag, end, out);
    }
}

/* What a scheme's query becomes: one that always or never holds. */
static const char *settled(struct span asked, const char *scheme)
{
    return is(asked, scheme) ? "(width >= 0px)" : "(width < 0px)";
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
    struct span asked = word(at, end, ")");
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
    struct span first = word(skip_space(at + 1, end), end, ";}!");
    struct span second = word(skip_space(first.at + first.len, end), end, ";}!");
    if (!(is(first, "light") && is(second, "dark")) && !(is(first, "dark") && is(second, "light")))
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
