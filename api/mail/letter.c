#include "letter.h"

#include <gmime/gmime.h>
#include <pthread.h>
#include <string.h>

enum { ID_MAX = 250 }; /* characters: a line of a header still holds it */

/* GMime counts who wants it, but not for several threads at once. */
static pthread_mutex_t counting = PTHREAD_MUTEX_INITIALIZER;

void letter_init(void)
{
    pthread_mutex_lock(&counting);
    g_mime_init();
    pthread_mutex_unlock(&counting);
}

void letter_shutdown(void)
{
    pthread_mutex_lock(&counting);
    g_mime_shutdown();
    pthread_mutex_unlock(&counting);
}

/* One mailbox and nothing else: what could end it or begin another has no place in it. */
static bool is_address(const char *address)
{
    const char *at = address ? strchr(address, '@') : NULL;
    if (!at || at == address || at[1] == '\0' || strchr(at + 1, '@') || strlen(address) > 254)
        return false;
    for (const unsigned char *c = (const unsigned char *)address; *c; c++)
        if (*c <= ' ' || *c == 0x7f || strchr("<>()[],;:\\\"", *c))
            return false;
    return true;
}

/* A text in which nothing begins an encoded word (RFC 2047), which readers would decode, line breaks and all.
 */
static char *without_encoded_words(const char *text)
{
    char **pieces = g_strsplit(text, "=?", -1);
    char *apart = g_strjoinv("= ?", pieces);
    g_strfreev(pieces);
    return apart;
}

/* A copy with controls as blanks, that is read as it was typed. */
static char *one_line(const char *text)
{
    char *copy = g_utf8_make_valid(text ? text : "", -1);
    for (unsigned char *c = (unsigned char *)copy; *c; c++)
        if (*c < ' ' || *c == 0x7f)
            *c = ' ';
    char *plain = without_encoded_words(copy);
    g_free(copy);
    return plain;
}

static void add_mailbox(GMimeMessage *message, GMimeAddressType type, const char *name, const char *address)
{
    char *clean = one_line(name);
    InternetAddress *mailbox = internet_address_mailbox_new(*clean ? clean : NULL, address);
    internet_address_set_charset(mailbox, "utf-8");
    internet_address_list_add(g_mime_message_get_addresses(message, type), mailbox);
    g_object_unref(mailbox);
    g_free(clean);
}

static void set_subject(GMimeMessage *message, const char *subject)
{
    char *clean = one_line(subject);
    g_mime_message_set_subject(message, clean, "utf-8");
    g_free(clean);
}

static void set_date(GMimeMessage *message, int64_t ms)
{
    GDateTime *date = g_date_time_new_from_unix_utc(ms / 1000);
    g_mime_message_set_date(message, date);
    g_date_time_unref(date);
}

bool letter_is_id(const char *id)
{
    const char *at = strchr(id, '@');
    if (!at || at == id || at[1] == '\0' || strlen(id) > ID_MAX)
        return false;
    for (const unsigned char *c = (const unsigned char *)id; *c; c++)
        if (*c <= ' ' || *c >= 0x7f || *c == '<' || *c == '>')
            return false;
    return true;
}

/* All that it belongs to, and the last of it as what it answers (RFC 5322, section 3.6.4). */
static void set_thread(GMimeMessage *message, const struct letter *letter)
{
    GString *all = g_string_new(NULL);
    const char *last = NULL;
    const char *const *ids = letter->references ? letter->references : &letter->thread_id;
    size_t count = letter->references ? letter->reference_count : letter->thread_id ? 1 : 0;
    for (size_t i = 0; i < count; i++) {
        if (!letter_is_id(ids[i]))
            continue;
        last = ids[i];
        g_string_append_printf(all, "%s<%s>", all->len > 0 ? " " : "", last);
    }
    if (last) {
        char *answered = g_strdup_printf("<%s>", last);
        g_mime_object_set_header(GMIME_OBJECT(message), "In-Reply-To", answered, NULL);
        g_mime_object_set_header(GMIME_OBJECT(message), "References", all->str, NULL);
        g_free(answered);
    }
    g_string_free(all, TRUE);
}

/* Bytes of UTF-8 as they are: g_mime_text_part_set_text() would choose an older charset where one fits. */
static GMimeDataWrapper *content_of(const char *text)
{
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(text, strlen(text));
    GMimeDataWrapper *content = g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT);
    g_object_unref(stream);
    return content;
}

static GMimeObject *part_of(const char *subtype, const char *text)
{
    char *valid = g_utf8_make_valid(text, -1);
    GMimePart *part = GMIME_PART(g_mime_text_part_new_with_subtype(subtype));
    GMimeDataWrapper *content = content_of(valid);
    g_mime_text_part_set_charset(GMIME_TEXT_PART(part), "utf-8");
    g_mime_part_set_content(part, content);
    g_mime_part_set_content_encoding(
        part, g_mime_part_get_best_content_encoding(part, GMIME_ENCODING_CONSTRAINT_7BIT));
    g_object_unref(content);
    g_free(valid);
    return GMIME_OBJECT(part);
}

/* The last of the alternatives is the one that programs choose if they can (RFC 2046, section 5.1.4). */
static void set_text(GMimeMessage *message, const char *text, const char *html)
{
    GMimeObject *plain = part_of("plain", text), *whole = plain;
    if (html) {
        GMimeObject *page = part_of("html", html);
        whole = GMIME_OBJECT(g_mime_multipart_new_with_subtype("alternative"));
        g_mime_multipart_add(GMIME_MULTIPART(whole), plain);
        g_mime_multipart_add(GMIME_MULTIPART(whole), page);
        g_object_unref(page);
        g_object_unref(plain);
    }
    g_mime_message_set_mime_part(message, whole);
    g_object_unref(whole);
}

/* By one press in the program that shows the mail (RFC 8058). The address goes as it is: GMime would write a
 * long one in encoded words, which no program looks for here (RFC 2047, 5). */
static void set_unsubscribe(GMimeMessage *message, const char *address)
{
    if (!address)
        return;
    GMimeObject *object = GMIME_OBJECT(message);
    g_mime_object_set_header(object, "List-Unsubscribe", "", NULL);
    char *raw = g_strdup_printf(" <%s>\n", address);
    g_mime_header_set_raw_value(
        g_mime_header_list_get_header(g_mime_object_get_header_list(object), "List-Unsubscribe"), raw);
    g_free(raw);
    g_mime_object_set_header(object, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click", NULL);
}

/* These mails answer nobody's mail, and no machine needs to answer them (RFC 3834). */
static void set_automatic(GMimeMessage *message, const char *locale)
{
    GMimeObject *object = GMIME_OBJECT(message);
    g_mime_object_set_header(object, "Auto-Submitted", "auto-generated", NULL);
    g_mime_object_set_header(object, "X-Auto-Response-Suppress", "All", NULL);
    g_mime_object_set_header(object, "Content-Language", locale, NULL);
}

static void print(GMimeMessage *message, struct buf *out)
{
    GMimeFormatOptions *options = g_mime_format_options_new();
    g_mime_format_options_set_newline_format(options, GMIME_NEWLINE_FORMAT_DOS);
    char *text = g_mime_object_to_string(GMIME_OBJECT(message), options);
    buf_adds(out, text);
    g_free(text);
    g_mime_format_options_free(options);
}

bool letter_write(const struct letter *letter, struct buf *out)
{
    if (!is_address(letter->from_address) || !is_address(letter->to_address) ||
        (letter->reply_to && !is_address(letter->reply_to)))
        return false;
    GMimeMessage *message = g_mime_message_new(TRUE);
    add_mailbox(message, GMIME_ADDRESS_TYPE_FROM, letter->from_name, letter->from_address);
    add_mailbox(message, GMIME_ADDRESS_TYPE_TO, letter->to_name, letter->to_address);
    if (letter->reply_to)
        add_mailbox(message, GMIME_ADDRESS_TYPE_REPLY_TO, NULL, letter->reply_to);
    set_subject(message, letter->subject);
    set_date(message, letter->sent_at);
    g_mime_message_set_message_id(message, letter->message_id);
    set_thread(message, letter);
    set_unsubscribe(message, letter->unsubscribe);
    set_automatic(message, letter->locale);
    set_text(message, letter->text, letter->html);
    print(message, out);
    g_object_unref(message);
    return true;
}
