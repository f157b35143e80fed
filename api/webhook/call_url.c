/* Which URLs can be called. */
#include "call.h"

#include <curl/curl.h>
#include <string.h>

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
