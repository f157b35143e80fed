/* The preview's answer to the address of a mail (letters.h). */
#include "inside.h"
#include "letters.h"
#include "own_page.h"
#include "rewrite.h"

#include "../../lib/locale.h"

#include <string.h>

enum { LETTER_CEILING = 4 * 1024 * 1024 };

/* Mails carry their styles within; nothing else may be in them. */
#define LETTER_POLICY                                                                                        \
    "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; connect-src 'self'; base-uri " \
    "'none'"

/* "/en/reset.html" */
struct wanted {
    const char *locale, *id;
    enum letter_part part;
};

static bool read_wanted(struct wanted *wanted, const char *path, struct arena *arena)
{
    const char *slash = strchr(path + 1, '/'), *dot = slash ? strrchr(slash, '.') : NULL;
    if (!dot || (strcmp(dot, ".html") != 0 && strcmp(dot, ".txt") != 0))
        return false;
    wanted->part = strcmp(dot, ".txt") == 0 ? LETTER_TEXT : LETTER_HTML;
    wanted->locale = arena_strndup(arena, path + 1, (size_t)(slash - path) - 1);
    wanted->id = arena_strndup(arena, slash + 1, (size_t)(dot - slash) - 1);
    return wanted->locale && wanted->id;
}

/* Who reads the text alone sees the subject above it. */
static bool write_text(const struct wanted *wanted, const char *subject, const char *text, struct buf *out)
{
    static const char *const templates[] = {"mail", NULL};
    json_t *view = json_pack("{s:s, s:s, s:s, s:s}", "tag", wanted->locale, "dir", locale_dir(wanted->locale),
                             "subject", subject, "text", text);
    bool done = own_page_render(templates, view, out);
    json_decref(view);
    return done;
}

static bool make_letter(struct desk *desk, const struct address *address, const struct wanted *wanted,
                        struct arena *arena, struct buf *page)
{
    const struct scene *scene = desk->scene;
    const json_t *state = scene_state(scene, address->state);
    const json_t *mails = address->pseudo && desk->pseudo_mails ? desk->pseudo_mails : scene->mails;
    const char *text = letter_part(scene, mails, state, wanted->locale, wanted->id, wanted->part, arena);
    const char *subject = letter_part(scene, mails, state, wanted->locale, wanted->id, LETTER_SUBJECT, arena);
    if (!text || !subject)
        return false;
    if (wanted->part == LETTER_TEXT)
        return write_text(wanted, subject, text, page);
    buf_adds(page, text);
    return true;
}

/* In the scheme that was asked for, and loaded again when anything changes. */
static void dress(struct desk *desk, const struct address *address, struct arena *arena,
                  const struct buf *page, struct buf *out)
{
    struct buf html;
    const struct rewrite rewrite = {.slug = "//",
                                    .api = "//",
                                    .assets = "//",
                                    .page_prefix = "",
                                    .asset_prefix = "",
                                    .api_instead = "",
                                    .scheme = address->scheme,
                                    .rtl = address->rtl,
                                    .head = head_of_letter(desk, arena)};
    buf_init(&html, LETTER_CEILING);
    rewrite_html(&rewrite, page->data, &html);
    if (address->scheme)
        rewrite_css(address->scheme, html.data, html.len, out);
    else
        buf_add(out, html.data, html.len);
    buf_release(&html);
}

void send_letter(struct http_request *request, struct desk *desk, const struct address *address,
                 const char *path)
{
    struct arena *arena = http_arena(request);
    struct wanted wanted;
    struct buf page, out;
    bool found = read_wanted(&wanted, path, arena);
    buf_init(&page, LETTER_CEILING);
    buf_init(&out, LETTER_CEILING);
    desk_hold(desk, address);
    found = found && desk->scene && make_letter(desk, address, &wanted, arena, &page);
    if (found)
        dress(desk, address, arena, &page, &out);
    pthread_rwlock_unlock(&desk->lock);
    if (found) {
        http_set(request, "Content-Security-Policy", LETTER_POLICY);
        send_bytes(request, 200, "text/html; charset=utf-8", "no-store", out.data, out.len);
    } else {
        send_text(request, 404, "There is no such mail in this state.\n");
    }
    buf_release(&out);
    buf_release(&page);
}
