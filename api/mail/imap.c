#include "imap.h"

#include "../../lib/buf.h"
#include "spool.h"

#include <curl/curl.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CONNECT_MS = 10000, QUIET_SECONDS = 60, WHOLE_MS = 600000, LIST_CEILING = 4 * 1024 * 1024 };

struct imap {
    CURL *curl;
};

struct imap *imap_open(void)
{
    struct imap *imap = calloc(1, sizeof *imap);
    if (!imap)
        return NULL;
    imap->curl = curl_easy_init();
    if (imap->curl)
        return imap;
    free(imap);
    return NULL;
}

void imap_close(struct imap *imap)
{
    if (!imap)
        return;
    curl_easy_cleanup(imap->curl);
    free(imap);
}

static bool is_here(const char *url)
{
    static const char *const hosts[] = {"imap://127.0.0.1", "imap://localhost", "imap://[::1]", NULL};
    for (const char *const *host = hosts; *host; host++) {
        size_t len = strlen(*host);
        if (strncmp(url, *host, len) == 0 && (url[len] == '\0' || strchr(":/", url[len])))
            return true;
    }
    return false;
}

/* "imaps://host/INBOX" with what is said about it behind. */
static void set_url(CURL *curl, const char *url, const char *rest)
{
    char whole[2048];
    const char *host = strstr(url, "://");
    bool has_folder = host && strchr(host + 3, '/');
    snprintf(whole, sizeof whole, "%s%s%s", url, has_folder ? "" : "/INBOX", rest);
    curl_easy_setopt(curl, CURLOPT_URL, whole);
}

static void set_server(CURL *curl, const struct imap_server *server, const char *rest)
{
    curl_easy_reset(curl);
    set_url(curl, server->url, rest);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "imap,imaps");
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
    curl_easy_setopt(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)QUIET_SECONDS);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)WHOLE_MS);
    curl_easy_setopt(curl, CURLOPT_USE_SSL,
                     is_here(server->url) ? (long)CURLUSESSL_TRY : (long)CURLUSESSL_ALL);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(curl, CURLOPT_USERNAME, server->user);
    curl_easy_setopt(curl, CURLOPT_PASSWORD, server->password ? server->password : "");
    if (*server->ca_file)
        curl_easy_setopt(curl, CURLOPT_CAINFO, server->ca_file);
}

static enum imap_answer failed(CURLcode code, const char *did, char why[IMAP_WHY_BYTES])
{
    if (code == CURLE_OK)
        return IMAP_DONE;
    snprintf(why, IMAP_WHY_BYTES, "%s: %s", did, curl_easy_strerror(code));
    return code == CURLE_REMOTE_FILE_NOT_FOUND ? IMAP_GONE : IMAP_FAILED;
}

static size_t take_line(char *bytes, size_t size, size_t count, void *context)
{
    struct buf *text = context;
    buf_add(text, bytes, size * count);
    return buf_ok(text) ? size * count : 0;
}

/* "* SEARCH 3 4 17" */
static size_t read_uids(const char *text, uint32_t found[IMAP_FOUND_MAX])
{
    size_t count = 0;
    const char *at = strstr(text, "SEARCH");
    at = at ? at + strlen("SEARCH") : "";
    while (*at == ' ' && count < IMAP_FOUND_MAX) {
        char *end;
        unsigned long uid = strtoul(at, &end, 10);
        if (end == at || uid == 0 || uid > UINT32_MAX)
            break;
        found[count++] = (uint32_t)uid;
        at = end;
    }
    return count;
}

enum imap_answer imap_unseen(struct imap *imap, const struct imap_server *server,
                             uint32_t found[IMAP_FOUND_MAX], size_t *count, char why[IMAP_WHY_BYTES])
{
    struct buf text;
    *count = 0;
    buf_init(&text, LIST_CEILING);
    set_server(imap->curl, server, "");
    curl_easy_setopt(imap->curl, CURLOPT_CUSTOMREQUEST, "UID SEARCH UNSEEN UNDELETED");
    curl_easy_setopt(imap->curl, CURLOPT_WRITEFUNCTION, take_line);
    curl_easy_setopt(imap->curl, CURLOPT_WRITEDATA, &text);
    enum imap_answer answer = failed(curl_easy_perform(imap->curl), "looking for mail", why);
    if (answer == IMAP_DONE)
        *count = read_uids(text.data, found);
    buf_release(&text);
    return answer == IMAP_GONE ? IMAP_FAILED : answer;
}

struct taking {
    int fd;
    size_t size;
    bool too_large, unwritten;
};

static size_t take_piece(char *bytes, size_t size, size_t count, void *context)
{
    struct taking *taking = context;
    size_t len = size * count, done = 0;
    taking->size += len;
    taking->too_large = taking->size > SPOOL_MAIL_MAX;
    while (!taking->too_large && done < len) {
        ssize_t wrote = write(taking->fd, bytes + done, len - done);
        taking->unwritten = wrote <= 0 && errno != EINTR;
        if (taking->unwritten)
            return 0;
        done += wrote > 0 ? (size_t)wrote : 0;
    }
    return done;
}

enum imap_answer imap_fetch(struct imap *imap, const struct imap_server *server, uint32_t uid, int fd,
                            char why[IMAP_WHY_BYTES])
{
    char rest[32];
    struct taking taking = {.fd = fd};
    snprintf(rest, sizeof rest, "/;UID=%" PRIu32, uid);
    set_server(imap->curl, server, rest);
    curl_easy_setopt(imap->curl, CURLOPT_WRITEFUNCTION, take_piece);
    curl_easy_setopt(imap->curl, CURLOPT_WRITEDATA, &taking);
    enum imap_answer answer = failed(curl_easy_perform(imap->curl), "fetching a mail", why);
    if (taking.too_large)
        return IMAP_TOO_LARGE;
    return taking.unwritten ? IMAP_FAILED : answer;
}
