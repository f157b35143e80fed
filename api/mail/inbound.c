#include "inbound.h"

#include "../portal/text.h"
#include "inbound_bounce.h"
#include "inbound_head.h"
#include "inbound_parts.h"

#include <gmime/gmime.h>
#include <stdlib.h>
#include <string.h>

struct inbound_mail {
    GMimeMessage *message;
    struct inbound_parts parts;
};

/* --- before it is parsed ---------------------------------------------------------------------------------
 */

static size_t count_of(const char *bytes, size_t len, const char *word, size_t most)
{
    size_t count = 0, word_len = strlen(word);
    const char *end = bytes + len;
    for (const char *at = bytes; count <= most && (size_t)(end - at) >= word_len; count++) {
        while ((size_t)(end - at) >= word_len && g_ascii_strncasecmp(at, word, word_len) != 0)
            at++;
        if ((size_t)(end - at) < word_len)
            break;
        at += word_len;
    }
    return count;
}

/* Lines that could divide parts: each part has one before it. */
static size_t count_dividers(const char *bytes, size_t len)
{
    size_t count = 0;
    const char *end = bytes + len;
    for (const char *at = bytes; at && end - at > 2;) {
        count += at[0] == '-' && at[1] == '-' ? 1 : 0;
        at = memchr(at, '\n', (size_t)(end - at));
        at = at ? at + 1 : NULL;
    }
    return count;
}

static size_t header_len(const char *bytes, size_t len)
{
    const char *unix_end = memmem(bytes, len, "\n\n", 2), *dos_end = memmem(bytes, len, "\n\r\n", 3);
    const char *end = unix_end && (!dos_end || unix_end < dos_end) ? unix_end : dos_end;
    return end ? (size_t)(end - bytes) : len;
}

/* What a parser would spend too much time or stack on is not given to it. */
static bool is_bounded(const char *bytes, size_t len)
{
    return header_len(bytes, len) <= INBOUND_HEADER_MAX &&
           count_dividers(bytes, len) <= 16 * INBOUND_PARTS_MAX &&
           count_of(bytes, len, "multipart/", INBOUND_NESTED_MAX) +
                   count_of(bytes, len, "message/", INBOUND_NESTED_MAX) <=
               INBOUND_NESTED_MAX;
}

/* --- the whole -------------------------------------------------------------------------------------------
 */

static bool parse(struct inbound_mail *mail, const char *bytes, size_t len)
{
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes, len);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    g_mime_parser_set_persist_stream(parser, TRUE);
    mail->message = g_mime_parser_construct_message(parser, NULL);
    g_object_unref(parser);
    g_object_unref(stream);
    return mail->message != NULL;
}

static bool read_text(const struct inbound_mail *mail, struct arena *arena, struct inbound *inbound)
{
    char *valid = g_utf8_make_valid(mail->parts.text.data, (gssize)mail->parts.text.len);
    inbound->text = text_lines(arena, valid);
    g_free(valid);
    return inbound->text != NULL;
}

static enum inbound_answer read_all(struct inbound_mail *mail, struct inbound *inbound, struct arena *arena,
                                    const char *authserv)
{
    GMimeObject *body = g_mime_message_get_mime_part(mail->message);
    if (body)
        inbound_parts_take(&mail->parts, body);
    if (mail->parts.too_many || !buf_ok(&mail->parts.text))
        return INBOUND_TOO_LARGE;
    inbound_bounce_read(mail->message, arena, inbound);
    return inbound_head_read(mail->message, arena, inbound, authserv) && read_text(mail, arena, inbound)
               ? INBOUND_READ
               : INBOUND_NO_MEMORY;
}

enum inbound_answer inbound_open(struct inbound_mail **made, struct inbound *inbound, struct arena *arena,
                                 const char *bytes, size_t len, const char *authserv)
{
    struct inbound_mail *mail = *made = calloc(1, sizeof *mail);
    memset(inbound, 0, sizeof *inbound);
    if (!mail)
        return INBOUND_NO_MEMORY;
    inbound_parts_init(&mail->parts);
    if (!is_bounded(bytes, len))
        return INBOUND_TOO_LARGE;
    return parse(mail, bytes, len) ? read_all(mail, inbound, arena, authserv) : INBOUND_NO_MAIL;
}

void inbound_close(struct inbound_mail *mail)
{
    if (!mail)
        return;
    inbound_parts_release(&mail->parts);
    if (mail->message)
        g_object_unref(mail->message);
    free(mail);
}

bool inbound_files(const struct inbound_mail *mail, inbound_file *each, void *context)
{
    return inbound_parts_files(&mail->parts, each, context);
}
