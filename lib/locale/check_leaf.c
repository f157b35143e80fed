#include "internal.h"

#include <string.h>

/* --- where we are --- */

struct check_mark check_enter(struct check *check, const char *key)
{
    struct check_mark mark = {check->pointer.len, check->name.len};
    buf_addc(&check->pointer, '/');
    for (const char *at = key; *at; at++) {
        if (*at == '~' || *at == '/')
            buf_adds(&check->pointer, *at == '~' ? "~0" : "~1");
        else
            buf_addc(&check->pointer, *at);
    }
    if (check->name.len > 0)
        buf_addc(&check->name, '.');
    buf_adds(&check->name, key);
    check->depth++;
    return mark;
}

void check_leave(struct check *check, struct check_mark mark)
{
    buf_cut(&check->pointer, mark.pointer);
    buf_cut(&check->name, mark.name);
    check->depth--;
}

struct place check_here(const struct check *check, enum json_at at)
{
    return json_doc_place(check->doc, check->pointer.data, at);
}

/* --- placeholders --- */

static bool has_placeholder(const char *text, const char *placeholder, size_t len)
{
    size_t other;
    for (; (text = locale_placeholder(text, &other)); text += other)
        if (other == len && memcmp(text, placeholder, len) == 0)
            return true;
    return false;
}

static bool is_always_filled(const struct check *check, const char *placeholder, size_t len)
{
    const char *const *known = check->rules->always;
    for (; known && *known; known++)
        if (strlen(*known) == len && memcmp(*known, placeholder, len) == 0)
            return true;
    return false;
}

/* Does the form of this name say it in words, so that it needs no number? "Your only ticket". */
static bool may_say_in_words(const char *form)
{
    return form && strcmp(form, "other") != 0;
}

/* A text that is there but shows nothing is mostly one that somebody meant to write. */
static void check_shows(const struct check *check, const char *text)
{
    if (text[strspn(text, " \t\r\n")] == '\0')
        diag_warning(check->diag, check_here(check, JSON_AT_VALUE),
                     "\"%s\" is empty: nothing shows in its place", check->name.data);
}

/* The placeholders of `text` that `other` has not. The first of them in `first`; how many there are. */
static size_t count_alone(const struct check *check, const char *text, const char *other, const char **first,
                          size_t *first_len)
{
    size_t count = 0, len;
    for (const char *at = text; (at = locale_placeholder(at, &len)); at += len) {
        if (has_placeholder(other, at, len) || is_always_filled(check, at, len))
            continue;
        if (count++ > 0)
            continue;
        *first = at;
        *first_len = len;
    }
    return count;
}

static void report_each(const struct check *check, const char *text, const char *other, const char *before,
                        const char *after)
{
    size_t len;
    for (const char *at = text; (at = locale_placeholder(at, &len)); at += len)
        if (!has_placeholder(other, at, len) && !is_always_filled(check, at, len))
            diag_error(check->diag, check_here(check, JSON_AT_VALUE), "\"%s\" %s %.*s%s", check->name.data,
                       before, (int)len, at, after);
}

void check_text(struct check *check, const char *text, const char *reference, const char *form)
{
    const char *odd, *meant;
    size_t odd_len, meant_len;
    bool wanted = !may_say_in_words(form);
    check_shows(check, text);
    /* one that is lacking and one too many are mostly one that is misspelt */
    if (wanted && count_alone(check, reference, text, &meant, &meant_len) == 1 &&
        count_alone(check, text, reference, &odd, &odd_len) == 1) {
        diag_error(check->diag, check_here(check, JSON_AT_VALUE),
                   "\"%s\" has no placeholder %.*s to fill, and lacks %.*s: write that in its place",
                   check->name.data, (int)odd_len, odd, (int)meant_len, meant);
        return;
    }
    if (wanted)
        report_each(check, reference, text, "lacks the placeholder", "");
    report_each(check, text, reference, "has no placeholder", " to fill");
}

/* --- leaves --- */

static bool is_taken(const char *tag, const char *category)
{
    for (const char *const *taken = locale_plurals(tag); *taken; taken++)
        if (strcmp(*taken, category) == 0)
            return true;
    return strcmp(category, "other") == 0;
}

static void check_category(struct check *check, const json_t *forms, const char *category)
{
    if (json_object_get(forms, category))
        return;
    if (locale_is_rare(check->tag, category))
        diag_warning(check->diag, check_here(check, JSON_AT_VALUE),
                     "\"%s\" lacks the plural form \"%s\", which \"%s\" takes for whole millions",
                     check->name.data, category, check->tag);
    else
        diag_error(check->diag, check_here(check, JSON_AT_VALUE), "\"%s\" lacks the plural form \"%s\"",
                   check->name.data, category);
}

static void check_form(struct check *check, const char *category, const json_t *text, const char *reference)
{
    struct check_mark mark = check_enter(check, category);
    if (!locale_is_category(category))
        diag_error(check->diag, check_here(check, JSON_AT_KEY),
                   "\"%s\" is no plural form; want zero, one, two, few, many or other", check->name.data);
    else if (!json_is_string(text))
        diag_error(check->diag, check_here(check, JSON_AT_VALUE), "\"%s\" is no text", check->name.data);
    else if (!is_taken(check->tag, category))
        diag_warning(check->diag, check_here(check, JSON_AT_KEY),
                     "\"%s\" is a plural form that \"%s\" never takes", check->name.data, check->tag);
    else if (reference)
        check_text(check, json_string_value(text), reference, category);
    check_leave(check, mark);
}

void check_plural(struct check *check, const json_t *forms, const json_t *reference)
{
    const char *category;
    json_t *text;
    for (const char *const *taken = locale_plurals(check->tag); *taken; taken++)
        if (strcmp(*taken, "other") != 0)
            check_category(check, forms, *taken);
    check_category(check, forms, "other");
    json_object_foreach((json_t *)forms, category, text)
    {
        check_form(check, category, text, json_string_value(json_object_get(reference, "other")));
    }
}
