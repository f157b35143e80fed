#include "html.h"

#include <string.h>

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

static bool is_letter(char c)
{
    return small(c) >= 'a' && small(c) <= 'z';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static void add_to(char name[HTML_NAME_MAX], char c)
{
    size_t len = strlen(name);
    if (len + 1 < HTML_NAME_MAX) {
        name[len] = small(c);
        name[len + 1] = '\0';
    }
}

static bool is_one_of(const char *name, const char *const *names)
{
    while (*names && strcmp(*names, name) != 0)
        names++;
    return *names != NULL;
}

static bool is_url_key(const char *key)
{
    static const char *const keys[] = {"href", "src",  "action",     "formaction", "poster",
                                       "cite", "data", "xlink:href", NULL};
    return is_one_of(key, keys);
}

/* Its text is code: there, and in the attributes of which that holds, nothing can be escaped safely. */
static bool is_code_key(const char *key)
{
    return strncmp(key, "on", 2) == 0 || strcmp(key, "style") == 0 || strcmp(key, "srcdoc") == 0;
}

static bool is_code(const char *element)
{
    return strcmp(element, "script") == 0 || strcmp(element, "style") == 0;
}

static void end_tag(struct html_spot *spot)
{
    static const char *const plain[] = {"title", "textarea", NULL};
    spot->state = is_code(spot->element)            ? HTML_RAW
                  : is_one_of(spot->element, plain) ? HTML_PLAIN
                                                    : HTML_TEXT;
    spot->matched = 0;
}

static void begin_value(struct html_spot *spot, char quote)
{
    spot->state = quote ? HTML_VALUE : HTML_BARE;
    spot->quote = quote;
    spot->matched = 0;
    spot->url = is_url_key(spot->key) ? HTML_URL_START : HTML_NO_URL;
}

/* <meta content="5; url=..">: an address begins within the value. */
static void read_refresh(struct html_spot *spot, char c)
{
    static const char mark[] = "url=";
    if (strcmp(spot->element, "meta") != 0 || strcmp(spot->key, "content") != 0 || is_blank(c))
        return;
    spot->matched = small(c) == mark[spot->matched] ? spot->matched + 1 : small(c) == mark[0];
    if (spot->matched == strlen(mark)) {
        spot->url = HTML_URL_START;
        spot->matched = 0;
    }
}

static void read_url(struct html_spot *spot, char c)
{
    if (spot->url == HTML_NO_URL) {
        read_refresh(spot, c);
    } else if (strchr(":/?#", c)) {
        spot->scheme_cut |= c == ':' && spot->url == HTML_URL_TAGGED;
        spot->url = HTML_URL_LATER;
    } else if (spot->url == HTML_URL_START && !is_blank(c)) {
        spot->url = HTML_URL_SCHEME;
    }
}

static void read_value(struct html_spot *spot, char c)
{
    if (spot->state == HTML_VALUE ? c == spot->quote : is_blank(c))
        spot->state = HTML_BETWEEN;
    else if (spot->state == HTML_BARE && c == '>')
        end_tag(spot);
    else
        read_url(spot, c);
}

static void begin_key(struct html_spot *spot, char c)
{
    spot->state = HTML_KEY;
    spot->key[0] = '\0';
    add_to(spot->key, c);
}

/* In a tag, outside of values. */
static void read_tag(struct html_spot *spot, char c)
{
    if (c == '>')
        end_tag(spot);
    else if (is_blank(c) || c == '/')
        spot->state = spot->state == HTML_KEY || spot->state == HTML_BEHIND ? HTML_BEHIND : HTML_BETWEEN;
    else if (c == '=' && spot->state != HTML_BETWEEN && spot->state != HTML_NAME)
        spot->state = HTML_EQUALS;
    else if (spot->state == HTML_NAME)
        add_to(spot->element, c);
    else if (spot->state == HTML_KEY)
        add_to(spot->key, c);
    else if (spot->state == HTML_GLUED)
        begin_key(spot, '?'); /* it may belong to another name */
    else
        begin_key(spot, c);
}

static void read_open(struct html_spot *spot, char c)
{
    spot->element[0] = '\0';
    spot->matched = 0;
    spot->state = c == '/'               ? HTML_END
                  : c == '!' || c == '?' ? HTML_OTHER
                  : is_letter(c)         ? HTML_NAME
                                         : HTML_TEXT;
    if (spot->state == HTML_NAME)
        add_to(spot->element, c);
}

/* "<!" and then "--" begins a comment; anything else ends with the next ">". */
static void read_other(struct html_spot *spot, char c)
{
    spot->matched = c == '-' && spot->matched < 2 ? spot->matched + 1 : 3;
    if (spot->matched == 2) {
        spot->state = HTML_COMMENT;
        spot->matched = 0;
    } else if (c == '>') {
        spot->state = HTML_TEXT;
    }
}

static void read_comment(struct html_spot *spot, char c)
{
    if (c == '-')
        spot->matched = spot->matched < 2 ? spot->matched + 1 : 2;
    else if (c == '>' && spot->matched == 2)
        spot->state = HTML_TEXT;
    else
        spot->matched = 0;
}

/* Up to "</" and the element's own name. */
static void read_to_end(struct html_spot *spot, char c)
{
    size_t at = spot->matched;
    char wanted = at == 0 ? '<' : at == 1 ? '/' : spot->element[at - 2];
    spot->matched = small(c) == wanted ? spot->matched + 1 : c == '<';
    if (spot->matched >= 2 && spot->element[spot->matched - 2] == '\0')
        spot->state = HTML_END;
}

static void read_one(struct html_spot *spot, char c)
{
    switch (spot->state) {
    case HTML_TEXT:
        spot->state = c == '<' ? HTML_OPEN : HTML_TEXT;
        break;
    case HTML_OPEN:
        read_open(spot, c);
        break;
    case HTML_END:
        spot->state = c == '>' ? HTML_TEXT : HTML_END;
        break;
    case HTML_OTHER:
        read_other(spot, c);
        break;
    case HTML_COMMENT:
        read_comment(spot, c);
        break;
    case HTML_RAW:
    case HTML_PLAIN:
        read_to_end(spot, c);
        break;
    case HTML_VALUE:
    case HTML_BARE:
        read_value(spot, c);
        break;
    case HTML_EQUALS:
        if (c == '"' || c == '\'')
            begin_value(spot, c);
        else if (c == '>')
            end_tag(spot);
        else if (!is_blank(c))
            begin_value(spot, '\0');
        break;
    default:
        read_tag(spot, c);
    }
}

void html_read(struct html_spot *spot, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        read_one(spot, text[i]);
}

const char *html_refuses(const struct html_spot *spot, bool shows, bool raw)
{
    switch (spot->state) {
    case HTML_RAW:
        return "stands in <script> or <style>, where nothing can be escaped; let a data- attribute of an "
               "element say it";
    case HTML_BARE:
    case HTML_EQUALS:
        return "stands in an attribute without quotes; put quotes around its value";
    case HTML_OPEN:
    case HTML_NAME:
    case HTML_END:
        return shows || spot->state == HTML_OPEN ? "stands in the name of an element; write that out" : NULL;
    case HTML_BETWEEN:
    case HTML_GLUED:
    case HTML_KEY:
    case HTML_BEHIND:
        return shows ? "stands where an attribute's name would; write that out" : NULL;
    case HTML_OTHER:
        return shows ? "stands in <! >, where nothing can be escaped" : NULL;
    case HTML_VALUE:
        if (is_code_key(spot->key))
            return "stands in an attribute that is code, where nothing can be escaped; let a data- attribute "
                   "say it";
        if (shows && spot->key[0] == '?')
            return "stands in an attribute whose name is put together; write that out";
        return raw ? "shows HTML, but stands in an attribute; two braces escape it" : NULL;
    default:
        return NULL;
    }
}

void html_shown(struct html_spot *spot)
{
    if (spot->state == HTML_EQUALS)
        begin_value(spot, '\0');
    if (spot->state == HTML_VALUE && spot->url > HTML_URL_LATER)
        spot->url = HTML_URL_TAGGED;
}

static bool is_in_tag(uint8_t state)
{
    return state >= HTML_NAME && state <= HTML_BEHIND && state != HTML_END;
}

bool html_join(struct html_spot *spot, const struct html_spot *before)
{
    if (spot->state == before->state && (spot->state != HTML_VALUE || strcmp(spot->key, before->key) == 0)) {
        spot->url = spot->url > before->url ? spot->url : before->url;
        return spot->quote == before->quote || spot->state != HTML_VALUE;
    }
    if (!is_in_tag(spot->state) || !is_in_tag(before->state))
        return false;
    spot->state = HTML_GLUED;
    memcpy(spot->key, "?", sizeof "?");
    return true;
}
