#include "html_text.h"

#include "../../lib/utf8.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { QUOTES_MAX = 8, NAME_MAX_LEN = 15, ENTITY_MAX_LEN = 10 };

struct page {
    const char *at, *end;
    struct buf *out;
    int quotes;      /* how many quotations are open */
    int quoted;      /* how many were when something was written last */
    int breaks;      /* line ends that are owed before the next word */
    bool blank;      /* so is a blank */
    bool begun;      /* something was written */
    bool line_begun; /* on this line */
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f';
}

static void owe_breaks(struct page *page, int count)
{
    page->breaks = page->breaks > count ? page->breaks : count;
    page->blank = false;
}

static void write_quotes(struct page *page, int count)
{
    for (int i = 0; i < count; i++)
        buf_addc(page->out, '>');
}

/* What is owed before something that is seen. */
static void settle(struct page *page)
{
    if (page->begun)
        for (; page->breaks > 0; page->breaks--) {
            buf_addc(page->out, '\n');
            page->line_begun = false;
            if (page->breaks > 1) /* a blank line is quoted when what is around it is */
                write_quotes(page, page->quoted < page->quotes ? page->quoted : page->quotes);
        }
    page->breaks = 0;
    if (!page->line_begun)
        write_quotes(page, page->quotes);
    if (page->line_begun ? page->blank : page->quotes > 0)
        buf_addc(page->out, ' ');
    page->blank = false;
    page->quoted = page->quotes;
    page->begun = page->line_begun = true;
}

static void put(struct page *page, const char *bytes, size_t len)
{
    settle(page);
    buf_add(page->out, bytes, len);
}

static void put_code(struct page *page, uint32_t code)
{
    char bytes[4];
    if (utf8_is_control(code) || code == 0xa0) {
        page->blank = true;
        return;
    }
    if (code >= 0xd800 && code < 0xe000)
        code = 0xfffd;
    put(page, bytes, utf8_put(bytes, code));
}

/* "&amp;", "&#8217;", "&#x2019;". False: no entity that is known, and nothing was taken. */
static bool take_entity(struct page *page)
{
    static const struct {
        const char *name;
        unsigned long code;
    } names[] = {{"amp", '&'},       {"lt", '<'},       {"gt", '>'},       {"quot", '"'},
                 {"apos", '\''},     {"nbsp", 0xa0},    {"rsquo", 0x2019}, {"lsquo", 0x2018},
                 {"rdquo", 0x201d},  {"ldquo", 0x201c}, {"ndash", 0x2013}, {"mdash", 0x2014},
                 {"hellip", 0x2026}, {"eacute", 0xe9},  {"egrave", 0xe8},  {"agrave", 0xe0},
                 {"ccedil", 0xe7},   {"ecirc", 0xea},   {"ocirc", 0xf4},   {"auml", 0xe4},
                 {"ouml", 0xf6},     {"uuml", 0xfc},    {"Auml", 0xc4},    {"Ouml", 0xd6},
                 {"Uuml", 0xdc},     {"szlig", 0xdf},   {"euro", 0x20ac},  {"laquo", 0xab},
                 {"raquo", 0xbb},    {"copy", 0xa9},    {"reg", 0xae},     {"ntilde", 0xf1}};
    char word[ENTITY_MAX_LEN + 1];
    size_t len = 0;
    const char *at = page->at + 1;
    while (at + len < page->end && len < ENTITY_MAX_LEN && at[len] != ';' && !is_blank(at[len]) && at[len])
        len++;
    if (at + len >= page->end || at[len] != ';' || len == 0)
        return false;
    memcpy(word, at, len);
    word[len] = '\0';
    unsigned long code = 0;
    if (word[0] == '#')
        code = word[1] == 'x' || word[1] == 'X' ? strtoul(word + 2, NULL, 16) : strtoul(word + 1, NULL, 10);
    for (size_t i = 0; word[0] != '#' && code == 0 && i < sizeof names / sizeof names[0]; i++)
        code = strcmp(names[i].name, word) == 0 ? names[i].code : 0;
    if (code == 0)
        return false;
    page->at = at + len + 1;
    put_code(page, code > 0x10ffff ? 0xfffd : (uint32_t)code);
    return true;
}

/* Behind the next '>' that is in no quotes; the end where there is none. */
static const char *tag_end(const char *at, const char *end)
{
    char quote = '\0';
    for (; at < end; at++) {
        if (quote)
            quote = *at == quote ? '\0' : quote;
        else if (*at == '>')
            return at + 1;
        else if (*at == '"' || *at == '\'')
            quote = *at;
    }
    return end;
}

static bool is_one_of(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (strcasecmp(name, *names) == 0)
            return true;
    return false;
}

/* Behind "</name", of what is not said to anybody. */
static void skip_to_end_of(struct page *page, const char *name)
{
    size_t len = strlen(name);
    for (; page->at < page->end; page->at++)
        if (*page->at == '<' && (size_t)(page->end - page->at) > len + 2 && page->at[1] == '/' &&
            strncasecmp(page->at + 2, name, len) == 0)
            break;
    page->at = tag_end(page->at, page->end);
}

static void take_comment(struct page *page)
{
    const char *close =
        page->at + 4 <= page->end ? memmem(page->at + 4, (size_t)(page->end - page->at - 4), "-->", 3) : NULL;
    page->at = close ? close + 3 : page->end;
}

static void take_tag(struct page *page)
{
    static const char *const unsaid[] = {"script",   "style", "head", "title",  "template",
                                         "noscript", "svg",   "math", "object", NULL};
    static const char *const paragraphs[] = {"p",  "h1", "h2", "h3",         "h4",    "h5",  "h6",
                                             "ul", "ol", "hr", "blockquote", "table", "pre", NULL};
    static const char *const lines[] = {"br", "div", "li", "tr", "dt", "dd", "section", "article", NULL};
    char name[NAME_MAX_LEN + 1];
    size_t len = 0;
    const char *at = page->at + 1;
    if (page->end - page->at >= 4 && memcmp(page->at, "<!--", 4) == 0) {
        take_comment(page);
        return;
    }
    bool closes = at < page->end && *at == '/';
    at += closes ? 1 : 0;
    while (at < page->end && len < NAME_MAX_LEN && !is_blank(*at) && *at != '>' && *at != '/')
        name[len++] = *at++;
    name[len] = '\0';
    page->at = tag_end(at, page->end);
    if (strcasecmp(name, "br") == 0)
        page->breaks += page->breaks < 2 ? 1 : 0;
    else if (is_one_of(name, paragraphs))
        owe_breaks(page, 2);
    else if (is_one_of(name, lines))
        owe_breaks(page, 1);
    else if (!closes && is_one_of(name, unsaid))
        skip_to_end_of(page, name);
    if (strcasecmp(name, "blockquote") == 0 && !closes)
        page->quotes += page->quotes < QUOTES_MAX ? 1 : 0;
    else if (strcasecmp(name, "blockquote") == 0)
        page->quotes -= page->quotes > 0 ? 1 : 0;
    else if (strcasecmp(name, "li") == 0 && !closes)
        put(page, "- ", 2);
}

static bool begins_tag(const struct page *page)
{
    char next = page->at + 1 < page->end ? page->at[1] : '\0';
    return next == '/' || next == '!' || next == '?' || (next >= 'a' && next <= 'z') ||
           (next >= 'A' && next <= 'Z');
}

void html_text(const char *html, size_t len, struct buf *out)
{
    struct page page = {.at = html, .end = html + len, .out = out};
    while (page.at < page.end) {
        if (*page.at == '<' && begins_tag(&page)) {
            take_tag(&page);
        } else if (*page.at == '&' && take_entity(&page)) {
            continue;
        } else if (is_blank(*page.at) || *page.at == '\0') {
            page.blank = true;
            page.at++;
        } else {
            put(&page, page.at++, 1);
        }
    }
}
