#include "respond.h"

#include "../../lib/esc.h"
#include "route.h"
#include "write.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define PROBLEM_CEILING 4096

static void set_common(struct http_request *http)
{
    http_set(http, "X-Content-Type-Options", "nosniff");
    http_set(http, "Referrer-Policy", "no-referrer");
}

static void set_private(struct http_request *http)
{
    set_common(http);
    http_set(http, "Cache-Control", "no-store");
    http_set(http, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
}

/* Does If-None-Match name this tag (RFC 9110, section 13.1.2)? Weak tags count as well. */
static bool client_has(struct http_request *http, const char *etag)
{
    const char *tags = http_header(http, "If-None-Match");
    return tags && (strstr(tags, etag) || strcmp(tags, "*") == 0);
}

#define TAG_BYTES crypto_generichash_BYTES_MIN

/*
 * A weak tag of what this very caller is told, and of nothing else: what they may not see cannot change it
 * (T21). True: the client has just that already.
 */
static bool tag_answer(struct request *request)
{
    unsigned char hash[TAG_BYTES];
    char hex[2 * TAG_BYTES + 1], tag[sizeof hex + 4];
    crypto_generichash(hash, sizeof hash, (const unsigned char *)request->out.data, request->out.len, NULL,
                       0);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    snprintf(tag, sizeof tag, "W/\"%s\"", hex);
    http_set(request->http, "ETag", tag);
    return client_has(request->http, tag + 2);
}

enum problem respond_json(struct request *request, int status)
{
    if (!buf_ok(&request->out))
        return PROBLEM_INTERNAL;
    set_private(request->http);
    if (status == 200 && request->route->flags & ROUTE_TAGGED && tag_answer(request)) {
        http_respond(request->http, 304, NULL, 0);
        return PROBLEM_NONE;
    }
    http_set(request->http, "Content-Type", "application/json");
    http_respond(request->http, status, request->out.data, request->out.len);
    return PROBLEM_NONE;
}

enum problem respond_nothing(struct request *request, int status)
{
    set_private(request->http);
    http_respond(request->http, status, NULL, 0);
    return PROBLEM_NONE;
}

enum problem respond_see_other(struct request *request, const char *path)
{
    const char *origin = http_header(request->http, "Origin");
    bool back = request->snapshot->api_elsewhere && origins_allow(&request->snapshot->origins, origin);
    const char *site = request->snapshot->api_elsewhere ? request->snapshot->origins.self : "";
    char *url = path ? arena_printf(request->arena, "%s%s", back ? origin : site, path) : NULL;
    if (!url)
        return PROBLEM_INTERNAL;
    set_private(request->http);
    http_set(request->http, "Location", url);
    http_respond(request->http, 303, NULL, 0);
    return PROBLEM_NONE;
}

enum problem respond_elsewhere(struct request *request, const char *url)
{
    if (!url)
        return PROBLEM_INTERNAL;
    set_private(request->http);
    http_set(request->http, "Location", url);
    http_respond(request->http, 303, NULL, 0);
    return PROBLEM_NONE;
}

enum problem respond_file(struct request *request, const struct file *file, const char *disposition, int fd)
{
    buf_adds(&request->out, disposition);
    buf_adds(&request->out, "; ");
    esc_filename(&request->out, file->name, strlen(file->name));
    if (!buf_ok(&request->out))
        return PROBLEM_INTERNAL;
    set_common(request->http);
    http_set(request->http, "Cache-Control", "private, no-store");
    http_set(request->http, "Content-Security-Policy", "sandbox; default-src 'none'");
    http_set(request->http, "Content-Type", file->type);
    http_set(request->http, "Content-Disposition", request->out.data);
    http_respond_file(request->http, 200, fd, (uint64_t)file->size);
    return PROBLEM_NONE;
}

void respond_stream(struct request *request, const char *type, const char *name)
{
    buf_adds(&request->out, "attachment; ");
    esc_filename(&request->out, name, strlen(name));
    set_private(request->http);
    http_set(request->http, "Content-Type", type);
    http_set(request->http, "Content-Disposition", request->out.data);
    buf_reset(&request->out);
    http_stream_begin(request->http, 200);
}

static void write_errors(struct buf *out, const struct request *request)
{
    write_begin(out, "errors", '[');
    for (size_t i = 0; i < request->error_count; i++) {
        write_begin(out, NULL, '{');
        write_text(out, "field", request->errors[i].field);
        write_text(out, "code", request->errors[i].code);
        write_end(out, '}');
    }
    write_end(out, ']');
}

/* `status` is the problem's own, but where lib/http knows better. */
static void send_problem(struct http_request *http, const struct request *request, enum problem problem,
                         int status)
{
    const struct problem_row *row = problem_row(problem);
    struct buf out;
    buf_init(&out, PROBLEM_CEILING);
    write_begin(&out, NULL, '{');
    write_text(&out, "type", "about:blank");
    write_text(&out, "title", row->title);
    write_number(&out, "status", status);
    write_text(&out, "code", row->code);
    write_text(&out, "detail", row->detail);
    if (request && (problem == PROBLEM_INVALID || request->error_count > 0))
        write_errors(&out, request);
    write_end(&out, '}');
    set_private(http);
    http_set(http, "Content-Type", "application/problem+json");
    http_respond(http, status, out.data, out.len);
    buf_release(&out);
}

void respond_problem(struct request *request, enum problem problem)
{
    if (problem == PROBLEM_METHOD && request->allow)
        http_set(request->http, "Allow", request->allow);
    if (problem == PROBLEM_TOO_MANY_ATTEMPTS) {
        char seconds[24];
        snprintf(seconds, sizeof seconds, "%lld", (long long)(request->retry_ms + 999) / 1000);
        http_set(request->http, "Retry-After", seconds);
    }
    send_problem(request->http, request, problem, problem_row(problem)->status);
}

void respond_refusal(struct http_request *http, enum problem problem, int status)
{
    send_problem(http, NULL, problem, status ? status : problem_row(problem)->status);
}

void respond_page(struct http_request *http, const struct snapshot *snapshot, const struct site_file *file,
                  int status)
{
    const char *encoding;
    const struct site_file *form = site_form(file, http_header(http, "Accept-Encoding"), &encoding);
    set_common(http);
    http_set(http, "ETag", form->etag);
    http_set(http, "Cache-Control", file->immutable ? "public, max-age=31536000, immutable" : "no-cache");
    if (site_has_forms(file))
        http_set(http, "Vary", "Accept-Encoding");
    /* a drawing that is opened by itself is a page, too, and its scripts would be this host's */
    http_set(http, "Content-Security-Policy", snapshot->page_csp);
    if (status == 200 && client_has(http, form->etag)) {
        http_respond(http, 304, NULL, 0);
        return;
    }
    http_set(http, "Content-Type", file->type);
    http_set(http, "Accept-Ranges", "none");
    if (encoding)
        http_set(http, "Content-Encoding", encoding);
    http_respond(http, status, form->body, form->len);
}

static void add_query(struct buf *url, struct http_request *http)
{
    if (!*http_query(http))
        return;
    buf_addc(url, '?');
    buf_adds(url, http_query(http));
}

static void redirect(struct http_request *http, int status, const struct buf *url)
{
    set_common(http);
    http_set(http, "Cache-Control", "no-cache");
    http_set(http, "Location", buf_ok(url) ? url->data : "/");
    http_respond(http, status, NULL, 0);
}

void respond_moved(struct http_request *http, const char *path)
{
    struct buf url;
    buf_init(&url, 8192);
    for (const char *at = path; *at; at += *at == '/') {
        size_t len = strcspn(at, "/");
        esc_url(&url, at, len);
        at += len;
        if (*at == '/')
            buf_addc(&url, '/');
    }
    buf_addc(&url, '/');
    add_query(&url, http);
    redirect(http, 301, &url);
    buf_release(&url);
}

void respond_door(struct http_request *http, const char *home)
{
    struct buf url;
    buf_init(&url, 8192);
    buf_adds(&url, home);
    add_query(&url, http);
    redirect(http, 302, &url);
    buf_release(&url);
}
