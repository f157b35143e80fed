#include "inbound_dmarc.h"

#include <string.h>

#define BLANKS " \t\r\n"

/* Without comments and what is quoted. NULL: one of them has no end. To be freed. */
static char *bare(const char *value)
{
    GString *out = g_string_new(NULL);
    unsigned comments = 0;
    bool quoted = false;
    for (const char *at = value; *at; at++) {
        if (*at == '\\' && (quoted || comments > 0) && at[1])
            at++;
        else if (quoted)
            quoted = *at != '"';
        else if (*at == '(')
            comments++;
        else if (comments > 0)
            comments -= *at == ')';
        else if (*at == '"')
            quoted = true;
        else
            g_string_append_c(out, *at);
    }
    return g_string_free(out, quoted || comments > 0);
}

/* "dmarc=pass header.from=..": what follows the equals sign. NULL: it is another method's. */
static const char *dmarc_of(const char *part)
{
    part += strspn(part, BLANKS);
    if (g_ascii_strncasecmp(part, "dmarc", 5) != 0)
        return NULL;
    part += 5 + strspn(part + 5, BLANKS);
    return *part == '=' ? part + 1 + strspn(part + 1, BLANKS) : NULL;
}

static bool is_word(const char *text, const char *word)
{
    size_t len = strcspn(text, BLANKS);
    return len == strlen(word) && g_ascii_strncasecmp(text, word, len) == 0;
}

/* The domain behind "header.from=", also of an address, to be freed. NULL: it stands nowhere. */
static char *header_from(const char *result)
{
    static const char name[] = "header.from=";
    for (result += strcspn(result, BLANKS); *result; result += strcspn(result, BLANKS)) {
        result += strspn(result, BLANKS);
        if (g_ascii_strncasecmp(result, name, sizeof name - 1) != 0)
            continue;
        const char *value = result + sizeof name - 1, *end = value + strcspn(value, BLANKS),
                   *at = memchr(value, '@', (size_t)(end - value));
        return g_strndup(at ? at + 1 : value, (gsize)(end - (at ? at + 1 : value)));
    }
    return NULL;
}

/* One of the two may be written in the letters of its language, the other as mail servers have it (RFC 5891).
 */
static bool is_same_domain(const char *one, const char *other)
{
    char *ascii = g_hostname_to_ascii(one), *others = g_hostname_to_ascii(other);
    bool same = ascii && others && *ascii && g_ascii_strcasecmp(ascii, others) == 0;
    g_free(ascii);
    g_free(others);
    return same;
}

/* It passed: for whom? */
static enum inbound_dmarc passed_for(const char *result, const char *sender)
{
    const char *at = strrchr(sender, '@');
    char *from = header_from(result);
    enum inbound_dmarc dmarc = DMARC_UNKNOWN;
    if (from && *from && at)
        dmarc = is_same_domain(from, at + 1) ? DMARC_PASS : DMARC_FAIL;
    g_free(from);
    return dmarc;
}

/* Among what a server says of a mail; it has parts[0] for its name, if anything. A server says it once: of
 * two, one is a lie. */
static enum inbound_dmarc said_in(char **parts, const char *sender)
{
    enum inbound_dmarc dmarc = DMARC_UNKNOWN;
    size_t count = 0;
    for (size_t p = 1; parts[0] && parts[p]; p++) {
        const char *result = dmarc_of(parts[p]);
        if (!result)
            continue;
        dmarc = is_word(result, "pass")   ? passed_for(result, sender)
                : is_word(result, "none") ? DMARC_UNKNOWN
                                          : DMARC_FAIL;
        count++;
    }
    return count > 1 ? DMARC_FAIL : dmarc;
}

static bool is_by(const char *value, const char *authserv)
{
    size_t len = strlen(authserv);
    value += strspn(value, BLANKS);
    return g_ascii_strncasecmp(value, authserv, len) == 0 && strchr(";" BLANKS, value[len]);
}

/* False: another server than `authserv` wrote it. */
static bool read_results(GMimeHeader *results, const char *authserv, const char *sender,
                         enum inbound_dmarc *dmarc)
{
    char *value = g_mime_utils_header_unfold(g_mime_header_get_raw_value(results));
    char *plain = bare(value);
    bool ours = is_by(plain ? plain : value, authserv);
    char **parts = g_strsplit(plain ? plain : "", ";", -1);
    *dmarc = plain ? said_in(parts, sender) : DMARC_FAIL;
    g_strfreev(parts);
    g_free(plain);
    g_free(value);
    return ours;
}

/* "mx.example.com; dkim=pass ...; dmarc=pass (p=reject) header.from=..": the topmost of that name is our own
 * server's, which takes away those that were there before (section 5). */
enum inbound_dmarc inbound_dmarc_read(GMimeMessage *message, const char *authserv, const char *sender)
{
    GMimeHeaderList *headers = g_mime_object_get_header_list(GMIME_OBJECT(message));
    int count = g_mime_header_list_get_count(headers);
    enum inbound_dmarc dmarc;
    for (int i = 0; *authserv && i < count; i++) {
        GMimeHeader *one = g_mime_header_list_get_header_at(headers, i);
        if (g_ascii_strcasecmp(g_mime_header_get_name(one), "Authentication-Results") == 0 &&
            read_results(one, authserv, sender, &dmarc))
            return dmarc;
    }
    return DMARC_UNKNOWN;
}
