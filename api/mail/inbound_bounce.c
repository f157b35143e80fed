#include "inbound_bounce.h"

#include "inbound_head.h"
#include "inbound_parts.h"

#include <string.h>

enum { STATUS_MAX = 64 * 1024 };

struct report {
    struct arena *arena;
    struct inbound *inbound;
    size_t parts;
};

/* The value of a line "Name: value" within a text. NULL: there is none. */
static const char *line_value(struct arena *arena, const char *text, const char *name)
{
    size_t len = strlen(name);
    for (const char *at = text; at && *at; at = strchr(at, '\n'), at = at ? at + 1 : NULL) {
        if (g_ascii_strncasecmp(at, name, len) != 0 || at[len] != ':')
            continue;
        const char *value = at + len + 1;
        const char *copy = arena_strndup(arena, value, strcspn(value, "\r\n"));
        return copy ? inbound_head_line(arena, copy) : NULL;
    }
    return NULL;
}

static void read_status(struct report *report, GMimeObject *part)
{
    GMimeDataWrapper *content = GMIME_IS_PART(part) ? g_mime_part_get_content(GMIME_PART(part)) : NULL;
    GMimeStream *stream = g_mime_stream_mem_new();
    if (content)
        g_mime_data_wrapper_write_to_stream(content, stream);
    GByteArray *bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
    size_t len = bytes->len < STATUS_MAX ? bytes->len : STATUS_MAX;
    const char *text = arena_strndup(report->arena, bytes->data ? (const char *)bytes->data : "", len);
    const char *action = text ? line_value(report->arena, text, "Action") : NULL;
    const char *why = text ? line_value(report->arena, text, "Diagnostic-Code") : NULL;
    if (text && !why)
        why = line_value(report->arena, text, "Status");
    if (action && g_ascii_strcasecmp(action, "failed") == 0)
        report->inbound->bounced_why = why ? why : "it came back";
    g_object_unref(stream);
}

static void read_original(struct report *report, const char *text)
{
    const char *id = text ? line_value(report->arena, text, "Message-ID") : NULL;
    if (id && !report->inbound->bounced_id)
        report->inbound->bounced_id = id;
}

static void read_report_part(GMimeObject *parent, GMimeObject *part, gpointer context)
{
    struct report *report = context;
    (void)parent;
    if (++report->parts > INBOUND_PARTS_MAX)
        return;
    if (inbound_parts_is(part, "message", "delivery-status")) {
        read_status(report, part);
    } else if (GMIME_IS_MESSAGE_PART(part)) {
        GMimeMessage *original = g_mime_message_part_get_message(GMIME_MESSAGE_PART(part));
        const char *id = original ? g_mime_message_get_message_id(original) : NULL;
        if (id && !report->inbound->bounced_id)
            report->inbound->bounced_id = inbound_head_text(report->arena, id);
    } else if (inbound_parts_is(part, "text", "rfc822-headers") && GMIME_IS_TEXT_PART(part)) {
        char *text = g_mime_text_part_get_text(GMIME_TEXT_PART(part));
        read_original(report, text);
        g_free(text);
    }
}

void inbound_bounce_read(GMimeMessage *message, struct arena *arena, struct inbound *inbound)
{
    struct report report = {arena, inbound, 0};
    GMimeObject *body = g_mime_message_get_mime_part(message);
    if (!body || !inbound_parts_is(body, "multipart", "report"))
        return;
    const char *type = g_mime_object_get_content_type_parameter(body, "report-type");
    inbound->bounce = type && g_ascii_strcasecmp(type, "delivery-status") == 0;
    if (inbound->bounce)
        g_mime_multipart_foreach(GMIME_MULTIPART(body), read_report_part, &report);
}
