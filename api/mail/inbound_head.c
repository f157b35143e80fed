#include "inbound_head.h"

#include "../portal/text.h"
#include "inbound_dmarc.h"

#include <string.h>

static const char *header(GMimeMessage *message, const char *name)
{
    return g_mime_object_get_header(GMIME_OBJECT(message), name);
}

const char *inbound_head_text(struct arena *arena, const char *text)
{
    char *valid = g_utf8_make_valid(text ? text : "", -1);
    const char *copy = arena_strdup(arena, valid);
    g_free(valid);
    return copy;
}

const char *inbound_head_line(struct arena *arena, const char *text)
{
    const char *valid = inbound_head_text(arena, text);
    return valid ? text_line(arena, valid) : NULL;
}

static const char *address_of(struct arena *arena, const char *address)
{
    char *lower = g_ascii_strdown(address ? address : "", -1);
    const char *copy = inbound_head_line(arena, lower);
    g_free(lower);
    return copy && g_utf8_validate(copy, -1, NULL) && strlen(copy) <= 254 ? copy : "";
}

/* One mailbox in From, or nobody. */
static void read_sender(GMimeMessage *message, struct arena *arena, struct inbound *inbound)
{
    InternetAddressList *from = g_mime_message_get_addresses(message, GMIME_ADDRESS_TYPE_FROM);
    InternetAddress *one =
        internet_address_list_length(from) == 1 ? internet_address_list_get_address(from, 0) : NULL;
    inbound->sender = inbound->sender_name = "";
    if (!one || !INTERNET_ADDRESS_IS_MAILBOX(one))
        return;
    inbound->sender = address_of(arena, internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(one)));
    inbound->sender_name = inbound_head_line(arena, internet_address_get_name(one));
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
static void read_recipients(GMimeMessage *message, struct arena *arena, struct inbound *inbound)
{
    static const char *const names[] = {
        "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To", "Cc"};
    inbound->recipients = arena_alloc(arena, INBOUND_RECIPIENTS_MAX * sizeof *inbound->recipients);
    GMimeHeaderList *headers = g_mime_object_get_header_list(GMIME_OBJECT(message));
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

static bool says(GMimeMessage *message, const char *name, const char *word)
{
    const char *value = header(message, name);
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
static bool is_automatic(GMimeMessage *message, const struct inbound *inbound)
{
    static const char *const marks[] = {"List-Id",     "List-Unsubscribe", "X-Auto-Response-Suppress",
                                        "X-Autoreply", "X-Autorespond",    "X-Loop",
                                        "Feedback-ID"};
    static const char *const precedences[] = {"bulk", "list", "junk", "auto_reply"};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (header(message, marks[i]))
            return true;
    for (size_t i = 0; i < sizeof precedences / sizeof precedences[0]; i++)
        if (says(message, "Precedence", precedences[i]))
            return true;
    return (header(message, "Auto-Submitted") && !says(message, "Auto-Submitted", "no")) ||
           says(message, "Return-Path", "<>") || inbound->bounce || is_from_a_mail_server(inbound);
}

static void add_references(struct inbound *inbound, struct arena *arena, GMimeObject *message,
                           const char *name)
{
    const char *value = g_mime_object_get_header(message, name);
    GMimeReferences *found = value ? g_mime_references_parse(NULL, value) : NULL;
    int count = found ? g_mime_references_length(found) : 0;
    while (count > 0 && inbound->reference_count < INBOUND_REFERENCES_MAX) {
        const char *id = inbound_head_text(arena, g_mime_references_get_message_id(found, --count));
        if (id)
            inbound->references[inbound->reference_count++] = id;
    }
    if (found)
        g_mime_references_free(found);
}

/* References name the nearest last (RFC 5322, section 3.6.4). */
static void read_references(GMimeMessage *message, struct arena *arena, struct inbound *inbound)
{
    inbound->references = arena_alloc(arena, INBOUND_REFERENCES_MAX * sizeof *inbound->references);
    if (!inbound->references)
        return;
    add_references(inbound, arena, GMIME_OBJECT(message), "In-Reply-To");
    add_references(inbound, arena, GMIME_OBJECT(message), "References");
}

bool inbound_head_read(GMimeMessage *message, struct arena *arena, struct inbound *inbound,
                       const char *authserv)
{
    const char *id = g_mime_message_get_message_id(message);
    read_sender(message, arena, inbound);
    read_recipients(message, arena, inbound);
    inbound->subject = inbound_head_line(arena, g_mime_message_get_subject(message));
    inbound->message_id = id && *id ? inbound_head_text(arena, id) : NULL;
    inbound->dmarc = inbound_dmarc_read(message, authserv, inbound->sender);
    read_references(message, arena, inbound);
    inbound->automatic = is_automatic(message, inbound);
    return inbound->recipients && inbound->references && inbound->subject && inbound->sender &&
           inbound->sender_name;
}
