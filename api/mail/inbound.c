#include "inbound.h"

#include "../../lib/buf.h"
#include "../portal/text.h"
#include "html_text.h"

#include <gmime/gmime.h>
#include <stdlib.h>
#include <string.h>

struct inbound_mail {
    GMimeMessage *message;
    GPtrArray *files; /* of GMimeObject, borrowed from the message */
    struct buf text;
    size_t parts;
    bool too_large;
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

/* --- headers ---------------------------------------------------------------------------------------------
 */

static const char *header(const struct inbound_mail *mail, const char *name)
{
    return g_mime_object_get_header(GMIME_OBJECT(mail->message), name);
}

static const char *valid_copy(struct arena *arena, const char *text)
{
    char *valid = g_utf8_make_valid(text ? text : "", -1);
    const char *copy = arena_strdup(arena, valid);
    g_free(valid);
    return copy;
}

static const char *line_of(struct arena *arena, const char *text)
{
    const char *valid = valid_copy(arena, text);
    return valid ? text_line(arena, valid) : NULL;
}

static const char *address_of(struct arena *arena, const char *address)
{
    char *lower = g_ascii_strdown(address ? address : "", -1);
    const char *copy = line_of(arena, lower);
    g_free(lower);
    return copy && g_utf8_validate(copy, -1, NULL) && strlen(copy) <= 254 ? copy : "";
}

/* One mailbox in From, or nobody. */
static void read_sender(const struct inbound_mail *mail, struct arena *arena, struct inbound *inbound)
{
    InternetAddressList *from = g_mime_message_get_addresses(mail->message, GMIME_ADDRESS_TYPE_FROM);
    InternetAddress *one =
        internet_address_list_length(from) == 1 ? internet_address_list_get_address(from, 0) : NULL;
    inbound->sender = inbound->sender_name = "";
    if (!one || !INTERNET_ADDRESS_IS_MAILBOX(one))
        return;
    inbound->sender = address_of(arena, internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(one)));
    inbound->sender_name = line_of(arena, internet_address_get_name(one));
}

static void add_addresses(struct inbound *inbound, struct arena *arena, InternetAddressList *list)
{
    int count = list ? internet_address_list_length(list) : 0;
    for (int i = 0; i < count && inbound->recipient_count < INBOUND_RECIPIENTS_MAX; i++) {
        InternetAddress *one = internet_address_list_get_address(list, i);
        if (INTERNET_ADDRESS_IS_MAILBOX(one))
            inbound->recipients[inbound->recipient_count++] =
                address_of(arena, internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(one)));
    }
}

/* First what mail servers wrote of where it went to, then what its sender did. */
static void read_recipients(const struct inbound_mail *mail, struct arena *arena, struct inbound *inbound)
{
    static const char *const names[] = {
        "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To", "Cc"};
    inbound->recipients = arena_alloc(arena, INBOUND_RECIPIENTS_MAX * sizeof *inbound->recipients);
    GMimeHeaderList *headers = g_mime_object_get_header_list(GMIME_OBJECT(mail->message));
    int count = g_mime_header_list_get_count(headers);
    for (size_t n = 0; inbound->recipients && n < sizeof names / sizeof names[0]; n++)
        for (int i = 0; i < count; i++) {
            GMimeHeader *one = g_mime_header_list_get_header_at(headers, i);
            if (g_ascii_strcasecmp(g_mime_header_get_name(one), names[n]) != 0)
                continue;
            InternetAddressList *list = internet_address_list_parse(NULL, g_mime_header_get_raw_value(one));
            add_addresses(inbound, arena, list);
            if (list)
                g_object_unref(list);
        }
}

/* "mx.example.com; dkim=pass ...; dmarc=pass (p=reject) header.from=..": the topmost of that name is our own
 * server's, which takes away those that were there before (RFC 8601, section 5). */
static enum inbound_dmarc read_dmarc(const struct inbound_mail *mail, const char *authserv)
{
    GMimeHeaderList *headers = g_mime_object_get_header_list(GMIME_OBJECT(mail->message));
    int count = g_mime_header_list_get_count(headers);
    for (int i = 0; *authserv && i < count; i++) {
        GMimeHeader *one = g_mime_header_list_get_header_at(headers, i);
        if (g_ascii_strcasecmp(g_mime_header_get_name(one), "Authentication-Results") != 0)
            continue;
        char *value = g_mime_utils_header_unfold(g_mime_header_get_raw_value(one));
        char **parts = g_strsplit(value, ";", 64);
        char **first = parts[0] ? g_strsplit_set(g_strstrip(parts[0]), " \t", 2) : NULL;
        bool ours = first && first[0] && g_ascii_strcasecmp(first[0], authserv) == 0;
        enum inbound_dmarc dmarc = DMARC_UNKNOWN;
        for (size_t p = 1; ours && parts[p] && dmarc == DMARC_UNKNOWN; p++) {
            const char *part = g_strstrip(parts[p]);
            size_t result = strlen("dmarc=");
            if (g_ascii_strncasecmp(part, "dmarc=", result) != 0)
                continue;
            size_t len = strcspn(part + result, " \t(");
            dmarc = len == 4 && g_ascii_strncasecmp(part + result, "pass", 4) == 0 ? DMARC_PASS : DMARC_FAIL;
            if (len == 4 && g_ascii_strncasecmp(part + result, "none", 4) == 0)
                dmarc = DMARC_UNKNOWN;
        }
        g_strfreev(first);
        g_strfreev(parts);
        g_free(value);
        if (ours)
            return dmarc;
    }
    return DMARC_UNKNOWN;
}

static bool says(const struct inbound_mail *mail, const char *name, const char *word)
{
    const char *value = header(mail, name);
    return value && g_ascii_strncasecmp(value + strspn(value, " \t"), word, strlen(word)) == 0;
}

static bool is_from_a_mail_server(const struct inbound *inbound)
{
    static const char *const names[] = {"mailer-daemon@", "postmaster@", "noreply@", "no-reply@", "bounce@"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strncmp(inbound->sender, names[i], strlen(names[i])) == 0)
            return true;
    return *inbound->sender == '\0';
}

/* T39 */
static bool is_automatic(const struct inbound_mail *mail, const struct inbound *inbound)
{
    static const char *const marks[] = {"List-Id",     "List-Unsubscribe", "X-Auto-Response-Suppress",
                                        "X-Autoreply", "X-Autorespond",    "X-Loop",
                                        "Feedback-ID"};
    static const char *const precedences[] = {"bulk", "list", "junk", "auto_reply"};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (header(mail, marks[i]))
            return true;
    for (size_t i = 0; i < sizeof precedences / sizeof precedences[0]; i++)
        if (says(mail, "Precedence", precedences[i]))
            return true;
    return (header(mail, "Auto-Submitted") && !says(mail, "Auto-Submitted", "no")) ||
           says(mail, "Return-Path", "<>") || inbound->bounce || is_from_a_mail_server(inbound);
}

/* --- parts -----------------------------------------------------------------------------------------------
 */

static bool is_file(GMimeObject *part)
{
    GMimeContentDisposition *disposition = g_mime_object_get_content_disposition(part);
    const char *how = disposition ? g_mime_content_disposition_get_disposition(disposition) : "";
    if (!GMIME_IS_TEXT_PART(part))
        return true;
    return g_ascii_strcasecmp(how, "attachment") == 0 || g_mime_part_get_filename(GMIME_PART(part));
}

static bool is_type(GMimeObject *part, const char *type, const char *subtype)
{
    GMimeContentType *of = g_mime_object_get_content_type(part);
    return of && g_mime_content_type_is_type(of, type, subtype);
}

static void add_text(struct inbound_mail *mail, GMimeObject *part)
{
    char *text = g_mime_text_part_get_text(GMIME_TEXT_PART(part));
    char *valid = text ? g_utf8_make_valid(text, -1) : NULL;
    if (mail->text.len > 0)
        buf_adds(&mail->text, "\n\n");
    if (valid && is_type(part, "text", "html"))
        html_text(valid, strlen(valid), &mail->text);
    else if (valid)
        buf_adds(&mail->text, valid);
    g_free(valid);
    g_free(text);
}

static void take(struct inbound_mail *mail, GMimeObject *part);

/* The text that says the same as the page, if there is one that says anything; of the others nothing. */
static GMimeObject *best_of(GMimeMultipart *multipart)
{
    GMimeObject *best = NULL;
    int count = g_mime_multipart_get_count(multipart);
    for (int i = 0; i < count; i++) {
        GMimeObject *part = g_mime_multipart_get_part(multipart, i);
        if (is_type(part, "text", "plain") && !is_file(part)) {
            char *text = g_mime_text_part_get_text(GMIME_TEXT_PART(part));
            bool empty = !text || !*g_strstrip(text);
            g_free(text);
            if (!empty)
                return part;
        } else if (!best || is_type(part, "text", "html") || GMIME_IS_MULTIPART(part)) {
            best = part;
        }
    }
    return best ? best : count > 0 ? g_mime_multipart_get_part(multipart, 0) : NULL;
}

/* Files of alternatives that were not chosen are kept all the same: pictures of a page, an invitation. */
static void take_alternative(struct inbound_mail *mail, GMimeMultipart *multipart)
{
    GMimeObject *best = best_of(multipart);
    int count = g_mime_multipart_get_count(multipart);
    if (best)
        take(mail, best);
    for (int i = 0; i < count; i++) {
        GMimeObject *part = g_mime_multipart_get_part(multipart, i);
        if (part == best || (GMIME_IS_TEXT_PART(part) && !is_file(part)))
            continue;
        size_t len = mail->text.len;
        take(mail, part);
        if (mail->text.len > len) { /* the page's words are there as text */
            mail->text.len = len;
            mail->text.data[len] = '\0';
        }
    }
}

static void take(struct inbound_mail *mail, GMimeObject *part)
{
    if (++mail->parts > INBOUND_PARTS_MAX) {
        mail->too_large = true;
        return;
    }
    if (GMIME_IS_MULTIPART(part)) {
        GMimeMultipart *multipart = GMIME_MULTIPART(part);
        if (is_type(part, "multipart", "alternative")) {
            take_alternative(mail, multipart);
            return;
        }
        int count = g_mime_multipart_get_count(multipart);
        for (int i = 0; i < count && !mail->too_large; i++)
            take(mail, g_mime_multipart_get_part(multipart, i));
    } else if (is_file(part)) {
        g_ptr_array_add(mail->files, part);
    } else {
        add_text(mail, part);
    }
}

/* --- bounces ---------------------------------------------------------------------------------------------
 */

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
        return copy ? line_of(arena, copy) : NULL;
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
    size_t len = bytes->len < 64 * 1024 ? bytes->len : 64 * 1024;
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
    if (is_type(part, "message", "delivery-status")) {
        read_status(report, part);
    } else if (GMIME_IS_MESSAGE_PART(part)) {
        GMimeMessage *original = g_mime_message_part_get_message(GMIME_MESSAGE_PART(part));
        const char *id = original ? g_mime_message_get_message_id(original) : NULL;
        if (id && !report->inbound->bounced_id)
            report->inbound->bounced_id = valid_copy(report->arena, id);
    } else if (is_type(part, "text", "rfc822-headers") && GMIME_IS_TEXT_PART(part)) {
        char *text = g_mime_text_part_get_text(GMIME_TEXT_PART(part));
        read_original(report, text);
        g_free(text);
    }
}

static void read_bounce(const struct inbound_mail *mail, struct arena *arena, struct inbound *inbound)
{
    struct report report = {arena, inbound, 0};
    GMimeObject *body = g_mime_message_get_mime_part(mail->message);
    if (!body || !is_type(body, "multipart", "report"))
        return;
    const char *type = g_mime_object_get_content_type_parameter(body, "report-type");
    inbound->bounce = type && g_ascii_strcasecmp(type, "delivery-status") == 0;
    if (inbound->bounce)
        g_mime_multipart_foreach(GMIME_MULTIPART(body), read_report_part, &report);
}

/* --- what it answers -------------------------------------------------------------------------------------
 */

static void add_references(struct inbound *inbound, struct arena *arena, GMimeObject *message,
                           const char *header)
{
    const char *value = g_mime_object_get_header(message, header);
    GMimeReferences *found = value ? g_mime_references_parse(NULL, value) : NULL;
    int count = found ? g_mime_references_length(found) : 0;
    while (count > 0 && inbound->reference_count < INBOUND_REFERENCES_MAX) {
        const char *id = valid_copy(arena, g_mime_references_get_message_id(found, --count));
        if (id)
            inbound->references[inbound->reference_count++] = id;
    }
    if (found)
        g_mime_references_free(found);
}

/* References name the nearest last (RFC 5322, section 3.6.4). */
static void read_references(const struct inbound_mail *mail, struct arena *arena, struct inbound *inbound)
{
    inbound->references = arena_alloc(arena, INBOUND_REFERENCES_MAX * sizeof *inbound->references);
    if (!inbound->references)
        return;
    add_references(inbound, arena, GMIME_OBJECT(mail->message), "In-Reply-To");
    add_references(inbound, arena, GMIME_OBJECT(mail->message), "References");
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

static void read_text(struct inbound_mail *mail, struct arena *arena, struct inbound *inbound)
{
    char *valid = g_utf8_make_valid(mail->text.data, (gssize)mail->text.len);
    inbound->text = text_lines(arena, valid);
    g_free(valid);
}

static enum inbound_answer read_all(struct inbound_mail *mail, struct inbound *inbound, struct arena *arena,
                                    const char *authserv)
{
    GMimeObject *body = g_mime_message_get_mime_part(mail->message);
    const char *id = g_mime_message_get_message_id(mail->message);
    if (body)
        take(mail, body);
    if (mail->too_large || !buf_ok(&mail->text))
        return INBOUND_TOO_LARGE;
    read_sender(mail, arena, inbound);
    read_recipients(mail, arena, inbound);
    inbound->subject = line_of(arena, g_mime_message_get_subject(mail->message));
    inbound->message_id = id && *id ? valid_copy(arena, id) : NULL;
    inbound->dmarc = read_dmarc(mail, authserv);
    read_references(mail, arena, inbound);
    read_bounce(mail, arena, inbound);
    inbound->automatic = is_automatic(mail, inbound);
    read_text(mail, arena, inbound);
    return inbound->recipients && inbound->references && inbound->subject && inbound->text &&
                   inbound->sender && inbound->sender_name
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
    buf_init(&mail->text, INBOUND_TEXT_MAX);
    if (!is_bounded(bytes, len))
        return INBOUND_TOO_LARGE;
    mail->files = g_ptr_array_new();
    return parse(mail, bytes, len) ? read_all(mail, inbound, arena, authserv) : INBOUND_NO_MAIL;
}

void inbound_close(struct inbound_mail *mail)
{
    if (!mail)
        return;
    if (mail->files)
        g_ptr_array_free(mail->files, TRUE);
    if (mail->message)
        g_object_unref(mail->message);
    buf_release(&mail->text);
    free(mail);
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
    return is_type(part, "image", "png")    ? "image.png"
           : is_type(part, "image", "jpeg") ? "image.jpg"
           : is_type(part, "image", "gif")  ? "image.gif"
                                            : "file";
}

bool inbound_files(const struct inbound_mail *mail, inbound_file *each, void *context)
{
    bool more = true;
    for (guint i = 0; more && i < mail->files->len; i++) {
        GMimeObject *part = g_ptr_array_index(mail->files, i);
        GByteArray *bytes = content_of(part);
        char *name = g_utf8_make_valid(name_of(part), -1);
        more = each(context, name, bytes->data ? (const char *)bytes->data : "", bytes->len);
        g_free(name);
        g_byte_array_unref(bytes);
    }
    return more;
}
