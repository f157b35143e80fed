#include "qr.h"

#include <qrencode.h>

/* How many dark squares stand side by side from here on. */
static int run_of(const unsigned char *row, int at, int width)
{
    int end = at;
    while (end < width && (row[end] & 1))
        end++;
    return end - at;
}

static void add_row(struct buf *out, const unsigned char *row, int y, int width)
{
    for (int x = 0; x < width; x++) {
        int run = run_of(row, x, width);
        if (run > 0)
            buf_addf(out, "M%d %dh%dv1h-%dz", x, y, run, run);
        x += run;
    }
}

bool qr_path(struct buf *out, const char *text, int *size)
{
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
    if (!code)
        return false;
    *size = code->width;
    for (int y = 0; y < code->width; y++)
        add_row(out, code->data + (size_t)y * (size_t)code->width, y, code->width);
    QRcode_free(code);
    return buf_ok(out);
}
