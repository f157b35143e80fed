#include "request.h"

#include "../ops/config.h"
#include "place.h"
#include "route.h"

#include <string.h>
#include <strings.h>

void request_error(struct request *request, const char *field, const char *code)
{
    if (request->error_count < FIELD_ERRORS_MAX)
        request->errors[request->error_count++] = (struct field_error){field, code};
}

static enum problem read_body(struct request *request, struct buf *body)
{
    char piece[4096];
    int got;
    while ((got = http_body_read(request->http, piece, sizeof piece)) > 0)
        buf_add(body, piece, (size_t)got);
    if (got == -2 || !buf_ok(body))
        return PROBLEM_TOO_LARGE;
    return got == 0 ? PROBLEM_NONE : PROBLEM_FRAMING;
}

static bool is_box(const struct request_text *field)
{
    return field->name[0] == '?';
}

/* Need not be there. */
static bool is_spare(const struct request_text *field)
{
    return is_box(field) || field->name[0] == '~';
}

static const char *name_of(const struct request_text *field)
{
    return field->name + is_spare(field);
}

static const struct request_text *find_field(const struct request_text *fields, const char *name, size_t len)
{
    for (; fields->name; fields++) {
        const char *own = name_of(fields);
        if (strlen(own) == len && memcmp(own, name, len) == 0)
            return fields;
    }
    return NULL;
}

static bool text_from_value(struct request *request, const json_t *value, const struct request_text *field)
{
    if (is_box(field) ? !json_is_boolean(value) : !json_is_string(value))
        return false;
    const char *text = is_box(field) ? (json_is_true(value) ? "yes" : "") : json_string_value(value);
    *field->value = arena_strdup(request->arena, text);
    return true;
}

static enum problem texts_from_object(struct request *request, json_t *object,
                                      const struct request_text *fields)
{
    const char *name;
    json_t *value;
    for (const struct request_text *field = fields; field->name; field++) {
        if (!is_spare(field) && !json_object_get(object, field->name))
            return PROBLEM_BAD_INPUT;
        *field->value = "";
    }
    json_object_foreach(object, name, value)
    {
        const struct request_text *field = find_field(fields, name, strlen(name));
        if (!field || !text_from_value(request, value, field))
            return PROBLEM_BAD_INPUT;
        if (!*field->value)
            return PROBLEM_INTERNAL;
    }
    return PROBLEM_NONE;
}

static enum problem texts_from_json(struct request *request, const struct buf *body,
                                    const struct request_text *fields)
{
    const char *why;
    json_t *root = json_parse_body(body->data, body->len, &why);
    if (!root)
        return PROBLEM_BAD_JSON;
    enum problem problem = PROBLEM_BAD_INPUT;
    if (json_is_object(root))
        problem = texts_from_object(request, root, fields);
    json_decref(root);
    return problem;
}

/* Names are plain in our forms: one that is percent-encoded is not ours. */
static bool names_are_known(const char *encoded, const struct request_text *fields)
{
    for (const char *at = encoded; *at; at += *at == '&') {
        size_t pair = strcspn(at, "&");
        size_t name = strcspn(at, "=&");
        if (pair > 0 && !find_field(fields, at, name))
            return false;
        at += pair;
    }
    return true;
}

static bool has_name(const char *encoded, const char *name)
{
    size_t len = strlen(name);
    for (const char *at = encoded; *at; at += *at == '&') {
        if (strncmp(at, name, len) == 0 && strchr("=&", at[len]))
            return true;
        at += strcspn(at, "&");
    }
    return false;
}

/* http_param() is also silent about what is malformed or there twice. */
static enum problem texts_from_encoded(struct request *request, const char *encoded,
                                       const struct request_text *fields, const char *absent)
{
    if (!names_are_known(encoded, fields))
        return PROBLEM_BAD_INPUT;
    for (; fields->name; fields++) {
        const char *name = name_of(fields);
        const char *value = http_param(request->http, encoded, name);
        if (!value && has_name(encoded, name))
            return PROBLEM_BAD_INPUT;
        *fields->value = value ? value : absent;
    }
    return PROBLEM_NONE;
}

static enum problem texts_from_form(struct request *request, const struct buf *body,
                                    const struct request_text *fields)
{
    if (strlen(body->data) != body->len)
        return PROBLEM_BAD_INPUT;
    return texts_from_encoded(request, body->data, fields, "");
}

enum problem request_texts(struct request *request, const struct request_text *fields)
{
    struct buf body;
    buf_init(&body, (size_t)request->route->ceiling);
    enum problem problem = read_body(request, &body);
    if (problem == PROBLEM_NONE && request->route->body == BODY_JSON)
        problem = texts_from_json(request, &body, fields);
    else if (problem == PROBLEM_NONE)
        problem = texts_from_form(request, &body, fields);
    buf_release(&body);
    return problem;
}

enum problem request_json(struct request *request, json_t **root)
{
    struct buf body;
    const char *why;
    buf_init(&body, (size_t)request->route->ceiling);
    enum problem problem = read_body(request, &body);
    *root = problem == PROBLEM_NONE ? json_parse_body(body.data, body.len, &why) : NULL;
    buf_release(&body);
    return problem == PROBLEM_NONE && !*root ? PROBLEM_BAD_JSON : problem;
}

enum problem request_params(struct request *request, const struct request_text *params)
{
    return texts_from_encoded(request, http_query(request->http), params, NULL);
}

bool request_is_head(const struct request *request)
{
    return strcmp(http_method(request->http), "HEAD") == 0;
}

bool request_type_is(const char *header, const char *type)
{
    size_t len = strlen(type);
    if (!header || strncasecmp(header, type, len) != 0)
        return false;
    return header[len + strspn(header + len, " \t")] == '\0' ||
           header[len + strspn(header + len, " \t")] == ';';
}

const char *request_place(struct request *request)
{
    char *place = arena_alloc(request->arena, PLACE_MAX);
    if (place)
        place_of(place, http_peer(request->http), request->server->config->proxy,
                 http_header_list(request->http, "X-Forwarded-For"));
    return place ? place : "";
}

const char *request_home(struct request *request, const char *locale)
{
    const struct portal *portal = request->portal;
    const char *known = portal->default_locale;
    for (size_t i = 0; i < portal->locale_count; i++)
        if (strcmp(portal->locales[i], locale) == 0)
            known = portal->locales[i];
    return arena_printf(request->arena, "%s%s/", portal->slug, known);
}

const char *request_team_name(struct request *request, const char *first, const char *last)
{
    return portal_team_name(request->portal, request->arena, request->session.person.locale, first, last);
}

const char *request_name(struct request *request, const char *first, const char *last)
{
    bool both = first && *first && last && *last;
    return arena_printf(request->arena, "%s%s%s", first ? first : "", both ? " " : "", last ? last : "");
}
