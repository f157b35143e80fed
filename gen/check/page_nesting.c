#include "page_nesting.h"

enum { DEPTH_MAX = 256 };

struct nesting {
    const struct page_source *source;
    const char *file;
    struct diag *diag;
    const struct html_tag *open[DEPTH_MAX];
    size_t depth;
};

static bool is_one_of(struct html_span name, const char *const *names)
{
    while (*names && !html_is(name, *names))
        names++;
    return *names != NULL;
}

/* Elements that have no end tag, by the length of their names: most names are of another length. */
static bool is_void(struct html_span name)
{
    static const char *const names[][6] = {
        [2] = {"br", "hr"},
        [3] = {"img", "col", "wbr"},
        [4] = {"link", "meta", "area", "base"},
        [5] = {"input", "embed", "param", "track"},
        [6] = {"source"},
    };
    return name.len >= 2 && name.len <= 6 && is_one_of(name, names[name.len]);
}

static bool may_stay_open(struct html_span name)
{
    static const char *const names[] = {"html",   "head",     "body",     "p",     "li",    "dt",    "dd",
                                        "option", "optgroup", "caption",  "thead", "tbody", "tfoot", "tr",
                                        "td",     "th",       "colgroup", "rt",    "rp",    NULL};
    return is_one_of(name, names);
}

/* "<use/>", as in pictures. */
static bool ends_itself(const struct html_tag *tag)
{
    return tag->inner.len > 0 && tag->inner.at[tag->inner.len - 1] == '/';
}

static bool is_same(struct html_span one, struct html_span other)
{
    if (one.len != other.len)
        return false;
    for (size_t i = 0; i < one.len; i++) {
        if ((one.at[i] | 0x20) != (other.at[i] | 0x20))
            return false;
    }
    return true;
}

/* What is open from `depth` on ends here, whether it may or not. */
static void close_down_to(struct nesting *nesting, size_t depth)
{
    while (nesting->depth > depth) {
        const struct html_tag *tag = nesting->open[--nesting->depth];
        if (!may_stay_open(tag->name))
            diag_error(nesting->diag, page_source_of(nesting->source, nesting->file, tag),
                       "<%.*s> is never closed; want </%.*s> where it ends", (int)tag->name.len, tag->name.at,
                       (int)tag->name.len, tag->name.at);
    }
}

static void end(struct nesting *nesting, const struct html_tag *tag)
{
    size_t at = nesting->depth;
    while (at > 0 && !is_same(nesting->open[at - 1]->name, tag->name))
        at--;
    if (at == 0) {
        diag_error(nesting->diag, page_source_of(nesting->source, nesting->file, tag),
                   "</%.*s> closes nothing: no <%.*s> is open here", (int)tag->name.len, tag->name.at,
                   (int)tag->name.len, tag->name.at);
        return;
    }
    close_down_to(nesting, at);
    nesting->depth--;
}

void page_nesting_check(const struct page_source *source, const char *file, const struct html_page *page,
                        struct diag *diag)
{
    struct nesting nesting = {.source = source, .file = file, .diag = diag};
    for (size_t i = 0; i < page->count; i++) {
        const struct html_tag *tag = &page->tags[i];
        if (tag->end)
            end(&nesting, tag);
        else if (nesting.depth == DEPTH_MAX)
            return;
        else if (!is_void(tag->name) && !ends_itself(tag))
            nesting.open[nesting.depth++] = tag;
    }
    close_down_to(&nesting, 0);
}
