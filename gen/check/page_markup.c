#include "page_markup.h"

#include "page_ids.h"
#include "page_nesting.h"

#include <string.h>

/* An element whose text is awaited: a link, a button. */
struct awaited {
    struct html_tag tag;
    bool open, named;
};

struct check {
    const struct page_source *source;
    const char *file;
    struct diag *diag;
    struct page_ids ids;
    struct awaited awaited;
    unsigned labels; /* how many <label> are open */
    int heading;     /* the level of the last; 0: none yet */
    bool has_title, has_main;
    struct html_tag root; /* <html>, if there is one */
};

static struct place place_of(const struct check *check, const struct html_tag *tag)
{
    return page_source_of(check->source, check->file, tag);
}

/* --- what an element says about itself ------------------------------------------------------------------ */

static bool says(const struct html_tag *tag, const char *name)
{
    struct html_span value;
    return html_value(tag, name, &value) && html_shows(value);
}

static bool is_named(const struct html_tag *tag)
{
    return says(tag, "aria-label") || says(tag, "aria-labelledby") || says(tag, "title");
}

/* --- rules about one element ---------------------------------------------------------------------------- */

static bool is_one_of(struct html_span span, const char *const *words)
{
    while (*words && !html_is(span, *words))
        words++;
    return *words != NULL;
}

static void check_image(struct check *check, const struct html_tag *tag)
{
    if (!html_has(tag, "alt") && !is_named(tag) && !html_has(tag, "data-slot"))
        diag_error(check->diag, place_of(check, tag),
                   "<%.*s> has no \"alt\": say what it shows, or alt=\"\" when it is mere decoration",
                   (int)tag->name.len, tag->name.at);
}

/* Hidden ones and buttons need no label; other fields are named by one around them, or by its "for". */
static void check_field(struct check *check, const struct html_tag *tag)
{
    static const char *const unlabelled[] = {"hidden", "submit", "button", "reset", NULL};
    struct html_span type = {"", 0}, id = {"", 0};
    html_value(tag, "type", &type);
    html_value(tag, "id", &id);
    if (html_is(tag->name, "input") && html_is(type, "image"))
        check_image(check, tag);
    else if (!is_one_of(type, unlabelled) && !is_named(tag) && check->labels == 0)
        page_ids_note_field(&check->ids, tag, id);
}

static void check_heading(struct check *check, const struct html_tag *tag, int level)
{
    if (check->heading > 0 && level > check->heading + 1)
        diag_warning(
            check->diag, place_of(check, tag),
            "<h%d> follows <h%d>: a level is left out, which misleads who jumps from heading to heading",
            level, check->heading);
    check->has_main = check->has_main || level == 1;
    check->heading = level;
}

static void end_awaited(struct check *check)
{
    struct awaited *awaited = &check->awaited;
    if (awaited->open && !awaited->named)
        diag_error(
            check->diag, place_of(check, &awaited->tag),
            "<%.*s> has no text: a screen reader has nothing to say; give it one, or an \"aria-label\"",
            (int)awaited->tag.name.len, awaited->tag.name.at);
    *awaited = (struct awaited){.open = false};
}

static void begin_awaited(struct check *check, const struct html_tag *tag)
{
    check->awaited =
        (struct awaited){.tag = *tag, .open = true, .named = is_named(tag) || html_has(tag, "data-slot")};
}

/* Within a link or a button: does the element say something? */
static void hear(struct check *check, const struct html_tag *tag)
{
    if (check->awaited.open && (html_has(tag, "data-slot") || says(tag, "alt") || says(tag, "aria-label") ||
                                html_is(tag->name, "title")))
        check->awaited.named = true;
}

/* --- the page --------------------------------------------------------------------------------------------
 */

static void begin_element(struct check *check, const struct html_tag *tag)
{
    static const char *const fields[] = {"input", "select", "textarea", NULL};
    struct html_span name = tag->name;
    hear(check, tag);
    page_ids_note(&check->ids, tag);
    if (html_is(name, "img") || html_is(name, "area"))
        check_image(check, tag);
    else if (is_one_of(name, fields))
        check_field(check, tag);
    else if (html_is(name, "button") || (html_is(name, "a") && html_has(tag, "href")))
        begin_awaited(check, tag);
    else if (html_is(name, "label"))
        check->labels++;
    else if (name.len == 2 && (*name.at | 32) == 'h' && name.at[1] >= '1' && name.at[1] <= '6')
        check_heading(check, tag, name.at[1] - '0');
    else if (html_is(name, "html"))
        check->root = *tag;
    else if (html_is(name, "template") && check->ids.templates++ == 0)
        check->ids.within++;
}

static void end_element(struct check *check, const struct html_tag *tag)
{
    if (html_is(tag->name, "a") || html_is(tag->name, "button"))
        end_awaited(check);
    else if (html_is(tag->name, "label") && check->labels > 0)
        check->labels--;
    else if (html_is(tag->name, "template") && check->ids.templates > 0)
        check->ids.templates--;
}

static void read_page(struct check *check, const struct html_page *page)
{
    bool in_image = false;
    for (size_t i = 0; i < page->count; i++) {
        const struct html_tag *tag = &page->tags[i];
        check->awaited.named = check->awaited.named || html_shows(tag->before);
        if (html_is(tag->name, "svg"))
            in_image = !tag->end;
        if (html_is(tag->name, "title") && !in_image)
            check->has_title = check->has_title || html_shows(tag->raw);
        if (tag->end)
            end_element(check, tag);
        else
            begin_element(check, tag);
    }
}

/* --- rules about the whole -------------------------------------------------------------------------------
 */

/* What a page is as a whole mostly stands in a layout. */
static struct place place_of_root(const struct check *check)
{
    return check->root.at ? place_of(check, &check->root) : (struct place){.file = check->file};
}

static void check_frame(const struct check *check)
{
    if (check->root.at && !says(&check->root, "lang"))
        diag_error(
            check->diag, place_of_root(check),
            "<html> has no \"lang\": want lang=\"{{locale.tag}}\", or it is read out in a wrong language");
    if (!check->has_title)
        diag_error(check->diag, place_of_root(check), "the page has no <title>: want {{page.title}} in one");
    if (!check->has_main)
        diag_warning(check->diag, place_of_root(check),
                     "the page has no <h1>: who hears it looks for one to learn where they are");
}

void page_markup_check(const struct page_source *source, const char *file, const struct html_page *page,
                       struct diag *diag)
{
    struct check check = {.source = source,
                          .file = file,
                          .diag = diag,
                          .ids = {.source = source, .file = file, .diag = diag, .arena = arena_new(0)}};
    if (!check.ids.arena)
        return;
    read_page(&check, page);
    page_nesting_check(source, file, page, diag);
    page_ids_check(&check.ids);
    check_frame(&check);
    arena_free(check.ids.arena);
}
