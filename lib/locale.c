#include "locale.h"

#include "locale/internal.h"

#include <string.h>

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool all_lower(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!is_lower(text[i]))
            return false;
    return true;
}

bool locale_is_tag(const char *tag)
{
    size_t len = strlen(tag);
    if (len < 2 || !all_lower(tag, 2))
        return false;
    if (len == 2)
        return true;
    if (tag[2] != '-' || !is_upper(tag[3]))
        return false;
    return (len == 5 && is_upper(tag[4])) || (len == 7 && all_lower(tag + 4, 3));
}

static bool is_among(const char *const *list, const char *text, size_t len)
{
    for (; *list; list++)
        if (strlen(*list) == len && memcmp(*list, text, len) == 0)
            return true;
    return false;
}

const char *locale_dir(const char *tag)
{
    static const char *const scripts[] = {"Adlm", "Arab", "Aran", "Hebr", "Mand", "Nkoo",
                                          "Rohg", "Samr", "Syrc", "Thaa", NULL};
    static const char *const languages[] = {"ar",  "arc", "ckb", "dv", "fa",  "glk", "he", "iw", "ks", "lrc",
                                            "mzn", "nqo", "ps",  "sd", "syr", "ug",  "ur", "yi", NULL};
    size_t len = locale_language_len(tag);
    bool has_script = tag[len] == '-' && strcspn(tag + len + 1, "-") == 4;
    bool rtl = has_script ? is_among(scripts, tag + len + 1, 4) : is_among(languages, tag, len);
    return rtl ? "rtl" : "ltr";
}

const char *locale_name(const char *tag)
{
    const struct language *language = locale_language(tag);
    return language ? language->name : tag;
}

static const char *text_of(const json_t *by_language, const char *tag, size_t len)
{
    return json_string_value(json_object_getn(by_language, tag, len));
}

const char *locale_pick(const json_t *by_language, const char *tag, const char *site_default)
{
    const char *text = text_of(by_language, tag, strlen(tag));
    if (!text)
        text = text_of(by_language, tag, locale_language_len(tag));
    if (!text)
        text = text_of(by_language, "*", 1);
    if (!text && site_default)
        text = text_of(by_language, site_default, strlen(site_default));
    return text;
}
