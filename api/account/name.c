#include "name.h"

#include "../../lib/utf8.h"

#include <stdbool.h>
#include <string.h>

static bool is_blank(uint32_t code)
{
    return utf8_is_control(code) || code == ' ' || code == 0xA0 || code == 0x1680 ||
           (code >= 0x2000 && code <= 0x200A) || code == 0x202F || code == 0x205F || code == 0x3000;
}

/* They join and part letters of some scripts; without one before them they are nothing to see. */
static bool is_joiner(uint32_t code)
{
    return code == 0x200C || code == 0x200D;
}

/* Nobody sees them: a name made of them would be none, and marks of direction make one name pass for another.
 */
static bool is_unseen(uint32_t code)
{
    return code == UTF8_BAD || utf8_is_direction(code) || code == 0xAD || code == 0x200B || code == 0x2060 ||
           code == 0xFEFF;
}

const char *name_clean(struct arena *arena, const char *text)
{
    bool gap = false;
    size_t len = strlen(text), used = 0, end = 0; /* `end`: behind the last that is seen */
    char *name = arena_alloc(arena, len + 1);
    for (size_t at = 0, taken; name && at < len; at += taken) {
        uint32_t code;
        taken = utf8_next(text + at, len - at, &code);
        if (is_blank(code)) {
            gap = end > 0;
            used = end;
        } else if (!is_unseen(code) && (!is_joiner(code) || (end > 0 && !gap))) {
            if (gap)
                name[used++] = ' ';
            gap = false;
            memcpy(name + used, text + at, taken);
            used += taken;
            end = is_joiner(code) ? end : used;
        }
    }
    if (name)
        name[end] = '\0';
    return name;
}

const char *name_wrong(const char *name)
{
    if (*name == '\0')
        return "required";
    return utf8_count(name, strlen(name)) > NAME_MAX_CHARACTERS ? "too_long" : NULL;
}

void name_split(struct arena *arena, const char *name, const char **first, const char **last)
{
    size_t len = strcspn(name, " ");
    *first = arena_strndup(arena, name, len);
    *last = arena_strdup(arena, name[len] ? name + len + 1 : "");
}
