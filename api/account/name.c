#include "name.h"

#include "../../lib/utf8.h"

#include <stdbool.h>
#include <string.h>

static bool is_blank(char c)
{
    return (unsigned char)c <= ' ' || c == 0x7f;
}

const char *name_clean(struct arena *arena, const char *text)
{
    char *name = arena_strdup(arena, text);
    char *out = name;
    for (; name && *text; text++) {
        if (!is_blank(*text))
            *out++ = *text;
        else if (out > name && out[-1] != ' ')
            *out++ = ' ';
    }
    if (!name)
        return NULL;
    if (out > name && out[-1] == ' ')
        out--;
    *out = '\0';
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
