#include "answer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *text_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

/* --- which answer ------------------------------------------------------------------------------------------
 */

static bool path_fits(const char *pattern, size_t len, const char *path)
{
    const char *end = pattern + len;
    while (pattern < end && *path) {
        if (*pattern == '{') {
            while (pattern < end && *pattern != '/')
                pattern++;
            path += strcspn(path, "/");
        } else if (*pattern++ != *path++) {
            return false;
        }
    }
    return pattern == end && *path == '\0';
}

/* Every "name=value" of the pattern stands in the query. */
static bool query_fits(const char *pattern, const char *query)
{
    while (*pattern) {
        size_t len = strcspn(pattern, "&");
        const char *at = query;
        while (*at && !(strncmp(at, pattern, len) == 0 && (at[len] == '&' || at[len] == '\0'))) {
            at += strcspn(at, "&");
            at += *at == '&';
        }
        if (!*at)
            return false;
        pattern += len + (pattern[len] == '&');
    }
    return true;
}

bool answer_fits(const char *pattern, const char *method, const char *path, const char *query)
{
    size_t len = strlen(method);
    if (strncmp(pattern, method, len) != 0 || pattern[len] != ' ')
        return false;
    pattern += len + 1;
    len = strcspn(pattern, "?");
    return path_fits(pattern, len, path) && query_fits(pattern + len + (pattern[len] == '?'), query);
}

/* Has the page made the request after which this answer holds? NULL: it always holds. */
static bool has_come(const struct asked *asked, const char *after)
{
    const char *at = after && asked->made ? strstr(asked->made, after) : NULL;
    size_t len = after ? strlen(after) : 0;
    for (; at; at = strstr(at + 1, after)) {
        if ((at == asked->made || at[-1] == '|') && (at[len] == '|' || at[len] == '\0'))
            return true;
    }
    return after == NULL;
}

/* A path to the letter goes before one with something that stands for anything. */
static const json_t *find(const json_t *state, const struct asked *asked)
{
    size_t i;
    json_t *answer;
    const json_t *found = NULL;
    json_array_foreach(json_object_get(state, "answers"), i, answer)
    {
        const char *pattern = text_of(answer, "request");
        if (!answer_fits(pattern, asked->method, asked->path, asked->query) ||
            !has_come(asked, text_of(answer, "after")))
            continue;
        if (!strchr(pattern, '{'))
            return answer;
        found = found ? found : answer;
    }
    return found;
}

/* --- its body ----------------------------------------------------------------------------------------------
 */

/* "@-3h" -> seconds before or after now. False: an ordinary text. */
static bool read_moment(const char *text, long *seconds)
{
    static const struct {
        char name;
        long seconds;
    } units[] = {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}};
    if (text[0] != '@' || (text[1] != '-' && text[1] != '+'))
        return false;
    char *end;
    long count = strtol(text + 1, &end, 10);
    if (end == text + 2 || end - text > 8 || end[0] == '\0' || end[1] != '\0')
        return false;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (units[i].name == end[0]) {
            *seconds = count * units[i].seconds;
            return true;
        }
    }
    return false;
}

static json_t *moment(time_t at)
{
    struct tm tm;
    char text[40];
    gmtime_r(&at, &tm);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S.000Z", &tm);
    return json_string(text);
}

static json_t *object_at(json_t *object, time_t now)
{
    json_t *copy = json_object();
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value) json_object_set_new(copy, key, answer_at(value, now));
    return copy;
}

json_t *answer_at(json_t *body, time_t now)
{
    long seconds;
    if (json_is_object(body))
        return object_at(body, now);
    if (json_is_string(body) && read_moment(json_string_value(body), &seconds))
        return moment(now + seconds);
    if (!json_is_array(body))
        return json_deep_copy(body);
    json_t *copy = json_array();
    size_t i;
    json_t *item;
    json_array_foreach(body, i, item) json_array_append_new(copy, answer_at(item, now));
    return copy;
}

static const char *write_json(const json_t *value, struct buf *out, const char *type)
{
    char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
    buf_adds(out, text ? text : "null");
    free(text);
    return type;
}

static void write_body(struct answer *answer, json_t *body, time_t now, struct buf *out)
{
    if (!body)
        return;
    if (json_is_string(body)) {
        buf_adds(out, json_string_value(body));
        answer->type = "application/octet-stream";
        return;
    }
    json_t *value = answer_at(body, now);
    answer->type =
        write_json(value, out, answer->status < 400 ? "application/json" : "application/problem+json");
    json_decref(value);
}

/* A problem of the preview's own: the page shows what it shows of an unknown one. */
static void write_problem(struct answer *answer, int status, const char *detail, struct buf *out)
{
    json_t *problem =
        json_pack("{s:s, s:s, s:i, s:s, s:s}", "type", "about:blank", "title", "Preview", "status", status,
                  "code", status == 404 ? "not_found" : "internal", "detail", detail);
    answer->status = status;
    answer->type = write_json(problem, out, "application/problem+json");
    json_decref(problem);
}

void answer_make(struct answer *answer, const json_t *state, const struct asked *asked, time_t now,
                 struct buf *body)
{
    *answer = (struct answer){.retry_after = -1};
    const json_t *found = find(state, asked);
    if (!found) {
        write_problem(answer, 404, "the state's fixture has no answer to this request", body);
        return;
    }
    if (strcmp(text_of(found, "outcome"), "answer") != 0) {
        write_problem(answer, 503, "in this state the request is not answered", body);
        return;
    }
    const json_t *retry = json_object_get(found, "retry_after");
    answer->status = (int)json_integer_value(json_object_get(found, "status"));
    answer->location = text_of(found, "location");
    answer->retry_after = retry ? (long)json_integer_value(retry) : -1;
    write_body(answer, json_object_get(found, "body"), now, body);
}
