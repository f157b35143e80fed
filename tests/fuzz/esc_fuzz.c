/*
 * Any bytes through every escaper: what comes out keeps to its context, and says what went in.
 */
#include "../../lib/esc.h"
#include "../../lib/utf8.h"

#include <ctype.h>
#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define must(holds) ((holds) ? (void)0 : abort())

typedef void escaper(struct buf *out, const char *text, size_t len);

static struct buf escaped(escaper *escape, const char *text, size_t len)
{
    struct buf out;
    buf_init(&out, 16 * 1024 * 1024);
    escape(&out, text, len);
    must(buf_ok(&out) && utf8_is_valid(out.data, out.len) && strlen(out.data) == out.len);
    return out;
}

/* The text with what is no character replaced: what an escaper can keep. */
static struct buf clean(const char *text, size_t len)
{
    struct buf out;
    buf_init(&out, 16 * 1024 * 1024);
    for (size_t at = 0, size; at < len; at += size) {
        uint32_t code;
        size = utf8_next(text + at, len - at, &code);
        if (code == UTF8_BAD)
            buf_adds(&out, "\xEF\xBF\xBD");
        else
            buf_add(&out, text + at, size);
    }
    return out;
}

static void html_check(const char *text, size_t len, const struct buf *wanted)
{
    static const char *const entities[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
    static const char meant[] = "&<>\"'";
    struct buf out = escaped(esc_html, text, len), back;
    buf_init(&back, out.len);
    for (size_t at = 0; at < out.len;) {
        size_t i = 0;
        must(!strchr("<>\"'", out.data[at]));
        if (out.data[at] != '&') {
            buf_addc(&back, out.data[at++]);
            continue;
        }
        while (i < 5 && strncmp(out.data + at, entities[i], strlen(entities[i])) != 0)
            i++;
        must(i < 5);
        buf_addc(&back, meant[i]);
        at += strlen(entities[i]);
    }
    must(memchr(text, 0, len) || (back.len == wanted->len && memcmp(back.data, wanted->data, back.len) == 0));
    buf_release(&back);
    buf_release(&out);
}

static void json_check(const char *text, size_t len, const struct buf *wanted)
{
    struct buf out = escaped(esc_json, text, len);
    must(!strpbrk(out.data, "<>&\n\r") && !strstr(out.data, "\xE2\x80\xA8"));
    json_t *value = json_loadb(out.data, out.len, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    must(json_is_string(value) && json_string_length(value) == wanted->len);
    must(memcmp(json_string_value(value), wanted->data, wanted->len) == 0);
    json_decref(value);
    buf_release(&out);
}

static void url_check(const char *text, size_t len, const struct buf *wanted)
{
    struct buf out = escaped(esc_url, text, len), back;
    buf_init(&back, out.len);
    for (const char *at = out.data; *at; at++) {
        must(isalnum((unsigned char)*at) || strchr("-._~%", *at));
        char hex[3] = {0};
        if (*at == '%')
            memcpy(hex, at + 1, 2);
        buf_addc(&back, *at == '%' ? (char)strtol(hex, NULL, 16) : *at);
        at += *at == '%' ? 2 : 0;
    }
    must(back.len == wanted->len && memcmp(back.data, wanted->data, back.len) == 0);
    buf_release(&back);
    buf_release(&out);
}

static void lines_check(const char *text, size_t len)
{
    static escaper *const escapers[] = {esc_line, esc_log, esc_filename};
    for (size_t i = 0; i < 3; i++) {
        struct buf out = escaped(escapers[i], text, len);
        uint32_t code;
        for (size_t at = 0; at < out.len;) {
            at += utf8_next(out.data + at, out.len - at, &code);
            must(!utf8_is_control(code) && !utf8_is_direction(code));
        }
        buf_release(&out);
    }
    struct buf name = escaped(esc_filename, text, len);
    must(strncmp(name.data, "filename=\"", 10) == 0 && name.len < 3000);
    const char *quote = strchr(name.data + 10, '"');
    must(quote && quote > name.data + 10 && strncmp(quote, "\"; filename*=UTF-8''", 20) == 0);
    must(!strpbrk(quote + 20, "\"; /\\"));
    buf_release(&name);
}

/* What a browser would make of the link (WHATWG URL): it drops spaces before and tabs and newlines within. */
static void link_check(const char *text)
{
    static const char *const bad[] = {
        "javascript:", "data:", "vbscript:", "blob:", "file:", "//", "/\\", "\\"};
    struct buf seen;
    buf_init(&seen, 1024 * 1024);
    if (!esc_url_is_safe(text))
        return;
    while (*text && (unsigned char)*text <= 0x20)
        text++;
    for (; *text; text++) {
        if (!strchr("\t\r\n", *text))
            buf_addc(&seen, *text);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        must(strncasecmp(seen.data, bad[i], strlen(bad[i])) != 0);
    buf_release(&seen);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + !size), *ended = calloc(1, size + 1);
    must(text && ended);
    if (size > 0) {
        memcpy(text, data, size);
        memcpy(ended, data, size);
    }
    struct buf wanted = clean(text, size);
    html_check(text, size, &wanted);
    json_check(text, size, &wanted);
    url_check(text, size, &wanted);
    lines_check(text, size);
    link_check(ended);
    buf_release(&wanted);
    free(text);
    free(ended);
    return 0;
}
