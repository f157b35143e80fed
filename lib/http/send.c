/* What goes out, watched: see slow.h. */
#include "internal.h"

enum {
    PIECE = 16 * 1024,   /* between two looks at how far it has come */
    AT_ONCE = 16 * 1024, /* the system takes as much whether the client reads or not */
};

static void watch(struct http_request *request)
{
    request->going.peer = request->peer;
    request->going.peer_port = request->peer_port;
    request->going.goes_out = true;
    slow_enter(request->slow, &request->going);
}

bool answer_write(struct http_request *request, const void *bytes, size_t len)
{
    const char *at = bytes;
    if (!request->going.link && request->gone + len > AT_ONCE)
        watch(request);
    while (len > 0) {
        size_t piece = len < PIECE ? len : PIECE;
        if (!conn_write(request, at, piece))
            return false;
        at += piece;
        len -= piece;
        request->gone += piece;
        if (request->going.link)
            slow_took(request->slow, &request->going, (int64_t)request->gone);
    }
    return true;
}

void answer_finish(struct http_request *request)
{
    slow_leave(request->slow, &request->going);
}
