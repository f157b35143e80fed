#include "page_markup.h"

#include "../../lib/arena.h"

#include <stdlib.h>
#include <string.h>

/* An id, or a word that names one. */
struct mention {
    struct html_span id;
    struct html_tag tag;
    const char *attribute; /* of a reference; static text */
    unsigned template;     /* which <template> it is in; 0: none */
};

struct mentions {
    struct mention *items;
    size_t count, cap;
};

/* An element whose text is awaited: a link, a button. */
struct awaited {
    struct html_tag tag;
    bool open, named;
};

struct check {
    const struct page_source *source;
    const char *file;
    struct diag *diag;
    struct arena *arena;
    struct mentions ids, references, fields; /* fields: those that only a <label for> can still name */
    struct awaited awaited;
    unsigned labels, templates, template; /* how many <label> and <template> are open; which one it is */
    int heading;                          /* the level of the last; 0: none yet */
    bool has_title, has_main;
    struct html_tag root; /* <html>, if there is one */
};

static struct place place_of(const struct check *check, const struct html_tag *tag)
{
    return page_source_of(check->source, check->file, tag);
}

static void note(struct check *check, struct mentions *list, struct mention mention)
{
    if (list->count == list->cap) {
        size_t cap = list->cap ? list->cap * 2 : 64;
        struct mention *items = arena_alloc(check->arena, cap * sizeof *items);
        if (!items)
            return;
        if (list->count > 0)
            memcpy(items, list->items, list->count * sizeof *items);
        list->items = items;
        list->cap = cap;
    }
    mention.template = check->templates ? check->template : 0;
    list->items[list->count++] = mention;
}

/* --- what an element says about itself ------------------------------------------------------------------ */

static void note_words(struct check *check, const struct html_tag *tag, const char *attribute,
                       struct html_span value)
{
    const char *at = value.at, *end = value.at + value.len;
    while (at < end) {
        size_t len = 0;
        while (at + len < end && !strchr(" \t\r\n\f", at[len]))
            len++;
        if (len > 0)
            note(check, &check->references,
                 (struct mention){.id = {at, len}, .tag = *tag, .attribute = attribute});
        at += len + 1;
    }
}

static void note_names(struct check *check, const struct html_tag *tag)
{
    static const char *const naming[] = {"for",
                                         "aria-labelledby",
                                         "aria-describedby",
                                         "aria-controls",
                                         "aria-owns",
                                         "aria-flowto",
                                         "aria-details",
                                         "aria-errormessage",
                                         "aria-activedescendant",
                                         "headers",
                                         "list",
                                         "form"};
    struct html_attribute attribute;
    for (size_t at = 0; html_attribute(tag, &at, &attribute);) {
        if (html_is(attribute.name, "id") && attribute.value.len > 0)
            note(check, &check->ids, (struct mention){.id = attribute.value, .tag = *tag});
        for (size_t i = 0; i < sizeof naming / sizeof naming[0]; i++) {
            if (html_is(attribute.name, naming[i]))
                note_words(check, tag, naming[i], attribute.value);
        }
    }
}

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
        note(check, &check->fields, (struct mention){.id = id, .tag = *tag});
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
    note_names(check, tag);
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
    else if (html_is(name, "template") && check->templates++ == 0)
        check->template ++;
}

static void end_element(struct check *check, const struct html_tag *tag)
{
    if (html_is(tag->name, "a") || html_is(tag->name, "button"))
        end_awaited(check);
    else if (html_is(tag->name, "label") && check->labels > 0)
        check->labels--;
    else if (html_is(tag->name, "template") && check->templates > 0)
        check->templates--;
}

static void read_page(struct check *check, const char *html)
{
    struct html_tag tag;
    struct html_span text;
    bool in_image = false;
    for (const char *at = html; html_next(&at, &tag, &text);) {
        check->awaited.named = check->awaited.named || html_shows(text);
        if (html_is(tag.name, "svg"))
            in_image = !tag.end;
        if (html_is(tag.name, "title") && !in_image)
            check->has_title = check->has_title || html_shows(tag.raw);
        if (tag.end)
            end_element(check, &tag);
        else
            begin_element(check, &tag);
    }
}

/* --- rules about the whole -------------------------------------------------------------------------------
 */

static int compare(struct html_span a, struct html_span b)
{
    int order = memcmp(a.at, b.at, a.len < b.len ? a.len : b.len);
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

static int by_id(const void *left, const void *right)
{
    const struct mention *a = left, *b = right;
    int order = compare(a->id, b->id);
    return order ? order : (a->tag.at > b->tag.at) - (a->tag.at < b->tag.at);
}

static bool has_id(const struct mentions *ids, struct html_span id)
{
    size_t low = 0, high = ids->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = compare(ids->items[middle].id, id);
        if (order == 0)
            return true;
        *(order < 0 ? &low : &high) = order < 0 ? middle + 1 : middle;
    }
    return false;
}

/* What a <template> holds comes into the page when a script says so: only there can it be twice. */
static void check_twins(const struct check *check)
{
    for (size_t i = 1; i < check->ids.count; i++) {
        const struct mention *one = &check->ids.items[i - 1], *other = &check->ids.items[i];
        if (compare(one->id, other->id) == 0 && one->template == other->template)
            diag_error(check->diag, place_of(check, &other->tag),
                       "the page has the id \"%.*s\" twice: links and labels reach only the first",
                       (int)other->id.len, other->id.at);
    }
}

static const char *near_id(const struct check *check, struct html_span id)
{
    const char **ids = arena_alloc(check->arena, (check->ids.count + 1) * sizeof *ids);
    for (size_t i = 0; i < check->ids.count; i++)
        ids[i] = arena_strndup(check->arena, check->ids.items[i].id.at, check->ids.items[i].id.len);
    const char *near = diag_nearest(arena_strndup(check->arena, id.at, id.len), ids);
    return near ? arena_printf(check->arena, "; did you mean \"%s\"?", near) : "";
}

static void check_references(const struct check *check)
{
    for (size_t i = 0; i < check->references.count; i++) {
        const struct mention *reference = &check->references.items[i];
        if (!has_id(&check->ids, reference->id))
            diag_error(check->diag, place_of(check, &reference->tag),
                       "\"%s\" names \"%.*s\", but nothing in the page has that id%s", reference->attribute,
                       (int)reference->id.len, reference->id.at, near_id(check, reference->id));
    }
}

static bool is_labelled(const struct check *check, struct html_span id)
{
    for (size_t i = 0; i < check->references.count; i++) {
        const struct mention *reference = &check->references.items[i];
        if (strcmp(reference->attribute, "for") == 0 && compare(reference->id, id) == 0)
            return true;
    }
    return false;
}

static void check_labels(const struct check *check)
{
    for (size_t i = 0; i < check->fields.count; i++) {
        const struct mention *field = &check->fields.items[i];
        if (!is_labelled(check, field->id))
            diag_error(
                check->diag, place_of(check, &field->tag),
                "<%.*s> has no label: put it into a <label>, name its id in a label's \"for\", or give it "
                "an \"aria-label\"",
                (int)field->tag.name.len, field->tag.name.at);
    }
}

/* What a page is as a whole mostly stands in a layout. */
static void check_frame(const struct check *check)
{
    struct place place = {.file = check->file};
    if (check->root.at)
        place = place_of(check, &check->root);
    if (check->root.at && !says(&check->root, "lang"))
        diag_error(
            check->diag, place,
            "<html> has no \"lang\": want lang=\"{{locale.tag}}\", or it is read out in a wrong language");
    if (!check->has_title)
        diag_error(check->diag, place, "the page has no <title>: want {{page.title}} in one");
    if (!check->has_main)
        diag_warning(check->diag, place,
                     "the page has no <h1>: who hears it looks for one to learn where they are");
}

static void check_whole(struct check *check)
{
    if (check->ids.count > 0)
        qsort(check->ids.items, check->ids.count, sizeof *check->ids.items, by_id);
    check_twins(check);
    check_references(check);
    check_labels(check);
    check_frame(check);
}

void page_markup_check(const struct page_source *source, const char *file, const char *html,
                       struct diag *diag)
{
    struct check check = {.source = source, .file = file, .diag = diag, .arena = arena_new(0)};
    if (!check.arena)
        return;
    read_page(&check, html);
    check_whole(&check);
    arena_free(check.arena);
}
