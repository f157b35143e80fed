#include "format.h"

#include "../esc.h"

#include <ctype.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGIT "0123456789"

bool format_is_id(const char *text)
{
    size_t len = strspn(text, LOWER DIGIT "-_");
    return len > 0 && len <= 64 && text[len] == '\0' && islower((unsigned char)text[0]);
}

/* Letters, digits and '-', which neither begins nor ends it. */
static bool is_label(const char *text, size_t len, size_t most)
{
    return len > 0 && len <= most && strspn(text, LOWER DIGIT "-") >= len && text[0] != '-' &&
           text[len - 1] != '-';
}

bool format_is_slug(const char *text)
{
    if (text[0] != '/' || strlen(text) > 200)
        return false;
    for (text++; *text; text++) {
        size_t len = strcspn(text, "/");
        if (text[len] != '/' || !is_label(text, len, 63))
            return false;
        text += len;
    }
    return true;
}

static bool is_host_name(const char *text, size_t len)
{
    if (len == 0 || len > 253)
        return false;
    for (size_t at = 0; at < len;) {
        size_t label = 0;
        while (at + label < len && text[at + label] != '.')
            label++;
        if (!is_label(text + at, label, 63) || (at + label == len - 1))
            return false;
        at += label + 1;
    }
    return true;
}

static bool is_port(const char *text)
{
    size_t len = strspn(text, DIGIT);
    return len > 0 && len <= 5 && text[len] == '\0' && text[0] != '0' && strtol(text, NULL, 10) <= 65535;
}

bool format_is_host(const char *text)
{
    size_t len = strcspn(text, ":");
    return is_host_name(text, len) && (text[len] == '\0' || is_port(text + len + 1));
}

static bool is_mailbox(const char *text, size_t len)
{
    static const char atext[] = LOWER UPPER DIGIT "!#$%&'*+-/=?^_`{|}~.";
    if (len == 0 || len > 64 || text[0] == '.' || text[len - 1] == '.' || strspn(text, atext) < len)
        return false;
    for (size_t at = 1; at < len; at++) {
        if (text[at] == '.' && text[at - 1] == '.')
            return false;
    }
    return true;
}

bool format_is_email(const char *text)
{
    const char *at = strrchr(text, '@');
    char host[254];
    size_t len = strlen(text);
    if (!at || len > 254 || !is_mailbox(text, (size_t)(at - text)))
        return false;
    /* Host names in addresses are often written with capitals, and mean the same. */
    size_t host_len = len - (size_t)(at + 1 - text);
    for (size_t i = 0; i <= host_len; i++)
        host[i] = (char)tolower((unsigned char)at[1 + i]);
    return is_host_name(host, host_len) && (strchr(host, '.') || strcmp(host, "localhost") == 0);
}

bool format_is_url(const char *text)
{
    if (strchr(text, ' ') || !esc_url_is_safe(text))
        return false;
    return text[0] == '/' || strncmp(text, "https://", 8) == 0 || strncmp(text, "http://", 7) == 0 ||
           (strncmp(text, "mailto:", 7) == 0 && format_is_email(text + 7));
}

/* "/a/b": parts of what needs no escape, and none that leads elsewhere. */
static bool is_plain_path(const char *text)
{
    while (*text == '/') {
        size_t len = strspn(++text, LOWER UPPER DIGIT "-._~");
        if (len == 0 || strspn(text, ".") == len)
            return false;
        text += len;
    }
    return *text == '\0';
}

bool format_is_api(const char *text)
{
    char host[512];
    const char *at = strncmp(text, "https://", 8) == 0  ? text + 8
                     : strncmp(text, "http://", 7) == 0 ? text + 7
                                                        : NULL;
    if (!at)
        return text[0] == '/' && is_plain_path(text);
    size_t len = strcspn(at, "/");
    if (len >= sizeof host)
        return false;
    memcpy(host, at, len);
    host[len] = '\0';
    return format_is_host(host) && is_plain_path(at + len);
}

/* Only a provider on this very machine, for trials, may do without TLS. */
bool format_is_issuer(const char *text)
{
    static const char *const starts[] = {"https://", "http://127.0.0.1", "http://localhost"};
    const char *rest = NULL;
    if (!format_is_url(text) || strpbrk(text, "?#@"))
        return false;
    for (size_t i = 0; !rest && i < sizeof starts / sizeof starts[0]; i++)
        rest = strncmp(text, starts[i], strlen(starts[i])) == 0 ? text + strlen(starts[i]) : NULL;
    if (!rest)
        return false;
    return text[4] == 's' ? *rest != '\0' && *rest != '/' : *rest == '\0' || strchr(":/", *rest);
}

bool format_is_color(const char *text)
{
    size_t len = text[0] == '#' ? strspn(text + 1, DIGIT "abcdefABCDEF") : 0;
    return (len == 3 || len == 6) && text[1 + len] == '\0';
}

bool format_is_length(const char *text)
{
    static const char *const units[] = {"px", "rem", "em", "ch", "%"};
    size_t len = strspn(text, DIGIT);
    if (strcmp(text, "0") == 0)
        return true;
    if (len > 0 && text[len] == '.') {
        size_t fraction = strspn(text + len + 1, DIGIT);
        if (fraction == 0)
            return false;
        len += 1 + fraction;
    }
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (len > 0 && len <= 12 && strcmp(text + len, units[i]) == 0)
            return true;
    }
    return false;
}

bool format_is_file(const char *text)
{
    const char *at = text;
    if (strlen(text) > 200)
        return false;
    for (;; at++) {
        size_t len = strspn(at, LOWER UPPER DIGIT "-_.");
        if (len == 0 || *at == '.')
            return false;
        at += len;
        if (*at != '/')
            return *at == '\0';
    }
}
