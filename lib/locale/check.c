#include "internal.h"

#include <stdlib.h>
#include <string.h>

enum { DEPTH_MAX = 64, PATH_MAX_BYTES = 16 * 1024 };

struct check {
    const struct json_doc *doc;
    const char *tag;
    const struct locale_rules *rules;
    struct diag *diag;
    struct buf pointer; /* where we are, as JSON Pointer */
    struct buf name;    /* and as people say it: list.title */
    int depth;
};

struct mark {
    size_t pointer, name;
};

static struct mark enter(struct check *check, const char *key)
{
    struct mark mark = {check->pointer.len, check->name.len};
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

static void leave(struct check *check, struct mark mark)
{
    buf_cut(&check->pointer, mark.pointer);
    buf_cut(&check->name, mark.name);
    check->depth--;
}

static struct place here(const struct check *check, enum json_at at)
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

/* `form`: which plural form the text is; NULL: a plain text. */
static void check_placeholders(struct check *check, const char *text, const char *reference, const char *form)
{
    size_t len;
    for (const char *at = reference; (at = locale_placeholder(at, &len)); at += len)
        if (!may_say_in_words(form) && !has_placeholder(text, at, len) && !is_always_filled(check, at, len))
            diag_error(check->diag, here(check, JSON_AT_VALUE), "\"%s\" lacks the placeholder %.*s",
                       check->name.data, (int)len, at);
    for (const char *at = text; (at = locale_placeholder(at, &len)); at += len)
        if (!has_placeholder(reference, at, len) && !is_always_filled(check, at, len))
            diag_error(check->diag, here(check, JSON_AT_VALUE), "\"%s\" has no placeholder %.*s to fill",
                       check->name.data, (int)len, at);
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
        diag_warning(check->diag, here(check, JSON_AT_VALUE),
                     "\"%s\" lacks the plural form \"%s\", which \"%s\" takes for whole millions",
                     check->name.data, category, check->tag);
    else
        diag_error(check->diag, here(check, JSON_AT_VALUE), "\"%s\" lacks the plural form \"%s\"",
                   check->name.data, category);
}

static void check_form(struct check *check, const char *category, const json_t *text, const char *reference)
{
    struct mark mark = enter(check, category);
    if (!locale_is_category(category))
        diag_error(check->diag, here(check, JSON_AT_KEY),
                   "\"%s\" is no plural form; want zero, one, two, few, many or other", check->name.data);
    else if (!json_is_string(text))
        diag_error(check->diag, here(check, JSON_AT_VALUE), "\"%s\" is no text", check->name.data);
    else if (!is_taken(check->tag, category))
        diag_warning(check->diag, here(check, JSON_AT_KEY), "\"%s\" is a plural form that \"%s\" never takes",
                     check->name.data, check->tag);
    else if (reference)
        check_placeholders(check, json_string_value(text), reference, category);
    leave(check, mark);
}

static void check_plural(struct check *check, const json_t *forms, const json_t *reference)
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

/* --- groups --- */

static bool is_group(const json_t *value)
{
    return json_is_object(value) && !locale_is_plural(value);
}

static const char *kind_of(const json_t *value)
{
    return json_is_string(value) ? "a text" : is_group(value) ? "a group of texts" : "plural forms";
}

static void check_group(struct check *check, const json_t *strings, const json_t *reference,
                        const json_t *wanted);

static void check_value(struct check *check, const json_t *value, const json_t *reference,
                        const json_t *wanted)
{
    if (!json_is_string(value) && !json_is_object(value))
        diag_error(check->diag, here(check, JSON_AT_VALUE), "\"%s\" is neither a text nor an object of texts",
                   check->name.data);
    else if (json_is_string(reference) && json_is_string(value))
        check_placeholders(check, json_string_value(value), json_string_value(reference), NULL);
    else if (locale_is_plural(reference) && json_is_object(value))
        check_plural(check, value, reference);
    else if (is_group(reference) && is_group(value))
        check_group(check, value, reference, wanted);
    else if (json_is_string(reference) || json_is_object(reference))
        diag_error(check->diag, here(check, JSON_AT_VALUE), "\"%s\": want %s, got %s", check->name.data,
                   kind_of(reference), kind_of(value));
}

static void warn_missing(struct check *check, const char *key)
{
    struct place group = here(check, JSON_AT_VALUE);
    struct mark mark = enter(check, key);
    const char *otherwise = check->rules->otherwise;
    diag_warning(check->diag, group, "\"%s\" is missing; %s", check->name.data,
                 otherwise ? otherwise : "the reference language shows");
    leave(check, mark);
}

/* "list.title" as one key, where the groups are objects. */
static bool is_spelled_out(const json_t *reference, const char *key)
{
    const char *dot;
    for (; reference && (dot = strchr(key, '.')); key = dot + 1)
        reference = json_object_getn(reference, key, (size_t)(dot - key));
    return reference && json_object_get(reference, key);
}

static const char *nearest_key(const char *key, const json_t *reference)
{
    const char **keys = calloc(json_object_size(reference) + 1, sizeof *keys);
    const char *known, *near = NULL;
    json_t *value;
    size_t count = 0;
    if (keys) {
        json_object_foreach((json_t *)reference, known, value)
        {
            keys[count++] = known;
        }
        near = diag_nearest(key, keys);
    }
    free(keys);
    return near;
}

static void warn_unknown(struct check *check, const char *key, const json_t *reference)
{
    struct place place = here(check, JSON_AT_KEY);
    const char *near = nearest_key(key, reference);
    if (strchr(key, '.') && is_spelled_out(reference, key))
        diag_warning(check->diag, place,
                     "unknown key \"%s\"; each group is an object of its own: \"%.*s\": { ... }",
                     check->name.data, (int)strcspn(key, "."), key);
    else
        diag_warning(check->diag, place, "unknown key \"%s\"%s%s%s", check->name.data,
                     near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
}

static bool is_apart(const struct check *check, const char *key)
{
    return check->depth == 0 && check->rules->apart && strcmp(check->rules->apart, key) == 0;
}

/* Every key that is wanted must be there, and what is there must be a key of the reference. */
static void check_group(struct check *check, const json_t *strings, const json_t *reference,
                        const json_t *wanted)
{
    const char *key;
    json_t *value;
    if (check->depth == DEPTH_MAX)
        return;
    json_object_foreach((json_t *)wanted, key, value)
    {
        if (!json_object_get(strings, key) && !is_apart(check, key))
            warn_missing(check, key);
    }
    json_object_foreach((json_t *)strings, key, value)
    {
        const json_t *known = json_object_get(reference, key);
        if (is_apart(check, key))
            continue;
        struct mark mark = enter(check, key);
        if (known)
            check_value(check, value, known, json_object_get(wanted, key));
        else
            warn_unknown(check, key, reference);
        leave(check, mark);
    }
}

static void warn_missing_group(struct check *check)
{
    leave(check, (struct mark){0, 0});
    warn_missing(check, check->rules->group);
}

static void check_root(struct check *check)
{
    const struct locale_rules *rules = check->rules;
    const json_t *root = check->doc->root;
    if (rules->group && json_is_object(root)) {
        enter(check, rules->group);
        root = json_object_get(root, rules->group);
    }
    if (json_is_object(root))
        check_group(check, root, rules->reference, rules->wanted);
    else if (root)
        diag_error(check->diag, here(check, JSON_AT_VALUE), "want an object of texts");
    else if (json_object_size(rules->wanted) > 0)
        warn_missing_group(check);
}

void locale_check_by(const struct json_doc *doc, const char *tag, const struct locale_rules *rules,
                     struct diag *diag)
{
    struct check check = {.doc = doc, .tag = tag, .rules = rules, .diag = diag};
    buf_init(&check.pointer, PATH_MAX_BYTES);
    buf_init(&check.name, PATH_MAX_BYTES);
    check_root(&check);
    buf_release(&check.pointer);
    buf_release(&check.name);
}

void locale_check(const struct json_doc *doc, const char *tag, const json_t *reference, struct diag *diag)
{
    struct locale_rules rules = {.reference = reference, .wanted = reference};
    locale_check_by(doc, tag, &rules, diag);
}
