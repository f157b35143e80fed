#include "import_zendesk.h"

#include "../../lib/settings/format.h"

#include <string.h>

static const char *text_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

/* Take a member over under a name of ours. */
static void take(json_t *to, const char *key, const json_t *from, const char *theirs)
{
    json_t *value = json_object_get(from, theirs);
    if (value && !json_is_null(value))
        json_object_set(to, key, value);
}

static json_t *begin(const char *type, const json_t *line)
{
    json_t *record = json_pack("{s:s}", "type", type);
    take(record, "id", line, "id");
    take(record, "created_at", line, "created_at");
    return record;
}

static json_t *read_user(const json_t *line)
{
    json_t *record = begin("contact", line);
    const char *role = text_of(line, "role");
    take(record, "name", line, "name");
    take(record, "email", line, "email");
    take(record, "company", line, "organization_id");
    take(record, "locale", line, "locale");
    if (role && strcmp(role, "end-user") != 0)
        json_object_set_new(record, "role", json_string("agent"));
    return record;
}

static json_t *read_organization(const json_t *line)
{
    json_t *record = begin("company", line);
    take(record, "name", line, "name");
    return record;
}

static json_t *read_comment(const json_t *comment)
{
    json_t *message = json_object();
    take(message, "id", comment, "id");
    take(message, "created_at", comment, "created_at");
    take(message, "author", comment, "author_id");
    take(message, "text", comment, text_of(comment, "plain_body") ? "plain_body" : "body");
    if (json_is_false(json_object_get(comment, "public")))
        json_object_set_new(message, "internal", json_true());
    return message;
}

static void read_comments(json_t *record, const json_t *line)
{
    size_t i;
    json_t *one, *messages = json_array();
    json_array_foreach(json_object_get(line, "comments"), i, one)
        json_array_append_new(messages, read_comment(one));
    if (json_array_size(messages) == 0)
        take(record, "text", line, "description");
    else
        json_object_set(record, "messages", messages);
    json_decref(messages);
}

static void read_status(json_t *record, const json_t *line)
{
    const char *status = text_of(line, "status");
    bool closed = status && (strcmp(status, "closed") == 0 || strcmp(status, "solved") == 0);
    json_object_set_new(record, "status", json_string(closed ? "closed" : "open"));
    if (!closed)
        return;
    take(record, "closed_at", line, "updated_at");
    take(record, "closed_at", json_object_get(line, "metric_set"), "solved_at");
}

static json_t *read_ticket(const json_t *line)
{
    json_t *record = begin("ticket", line);
    const char *channel = text_of(json_object_get(line, "via"), "channel");
    take(record, "subject", line, "subject");
    take(record, "requester", line, "requester_id");
    take(record, "owner", line, "assignee_id");
    take(record, "participants", line, "collaborator_ids");
    take(record, "priority", line, "priority");
    if (channel && format_is_id(channel))
        json_object_set_new(record, "source", json_string(channel));
    read_status(record, line);
    read_comments(record, line);
    return record;
}

json_t *import_zendesk_record(const json_t *line)
{
    if (json_object_get(line, "requester_id"))
        return read_ticket(line);
    if (json_object_get(line, "role"))
        return read_user(line);
    if (json_object_get(line, "name"))
        return read_organization(line);
    return json_object();
}
