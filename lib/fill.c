#include "fill.h"

#include "esc.h"

#include <string.h>

#define FILL_CEILING (1024 * 1024)

/* In the arena, and the buffer is released. NULL: it did not hold everything. */
static char *kept(struct arena *arena, struct buf *text)
{
    char *copy = buf_ok(text) ? arena_strndup(arena, text->data, text->len) : NULL;
    buf_release(text);
    return copy;
}

const char *fill_text(const struct fill *fill, const char *pattern)
{
    struct buf text;
    buf_init(&text, FILL_CEILING);
    locale_format(&text, pattern, fill->args, fill->count);
    return kept(fill->arena, &text);
}

static const char *escaped(struct arena *arena, const char *value)
{
    struct buf html;
    buf_init(&html, FILL_CEILING);
    value += strspn(value, "\n");
    for (size_t len; *value; value += len) {
        len = strcspn(value, "\n");
        esc_html(&html, value, len);
        bool more = value[len] == '\n' && value[len + 1 + strspn(value + len + 1, "\n")] != '\0';
        buf_adds(&html, more ? "<br>\n" : "");
        len += value[len] == '\n';
    }
    return kept(arena, &html);
}

static bool is_there(const struct fill *fill, const char *name, size_t len)
{
    for (size_t i = 0; i < fill->count; i++) {
        const struct locale_arg *arg = &fill->args[i];
        if (strlen(arg->name) == len && memcmp(arg->name, name, len) == 0)
            return arg->value && arg->value[strspn(arg->value, "\n")] != '\0';
    }
    return false;
}

/* The pattern without what asks for a value that is not there. Before values are filled in: they ask for
 * nothing. */
static char *decided(const struct fill *fill, const char *pattern)
{
    static const char open[] = "<!--if ", close[] = "<!--end-->";
    struct buf html;
    const char *at, *end;
    buf_init(&html, FILL_CEILING);
    while ((at = strstr(pattern, open)) && (end = strstr(at, close))) {
        const char *name = at + strlen(open);
        size_t len = strcspn(name, "-");
        const char *inside = name + len + strlen("-->");
        buf_add(&html, pattern, (size_t)(at - pattern));
        if (inside <= end && is_there(fill, name, len))
            buf_add(&html, inside, (size_t)(end - inside));
        pattern = end + strlen(close);
    }
    buf_adds(&html, pattern);
    return kept(fill->arena, &html);
}

const char *fill_html(const struct fill *fill, const char *pattern)
{
    struct locale_arg args[FILL_MAX];
    struct fill safe = {fill->arena, args, fill->count};
    if (fill->count > FILL_MAX)
        return NULL;
    for (size_t i = 0; i < fill->count; i++) {
        const char *value = fill->args[i].value;
        args[i] = (struct locale_arg){fill->args[i].name, escaped(fill->arena, value ? value : "")};
        if (!args[i].value)
            return NULL;
    }
    const char *left = decided(fill, pattern);
    return left ? fill_text(&safe, left) : NULL;
}
