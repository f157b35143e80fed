#include "pack.h"

#include <brotli/decode.h>
#include <brotli/encode.h>
#include <string.h>

static bool pack(const void *bytes, size_t len, int effort, struct buf *out)
{
    size_t most = BrotliEncoderMaxCompressedSize(len);
    char *room = most ? buf_room(out, most) : NULL;
    if (!room || !BrotliEncoderCompress(effort, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, len, bytes, &most,
                                        (uint8_t *)room))
        return false;
    buf_filled(out, most);
    return true;
}

/* Piece by piece: what claims to be larger than it should is not believed. */
static bool holds(const void *packed, size_t packed_len, const void *bytes, size_t len)
{
    uint8_t piece[16 * 1024];
    const uint8_t *in = packed, *wanted = bytes;
    size_t done = 0;
    bool same = true;
    BrotliDecoderState *decoder = BrotliDecoderCreateInstance(NULL, NULL, NULL);
    BrotliDecoderResult result = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
    while (decoder && same && result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) {
        uint8_t *next = piece;
        size_t room = sizeof piece;
        result = BrotliDecoderDecompressStream(decoder, &packed_len, &in, &room, &next, NULL);
        size_t got = sizeof piece - room;
        same = got <= len - done && memcmp(piece, wanted + done, got) == 0;
        done += got;
    }
    if (decoder)
        BrotliDecoderDestroyInstance(decoder);
    return same && result == BROTLI_DECODER_RESULT_SUCCESS && done == len && packed_len == 0;
}

const struct pack pack_brotli = {".br", pack, holds};
