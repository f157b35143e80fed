/* The style controls over HTTP: what they say, and saying something else. */
#include "inside.h"
#include "style_view.h"

#include "../../lib/json.h"

#include <stdlib.h>
#include <string.h>

enum { SAID_CEILING = 64 * 1024 };

static void send_json(struct http_request *request, int status, json_t *value)
{
    char *text = json_dumps(value, JSON_COMPACT | JSON_REAL_PRECISION(12));
    send_bytes(request, status, "application/json", "no-store", text ? text : "null",
               text ? strlen(text) : 4);
    free(text);
    json_decref(value);
}

static void send_what_is_said(struct http_request *request, struct desk *desk)
{
    long number;
    json_t *view = NULL, *overlay = style_now(desk->style, &number);
    pthread_rwlock_rdlock(&desk->lock);
    if (desk->scene)
        view = style_view(desk->scene->style, overlay, number, desk->root, http_arena(request));
    pthread_rwlock_unlock(&desk->lock);
    json_decref(overlay);
    if (view)
        send_json(request, 200, view);
    else
        send_text(request, 503, "Nothing was built yet.\n");
}

/* Only our own pages may: a page of the world could send a request, too, though not of this type unasked. */
static bool is_from_here(struct http_request *request)
{
    const char *origin = http_header(request, "Origin"), *host = http_header(request, "Host");
    const char *own = host ? arena_printf(http_arena(request), "http://%s", host) : NULL;
    return origin && own && strcmp(origin, own) == 0;
}

static bool is_json(struct http_request *request)
{
    const char *type = http_header(request, "Content-Type");
    size_t len = type ? strcspn(type, "; ") : 0;
    return len == strlen("application/json") && strncasecmp(type, "application/json", len) == 0;
}

/* False: it is larger than allowed, or broke off. */
static bool read_body(struct http_request *request, struct buf *body)
{
    char piece[4096];
    int got;
    http_body_limit(request, SAID_CEILING);
    while ((got = http_body_read(request, piece, sizeof piece)) > 0)
        buf_add(body, piece, (size_t)got);
    return got == 0 && buf_ok(body);
}

static void say(struct http_request *request, struct desk *desk)
{
    struct buf body;
    const char *why = "want an object";
    buf_init(&body, SAID_CEILING);
    bool whole = read_body(request, &body);
    json_t *overlay = whole ? json_parse_body(body.data, body.len, &why) : NULL;
    buf_release(&body);
    if (!whole)
        send_text(request, 413, "Want at most 64 KiB.\n");
    else if (!json_is_object(overlay))
        send_text(request, 400, arena_printf(http_arena(request), "%s\n", overlay ? "want an object" : why));
    if (json_is_object(overlay))
        send_json(request, 202, json_pack("{s:I}", "style", (json_int_t)style_put(desk->style, overlay)));
    else
        json_decref(overlay);
}

static void take(struct http_request *request, struct desk *desk)
{
    if (!is_from_here(request))
        send_text(request, 403, "Only the preview's own pages may change the style.\n");
    else if (!is_json(request))
        send_text(request, 415, "Want application/json.\n");
    else
        say(request, desk);
}

void send_style(struct http_request *request, struct desk *desk)
{
    const char *method = http_method(request);
    if (strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0) {
        send_what_is_said(request, desk);
    } else if (strcmp(method, "POST") == 0) {
        take(request, desk);
    } else {
        http_set(request, "Allow", "GET, HEAD, POST");
        send_text(request, 405, "");
    }
}
