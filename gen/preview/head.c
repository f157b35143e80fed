/* What the preview adds to the head of a page. */
#include "inside.h"
#include "state.h"

#include "../../lib/esc.h"

#include <stdlib.h>
#include <string.h>

enum { HEAD_CEILING = 1024 * 1024 };

static void add_state(const struct scene *scene, const struct address *address, struct buf *out)
{
    const struct scene_page *page = scene_page_at(scene, address->rest);
    json_t *view = state_view(scene_state(scene, address->state), page ? page->id : NULL);
    char *text = json_dumps(view, JSON_COMPACT);
    buf_adds(out, "<script src=\"" PREVIEW_PATH "state.js\" data-state=\"");
    if (text)
        esc_html(out, text, strlen(text));
    buf_adds(out, "\"></script>\n");
    free(text);
    json_decref(view);
}

static void add_live(struct desk *desk, const char *more, struct buf *out)
{
    char run[24];
    long built;
    news_now(desk->news, run, &built);
    buf_addf(out, "<script src=\"" PREVIEW_PATH "live.js\" data-run=\"%s\" data-built=\"%ld\"%s></script>\n",
             run, built, more);
}

const char *head_of_letter(struct desk *desk, struct arena *arena)
{
    struct buf out;
    buf_init(&out, HEAD_CEILING);
    add_live(desk, " data-whole", &out);
    const char *head = buf_ok(&out) ? arena_strndup(arena, out.data, out.len) : "";
    buf_release(&out);
    return head;
}

const char *head_for(struct desk *desk, const struct address *address, struct arena *arena)
{
    struct buf out;
    buf_init(&out, HEAD_CEILING);
    add_live(desk, "", &out);
    if (address->pseudo)
        buf_adds(&out, "<script src=\"" PREVIEW_PATH "pseudo.js\"></script>\n");
    if (address->kind == ADDRESS_STATE && scene_state(desk->scene, address->state))
        add_state(desk->scene, address, &out);
    const char *head = buf_ok(&out) ? arena_strndup(arena, out.data, out.len) : "";
    buf_release(&out);
    return head;
}
