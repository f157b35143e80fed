#include "internal.h"

#include <stdlib.h>
#include <string.h>

enum { DEPTH_MAX = 64, PATH_MAX_BYTES = 16 * 1024 };

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
        diag_error(check->diag, check_here(check, JSON_AT_VALUE),
                   "\"%s\" is neither a text nor an object of texts", check->name.data);
    else if (json_is_string(reference) && json_is_string(value))
        check_text(check, json_string_value(value), json_string_value(reference), NULL);
    else if (locale_is_plural(reference) && json_is_object(value))
        check_plural(check, value, reference);
    else if (is_group(reference) && is_group(value))
        check_group(check, value, reference, wanted);
    else if (json_is_string(reference) || json_is_object(reference))
        diag_error(check->diag, check_here(check, JSON_AT_VALUE), "\"%s\": want %s, got %s", check->name.data,
                   kind_of(reference), kind_of(value));
}

static void warn_missing(struct check *check, const char *key)
{
    struct place group = check_here(check, JSON_AT_VALUE);
    struct check_mark mark = check_enter(check, key);
    const char *otherwise = check->rules->otherwise;
    diag_warning(check->diag, group, "\"%s\" is missing; %s", check->name.data,
                 otherwise ? otherwise : "the reference language shows");
    check_leave(check, mark);
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
    struct place place = check_here(check, JSON_AT_KEY);
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
        struct check_mark mark = check_enter(check, key);
        if (known)
            check_value(check, value, known, json_object_get(wanted, key));
        else
            warn_unknown(check, key, reference);
        check_leave(check, mark);
    }
}

static void warn_missing_group(struct check *check)
{
    check_leave(check, (struct check_mark){0, 0});
    warn_missing(check, check->rules->group);
}

static void check_root(struct check *check)
{
    const struct locale_rules *rules = check->rules;
    const json_t *root = check->doc->root;
    if (rules->group && json_is_object(root)) {
        check_enter(check, rules->group);
        root = json_object_get(root, rules->group);
    }
    if (json_is_object(root))
        check_group(check, root, rules->reference, rules->wanted);
    else if (root)
        diag_error(check->diag, check_here(check, JSON_AT_VALUE), "want an object of texts");
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
