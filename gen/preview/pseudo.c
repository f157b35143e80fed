#include "pseudo.h"

#include <string.h>

enum { TEXT_CEILING = 1024 * 1024, SHORT = 14 };

static const char *const small[] = {"á", "ƀ", "ç", "đ", "é", "ƒ", "ĝ", "ĥ", "í", "ĵ", "ķ", "ļ", "ɱ",
                                    "ñ", "ó", "þ", "ǫ", "ŕ", "š", "ţ", "ú", "ṽ", "ŵ", "ẋ", "ý", "ž"};
static const char *const large[] = {"Å", "Ɓ", "Ç", "Đ", "É", "Ƒ", "Ĝ", "Ĥ", "Î", "Ĵ", "Ķ", "Ļ", "Ṁ",
                                    "Ñ", "Ö", "Þ", "Ǫ", "Ŕ", "Š", "Ţ", "Û", "Ṽ", "Ŵ", "Ẋ", "Ý", "Ž"};

static bool is_vowel(char c)
{
    return c != '\0' && strchr("aeiouAEIOU", c) != NULL;
}

/* Short texts grow the most when they are translated. */
static void add_letter(char c, bool is_short, struct buf *out)
{
    const char *letter = c >= 'a' ? small[c - 'a'] : large[c - 'A'];
    buf_adds(out, letter);
    for (int more = is_vowel(c) ? 1 + is_short : 0; more > 0; more--)
        buf_adds(out, small[(c | 0x20) - 'a']);
}

void pseudo_text(const char *text, struct buf *out)
{
    bool is_short = strlen(text) <= SHORT;
    if (!*text)
        return;
    buf_adds(out, "⟦");
    while (*text) {
        size_t placeholder = *text == '{' ? strcspn(text, "}") : 0;
        if (placeholder > 0 && text[placeholder] == '}') {
            buf_add(out, text, placeholder + 1);
            text += placeholder + 1;
        } else if ((*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z')) {
            add_letter(*text++, is_short, out);
        } else {
            buf_addc(out, *text++);
        }
    }
    buf_adds(out, "⟧");
}

static void change(json_t *text)
{
    struct buf out;
    buf_init(&out, TEXT_CEILING);
    pseudo_text(json_string_value(text), &out);
    if (buf_ok(&out))
        json_string_setn(text, out.data, out.len);
    buf_release(&out);
}

static bool is_one_of(const char *key, const char *const *keys)
{
    for (; *keys; keys++) {
        if (strcmp(key, *keys) == 0)
            return true;
    }
    return false;
}

/* Every text below the value, or only those that stand under one of the keys. */
static void change_below(json_t *value, const char *const *keys, bool named)
{
    const char *key;
    json_t *member;
    size_t i;
    if (json_is_string(value) && named)
        change(value);
    json_array_foreach(value, i, member) change_below(member, keys, named);
    json_object_foreach(value, key, member) change_below(member, keys, !keys || is_one_of(key, keys));
}

/* The strings are all text but the names of their plural forms. */
static void change_strings(json_t *strings)
{
    const char *key;
    json_t *value;
    size_t i;
    if (json_is_string(strings))
        change(strings);
    json_array_foreach(strings, i, value) change_strings(value);
    json_object_foreach(strings, key, value)
    {
        if (strcmp(key, "category") != 0)
            change_strings(value);
    }
}

/* Of the theme's settings the texts; what stands beside them may be shared. */
static void change_theme(json_t *shared, const json_t *settings)
{
    json_t *view = json_copy(json_object_get(shared, "theme")), *declared;
    const char *key;
    json_object_foreach((json_t *)settings, key, declared)
    {
        const char *type = json_string_value(json_object_get(declared, "type"));
        json_t *text = json_deep_copy(json_object_get(view, key));
        if (type && strcmp(type, "text") == 0 && json_is_string(text))
            change(text);
        if (text)
            json_object_set_new(view, key, text);
    }
    if (view)
        json_object_set_new(shared, "theme", view);
}

void pseudo_apply(json_t *shared, const json_t *settings)
{
    static const char *const of_portal[] = {"name", "form_menu", NULL};
    static const char *const labels[] = {"label", "title", "summary", "heading", "intro", "help", NULL};
    static const char *const parts[] = {"form", "pipelines", "sections", NULL};
    json_t *copy = json_deep_copy(json_object_get(shared, "t")); /* strings may be shared with the theme's */
    change_strings(copy);
    json_object_set_new(shared, "t", copy);
    copy = json_deep_copy(json_object_get(shared, "portal"));
    change_below(copy, of_portal, false);
    json_object_set_new(shared, "portal", copy);
    for (const char *const *part = parts; *part; part++) {
        copy = json_deep_copy(json_object_get(shared, *part));
        change_below(copy, labels, false);
        json_object_set_new(shared, *part, copy);
    }
    change_theme(shared, settings);
}
