#include "cursor.h"

#include <sodium.h>
#include <string.h>

#define CURSOR_BYTES 16

static void put(unsigned char *at, int64_t value)
{
    for (int i = 7; i >= 0; i--, value >>= 8)
        at[i] = (unsigned char)(value & 0xff);
}

static int64_t take(const unsigned char *at)
{
    int64_t value = at[0] & 0x7f;
    for (int i = 1; i < 8; i++)
        value = value << 8 | at[i];
    return value;
}

void cursor_write(char text[CURSOR_TEXT_LEN + 1], const struct ticket_cursor *cursor)
{
    unsigned char bytes[CURSOR_BYTES];
    put(bytes, cursor->last_activity_at);
    put(bytes + 8, cursor->number);
    sodium_bin2base64(text, CURSOR_TEXT_LEN + 1, bytes, sizeof bytes,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

bool cursor_read(const char *text, struct ticket_cursor *cursor)
{
    unsigned char bytes[CURSOR_BYTES];
    size_t len;
    if (strlen(text) != CURSOR_TEXT_LEN ||
        sodium_base642bin(bytes, sizeof bytes, text, CURSOR_TEXT_LEN, NULL, &len, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
        len != sizeof bytes || (bytes[0] | bytes[8]) & 0x80)
        return false;
    cursor->last_activity_at = take(bytes);
    cursor->number = take(bytes + 8);
    return cursor->last_activity_at > 0 && cursor->number > 0;
}
