#include "page_ids.h"

#include <stdlib.h>
#include <string.h>

static struct place place_of(const struct page_ids *page, const struct html_tag *tag)
{
    return page_source_of(page->source, page->file, tag);
}

static void note(struct page_ids *page, struct mentions *list, struct mention mention)
{
    struct mention *items = arena_more(page->arena, list->items, list->count, &list->cap, sizeof mention);
    if (!items)
        return;
    list->items = items;
    mention.within = page->templates ? page->within : 0;
    list->items[list->count++] = mention;
}

static void note_words(struct page_ids *page, const struct html_tag *tag, const char *attribute,
                       struct html_span value)
{
    const char *at = value.at, *end = value.at + value.len;
    while (at < end) {
        size_t len = 0;
        while (at + len < end && !strchr(" \t\r\n\f", at[len]))
            len++;
        if (len > 0)
            note(page, &page->references,
                 (struct mention){.id = {at, len}, .tag = tag, .attribute = attribute});
        at += len + 1;
    }
}

void page_ids_note(struct page_ids *page, const struct html_tag *tag)
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
            note(page, &page->ids, (struct mention){.id = attribute.value, .tag = tag});
        for (size_t i = 0; i < sizeof naming / sizeof naming[0]; i++) {
            if (html_is(attribute.name, naming[i]))
                note_words(page, tag, naming[i], attribute.value);
        }
    }
}

void page_ids_note_field(struct page_ids *page, const struct html_tag *tag, struct html_span id)
{
    note(page, &page->fields, (struct mention){.id = id, .tag = tag});
}

static int compare(struct html_span a, struct html_span b)
{
    int order = memcmp(a.at, b.at, a.len < b.len ? a.len : b.len);
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

static int by_id(const void *left, const void *right)
{
    const struct mention *a = left, *b = right;
    int order = compare(a->id, b->id);
    return order ? order : (a->tag->at > b->tag->at) - (a->tag->at < b->tag->at);
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
static void check_twins(const struct page_ids *page)
{
    for (size_t i = 1; i < page->ids.count; i++) {
        const struct mention *one = &page->ids.items[i - 1], *other = &page->ids.items[i];
        if (compare(one->id, other->id) == 0 && one->within == other->within)
            diag_error(page->diag, place_of(page, other->tag),
                       "the page has the id \"%.*s\" twice: links and labels reach only the first",
                       (int)other->id.len, other->id.at);
    }
}

static const char *near_id(const struct page_ids *page, struct html_span id)
{
    const char **ids = arena_alloc(page->arena, (page->ids.count + 1) * sizeof *ids);
    for (size_t i = 0; i < page->ids.count; i++)
        ids[i] = arena_strndup(page->arena, page->ids.items[i].id.at, page->ids.items[i].id.len);
    const char *near = diag_nearest(arena_strndup(page->arena, id.at, id.len), ids);
    return near ? arena_printf(page->arena, "; did you mean \"%s\"?", near) : "";
}

static void check_references(const struct page_ids *page)
{
    for (size_t i = 0; i < page->references.count; i++) {
        const struct mention *reference = &page->references.items[i];
        if (!has_id(&page->ids, reference->id))
            diag_error(page->diag, place_of(page, reference->tag),
                       "\"%s\" names \"%.*s\", but nothing in the page has that id%s", reference->attribute,
                       (int)reference->id.len, reference->id.at, near_id(page, reference->id));
    }
}

static bool is_labelled(const struct page_ids *page, struct html_span id)
{
    for (size_t i = 0; i < page->references.count; i++) {
        const struct mention *reference = &page->references.items[i];
        if (strcmp(reference->attribute, "for") == 0 && compare(reference->id, id) == 0)
            return true;
    }
    return false;
}

static void check_labels(const struct page_ids *page)
{
    for (size_t i = 0; i < page->fields.count; i++) {
        const struct mention *field = &page->fields.items[i];
        if (!is_labelled(page, field->id))
            diag_error(
                page->diag, place_of(page, field->tag),
                "<%.*s> has no label: put it into a <label>, name its id in a label's \"for\", or give it "
                "an \"aria-label\"",
                (int)field->tag->name.len, field->tag->name.at);
    }
}

void page_ids_check(struct page_ids *page)
{
    if (page->ids.count > 0)
        qsort(page->ids.items, page->ids.count, sizeof *page->ids.items, by_id);
    check_twins(page);
    check_references(page);
    check_labels(page);
}
