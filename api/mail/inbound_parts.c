#include "inbound_parts.h"

#include "html_text.h"

#include <string.h>

void inbound_parts_init(struct inbound_parts *parts)
{
    *parts = (struct inbound_parts){.files = g_ptr_array_new()};
    buf_init(&parts->text, INBOUND_TEXT_MAX);
}

void inbound_parts_release(struct inbound_parts *parts)
{
    g_ptr_array_free(parts->files, TRUE);
    buf_release(&parts->text);
}

bool inbound_parts_is(GMimeObject *part, const char *type, const char *subtype)
{
    GMimeContentType *of = g_mime_object_get_content_type(part);
    return of && g_mime_content_type_is_type(of, type, subtype);
}

/* --- texts and files, told apart -------------------------------------------------------------------------
 */

static bool is_file(GMimeObject *part)
{
    GMimeContentDisposition *disposition = g_mime_object_get_content_disposition(part);
    const char *how = disposition ? g_mime_content_disposition_get_disposition(disposition) : "";
    if (!GMIME_IS_TEXT_PART(part))
        return true;
    return g_ascii_strcasecmp(how, "attachment") == 0 || g_mime_part_get_filename(GMIME_PART(part));
}

static void add_text(struct inbound_parts *parts, GMimeObject *part)
{
    char *text = g_mime_text_part_get_text(GMIME_TEXT_PART(part));
    char *valid = text ? g_utf8_make_valid(text, -1) : NULL;
    if (parts->text.len > 0)
        buf_adds(&parts->text, "\n\n");
    if (valid && inbound_parts_is(part, "text", "html"))
        html_text(valid, strlen(valid), &parts->text);
    else if (valid)
        buf_adds(&parts->text, valid);
    g_free(valid);
    g_free(text);
}

/* The text that says the same as the page, if there is one that says anything; of the others nothing. */
static GMimeObject *best_of(GMimeMultipart *multipart)
{
    GMimeObject *best = NULL;
    int count = g_mime_multipart_get_count(multipart);
    for (int i = 0; i < count; i++) {
        GMimeObject *part = g_mime_multipart_get_part(multipart, i);
        if (inbound_parts_is(part, "text", "plain") && !is_file(part)) {
            char *text = g_mime_text_part_get_text(GMIME_TEXT_PART(part));
            bool empty = !text || !*g_strstrip(text);
            g_free(text);
            if (!empty)
                return part;
        } else if (!best || inbound_parts_is(part, "text", "html") || GMIME_IS_MULTIPART(part)) {
            best = part;
        }
    }
    return best ? best : count > 0 ? g_mime_multipart_get_part(multipart, 0) : NULL;
}

/* Files of alternatives that were not chosen are kept all the same: pictures of a page, an invitation. */
static void take_alternative(struct inbound_parts *parts, GMimeMultipart *multipart)
{
    GMimeObject *best = best_of(multipart);
    int count = g_mime_multipart_get_count(multipart);
    if (best)
        inbound_parts_take(parts, best);
    for (int i = 0; i < count; i++) {
        GMimeObject *part = g_mime_multipart_get_part(multipart, i);
        if (part == best || (GMIME_IS_TEXT_PART(part) && !is_file(part)))
            continue;
        size_t len = parts->text.len;
        inbound_parts_take(parts, part);
        buf_cut(&parts->text, len); /* the page's words are there as text */
    }
}

void inbound_parts_take(struct inbound_parts *parts, GMimeObject *part)
{
    if (++parts->count > INBOUND_PARTS_MAX) {
        parts->too_many = true;
        return;
    }
    if (GMIME_IS_MULTIPART(part)) {
        GMimeMultipart *multipart = GMIME_MULTIPART(part);
        if (inbound_parts_is(part, "multipart", "alternative")) {
            take_alternative(parts, multipart);
            return;
        }
        int count = g_mime_multipart_get_count(multipart);
        for (int i = 0; i < count && !parts->too_many; i++)
            inbound_parts_take(parts, g_mime_multipart_get_part(multipart, i));
    } else if (is_file(part)) {
        g_ptr_array_add(parts->files, part);
    } else {
        add_text(parts, part);
    }
}

/* --- files -----------------------------------------------------------------------------------------------
 */

static GByteArray *content_of(GMimeObject *part)
{
    GMimeStream *stream = g_mime_stream_mem_new();
    if (GMIME_IS_PART(part)) {
        GMimeDataWrapper *content = g_mime_part_get_content(GMIME_PART(part));
        if (content)
            g_mime_data_wrapper_write_to_stream(content, stream);
    } else {
        GMimeMessage *inner =
            GMIME_IS_MESSAGE_PART(part) ? g_mime_message_part_get_message(GMIME_MESSAGE_PART(part)) : NULL;
        g_mime_object_write_to_stream(inner ? GMIME_OBJECT(inner) : part, NULL, stream);
    }
    GByteArray *bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
    g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE); /* else they would go with it */
    g_object_unref(stream);
    return bytes;
}

static const char *name_of(GMimeObject *part)
{
    const char *name = GMIME_IS_PART(part) ? g_mime_part_get_filename(GMIME_PART(part)) : NULL;
    if (name && *name)
        return name;
    if (GMIME_IS_MESSAGE_PART(part))
        return "message.eml";
    return inbound_parts_is(part, "image", "png")    ? "image.png"
           : inbound_parts_is(part, "image", "jpeg") ? "image.jpg"
           : inbound_parts_is(part, "image", "gif")  ? "image.gif"
                                                     : "file";
}

bool inbound_parts_files(const struct inbound_parts *parts, inbound_file *each, void *context)
{
    bool more = true;
    for (guint i = 0; more && i < parts->files->len; i++) {
        GMimeObject *part = g_ptr_array_index(parts->files, i);
        GByteArray *bytes = content_of(part);
        char *name = g_utf8_make_valid(name_of(part), -1);
        more = each(context, name, bytes->data ? (const char *)bytes->data : "", bytes->len);
        g_free(name);
        g_byte_array_unref(bytes);
    }
    return more;
}
