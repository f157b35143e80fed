#include "return.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

#define RETURN_MAX 1000

/* How many bytes a dot takes here, as itself or as %2e; 0: none. */
static size_t dot_len(const char *at)
{
    if (*at == '.')
        return 1;
    return strncasecmp(at, "%2e", 3) == 0 ? 3 : 0;
}

/* Does a segment that browsers drop, or one that is empty, begin here? A path may end with '/'. */
static bool is_odd_segment(const char *at)
{
    if (*at == '/')
        return true;
    size_t first = dot_len(at);
    size_t second = first ? dot_len(at + first) : 0;
    at += first + second;
    return first > 0 && (*at == '\0' || strchr("/?#", *at));
}

bool return_is_own(const char *slug, const char *path)
{
    size_t len = strlen(path);
    if (len > RETURN_MAX || strncmp(path, slug, strlen(slug)) != 0)
        return false;
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)path[i] <= ' ' || (unsigned char)path[i] >= 0x7f || path[i] == '\\')
            return false;
    size_t end = strcspn(path, "?#");
    for (size_t i = 0; i < end; i++)
        if (path[i] == '/' && is_odd_segment(path + i + 1))
            return false;
    return true;
}
