#include "serve.h"

#include "inside.h"
#include "letters.h"
#include "own.h"

#include "../../lib/file_type.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WAIT_SECONDS = 25 };

bool serve_knows_host(const char *host, void *context)
{
    const struct desk *desk = context;
    char known[PREVIEW_HOST_MAX];
    static const char *const names[] = {"localhost", "127.0.0.1"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        snprintf(known, sizeof known, "%s:%d", names[i], desk->port);
        if (strcmp(host, known) == 0)
            return true;
    }
    return false;
}

void send_bytes(struct http_request *request, int status, const char *type, const char *cache,
                const void *bytes, size_t len)
{
    http_set(request, "Content-Type", type);
    http_set(request, "Cache-Control", cache);
    http_set(request, "X-Content-Type-Options", "nosniff");
    http_set(request, "X-Frame-Options", "SAMEORIGIN");
    http_set(request, "Cross-Origin-Resource-Policy", "same-origin");
    http_respond(request, status, bytes, len);
}

void send_text(struct http_request *request, int status, const char *text)
{
    send_bytes(request, status, "text/plain; charset=utf-8", "no-store", text, strlen(text));
}

/* --- the preview's own -----------------------------------------------------------------------------------
 */

static void send_news(struct http_request *request, struct desk *desk)
{
    const char *after = http_param(request, http_query(request), "after");
    long revision = after ? strtol(after, NULL, 10) : -1;
    const char *text = news_wait(desk->news, revision, WAIT_SECONDS, http_arena(request));
    send_bytes(request, 200, "application/json", "no-store", text ? text : "{}", text ? strlen(text) : 2);
}

static void send_own(struct http_request *request, struct desk *desk, const char *name)
{
    if (strcmp(name, "news") == 0) {
        send_news(request, desk);
        return;
    }
    if (*name == '\0') {
        send_grid(request, desk);
        return;
    }
    const struct own_file *file = own_find(name);
    if (!file || strstr(name, ".html"))
        send_text(request, 404, "The preview has no such page.\n");
    else
        send_bytes(request, 200, file_type(name), "no-cache", file->bytes, file->len);
}

static bool only_reads(struct http_request *request)
{
    const char *method = http_method(request);
    if (strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0)
        return true;
    http_set(request, "Allow", "GET, HEAD");
    send_text(request, 405, "");
    return false;
}

void serve_request(struct http_request *request, void *context)
{
    static const char api[] = PREVIEW_API "/", mail[] = PREVIEW_MAIL "/";
    struct desk *desk = context;
    struct address address;
    if (!address_read(&address, http_path(request), http_arena(request)))
        send_text(request, 404, "The preview has no such page.\n");
    else if (address.kind == ADDRESS_STATE && strncmp(address.rest, api, strlen(api)) == 0)
        send_api(request, desk, &address, address.rest + strlen(api) - 1);
    else if (address.kind == ADDRESS_OWN && strcmp(address.rest, "style") == 0)
        send_style(request, desk);
    else if (!only_reads(request))
        return;
    else if (address.kind == ADDRESS_STATE && strncmp(address.rest, mail, strlen(mail)) == 0)
        send_letter(request, desk, &address, address.rest + strlen(mail) - 1);
    else if (address.kind == ADDRESS_OWN)
        send_own(request, desk, address.rest);
    else
        send_portal(request, desk, &address);
}
