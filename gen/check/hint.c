#include "hint.h"

#include "../../lib/diag.h"

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
