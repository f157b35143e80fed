#include "fetch.h"

#include "../../lib/buf.h"

#include <curl/curl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { CONNECT_MS = 4000, WHOLE_MS = 8000, STACK_BYTES = 1024 * 1024 };

static atomic_int running;
static const char *believed = "";

bool fetch_open(const char *ca_file, struct diag *diag)
{
    believed = ca_file;
    if (curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK)
        return true;
    diag_error(diag, (struct place){0}, "no memory");
    return false;
}

void fetch_close(void)
{
    curl_global_cleanup();
}

const char *fetch_word(enum fetch_answer answer)
{
    static const char *const words[] = {
        [FETCH_GOOD] = "good",           [FETCH_STATUS] = "status",           [FETCH_BUSY] = "busy",
        [FETCH_ADDRESS] = "address",     [FETCH_UNREACHABLE] = "unreachable", [FETCH_TIMEOUT] = "timeout",
        [FETCH_TOO_LARGE] = "too_large",
    };
    return words[answer];
}

static bool is_loopback(const char *url)
{
    static const char *const hosts[] = {"http://127.0.0.1", "http://localhost", NULL};
    for (const char *const *host = hosts; *host; host++) {
        size_t len = strlen(*host);
        if (strncmp(url, *host, len) == 0 && (url[len] == '\0' || strchr(":/", url[len])))
            return true;
    }
    return false;
}

bool fetch_may(const char *url)
{
    if (strpbrk(url, "@ \\#\r\n"))
        return false;
    return strncmp(url, "https://", strlen("https://")) == 0 || is_loopback(url);
}

/* --- one call, in its thread ---------------------------------------------------------------------------- */

struct call {
    const struct fetch *fetch;
    struct buf body;
    enum fetch_answer answer;
};

static size_t take(char *bytes, size_t size, size_t count, void *context)
{
    struct call *call = context;
    buf_add(&call->body, bytes, size * count);
    return buf_ok(&call->body) ? size * count : 0;
}

/* Secrets of files may be long, and are not cut; without memory for one nothing is sent. */
static bool add_authorization(struct curl_slist **headers, const char *authorization)
{
    static const char name[] = "Authorization: ";
    size_t size = sizeof name + strlen(authorization);
    char *line = malloc(size);
    if (!line)
        return false;
    snprintf(line, size, "%s%s", name, authorization);
    struct curl_slist *more = curl_slist_append(*headers, line);
    explicit_bzero(line, size);
    free(line);
    if (more)
        *headers = more;
    return more != NULL;
}

/* NULL: no memory. */
static struct curl_slist *headers_of(const struct fetch *fetch)
{
    struct curl_slist *headers = curl_slist_append(NULL, "Accept: application/json");
    if (!headers || !fetch->authorization || add_authorization(&headers, fetch->authorization))
        return headers;
    curl_slist_free_all(headers);
    return NULL;
}

static void set_options(CURL *curl, struct call *call, struct curl_slist *headers)
{
    const struct fetch *fetch = call->fetch;
    curl_easy_setopt(curl, CURLOPT_URL, fetch->url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, is_loopback(fetch->url) ? "http" : "https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    if (*believed)
        curl_easy_setopt(curl, CURLOPT_CAINFO, believed); /* the system's folder of them counts as well */
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)WHOLE_MS);
    curl_easy_setopt(curl, CURLOPT_NOPROXY, "127.0.0.1,localhost");
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "guichet/" GUICHET_VERSION);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, call);
    if (fetch->form)
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, fetch->form);
}

static enum fetch_answer answer_of(CURL *curl, CURLcode code, const struct call *call)
{
    long status = 0;
    if (!buf_ok(&call->body))
        return FETCH_TOO_LARGE;
    if (code == CURLE_OPERATION_TIMEDOUT)
        return FETCH_TIMEOUT;
    if (code != CURLE_OK)
        return FETCH_UNREACHABLE;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    return status == 200 ? FETCH_GOOD : FETCH_STATUS;
}

static void *perform(void *context)
{
    struct call *call = context;
    CURL *curl = curl_easy_init();
    struct curl_slist *headers = headers_of(call->fetch);
    call->answer = FETCH_UNREACHABLE;
    if (curl && headers) {
        set_options(curl, call, headers);
        call->answer = answer_of(curl, curl_easy_perform(curl), call);
    }
    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
    return NULL;
}

static void perform_apart(struct call *call)
{
    pthread_t thread;
    pthread_attr_t attributes;
    call->answer = FETCH_BUSY;
    if (pthread_attr_init(&attributes) != 0)
        return;
    pthread_attr_setstacksize(&attributes, STACK_BYTES);
    if (pthread_create(&thread, &attributes, perform, call) == 0)
        pthread_join(thread, NULL);
    pthread_attr_destroy(&attributes);
}

enum fetch_answer fetch_run(const struct fetch *fetch, struct arena *arena, const char **body)
{
    struct call call = {.fetch = fetch, .answer = FETCH_BUSY};
    *body = "";
    if (!fetch_may(fetch->url))
        return FETCH_ADDRESS;
    buf_init(&call.body, fetch->ceiling);
    if (atomic_fetch_add(&running, 1) < FETCH_AT_ONCE)
        perform_apart(&call);
    atomic_fetch_sub(&running, 1);
    if (buf_ok(&call.body) && call.body.len > 0)
        *body = arena_strndup(arena, call.body.data, call.body.len);
    buf_release(&call.body);
    if (*body)
        return call.answer;
    *body = "";
    return FETCH_BUSY;
}
