#include "call.h"

#include "../../lib/utf8.h"
#include "address.h"
#include "sign.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum { CONNECT_MS = 5000, ANSWER_MAX = 64 * 1024, HEAD_MAX = 32 * 1024 };

struct call {
    struct calls *calls;
    CURL *curl; /* NULL: the slot is free */
    struct curl_slist *headers;
    int64_t id, hook_id;
    bool plain;                     /* http:// */
    char refused[INET6_ADDRSTRLEN]; /* an address that may not be called; "": none */
    size_t head, body;              /* bytes of the answer that came */
    bool cut;                       /* its body was longer than is read */
    char answer[HOOK_ANSWER_BYTES]; /* its first bytes */
    char error[CURL_ERROR_SIZE];
};

struct calls {
    CURLM *multi;
    const struct call_rules *rules;
    struct call slots[CALLS_MAX];
};

/* --- the URL ---------------------------------------------------------------------------------------------
 */

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

/* --- what libcurl asks -----------------------------------------------------------------------------------
 */

/* The address that is connected to, whatever a name said before. */
static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    (void)purpose;
    struct call *call = context;
    enum address_kind kind = address_kind(&address->addr, call->calls->rules->allowed);
    if (kind == ADDRESS_ALLOWED || (kind == ADDRESS_PUBLIC && !call->plain))
        return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
    const void *in =
        address->family == AF_INET6
            ? (const void *)&((const struct sockaddr_in6 *)(const void *)&address->addr)->sin6_addr
            : (const void *)&((const struct sockaddr_in *)(const void *)&address->addr)->sin_addr;
    if (!inet_ntop(address->family, in, call->refused, sizeof call->refused))
        snprintf(call->refused, sizeof call->refused, "its address");
    return CURL_SOCKET_BAD;
}

static size_t take_head(char *bytes, size_t size, size_t count, void *context)
{
    (void)bytes;
    struct call *call = context;
    call->head += size * count;
    return call->head > HEAD_MAX ? 0 : size * count;
}

static size_t take_body(char *bytes, size_t size, size_t count, void *context)
{
    struct call *call = context;
    size_t len = size * count;
    if (call->body < sizeof call->answer) {
        size_t room = sizeof call->answer - call->body;
        memcpy(call->answer + call->body, bytes, len < room ? len : room);
    }
    call->body += len;
    call->cut = call->body > ANSWER_MAX;
    return call->cut ? 0 : len;
}

/* --- beginning -------------------------------------------------------------------------------------------
 */

static bool add_header(struct call *call, const char *line)
{
    struct curl_slist *more = curl_slist_append(call->headers, line);
    if (more)
        call->headers = more;
    return more != NULL;
}

static bool make_headers(struct call *call, const struct calling *calling, int64_t now)
{
    char id[24], line[128], signature[SIGN_SIGNATURE_LEN];
    snprintf(id, sizeof id, "%lld", (long long)calling->id);
    const struct signed_message message = {id, now / 1000, calling->body, calling->len};
    sign_message(calling->secret, &message, signature);
    bool good = add_header(call, "Content-Type: application/json") && add_header(call, "Expect:");
    snprintf(line, sizeof line, "webhook-id: %s", id);
    good = good && add_header(call, line);
    snprintf(line, sizeof line, "webhook-timestamp: %lld", (long long)message.seconds);
    good = good && add_header(call, line);
    snprintf(line, sizeof line, "webhook-signature: %s", signature);
    return good && add_header(call, line);
}

static void set_way(CURL *curl, struct call *call, const char *url)
{
    const struct call_rules *rules = call->calls->rules;
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, call->plain ? "http" : "https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)CALL_SECONDS);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, call);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, call->error);
    if (*rules->ca_file)
        curl_easy_setopt(curl, CURLOPT_CAINFO,
                         rules->ca_file); /* the system's folder of them counts as well */
}

static void set_content(CURL *curl, struct call *call, const struct calling *calling)
{
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "guichet/" GUICHET_VERSION);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, call->headers);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)calling->len);
    curl_easy_setopt(curl, CURLOPT_COPYPOSTFIELDS, calling->body);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_head);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, call);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, call);
    curl_easy_setopt(curl, CURLOPT_PRIVATE, call);
}

static void empty_slot(struct call *call)
{
    if (call->curl)
        curl_multi_remove_handle(call->calls->multi, call->curl);
    curl_easy_cleanup(call->curl);
    curl_slist_free_all(call->headers);
    *call = (struct call){.calls = call->calls};
}

static struct call *free_slot(struct calls *calls)
{
    for (size_t i = 0; i < CALLS_MAX; i++)
        if (!calls->slots[i].curl)
            return &calls->slots[i];
    return NULL;
}

bool call_begin(struct calls *calls, const struct calling *calling, int64_t now)
{
    struct call *call = free_slot(calls);
    CURL *curl = call && !call_url_fault(calling->url) ? curl_easy_init() : NULL;
    if (!curl)
        return false;
    *call = (struct call){.calls = calls,
                          .curl = curl,
                          .id = calling->id,
                          .hook_id = calling->hook_id,
                          .plain = strncmp(calling->url, "http://", 7) == 0};
    bool good = make_headers(call, calling, now);
    set_way(curl, call, calling->url);
    set_content(curl, call, calling);
    good = good && curl_multi_add_handle(calls->multi, curl) == CURLM_OK;
    if (!good)
        empty_slot(call);
    return good;
}

/* --- on the way ------------------------------------------------------------------------------------------
 */

size_t calls_count(const struct calls *calls, int64_t hook_id)
{
    size_t count = 0;
    for (size_t i = 0; i < CALLS_MAX; i++)
        count += calls->slots[i].curl && (hook_id == 0 || calls->slots[i].hook_id == hook_id);
    return count;
}

bool calls_has(const struct calls *calls, int64_t id)
{
    for (size_t i = 0; i < CALLS_MAX; i++)
        if (calls->slots[i].curl && calls->slots[i].id == id)
            return true;
    return false;
}

void calls_go_on(struct calls *calls, int ms)
{
    int running;
    curl_multi_perform(calls->multi, &running);
    curl_multi_poll(calls->multi, NULL, 0, ms, NULL);
    curl_multi_perform(calls->multi, &running);
}

void calls_wake(struct calls *calls)
{
    curl_multi_wakeup(calls->multi);
}

/* --- the end ---------------------------------------------------------------------------------------------
 */

static void copy_answer(const struct call *call, char answer[HOOK_ANSWER_BYTES + 1])
{
    size_t out = 0, len = call->body < sizeof call->answer ? call->body : sizeof call->answer;
    for (size_t at = 0; at < len;) {
        uint32_t code;
        size_t took = utf8_next(call->answer + at, len - at, &code);
        if (code == UTF8_BAD || utf8_is_control(code))
            answer[out++] = code == UTF8_BAD ? '?' : ' ';
        else
            out = (size_t)((char *)mempcpy(answer + out, call->answer + at, took) - answer);
        at += took;
    }
    answer[out] = '\0';
}

static void explain(const struct call *call, CURLcode code, struct call_end *end)
{
    if (*call->refused && code != CURLE_OK && end->status == 0)
        snprintf(end->why, sizeof end->why,
                 call->plain ? "http:// is for networks that GUICHET_WEBHOOK_ALLOW names; %s is of none"
                             : "%s is no public address, and GUICHET_WEBHOOK_ALLOW does not name its network",
                 call->refused);
    else if (call->head > HEAD_MAX)
        snprintf(end->why, sizeof end->why, "the head of its answer is too long");
    else if (code != CURLE_OK && !call->cut)
        snprintf(end->why, sizeof end->why, "%s%s%.180s", curl_easy_strerror(code), *call->error ? ": " : "",
                 call->error);
    else if (end->status >= 300 && end->status < 400)
        snprintf(end->why, sizeof end->why, "it answered %d, and redirects are not followed", end->status);
    else if (end->status < 200 || end->status >= 300)
        snprintf(end->why, sizeof end->why, "it answered %d", end->status);
}

static void tell(const struct call *call, CURLcode code, struct call_end *end)
{
    long status = 0;
    curl_off_t took = 0, retry = 0;
    curl_easy_getinfo(call->curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(call->curl, CURLINFO_TOTAL_TIME_T, &took);
    curl_easy_getinfo(call->curl, CURLINFO_RETRY_AFTER, &retry);
    *end = (struct call_end){
        .id = call->id,
        .hook_id = call->hook_id,
        .took_ms = took / 1000,
        .status = (int)status,
        .retry_ms = retry > 0 && retry < 1000000 ? retry * 1000 : 0,
    };
    copy_answer(call, end->answer);
    explain(call, code, end);
}

bool calls_ended(struct calls *calls, struct call_end *end)
{
    int left;
    for (CURLMsg *news = curl_multi_info_read(calls->multi, &left); news;
         news = curl_multi_info_read(calls->multi, &left)) {
        char *context = NULL;
        if (news->msg != CURLMSG_DONE ||
            curl_easy_getinfo(news->easy_handle, CURLINFO_PRIVATE, &context) != CURLE_OK || !context)
            continue;
        struct call *call = (struct call *)(void *)context;
        tell(call, news->data.result, end);
        empty_slot(call);
        return true;
    }
    return false;
}

struct calls *calls_open(const struct call_rules *rules)
{
    struct calls *calls = calloc(1, sizeof *calls);
    CURLM *multi = calls ? curl_multi_init() : NULL;
    if (!multi) {
        free(calls);
        return NULL;
    }
    *calls = (struct calls){.multi = multi, .rules = rules};
    for (size_t i = 0; i < CALLS_MAX; i++)
        calls->slots[i].calls = calls;
    curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, (long)HOOK_MAX);
    return calls;
}

void calls_close(struct calls *calls)
{
    if (!calls)
        return;
    for (size_t i = 0; i < CALLS_MAX; i++)
        empty_slot(&calls->slots[i]);
    curl_multi_cleanup(calls->multi);
    free(calls);
}
