#include "hint.h"

#include "../../lib/diag.h"

enum { KNOWN_SHOWN = 24 };

const char *hint_near(struct arena *arena, const char *word, const char *const *candidates)
{
    const char *near = candidates ? diag_nearest(word, candidates) : NULL;
    return near ? arena_printf(arena, "; did you mean \"%s\"?", near) : "";
}

const char *hint_near_key(struct arena *arena, const char *word, json_t *object)
{
    const char **keys = arena_alloc(arena, (json_object_size(object) + 1) * sizeof *keys);
    size_t count = 0;
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value) keys[count++] = key;
    return hint_near(arena, word, keys);
}

const char *hint_known(struct arena *arena, const char *word, json_t *object)
{
    size_t count = json_object_size(object);
    const char *near = hint_near_key(arena, word, object);
    const char *all = "", *key;
    json_t *value;
    if (*near || count == 0 || count > KNOWN_SHOWN)
        return near;
    json_object_foreach(object, key, value) all =
        arena_printf(arena, "%s%s\"%s\"", all, *all ? ", " : "", key);
    return arena_printf(arena, "; want %s%s", count > 1 ? "one of " : "", all);
}
