#include "diff_lines.h"

#include <string.h>

enum { HEADING_LINES = 2, LINE_BYTES = 240 };

/* Not in the middle of a character. */
static size_t cut(const char *line, size_t len)
{
    if (len <= LINE_BYTES)
        return len;
    len = LINE_BYTES;
    while (len > 0 && ((unsigned char)line[len] & 0xc0) == 0x80)
        len--;
    return len;
}

void diff_lines_add(const char *text, size_t most, struct buf *out)
{
    size_t seen = 0;
    for (const char *line = text; *line; seen++) {
        size_t len = strcspn(line, "\n"), kept = cut(line, len);
        if (seen >= HEADING_LINES && seen < most + HEADING_LINES) {
            buf_add(out, line, kept);
            buf_adds(out, kept < len ? " ...\n" : "\n");
        }
        line += len + (line[len] == '\n');
    }
    if (seen > most + HEADING_LINES)
        buf_addf(out, "... %zu more lines\n", seen - most - HEADING_LINES);
}
