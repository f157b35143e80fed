/*
 * pack: bytes as browsers take them: brotli and gzip.
 *
 * The same bytes always pack to the same: no time, no name. Each function may be called from many threads.
 */
#ifndef GUICHET_PACK_H
#define GUICHET_PACK_H

#include "../../lib/buf.h"

enum {
    PACK_ONCE = 11, /* for what is kept for ever: as small as can be, about 2 MB a second */
    PACK_OFTEN = 8, /* for what changes often: within a few percent of it, in a tenth of the time */
};

struct pack {
    const char *ending; /* of the packed file, behind the whole name: ".br" */

    /* Append the packed bytes. False: no memory, or no room left below the buffer's ceiling. */
    bool (*pack)(const void *bytes, size_t len, int effort, struct buf *out);

    /* Does `packed` unpack to exactly these bytes? */
    bool (*holds)(const void *packed, size_t packed_len, const void *bytes, size_t len);
};

extern const struct pack pack_brotli; /* RFC 7932 */
extern const struct pack pack_gzip;   /* RFC 1952 */

#endif
