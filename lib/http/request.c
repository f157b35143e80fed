#include "internal.h"

#include "url.h"
#include <strings.h>

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

const char *http_header_list(struct http_request *request, const char *name)
{
    const char *list = NULL;
    for (size_t i = 0; i < request->head.count; i++) {
        const struct http_field *field = &request->head.fields[i];
        if (strcasecmp(field->name, name) == 0)
            list = list ? arena_printf(request->arena, "%s, %s", list, field->value) : field->value;
    }
    return list;
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
