#include "consent.h"

#include "../../lib/buf.h"
#include "../check/hint.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { VERSION_BYTES = 16, WORDS_CEILING = 256 * 1024 };

static json_t *member(const json_t *object, const char *key)
{
    return json_object_get(object, key);
}

static const json_t *settings_of(const struct site *site)
{
    return member(site->portal.draft, "consent");
}

/* A domain's own, else the portal's. */
static json_t *value_of(const json_t *base, const json_t *domain, const char *key)
{
    json_t *own = member(domain, key);
    return own ? own : member(base, key);
}

/* --- checks --------------------------------------------------------------------------------------------- */

/* The portal's domains by host. New. NULL: not all of them are known. */
static json_t *hosts_of(const struct site *site)
{
    const json_t *domains = member(site->portal.draft, "domains");
    json_t *hosts = json_is_array(domains) ? json_object() : NULL;
    for (size_t i = 0; hosts && i < json_array_size(domains); i++) {
        const char *host = json_string_value(member(json_array_get(domains, i), "host"));
        if (host) {
            json_object_set_new(hosts, host, json_true());
        } else {
            json_decref(hosts);
            hosts = NULL;
        }
    }
    return hosts;
}

static void check_domain(const struct site *site, const json_t *base, size_t at, json_t *hosts,
                         struct diag *diag)
{
    const json_t *domains = member(base, "domains"), *domain = json_array_get(domains, at);
    const char *host = json_string_value(member(domain, "host"));
    const char *pointer = arena_printf(site->arena, "/consent/domains/%zu/host", at);
    if (host && hosts && !member(hosts, host))
        settings_file_error(&site->portal, diag, pointer, "\"%s\" is none of the portal's \"domains\"%s",
                            host, hint_known(site->arena, host, hosts));
    for (size_t i = 0; i < at; i++)
        if (settings_same(host, json_string_value(member(json_array_get(domains, i), "host"))))
            settings_file_error(&site->portal, diag, pointer, "\"%s\" is listed twice; take one out", host);
    if (member(domain, "text") && !member(base, "text"))
        settings_file_error(&site->portal, diag, arena_printf(site->arena, "/consent/domains/%zu/text", at),
                            "a domain asks for consent, and \"consent\" itself has no \"text\": without "
                            "scripts, pages show that one, and nobody would be asked; give it one");
}

void consent_check(const struct site *site, struct diag *diag)
{
    const json_t *base = settings_of(site);
    size_t count = json_array_size(member(base, "domains"));
    json_t *hosts = hosts_of(site);
    for (size_t i = 0; i < count; i++)
        check_domain(site, base, i, hosts, diag);
    json_decref(hosts);
    if (json_is_true(member(base, "renew")) && !member(base, "text"))
        diag_error(diag, settings_file_at(&site->portal, "/consent/renew"),
                   "\"consent.renew\": there is no \"text\" beside it: what would people be asked to agree "
                   "to? Write one, or take \"renew\" out");
    if (member(base, "text") && !member(base, "label"))
        settings_file_error(&site->portal, diag, "/consent/text",
                            "there is no \"label\" beside it: what is the box called that is ticked? Write "
                            "\"label\": \"I agree\"");
}

/* --- the words ------------------------------------------------------------------------------------------ */

static void add_text(struct buf *out, const char *text)
{
    if (text)
        buf_addf(out, "%s%s", out->len > 0 ? "\n\n" : "", text);
}

static void add_words(struct buf *out, const struct site *site, const json_t *domain, const char *locale)
{
    static const char *const keys[] = {"notice", "text", "label", NULL};
    const json_t *base = settings_of(site);
    for (const char *const *key = keys; *key; key++)
        add_text(out, site_text(site, value_of(base, domain, *key), locale));
    size_t i;
    json_t *link;
    json_array_foreach(value_of(base, domain, "links"), i, link)
    {
        buf_addf(out, "%s%s <%s>", i > 0 ? "\n" : "\n\n", site_text(site, member(link, "label"), locale),
                 json_string_value(member(link, "url")));
    }
}

static void make_version(char version[2 * VERSION_BYTES + 1], const struct buf *words)
{
    unsigned char digest[VERSION_BYTES];
    crypto_generichash(digest, sizeof digest, (const unsigned char *)words->data, words->len, NULL, 0);
    sodium_bin2hex(version, 2 * VERSION_BYTES + 1, digest, sizeof digest);
}

static void compile(json_t *into, const struct site *site, const json_t *domain)
{
    char version[2 * VERSION_BYTES + 1];
    for (size_t i = 0; i < site->locale_count; i++) {
        struct buf words;
        buf_init(&words, WORDS_CEILING);
        add_words(&words, site, domain, site->locales[i]);
        make_version(version, &words);
        json_object_set_new(into, version, json_stringn(words.data, words.len));
        buf_release(&words);
    }
}

bool consent_renews(const struct site *site)
{
    const json_t *base = settings_of(site);
    return member(base, "text") && json_is_true(member(base, "renew"));
}

json_t *consent_compile(const struct site *site)
{
    const json_t *base = settings_of(site);
    json_t *all = json_object();
    size_t i;
    json_t *domain;
    if (!member(base, "text"))
        return all;
    compile(all, site, NULL);
    json_array_foreach(member(base, "domains"), i, domain) compile(all, site, domain);
    return all;
}

/* --- pages ---------------------------------------------------------------------------------------------- */

static void set_text(json_t *view, const char *key, const char *text)
{
    json_object_set_new(view, key, text ? json_string(text) : json_false());
}

/* With the language it is in beside it, where that is not the page's. */
static void set_local(json_t *view, const char *key, const struct site *site, const json_t *text,
                      const char *locale)
{
    const char *lang = site_text_lang(site, text, locale);
    char lang_key[16];
    snprintf(lang_key, sizeof lang_key, "%s_lang", key);
    set_text(view, key, site_text(site, text, locale));
    set_text(view, lang_key, lang);
}

static json_t *links_view(const struct site *site, const json_t *links, const char *locale)
{
    json_t *view = json_array();
    size_t i;
    json_t *link;
    json_array_foreach(links, i, link)
    {
        json_t *item = json_object();
        set_local(item, "label", site, member(link, "label"), locale);
        set_text(item, "url", json_string_value(member(link, "url")));
        json_array_append_new(view, item);
    }
    return view;
}

static json_t *variant_view(const struct site *site, const json_t *domain, size_t index, const char *locale)
{
    char version[2 * VERSION_BYTES + 1];
    const json_t *base = settings_of(site);
    const char *host = json_string_value(member(domain, "host"));
    struct buf words;
    json_t *view = json_object();
    buf_init(&words, WORDS_CEILING);
    add_words(&words, site, domain, locale);
    make_version(version, &words);
    buf_release(&words);
    json_object_set_new(view, "host", json_string(host ? host : ""));
    json_object_set_new(view, "first", json_boolean(index == 0));
    json_object_set_new(view, "index", json_integer((json_int_t)index));
    set_local(view, "notice", site, value_of(base, domain, "notice"), locale);
    set_local(view, "text", site, value_of(base, domain, "text"), locale);
    set_local(view, "label", site, value_of(base, domain, "label"), locale);
    set_text(view, "version", version);
    json_object_set_new(view, "links", links_view(site, value_of(base, domain, "links"), locale));
    return view;
}

json_t *consent_view(const struct site *site, const char *locale)
{
    const json_t *base = settings_of(site), *domains = member(base, "domains");
    if (!member(base, "notice") && !member(base, "text") && json_array_size(domains) == 0)
        return json_false();
    json_t *variants = json_array();
    json_array_append_new(variants, variant_view(site, NULL, 0, locale));
    for (size_t i = 0; i < json_array_size(domains); i++)
        json_array_append_new(variants, variant_view(site, json_array_get(domains, i), i + 1, locale));
    return json_pack("{sb, sb, so}", "asks", member(base, "text") != NULL, "renew", consent_renews(site),
                     "variants", variants);
}
