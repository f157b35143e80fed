/* The API of a state, over HTTP. */
#include "answer.h"
#include "inside.h"

#include <string.h>

enum { BODY_CEILING = 16 * 1024 * 1024, FORM_CEILING = 16 * 1024 };

/* The language that a plain form was sent in. */
static const char *locale_of(struct http_request *request, const struct scene *scene)
{
    char form[FORM_CEILING];
    size_t len = 0;
    int got = 1;
    while (len < sizeof form - 1 && got > 0) {
        got = http_body_read(request, form + len, (int)(sizeof form - 1 - len));
        len += got > 0 ? (size_t)got : 0;
    }
    form[len] = '\0';
    const char *locale = http_param(request, form, "locale");
    for (size_t i = 0; locale && i < scene->locale_count; i++) {
        if (strcmp(scene->locales[i], locale) == 0)
            return scene->locales[i];
    }
    return scene->default_locale;
}

static void set_headers(struct http_request *request, const struct scene *scene,
                        const struct address *address, const struct answer *answer)
{
    struct arena *arena = http_arena(request);
    if (answer->retry_after >= 0)
        http_set(request, "Retry-After", arena_printf(arena, "%ld", answer->retry_after));
    if (!answer->location || strpbrk(answer->location, "\r\n"))
        return;
    const char *prefix = address->state ? address->prefix : "";
    http_set(
        request, "Location",
        arena_printf(arena, "%s%s%s/%s", prefix, scene->slug, locale_of(request, scene), answer->location));
}

void send_api(struct http_request *request, struct desk *desk, const struct address *address,
              const char *path)
{
    struct answer answer = {.status = 503};
    struct buf body;
    buf_init(&body, BODY_CEILING);
    pthread_rwlock_rdlock(&desk->lock);
    if (desk->scene) {
        const struct asked asked = {http_method(request), path, http_query(request),
                                    http_header(request, "Guichet-Preview-Made")};
        answer_make(&answer, scene_state(desk->scene, address->state), &asked, time(NULL), &body);
        set_headers(request, desk->scene, address, &answer);
    }
    pthread_rwlock_unlock(&desk->lock);
    send_bytes(request, answer.status, answer.type ? answer.type : "text/plain; charset=utf-8", "no-store",
               body.data, body.len);
    buf_release(&body);
}
