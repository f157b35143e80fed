#include "pack.h"

#include <limits.h>
#include <string.h>
#include <zlib.h>

/* Window of 32 KiB, with gzip's head and tail; the head says nothing of time or system's name. */
enum { GZIP_WINDOW = 15 + 16, MEMORY_LEVEL = 9 };

/* There is little between the levels: the best one always. */
static bool pack(const void *bytes, size_t len, int effort, struct buf *out)
{
    z_stream stream = {.next_in = (Bytef *)bytes, .avail_in = (uInt)len};
    (void)effort;
    if (len > UINT_MAX || deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, GZIP_WINDOW, MEMORY_LEVEL,
                                       Z_DEFAULT_STRATEGY) != Z_OK)
        return false;
    uLong most = deflateBound(&stream, (uLong)len);
    char *room = buf_room(out, most);
    stream.next_out = (Bytef *)room;
    stream.avail_out = (uInt)most;
    bool done = room && deflate(&stream, Z_FINISH) == Z_STREAM_END;
    if (done)
        buf_filled(out, stream.total_out);
    deflateEnd(&stream);
    return done;
}

/* Piece by piece: what claims to be larger than it should is not believed. */
static bool holds(const void *packed, size_t packed_len, const void *bytes, size_t len)
{
    Bytef piece[16 * 1024] = {0};
    z_stream stream = {.next_in = (Bytef *)packed, .avail_in = (uInt)packed_len};
    size_t done = 0;
    bool same = true;
    int result = packed_len <= UINT_MAX && inflateInit2(&stream, GZIP_WINDOW) == Z_OK ? Z_OK : Z_DATA_ERROR;
    while (same && result == Z_OK) {
        stream.next_out = piece;
        stream.avail_out = sizeof piece;
        result = inflate(&stream, Z_NO_FLUSH);
        size_t got = sizeof piece - stream.avail_out;
        same = got <= len - done && memcmp(piece, (const char *)bytes + done, got) == 0;
        done += got;
    }
    inflateEnd(&stream);
    return same && result == Z_STREAM_END && done == len && stream.avail_in == 0;
}

const struct pack pack_gzip = {".gz", pack, holds};
