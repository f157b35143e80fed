#include "../diag.h"

#include "../utf8.h"

#include <string.h>

struct place diag_place(const char *file, const char *text, const char *at)
{
    struct place place = {file, 1, 1};
    const char *line = text;
    for (const char *end; (end = memchr(line, '\n', (size_t)(at - line))); line = end + 1)
        place.line++;
    place.col += (unsigned)utf8_count(line, (size_t)(at - line));
    return place;
}
