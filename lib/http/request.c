#include "internal.h"
#include "url.h"

const char *http_method(const struct http_request *request)
{
    return request->head.method;
}

const char *http_path(const struct http_request *request)
{
    return request->path;
}

const char *http_query(const struct http_request *request)
{
    return request->head.query;
}

const char *http_header(const struct http_request *request, const char *name)
{
    return head_field(&request->head, name);
}

const char *http_peer(const struct http_request *request)
{
    return request->peer;
}

struct arena *http_arena(struct http_request *request)
{
    return request->arena;
}

const char *http_param(struct http_request *request, const char *encoded, const char *name)
{
    return url_param(request->arena, encoded, name);
}

const char *http_cookie(struct http_request *request, const char *name)
{
    return url_cookie(request->arena, &request->head, name);
}
