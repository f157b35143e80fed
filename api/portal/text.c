#include "text.h"

#include "../../lib/utf8.h"

#include <string.h>

#define NAME_MAX_CHARS 200
#define ENDING_MAX_BYTES 20

/* White space of Unicode that stays on its line. */
static bool is_blank(uint32_t code)
{
    return code == ' ' || code == '\t' || code == 0xa0 || code == 0x1680 ||
           (code >= 0x2000 && code <= 0x200b) || code == 0x202f || code == 0x205f || code == 0x2060 ||
           code == 0x3000 || code == 0xfeff;
}

/* Cut blanks before and after, in place. */
static char *trimmed(char *text)
{
    size_t len = strlen(text), begin = 0, end = 0;
    bool inside = false;
    for (size_t at = 0, taken; at < len; at += taken) {
        uint32_t code;
        taken = utf8_next(text + at, len - at, &code);
        if (is_blank(code))
            continue;
        begin = inside ? begin : at;
        inside = true;
        end = at + taken;
    }
    text[end] = '\0';
    return text + begin;
}

char *text_line(struct arena *arena, const char *text)
{
    size_t len = strlen(text), used = 0;
    char *line = arena_alloc(arena, len + 1);
    for (size_t at = 0, taken; line && at < len; at += taken) {
        uint32_t code;
        taken = utf8_next(text + at, len - at, &code);
        if (utf8_is_control(code)) {
            line[used++] = ' ';
        } else if (!utf8_is_embedding(code)) {
            memcpy(line + used, text + at, taken);
            used += taken;
        }
    }
    return line ? trimmed(line) : NULL;
}

/* Blank lines before and after go, but not the blanks that indent the first line. */
static char *without_blank_lines(char *text, size_t len)
{
    size_t begin = 0, end = 0;
    for (size_t at = 0; at < len;) {
        uint32_t code;
        at += utf8_next(text + at, len - at, &code);
        if (code == '\n' && end == 0)
            begin = at;
        if (code != '\n' && !is_blank(code))
            end = at;
    }
    text[end] = '\0';
    return end > 0 ? text + begin : text;
}

char *text_lines(struct arena *arena, const char *text)
{
    size_t len = strlen(text), used = 0;
    char *lines = arena_alloc(arena, len + 1);
    for (size_t at = 0, taken; lines && at < len; at += taken) {
        uint32_t code;
        taken = utf8_next(text + at, len - at, &code);
        if (code == '\r' && text[at + 1] == '\n')
            continue;
        if (code == '\r' || code == 0x2028 || code == 0x2029)
            lines[used++] = '\n';
        else if (code == '\n' || code == '\t' || !utf8_is_control(code)) {
            memcpy(lines + used, text + at, taken);
            used += taken;
        }
    }
    return lines ? without_blank_lines(lines, used) : NULL;
}

static bool is_label_character(uint32_t code)
{
    bool zero_width = (code >= 0x200b && code <= 0x200d) || code == 0x2060 || code == 0xfeff;
    return code != UTF8_BAD && !utf8_is_control(code) && !utf8_is_direction(code) && !zero_width;
}

static const char *without_folders(const char *name)
{
    for (const char *at = name; *at; at++)
        if (*at == '/' || *at == '\\')
            name = at + 1;
    return name;
}

/* Cut a long name in its middle, so that "report....pdf" still says what it is. */
static void shorten(char *name)
{
    size_t len = strlen(name);
    if (utf8_count(name, len) <= NAME_MAX_CHARS)
        return;
    const char *dot = strrchr(name, '.');
    size_t ending = dot ? strlen(dot) : 0;
    if (ending > ENDING_MAX_BYTES)
        ending = 0;
    size_t keep = utf8_prefix(name, len, NAME_MAX_CHARS - ending);
    memmove(name + keep, name + len - ending, ending + 1);
}

char *text_file_name(struct arena *arena, const char *name)
{
    name = without_folders(name);
    size_t len = strlen(name), used = 0;
    char *label = arena_alloc(arena, len + 1);
    if (!label)
        return NULL;
    for (size_t at = 0, taken; at < len; at += taken) {
        uint32_t code;
        taken = utf8_next(name + at, len - at, &code);
        if (is_label_character(code)) {
            memcpy(label + used, name + at, taken);
            used += taken;
        }
    }
    shorten(label);
    label = trimmed(label);
    return strspn(label, ".") == strlen(label) ? arena_strdup(arena, "file") : label;
}
