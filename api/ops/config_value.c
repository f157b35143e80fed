#include "config_value.h"

#include "../../lib/http/listen.h"
#include "../server/origin.h"
#include "../webhook/address.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const char *const levels[] = {
    [LOG_ERROR] = "error", [LOG_WARNING] = "warning", [LOG_INFO] = "info", [LOG_DEBUG] = "debug", NULL};

static const char *const unknowns[] = {[MAIL_UNKNOWN_REFUSE] = "refuse",
                                       [MAIL_UNKNOWN_QUARANTINE] = "quarantine",
                                       [MAIL_UNKNOWN_CREATE] = "create",
                                       NULL};

static bool number_parse(const char *text, long *value)
{
    char *end;
    errno = 0;
    *value = strtol(text, &end, 10);
    return errno == 0 && end != text && *end == '\0' && text[0] != ' ';
}

static bool choice_parse(const char *const *choices, const char *text, long *value)
{
    for (*value = 0; choices[*value]; (*value)++)
        if (strcmp(choices[*value], text) == 0)
            return true;
    return false;
}

/* What is no address would match no peer, and silently make all customers one place. */
static bool are_addresses(const char *list)
{
    static const char blank_or_comma[] = ", \t";
    for (list += strspn(list, blank_or_comma); *list; list += strspn(list, blank_or_comma)) {
        char item[INET6_ADDRSTRLEN];
        unsigned char bytes[16];
        size_t len = strcspn(list, blank_or_comma);
        snprintf(item, sizeof item, "%.*s", (int)len, list);
        if (len >= sizeof item ||
            (inet_pton(AF_INET, item, bytes) != 1 && inet_pton(AF_INET6, item, bytes) != 1))
            return false;
        list += len;
    }
    return true;
}

/* HOST or HOST:PORT, with a port that can be. An address of IPv6 stands in brackets. */
static bool is_place(const char *text, size_t len)
{
    const char *bracket = memchr(text, ']', len);
    const char *rest = bracket ? bracket : text;
    const char *colon = memchr(rest, ':', len - (size_t)(rest - text));
    if (!colon)
        return len > 0;
    const char *digits = colon + 1;
    size_t count = len - (size_t)(digits - text);
    long port = 0;
    for (size_t i = 0; i < count && count <= 5; i++)
        port = digits[i] >= '0' && digits[i] <= '9' ? port * 10 + (digits[i] - '0') : 65536;
    return colon > text && port >= 1 && port <= 65535;
}

static bool is_origin(const char *text)
{
    bool dev;
    return *text == '\0' || origin_is_valid(text, &dev);
}

/* A host, perhaps a port, and nothing else: who signs in, and how, stands elsewhere. */
static bool is_mail_server(const char *url)
{
    static const char *const schemes[] = {"smtp://", "smtps://", NULL};
    for (const char *const *scheme = schemes; *scheme; scheme++) {
        size_t len = strlen(*scheme);
        if (strncmp(url, *scheme, len) == 0)
            return is_place(url + len, strlen(url + len)) && !strpbrk(url + len, "/@?#\\ \t\r\n");
    }
    return *url == '\0';
}

/* One mailbox, to whose name something can be added; the whole of a local part is 64 bytes long at most. */
static bool is_mailbox(const char *address)
{
    const char *at = strchr(address, '@');
    if (!*address)
        return true;
    return at && at > address && at - address <= 12 && at[1] && !strchr(at + 1, '@') &&
           strlen(address) <= 200 && !strpbrk(address, " \t\r\n<>()[],;:\\\"+");
}

/* A host, perhaps a port, perhaps a folder of plain characters. */
static bool is_imap_server(const char *url)
{
    static const char *const schemes[] = {"imap://", "imaps://", NULL};
    for (const char *const *scheme = schemes; *scheme; scheme++) {
        size_t len = strlen(*scheme);
        if (strncmp(url, *scheme, len) != 0)
            continue;
        size_t host = strcspn(url + len, "/");
        const char *folder = url + len + host;
        return is_place(url + len, host) && strcspn(url + len, "@?#%;\\ \t\r\n") == strlen(url + len) &&
               (!*folder || folder[1]);
    }
    return *url == '\0';
}

static bool is_any(const char *text)
{
    (void)text;
    return true;
}

/* What a text must be, and how that is said. */
static const struct text_kind {
    bool (*is)(const char *text);
    const char *want;
} text_kinds[] = {
    [CONFIG_TEXT] = {is_any, ""},
    [CONFIG_FILE] = {is_any, ""},
    [CONFIG_LISTEN] = {listen_is_address, LISTEN_WANTED},
    [CONFIG_ORIGIN] = {is_origin, "https://HOST, or http://localhost:PORT in development"},
    [CONFIG_ADDRESSES] = {are_addresses, "IP addresses, separated by commas"},
    [CONFIG_NETWORKS] = {address_list_is_valid,
                         "IP addresses or networks (10.1.0.0/16), separated by commas"},
    [CONFIG_MAIL_SERVER] = {is_mail_server, "smtp://HOST:PORT or smtps://HOST:PORT"},
    [CONFIG_MAILBOX] = {is_mailbox, "a plain address with at most 12 characters before the @, without a +, "
                                    "as support@reply.example.com"},
    [CONFIG_IMAP] = {is_imap_server, "imaps://HOST or imap://HOST, perhaps with :PORT and /FOLDER"},
};

static void refuse(const struct config_source *source, const char *want, const char *text, struct diag *diag)
{
    diag_error(diag, source->place, "%s: want %s, got \"%s\"", source->key, want, text);
}

void config_value_set(struct config *config, const struct config_row *row, const char *text,
                      const struct config_source *source, struct diag *diag)
{
    void *member = (char *)config + row->offset;
    long value;
    switch (row->type) {
    case CONFIG_NUMBER:
        if (number_parse(text, &value) && value >= row->min && value <= row->max)
            *(long *)member = value;
        else
            diag_error(diag, source->place, "%s: want a whole number from %ld to %ld, got \"%s\"",
                       source->key, row->min, row->max, text);
        return;
    case CONFIG_LEVEL:
        if (choice_parse(levels, text, &value))
            *(long *)member = value;
        else
            refuse(source, "error, warning, info or debug", text, diag);
        return;
    case CONFIG_UNKNOWN:
        if (choice_parse(unknowns, text, &value))
            *(long *)member = value;
        else
            refuse(source, "refuse, quarantine or create", text, diag);
        return;
    default:
        if (text_kinds[row->type].is(text))
            *(const char **)member = text;
        else
            refuse(source, text_kinds[row->type].want, text, diag);
    }
}
