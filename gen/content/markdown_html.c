#include "markdown_html.h"

#include "../../lib/esc.h"

#include <stdlib.h>
#include <string.h>

#define ID_ATTRIBUTE " id=\"\""

struct taking {
    struct markdown *markdown;
    struct markdown_link *links; /* in the order of the HTML */
    size_t link_count;
    size_t heading_count;
    struct buf out;
};

/* cmark's headings carry no attributes, and come in the order of the text. `tag` is behind "<h". */
static const char *take_heading_tag(struct taking *taking, const char *tag)
{
    if (!(tag[0] >= '1' && tag[0] <= '6' && tag[1] == '>') ||
        taking->heading_count == taking->markdown->heading_count)
        return tag;
    const char *id = taking->markdown->headings[taking->heading_count++].id;
    buf_addc(&taking->out, *tag);
    buf_adds(&taking->out, " id=\"");
    esc_html(&taking->out, id, strlen(id));
    buf_addc(&taking->out, '"');
    return tag + 1;
}

/* `value` is behind the quotation mark of href="@7@...": the number goes, the address stays. */
static const char *take_address(struct taking *taking, const char *value)
{
    char *end;
    if (*value != *MARKDOWN_MARK)
        return value;
    size_t number = strtoul(value + 1, &end, 10);
    if (end == value + 1 || *end != *MARKDOWN_MARK || number >= taking->markdown->link_count)
        return value;
    struct markdown_link *link = &taking->markdown->links[number];
    const char *address = end + 1;
    link->at = taking->out.len;
    link->len = strcspn(address, "\"");
    taking->links[taking->link_count++] = *link;
    return address;
}

/* How much of a tag stands before what is of interest in it: a heading's level, or an address. 0: nothing is.
 */
static size_t tag_start(const char *tag)
{
    static const char link[] = "<a href=\"", image[] = "<img src=\"";
    switch (tag[1]) {
    case 'h':
        return strlen("<h");
    case 'a':
        return strncmp(tag, link, strlen(link)) == 0 ? strlen(link) : 0;
    case 'i':
        return strncmp(tag, image, strlen(image)) == 0 ? strlen(image) : 0;
    default:
        return 0;
    }
}

static void take_all(struct taking *taking, const char *html)
{
    const char *done = html;
    for (const char *tag = strchr(html, '<'); tag; tag = strchr(tag + 1, '<')) {
        size_t start = tag_start(tag);
        if (start == 0)
            continue;
        buf_add(&taking->out, done, (size_t)(tag + start - done));
        done = tag[1] == 'h' ? take_heading_tag(taking, tag + start) : take_address(taking, tag + start);
    }
    buf_adds(&taking->out, done);
}

/* Of an image within another's alternative text only the words are shown; it is still a link to check. */
static void add_hidden(struct taking *taking)
{
    for (size_t i = 0; i < taking->markdown->link_count; i++) {
        if (taking->markdown->links[i].at == MARKDOWN_NOWHERE)
            taking->links[taking->link_count++] = taking->markdown->links[i];
    }
}

static size_t ids_len(const struct markdown *markdown)
{
    enum { LONGEST_ENTITY = 6 };
    size_t len = 0;
    for (size_t i = 0; i < markdown->heading_count; i++)
        len += sizeof ID_ATTRIBUTE + LONGEST_ENTITY * strlen(markdown->headings[i].id);
    return len;
}

bool markdown_take_html(struct markdown *markdown, const char *html, struct arena *arena)
{
    struct taking taking = {.markdown = markdown};
    taking.links = arena_alloc(arena, (markdown->link_count + 1) * sizeof *taking.links);
    if (!taking.links)
        return false;
    buf_init(&taking.out, strlen(html) + ids_len(markdown));
    take_all(&taking, html);
    add_hidden(&taking);
    if (buf_ok(&taking.out))
        markdown->html = arena_strndup(arena, taking.out.data, taking.out.len);
    markdown->html_len = taking.out.len;
    markdown->links = taking.links;
    buf_release(&taking.out);
    return markdown->html != NULL;
}

void markdown_set_target(struct markdown_link *link, const char *target)
{
    link->target = target;
}

void markdown_render(const struct markdown *markdown, struct buf *out)
{
    size_t done = 0;
    for (size_t i = 0; i < markdown->link_count && markdown->links[i].at != MARKDOWN_NOWHERE; i++) {
        const struct markdown_link *link = &markdown->links[i];
        if (!link->target)
            continue;
        buf_add(out, markdown->html + done, link->at - done);
        esc_href(out, link->target, strlen(link->target));
        done = link->at + link->len;
    }
    buf_add(out, markdown->html + done, markdown->html_len - done);
}
