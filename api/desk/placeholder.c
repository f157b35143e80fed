#include "placeholder.h"

#include "../../lib/buf.h"

#include <string.h>

#define FILLED_MAX (4 * 1024 * 1024)

const char *const placeholder_names[PLACEHOLDER_COUNT] = {
    [PLACEHOLDER_FIRST_NAME] = "first_name",
    [PLACEHOLDER_NUMBER] = "number",
    [PLACEHOLDER_SUBJECT] = "subject",
    [PLACEHOLDER_WRITER] = "writer",
};

/* The one that begins at these braces, and how long it is with them; -1: none that is known. */
static int read_one(const char *at, size_t *len)
{
    const char *name = at + 2 + strspn(at + 2, " ");
    for (int i = 0; i < PLACEHOLDER_COUNT; i++) {
        size_t name_len = strlen(placeholder_names[i]);
        if (strncmp(name, placeholder_names[i], name_len) != 0)
            continue;
        const char *end = name + name_len + strspn(name + name_len, " ");
        *len = (size_t)(end - at) + 2;
        return strncmp(end, "}}", 2) == 0 ? i : -1;
    }
    return -1;
}

bool placeholder_all_known(const char *text)
{
    size_t len;
    for (const char *at = strstr(text, "{{"); at; at = strstr(at + len, "{{"))
        if (read_one(at, &len) < 0)
            return false;
    return true;
}

/* The comma after a name that stood first: of Latin, Arabic, Chinese and Japanese. */
static size_t comma_len(const char *at)
{
    static const char *const commas[] = {",", "،", "，", "、"};
    for (size_t i = 0; i < sizeof commas / sizeof commas[0]; i++)
        if (strncmp(at, commas[i], strlen(commas[i])) == 0)
            return strlen(commas[i]);
    return 0;
}

/* Nothing was put in: "Hello ," and ", thank you" are no sentences. Returns where the text goes on. */
static const char *leave_out(struct buf *out, const char *rest)
{
    if (out->len > 0 && out->data[out->len - 1] == ' ') {
        buf_cut(out, out->len - 1);
        return rest;
    }
    if (out->len > 0 && out->data[out->len - 1] != '\n')
        return rest;
    rest += comma_len(rest);
    return rest + strspn(rest, " ");
}

const char *placeholder_fill(struct arena *arena, const char *text,
                             const char *const values[PLACEHOLDER_COUNT])
{
    struct buf out;
    size_t len;
    buf_init(&out, FILLED_MAX);
    for (const char *at; (at = strstr(text, "{{")); text = at) {
        int which = read_one(at, &len);
        buf_add(&out, text, (size_t)(at - text));
        if (which < 0)
            len = 2;
        buf_adds(&out, which < 0 ? "{{" : values[which]);
        at = which >= 0 && !*values[which] ? leave_out(&out, at + len) : at + len;
    }
    buf_adds(&out, text);
    const char *filled = buf_ok(&out) ? arena_strndup(arena, out.data, out.len) : NULL;
    buf_release(&out);
    return filled;
}
