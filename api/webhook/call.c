#include "call.h"

#include "address.h"
#include "call_outcome.h"
#include "sign.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum { CONNECT_MS = 5000 };

struct call {
    struct calls *calls;
    CURL *curl; /* NULL: the slot is free */
    struct curl_slist *headers;
    int64_t id, hook_id;
    struct call_outcome outcome;
};

struct calls {
    CURLM *multi;
    const struct call_rules *rules;
    struct call slots[CALLS_MAX];
};

/* The address that is connected to, whatever a name said before. */
static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    (void)purpose;
    struct call *call = context;
    enum address_kind kind = address_kind(&address->addr, call->calls->rules->allowed);
    if (kind == ADDRESS_ALLOWED || (kind == ADDRESS_PUBLIC && !call->outcome.plain))
        return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
    const void *in =
        address->family == AF_INET6
            ? (const void *)&((const struct sockaddr_in6 *)(const void *)&address->addr)->sin6_addr
            : (const void *)&((const struct sockaddr_in *)(const void *)&address->addr)->sin_addr;
    if (!inet_ntop(address->family, in, call->outcome.refused, sizeof call->outcome.refused))
        snprintf(call->outcome.refused, sizeof call->outcome.refused, "its address");
    return CURL_SOCKET_BAD;
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
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, call->outcome.plain ? "http" : "https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)CALL_SECONDS);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, call);
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
    call_outcome_listen(curl, &call->outcome);
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
                          .outcome.plain = strncmp(calling->url, "http://", 7) == 0};
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
        call_outcome_tell(&call->outcome, call->curl, news->data.result, end);
        end->id = call->id;
        end->hook_id = call->hook_id;
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
