/*
 * What was probably meant by a value that does not fit.
 */
#include "../locale.h"
#include "format.h"
#include "value.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

static void add_meant(struct buf *out, const char *text)
{
    buf_addf(out, "; did you mean \"%s\"?", text);
}

static bool is_ascii(const char *text)
{
    while (*text && (unsigned char)*text < 0x80)
        text++;
    return *text == '\0';
}

/* en_us, EN-US, zh-hans: near enough to guess the tag. Returns whether `tag` became one. */
static bool guess_tag(const char *text, char tag[static 16])
{
    size_t len = strlen(text), part = 0;
    if (len >= 16)
        return false;
    for (size_t i = 0; i <= len; i++) {
        bool first = part > 0 && i == part;
        tag[i] = (char)tolower((unsigned char)text[i]);
        if (text[i] == '_' || text[i] == '-') {
            part = i + 1;
            tag[i] = '-';
        } else if (first || (part > 0 && len - part == 2)) {
            tag[i] = (char)toupper((unsigned char)text[i]);
        }
    }
    return locale_is_tag(tag);
}

/* Mostly a URL stands where only its host is wanted, or capitals do. */
static void add_host_hint(struct buf *out, const char *text)
{
    const char *scheme = strstr(text, "://");
    const char *name = scheme ? scheme + 3 : text;
    struct buf host;
    buf_init(&host, 260);
    for (; *name && !strchr("/?#", *name); name++)
        buf_addc(&host, (char)tolower((unsigned char)*name));
    if (buf_ok(&host) && format_is_host(host.data))
        add_meant(out, host.data);
    else if (!is_ascii(text))
        buf_adds(out, "; write international names in their xn-- form");
    buf_release(&host);
}

/* A path whose only fault is a missing slash. */
static void add_slug_hint(struct buf *out, const char *text)
{
    struct buf slug;
    buf_init(&slug, 256);
    if (text[0] != '/')
        buf_addc(&slug, '/');
    buf_adds(&slug, text);
    if (slug.len > 0 && slug.data[slug.len - 1] != '/')
        buf_addc(&slug, '/');
    if (buf_ok(&slug) && format_is_slug(slug.data))
        add_meant(out, slug.data);
    buf_release(&slug);
}

/* An address whose only fault is a closing slash. */
static void add_api_hint(struct buf *out, const char *text)
{
    struct buf api;
    size_t len = strlen(text);
    while (len > 0 && text[len - 1] == '/')
        len--;
    buf_init(&api, 1024);
    buf_add(&api, text, len);
    if (buf_ok(&api) && format_is_api(api.data))
        add_meant(out, api.data);
    buf_release(&api);
}

/* An address whose only fault is what comes before or after it. */
static void add_issuer_hint(struct buf *out, const char *text)
{
    const char *rest = strstr(text, "://");
    struct buf issuer;
    buf_init(&issuer, 1024);
    rest = rest ? rest + 3 : text;
    buf_adds(&issuer, "https://");
    buf_add(&issuer, rest, strcspn(rest, "?#"));
    if (buf_ok(&issuer) && strchr(rest, '.') && format_is_issuer(issuer.data))
        add_meant(out, issuer.data);
    buf_release(&issuer);
}

/* A name where its id is wanted. */
static void add_id_hint(struct buf *out, const char *text)
{
    struct buf id;
    buf_init(&id, 128);
    for (; *text; text++)
        buf_addc(&id, strchr(" ./", *text) ? '-' : (char)tolower((unsigned char)*text));
    if (buf_ok(&id) && format_is_id(id.data))
        add_meant(out, id.data);
    buf_release(&id);
}

/* true and false are words of their own, not texts. */
static void add_bool_hint(struct buf *out, const char *text)
{
    static const char *const yes[] = {"true", "yes", "on", "1"}, *const no[] = {"false", "no", "off", "0"};
    for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++) {
        if (strcasecmp(text, yes[i]) == 0)
            buf_adds(out, "; write true, without quotes");
        if (strcasecmp(text, no[i]) == 0)
            buf_adds(out, "; write false, without quotes");
    }
}

/* A whole number in quotes. */
static void add_number_hint(struct buf *out, const char *text)
{
    size_t len = strspn(text, "0123456789");
    if (len > 0 && len < 19 && text[len] == '\0')
        buf_addf(out, "; write %s, without quotes", text);
}

void settings_add_hint(struct buf *out, const struct setting *row, const json_t *value)
{
    const char *text = json_string_value(value), *near = NULL;
    char tag[16];
    if (!text)
        return;
    if (row->type == SETTING_CHOICE)
        near = diag_nearest(text, row->choices);
    else if (row->type == SETTING_LOCALE && guess_tag(text, tag))
        near = tag;
    else if (row->type == SETTING_HOST)
        add_host_hint(out, text);
    else if (row->type == SETTING_SLUG)
        add_slug_hint(out, text);
    else if (row->type == SETTING_API)
        add_api_hint(out, text);
    else if (row->type == SETTING_ISSUER)
        add_issuer_hint(out, text);
    else if (row->type == SETTING_ID)
        add_id_hint(out, text);
    else if (row->type == SETTING_BOOL)
        add_bool_hint(out, text);
    else if (row->type == SETTING_INT)
        add_number_hint(out, text);
    if (near)
        add_meant(out, near);
}
