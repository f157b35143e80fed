/*
 * Multipart bodies: the parser finds the same parts and bytes however the body is cut, every call comes in
 * its turn, and a part's texts are what the header promises. The first byte tells how long the first pieces
 * are.
 */
#include "../../lib/buf.h"
#include "../../lib/multipart.h"
#include "../../lib/utf8.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define must(holds) ((holds) ? (void)0 : abort())

struct record {
    struct buf text;
    bool in_part;
};

static void label_check(const char *label)
{
    must(utf8_is_valid(label, strlen(label)));
    must(strcspn(label, "\r\n") == strlen(label));
}

static bool on_begin(void *context, const struct multipart_part *part)
{
    struct record *record = context;
    must(!record->in_part);
    record->in_part = true;
    label_check(part->name);
    if (part->filename)
        label_check(part->filename);
    if (part->type)
        label_check(part->type);
    buf_addf(&record->text, "[%s|%s|%s]", part->name, part->filename ? part->filename : "-",
             part->type ? part->type : "-");
    return true;
}

static bool on_data(void *context, const char *bytes, size_t len)
{
    struct record *record = context;
    must(record->in_part && len > 0);
    buf_add(&record->text, bytes, len);
    return true;
}

static bool on_end(void *context)
{
    struct record *record = context;
    must(record->in_part);
    record->in_part = false;
    buf_addc(&record->text, ';');
    return true;
}

/* Pieces of `piece` bytes, the last one shorter. */
static enum multipart_state parse(const char *body, size_t len, size_t piece, struct record *record)
{
    const struct multipart_handler handler = {on_begin, on_data, on_end, record};
    struct multipart *parser = multipart_new("multipart/form-data; boundary=b", &handler);
    enum multipart_state state = MULTIPART_MORE;
    for (size_t at = 0; at < len; at += piece)
        state = multipart_feed(parser, body + at, piece < len - at ? piece : len - at);
    multipart_free(parser);
    return state;
}

static void type_parse(const char *text, size_t len)
{
    char type[256];
    const struct multipart_handler handler = {on_begin, on_data, on_end, NULL};
    if (len >= sizeof type)
        return;
    memcpy(type, text, len);
    type[len] = '\0';
    multipart_free(multipart_new(type, &handler));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    const char *body = (const char *)data + 1;
    size_t len = size - 1, piece = (size_t)data[0] % 16 + 1;
    struct record whole = {0}, cut = {0};
    buf_init(&whole.text, SIZE_MAX);
    buf_init(&cut.text, SIZE_MAX);
    must(parse(body, len, len ? len : 1, &whole) == parse(body, len, piece, &cut));
    must(whole.text.len == cut.text.len && memcmp(whole.text.data, cut.text.data, cut.text.len) == 0);
    buf_release(&whole.text);
    buf_release(&cut.text);
    type_parse(body, len);
    return 0;
}
