#include "layout.h"

#include <string.h>

static const char *end_of(const char *text)
{
    return text + strlen(text);
}

static const char *after_line(const char *text)
{
    return end_of(text) + strlen("\r\n");
}

size_t layout_size(const struct http_head *head)
{
    return head->count == 0 ? 0 : (size_t)(after_line(head->fields[head->count - 1].value) - head->method);
}

/* Without a query, head->query is a "" from elsewhere. */
static bool first_line_is_tight(const struct http_head *head)
{
    const char *target_end = end_of(head->path);
    if (head->query == target_end + 1)
        target_end = end_of(head->query);
    else if (head->query[0] != '\0')
        return false;
    return head->path == end_of(head->method) + 1 && head->version == target_end + 1 + strlen("HTTP/");
}

/* Nothing but blanks between the colon and the value; a blank before the colon has become a NUL. */
static bool value_follows(const struct http_field *field)
{
    const char *at = end_of(field->name) + 1;
    while (at < field->value && (*at == ' ' || *at == '\t'))
        at++;
    return at == field->value;
}

bool layout_is_whole(const struct http_head *head, const char *buffer)
{
    if (head->method != buffer || head->count == 0 || !first_line_is_tight(head))
        return false;
    const char *next = after_line(head->version);
    for (size_t i = 0; i < head->count; i++) {
        if (head->fields[i].name != next || !value_follows(&head->fields[i]))
            return false;
        next = after_line(head->fields[i].value);
    }
    return next[-1] == '\0' && next[0] == '\r' && next[1] == '\0';
}
