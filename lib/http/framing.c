#include "framing.h"

#include "../utf8.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* 18 digits always fit into an int64_t; no body of ours comes near. */
enum { LENGTH_DIGITS_MAX = 18 };

const char *head_field(const struct http_head *head, const char *name)
{
    for (size_t i = 0; i < head->count; i++)
        if (strcasecmp(head->fields[i].name, name) == 0)
            return head->fields[i].value;
    return NULL;
}

static size_t field_count(const struct http_head *head, const char *name)
{
    size_t count = 0;
    for (size_t i = 0; i < head->count; i++)
        count += strcasecmp(head->fields[i].name, name) == 0;
    return count;
}

/* RFC 9110, section 5.6.2. */
static bool is_token(const char *text)
{
    if (*text == '\0')
        return false;
    for (; *text; text++)
        if (!isalnum((unsigned char)*text) && !strchr("!#$%&'*+-.^_`|~", *text))
            return false;
    return true;
}

static bool is_value(const char *text)
{
    for (const char *c = text; *c; c++)
        if (((unsigned char)*c < 0x20 && *c != '\t') || *c == 0x7f)
            return false;
    return utf8_is_valid(text, strlen(text));
}

static bool fields_are_sane(const struct http_head *head)
{
    for (size_t i = 0; i < head->count; i++)
        if (!is_token(head->fields[i].name) || !is_value(head->fields[i].value))
            return false;
    return true;
}

/* Fields of which a second one makes readers disagree; Host has a code of its own. */
static bool singles_are_single(const struct http_head *head)
{
    static const char *const single[] = {"Content-Length", "Transfer-Encoding", "Content-Type",
                                         "Origin",         "Authorization",     "Expect"};
    for (size_t i = 0; i < sizeof single / sizeof *single; i++)
        if (field_count(head, single[i]) > 1)
            return false;
    return true;
}

/* RFC 9112, sections 6.1 to 6.3. */
static bool length_read(const struct http_head *head, int64_t *length)
{
    const char *declared = head_field(head, "Content-Length");
    const char *coding = head_field(head, "Transfer-Encoding");
    *length = 0;
    if (coding) {
        *length = -1;
        return !declared && strcasecmp(coding, "chunked") == 0 && strcmp(head->version, "1.1") == 0;
    }
    if (!declared)
        return true;
    size_t digits = strlen(declared);
    if (digits == 0 || digits > LENGTH_DIGITS_MAX || strspn(declared, "0123456789") != digits)
        return false;
    for (; *declared; declared++)
        *length = *length * 10 + (*declared - '0');
    return true;
}

static bool list_has(const char *list, const char *token)
{
    size_t len = strlen(token);
    while (*list) {
        list += strspn(list, " \t,");
        size_t item = strcspn(list, " \t,");
        if (item == len && strncasecmp(list, token, len) == 0)
            return true;
        list += item;
    }
    return false;
}

/*
 * Stricter than RFC 9112, section 9.3: a Connection field without "keep-alive" closes, because the server
 * underneath closes then too, and the answer should say so.
 */
static bool wants_keep_alive(const struct http_head *head)
{
    bool named = false, keep = false;
    for (size_t i = 0; i < head->count; i++) {
        if (strcasecmp(head->fields[i].name, "Connection") != 0)
            continue;
        if (list_has(head->fields[i].value, "close"))
            return false;
        named = true;
        keep = keep || list_has(head->fields[i].value, "keep-alive");
    }
    return named ? keep : strcmp(head->version, "1.1") == 0;
}

static bool is_port(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    return digits > 0 && digits <= 5 && text[digits] == '\0';
}

/* uri-host with an optional port (RFC 9110, section 7.2), as far as hosts of ours may look. */
static bool host_read(const struct http_head *head, char *host)
{
    const char *sent = field_count(head, "Host") == 1 ? head_field(head, "Host") : "";
    size_t len = strlen(sent);
    if (len == 0 || len >= HTTP_HOST_MAX)
        return false;
    for (size_t i = 0; i <= len; i++)
        host[i] = (char)tolower((unsigned char)sent[i]);
    size_t name;
    if (host[0] == '[') {
        name = 1 + strspn(host + 1, "0123456789abcdef:.");
        if (name == 1 || host[name++] != ']')
            return false;
    } else {
        name = strspn(host, "abcdefghijklmnopqrstuvwxyz0123456789-._");
    }
    return name > 0 && (host[name] == '\0' || (host[name] == ':' && is_port(host + name + 1)));
}

static bool method_is_ours(const char *method)
{
    static const char *const methods[] = {"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"};
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        if (strcmp(method, methods[i]) == 0)
            return true;
    return false;
}

static bool version_is_ours(const char *version)
{
    return strcmp(version, "1.1") == 0 || strcmp(version, "1.0") == 0;
}

static bool refuse(struct refusal *refusal, int status, const char *code)
{
    *refusal = (struct refusal){status, code};
    return false;
}

bool framing_check(const struct http_head *head, struct framing *framing, struct refusal *refusal)
{
    if (!version_is_ours(head->version))
        return refuse(refusal, 505, "framing");
    if (!fields_are_sane(head) || !singles_are_single(head) || !length_read(head, &framing->length))
        return refuse(refusal, 400, "framing");
    if (!host_read(head, framing->host))
        return refuse(refusal, 400, "host");
    if (!method_is_ours(head->method))
        return refuse(refusal, 405, "method");

    const char *expect = strcmp(head->version, "1.1") == 0 ? head_field(head, "Expect") : NULL;
    if (expect && strcasecmp(expect, "100-continue") != 0)
        return refuse(refusal, 417, "framing");
    framing->expects_continue = expect && framing->length != 0;
    framing->keep_alive = wants_keep_alive(head);
    return true;
}
