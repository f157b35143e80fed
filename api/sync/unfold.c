#include "unfold.h"

json_t *unfold_text(const json_t *ticket)
{
    json_t *id = json_object_get(ticket, "id"), *text = json_object_get(ticket, "text");
    if (json_string_length(text) == 0)
        return NULL;
    json_t *message = json_pack("{s:s, s:O?, s:O?, s:O?, s:O}", "type", "message", "ticket", id, "author",
                                json_object_get(ticket, "requester"), "created_at",
                                json_object_get(ticket, "created_at"), "text", text);
    if (json_is_integer(id))
        json_object_set_new(message, "id", json_sprintf("%lld/text", (long long)json_integer_value(id)));
    else if (json_is_string(id))
        json_object_set_new(message, "id", json_sprintf("%s/text", json_string_value(id)));
    return message;
}

json_t *unfold_message(const json_t *ticket, const json_t *message)
{
    json_t *record = json_is_object(message) ? json_copy((json_t *)message) : json_object();
    json_object_set_new(record, "type", json_string("message"));
    json_object_set(record, "ticket", json_object_get(ticket, "id"));
    return record;
}

void unfold_rest(json_t *ticket)
{
    json_object_del(ticket, "text");
    if (json_is_array(json_object_get(ticket, "messages")))
        json_object_del(ticket, "messages");
}
