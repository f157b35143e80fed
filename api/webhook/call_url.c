/* Which URLs can be called. */
#include "address.h"
#include "call.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <string.h>
#include <strings.h>

static bool is_printable(const char *url)
{
    for (; *url; url++)
        if (*url <= ' ' || *url > '~')
            return false;
    return true;
}

static bool part_is_there(CURLU *parsed, CURLUPart part)
{
    char *text = NULL;
    bool there = curl_url_get(parsed, part, &text, 0) == CURLUE_OK && text && *text;
    curl_free(text);
    return there;
}

const char *call_url_fault(const char *url)
{
    const char *fault = NULL;
    if (strncmp(url, "https://", 8) != 0 && strncmp(url, "http://", 7) != 0)
        return "https://HOST/PATH";
    if (strlen(url) > CALL_URL_MAX || !is_printable(url))
        return "at most 2000 characters of ASCII, without blanks";
    CURLU *parsed = curl_url();
    if (!parsed || curl_url_set(parsed, CURLUPART_URL, url, 0) != CURLUE_OK ||
        !part_is_there(parsed, CURLUPART_HOST))
        fault = "https://HOST/PATH";
    else if (part_is_there(parsed, CURLUPART_USER) || part_is_there(parsed, CURLUPART_PASSWORD))
        fault = "no name or password in it";
    else if (part_is_there(parsed, CURLUPART_FRAGMENT))
        fault = "no #fragment in it: it is never sent";
    curl_url_cleanup(parsed);
    return fault;
}

/* "[fd00::1]" as well. */
static bool is_private(char *host)
{
    struct sockaddr_in four = {.sin_family = AF_INET};
    struct sockaddr_in6 six = {.sin6_family = AF_INET6};
    size_t len = strlen(host);
    if (strcasecmp(host, "localhost") == 0)
        return true;
    if (inet_pton(AF_INET, host, &four.sin_addr) == 1)
        return address_kind((const struct sockaddr *)&four, "") == ADDRESS_PRIVATE;
    if (len < 2 || *host != '[')
        return false;
    host[len - 1] = '\0';
    return inet_pton(AF_INET6, host + 1, &six.sin6_addr) == 1 &&
           address_kind((const struct sockaddr *)&six, "") == ADDRESS_PRIVATE;
}

bool call_url_is_private(const char *url)
{
    char *host = NULL;
    CURLU *parsed = curl_url();
    bool private = parsed && curl_url_set(parsed, CURLUPART_URL, url, 0) == CURLUE_OK &&
                   curl_url_get(parsed, CURLUPART_HOST, &host, 0) == CURLUE_OK && host && is_private(host);
    curl_free(host);
    curl_url_cleanup(parsed);
    return private;
}
