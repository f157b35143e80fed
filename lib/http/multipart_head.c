#include "multipart_head.h"

#include "params.h"

#include <string.h>
#include <strings.h>

/* bchars (RFC 2046, section 5.1.1). */
static bool boundary_is_usable(const char *boundary, size_t len)
{
    static const char bchars[] =
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'()+_,-./:=? ";
    for (size_t i = 0; i < len; i++)
        if (boundary[i] == '\0' || !strchr(bchars, boundary[i]))
            return false;
    return len >= 1 && len <= BOUNDARY_MAX && boundary[len - 1] != ' ';
}

bool multipart_boundary(const char *content_type, char boundary[BOUNDARY_MAX + 1])
{
    static const char type[] = "multipart/form-data";
    if (strncasecmp(content_type, type, sizeof type - 1) != 0)
        return false;
    const char *at = content_type + sizeof type - 1;
    struct param param;
    enum param_end end;
    bool found = false;
    while ((end = param_next(&at, &param)) == PARAM_READ) {
        if (!param_is(&param, "boundary"))
            continue;
        if (found || !boundary_is_usable(param.value, param.value_len))
            return false;
        memcpy(boundary, param.value, param.value_len);
        boundary[param.value_len] = '\0';
        found = true;
    }
    return found && end == PARAM_NONE;
}

/* Set a text that may be there once only. False: it is there already, or the new one could not be read. */
static bool set_once(const char **text, const char *value)
{
    bool first = *text == NULL;
    *text = value;
    return first && value;
}

static bool disposition_read(struct arena *arena, const char *at, struct multipart_part *part)
{
    static const char type[] = "form-data";
    if (strncasecmp(at, type, sizeof type - 1) != 0)
        return false;
    at += sizeof type - 1;
    const char *extended = NULL;
    struct param param;
    enum param_end end;
    while ((end = param_next(&at, &param)) == PARAM_READ) {
        bool fine = true;
        if (param_is(&param, "name"))
            fine = set_once(&part->name, param_label(arena, &param));
        else if (param_is(&param, "filename"))
            fine = set_once(&part->filename, param_label(arena, &param));
        else if (param_is(&param, "filename*"))
            fine = set_once(&extended, param_extended(arena, &param));
        if (!fine)
            return false;
    }
    if (extended)
        part->filename = extended;
    return end == PARAM_NONE && part->name;
}

/* Browsers send none; these mean that the bytes are as they are. */
static bool encoding_is_plain(const char *value)
{
    return strcasecmp(value, "7bit") == 0 || strcasecmp(value, "8bit") == 0 ||
           strcasecmp(value, "binary") == 0;
}

static bool type_is_ascii(const char *value)
{
    for (; *value; value++)
        if ((unsigned char)*value >= 0x80)
            return false;
    return true;
}

/* A line with its end cut off, as a string of its own. */
static bool line_read(struct arena *arena, char *line, struct multipart_part *part)
{
    char *colon = strchr(line, ':');
    size_t name = strcspn(line, ": \t");
    if (!colon || name == 0 || line + name != colon)
        return false;
    *colon = '\0';
    char *value = colon + 1 + strspn(colon + 1, " \t");
    for (size_t len = strlen(value); len > 0 && strchr(" \t", value[len - 1]); len--)
        value[len - 1] = '\0';
    if (strcasecmp(line, "Content-Disposition") == 0)
        return !part->name && disposition_read(arena, value, part);
    if (strcasecmp(line, "Content-Type") == 0)
        return type_is_ascii(value) && set_once(&part->type, value);
    return strcasecmp(line, "Content-Transfer-Encoding") != 0 || encoding_is_plain(value);
}

static bool bytes_are_text(const char *line, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (((unsigned char)line[i] < 0x20 && line[i] != '\t') || line[i] == 0x7f)
            return false;
    return true;
}

bool multipart_head(struct arena *arena, const char *head, size_t len, struct multipart_part *part)
{
    *part = (struct multipart_part){0};
    for (const char *end = head + len; head < end;) {
        const char *line_end = memchr(head, '\r', (size_t)(end - head));
        if (!line_end || end - line_end < 2 || line_end[1] != '\n')
            return false;
        size_t line_len = (size_t)(line_end - head);
        char *line = bytes_are_text(head, line_len) ? arena_strndup(arena, head, line_len) : NULL;
        if (!line || !line_read(arena, line, part))
            return false;
        head = line_end + 2;
    }
    return part->name != NULL;
}
