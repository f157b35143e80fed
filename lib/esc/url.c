/* URLs: their parts, whole ones, and which of them may be linked to. */
#include "../esc.h"

#include "../utf8.h"
#include "runs.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

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
            runs_replace(&runs, 1, byte == '&' ? "&amp;" : "&#39;");
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
