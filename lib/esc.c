#include "esc.h"

#include "utf8.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#define REPLACEMENT "\xEF\xBF\xBD" /* U+FFFD */

/*
 * All escapers below copy runs of bytes that need nothing, and stop only where a byte does: `special` is
 * that table for ASCII. Bytes over 0x7F are read as UTF-8 on the way.
 */
struct runs {
    struct buf *out;
    const char *text;
    size_t len;
    size_t run; /* where the run that is not copied yet begins */
    size_t at;
};

/* Copy what stands before `at` and go on after the `size` bytes there. */
static void runs_flush(struct runs *runs, size_t size)
{
    buf_add(runs->out, runs->text + runs->run, runs->at - runs->run);
    runs->at += size;
    runs->run = runs->at;
}

static void runs_replace(struct runs *runs, size_t size, const char *with)
{
    runs_flush(runs, size);
    buf_adds(runs->out, with);
}

static const char *html_entity(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return REPLACEMENT;
    }
}

/* HTML; of ASCII only the bytes of stop[] are looked at. */
static void html_escape(struct buf *out, const char *text, size_t len, const bool stop[128])
{
    struct runs runs = {out, text, len, 0, 0};
    for (;;) {
        size_t at = runs.at;
        while (at < len && (unsigned char)text[at] < 0x80 && !stop[(unsigned char)text[at]])
            at++;
        runs.at = at;
        if (at == len)
            break;
        uint32_t code;
        size_t size = utf8_next(text + at, len - at, &code);
        if (code == UTF8_BAD)
            runs_replace(&runs, size, REPLACEMENT);
        else if (code < 0x80)
            runs_replace(&runs, 1, html_entity((char)code));
        else
            runs.at += size;
    }
    runs_flush(&runs, 0);
}

void esc_html(struct buf *out, const char *text, size_t len)
{
    static const bool stop[128] = {
        [0] = true, ['&'] = true, ['<'] = true, ['>'] = true, ['"'] = true, ['\''] = true};
    html_escape(out, text, len, stop);
}

void esc_html_text(struct buf *out, const char *text, size_t len)
{
    static const bool stop[128] = {[0] = true, ['&'] = true, ['<'] = true, ['>'] = true, ['"'] = true};
    html_escape(out, text, len, stop);
}

static inline bool is_unreserved(unsigned char byte)
{
    return (unsigned char)((byte | 0x20) - 'a') < 26 || (unsigned char)(byte - '0') < 10 || byte == '-' ||
           byte == '.' || byte == '_' || byte == '~';
}

static void percent(struct buf *out, const char *bytes, size_t len)
{
    static const char hex[] = "0123456789ABCDEF";
    for (size_t at = 0; at < len; at++) {
        unsigned char byte = (unsigned char)bytes[at];
        buf_add(out, (char[]){'%', hex[byte >> 4], hex[byte & 15]}, 3);
    }
}

void esc_url(struct buf *out, const char *text, size_t len)
{
    struct runs runs = {out, text, len, 0, 0};
    while (runs.at < len) {
        if (is_unreserved((unsigned char)text[runs.at])) {
            runs.at++;
            continue;
        }
        uint32_t code;
        size_t at = runs.at;
        size_t size = utf8_next(text + at, len - at, &code);
        runs_flush(&runs, size);
        if (code == UTF8_BAD)
            percent(out, REPLACEMENT, 3);
        else
            percent(out, text + at, size);
    }
    runs_flush(&runs, 0);
}

/* What stands for itself in a URL: unreserved, reserved but for the brackets, and '%'. */
static bool is_of_url(unsigned char byte)
{
    static const bool reserved[256] = {['%'] = true, [':'] = true, ['/'] = true, ['?'] = true, ['#'] = true,
                                       ['@'] = true, ['!'] = true, ['$'] = true, ['('] = true, [')'] = true,
                                       ['*'] = true, ['+'] = true, [','] = true, [';'] = true, ['='] = true};
    return is_unreserved(byte) || reserved[byte];
}

void esc_href(struct buf *out, const char *url, size_t len)
{
    struct runs runs = {out, url, len, 0, 0};
    while (runs.at < len) {
        size_t at = runs.at;
        while (at < len && is_of_url((unsigned char)url[at]))
            at++;
        runs.at = at;
        if (at == len)
            break;
        unsigned char byte = (unsigned char)url[at];
        uint32_t code;
        if (byte == '&' || byte == '\'') {
            runs_replace(&runs, 1, html_entity((char)byte));
        } else {
            size_t size = utf8_next(url + at, len - at, &code);
            runs_flush(&runs, size);
            percent(out, code == UTF8_BAD ? REPLACEMENT : url + at, code == UTF8_BAD ? 3 : size);
        }
    }
    runs_flush(&runs, 0);
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

void esc_url_undo(char *url)
{
    char *out = url;
    for (const char *in = url; *in; in++) {
        int high = in[0] == '%' ? hex_digit(in[1]) : -1;
        int low = high >= 0 ? hex_digit(in[2]) : -1;
        if (low >= 0 && high * 16 + low != 0) {
            *out++ = (char)(high * 16 + low);
            in += 2;
        } else {
            *out++ = *in;
        }
    }
    *out = '\0';
}

static void json_escape(struct buf *out, uint32_t code)
{
    switch (code) {
    case '"':
        buf_adds(out, "\\\"");
        break;
    case '\\':
        buf_adds(out, "\\\\");
        break;
    case '\n':
        buf_adds(out, "\\n");
        break;
    case '\r':
        buf_adds(out, "\\r");
        break;
    case '\t':
        buf_adds(out, "\\t");
        break;
    default:
        buf_addf(out, "\\u%04x", (unsigned)code);
    }
}

static bool json_is_special(uint32_t code)
{
    return code < 0x20 || code == '"' || code == '\\' || code == '<' || code == '>' || code == '&' ||
           code == 0x7F || code == 0x2028 || code == 0x2029;
}

void esc_json(struct buf *out, const char *text, size_t len)
{
    struct runs runs = {out, text, len, 0, 0};
    buf_addc(out, '"');
    while (runs.at < len) {
        uint32_t code;
        size_t size = utf8_next(text + runs.at, len - runs.at, &code);
        if (code == UTF8_BAD) {
            runs_replace(&runs, size, REPLACEMENT);
        } else if (json_is_special(code)) {
            runs_flush(&runs, size);
            json_escape(out, code);
        } else {
            runs.at += size;
        }
    }
    runs_flush(&runs, 0);
    buf_addc(out, '"');
}

/* The name as a label: without what may not stand in one, and in valid UTF-8. */
static void filename_clean(struct buf *label, const char *name, size_t len)
{
    uint32_t code;
    for (size_t at = 0, size; at < len; at += size) {
        size = utf8_next(name + at, len - at, &code);
        if (code == UTF8_BAD)
            buf_adds(label, REPLACEMENT);
        else if (code == '/' || code == '\\')
            buf_addc(label, '_');
        else if (!utf8_is_control(code) && !utf8_is_direction(code))
            buf_add(label, name + at, size);
    }
    if (label->len == 0)
        buf_adds(label, "file");
}

/* Headers have little room at proxies: cut out of the middle, so that the ending still tells the kind. */
static void filename_shorten(struct buf *label)
{
    enum { NAME_MAX_CHARS = 150, ENDING_MAX = 16 };
    if (utf8_count(label->data, label->len) <= NAME_MAX_CHARS)
        return;
    const char *dot = memrchr(label->data, '.', label->len);
    size_t ending = dot ? label->len - (size_t)(dot - label->data) : 0;
    if (ending > ENDING_MAX)
        ending = 0;
    size_t kept = utf8_prefix(label->data, label->len - ending, NAME_MAX_CHARS - ending);
    memmove(label->data + kept, label->data + label->len - ending, ending);
    buf_cut(label, kept + ending);
}

/* Readers disagree about '%' in the quoted form (RFC 6266, appendix D). */
static void filename_fallback(struct buf *out, const struct buf *label)
{
    uint32_t code;
    for (size_t at = 0; at < label->len;) {
        at += utf8_next(label->data + at, label->len - at, &code);
        buf_addc(out, code >= 0x7F || code == '"' || code == '%' ? '_' : (char)code);
    }
}

void esc_filename(struct buf *out, const char *name, size_t len)
{
    struct buf label;
    buf_init(&label, len * 3 + sizeof "file");
    filename_clean(&label, name, len);
    filename_shorten(&label);
    buf_adds(out, "filename=\"");
    filename_fallback(out, &label);
    buf_adds(out, "\"; filename*=UTF-8''");
    esc_url(out, label.data, label.len);
    if (!buf_ok(&label))
        out->failed = true;
    buf_release(&label);
}

static void control_escape(struct buf *out, uint32_t code)
{
    if (code == '\n')
        buf_adds(out, "\\n");
    else if (code == '\r')
        buf_adds(out, "\\r");
    else if (code == '\t')
        buf_adds(out, "\\t");
    else
        buf_addf(out, code > 0xFF ? "\\u%04X" : "\\x%02X", (unsigned)code);
}

static void line_escape(struct buf *out, const char *text, size_t len, bool quoted)
{
    struct runs runs = {out, text, len, 0, 0};
    while (runs.at < len) {
        uint32_t code;
        size_t size = utf8_next(text + runs.at, len - runs.at, &code);
        if (code == UTF8_BAD) {
            runs_replace(&runs, size, REPLACEMENT);
        } else if (utf8_is_control(code) || utf8_is_direction(code)) {
            runs_flush(&runs, size);
            control_escape(out, code);
        } else if (quoted && (code == '"' || code == '\\')) {
            runs_replace(&runs, size, code == '"' ? "\\\"" : "\\\\");
        } else {
            runs.at += size;
        }
    }
    runs_flush(&runs, 0);
}

void esc_line(struct buf *out, const char *text, size_t len)
{
    line_escape(out, text, len, false);
}

static bool log_is_plain(const char *text, size_t len)
{
    for (size_t at = 0; at < len; at++) {
        unsigned char byte = (unsigned char)text[at];
        if (byte <= ' ' || byte >= 0x7F || byte == '"' || byte == '=' || byte == '\\')
            return false;
    }
    return len > 0;
}

void esc_log(struct buf *out, const char *text, size_t len)
{
    if (log_is_plain(text, len)) {
        buf_add(out, text, len);
        return;
    }
    buf_addc(out, '"');
    line_escape(out, text, len, true);
    buf_addc(out, '"');
}

/* The length of a scheme with its colon (RFC 3986, section 3.1); 0: the URL has none. */
static size_t scheme_length(const char *url)
{
    size_t len = strcspn(url, ":/?#");
    return url[len] == ':' ? len + 1 : 0;
}

bool esc_url_is_safe(const char *url)
{
    /* Browsers drop leading spaces and all tabs and newlines before they look for a scheme. */
    for (const char *at = url; *at; at++) {
        if ((unsigned char)*at < 0x20 || *at == 0x7F || *at == '\\')
            return false;
    }
    if (url[0] == ' ' || (url[0] == '/' && url[1] == '/'))
        return false;
    size_t scheme = scheme_length(url);
    if (scheme == 0)
        return true;
    if (strncasecmp(url, "http:", scheme) == 0 || strncasecmp(url, "https:", scheme) == 0)
        return url[scheme] == '/' && url[scheme + 1] == '/' && url[scheme + 2] != '\0' &&
               url[scheme + 2] != '/';
    return (strncasecmp(url, "mailto:", scheme) == 0 || strncasecmp(url, "tel:", scheme) == 0) &&
           url[scheme] != '\0';
}
