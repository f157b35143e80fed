#include "drawing.h"

#include "html.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* "script" and "svg:script" alike: any prefix may stand for SVG's namespace. */
static bool is_script(const struct html_tag *tag)
{
    static const char name[] = ":script";
    struct html_span rest = tag->inner;
    if (html_is(tag->name, name + 1))
        return true;
    return rest.len >= sizeof name - 1 && strncasecmp(rest.at, name, sizeof name - 1) == 0 &&
           !isalnum((unsigned char)rest.at[sizeof name - 1]);
}

static bool begins_with(struct html_span span, const char *word)
{
    size_t len = strlen(word);
    return span.len >= len && strncasecmp(span.at, word, len) == 0;
}

/* The attribute that would run. NULL: none. */
static const char *handler_of(const struct html_tag *tag)
{
    struct html_attribute attribute;
    for (size_t at = 0; html_attribute(tag, &at, &attribute);) {
        struct html_span value = attribute.value;
        while (value.len > 0 && isspace((unsigned char)*value.at))
            value = (struct html_span){value.at + 1, value.len - 1};
        bool handler = attribute.name.len > 2 && begins_with(attribute.name, "on");
        if (handler || begins_with(value, "javascript:"))
            return attribute.name.at;
    }
    return NULL;
}

const char *drawing_script(const char *text)
{
    struct html_tag tag;
    for (const char *at = text; html_next(&at, &tag);) {
        const char *handler = tag.end ? NULL : handler_of(&tag);
        if (!tag.end && is_script(&tag))
            return tag.at;
        if (handler)
            return handler;
        at = tag.inner.at + tag.inner.len; /* a title's content is markup here */
    }
    return NULL;
}

void drawing_check(const char *file, const char *text, struct diag *diag)
{
    const char *script = drawing_script(text);
    if (script)
        diag_error(diag, diag_place(file, text, script),
                   "this would run a script where the drawing is opened by itself; save it as a plain SVG");
}
