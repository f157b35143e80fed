/*
 * Mail that comes in: any bytes are read or refused, every text that comes out is UTF-8 of the shape that its
 * header promises, and files are given out whole.
 */
#include "../../api/mail/inbound.h"
#include "../../api/mail/letter.h"
#include "../../lib/utf8.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define must(holds) ((holds) ? (void)0 : abort())

static void is_text(const char *text)
{
    must(text && utf8_is_valid(text, strlen(text)));
}

static void is_line(const char *text)
{
    is_text(text);
    must(strcspn(text, "\r\n") == strlen(text));
}

static bool is_file(void *context, const char *name, const char *bytes, size_t len)
{
    size_t *total = context;
    is_text(name);
    for (size_t i = 0; i < len; i++)
        *total += (unsigned char)bytes[i];
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bool ready;
    size_t total = 0;
    struct inbound inbound;
    struct inbound_mail *mail;
    struct arena *arena = arena_new(0);
    if (!ready)
        letter_init();
    ready = true;
    if (inbound_open(&mail, &inbound, arena, (const char *)data, size, "mx.example") == INBOUND_READ) {
        is_line(inbound.sender);
        is_line(inbound.sender_name);
        is_line(inbound.subject);
        is_text(inbound.text);
        must(!strchr(inbound.text, '\r'));
        must(inbound.recipient_count <= INBOUND_RECIPIENTS_MAX);
        for (size_t i = 0; i < inbound.recipient_count; i++)
            is_line(inbound.recipients[i]);
        must(inbound_files(mail, is_file, &total));
    }
    inbound_close(mail);
    arena_free(arena);
    return 0;
}
