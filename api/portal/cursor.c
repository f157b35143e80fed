#include "cursor.h"

#include <sodium.h>
#include <string.h>

/* Eight bytes of the number; then eight of the last activity or, in another order, the key as it is. */
enum { NUMBER_BYTES = 8, KEY_MAX = 1024, TEXT_MAX = 1400 };

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

const char *cursor_write(struct arena *arena, const struct ticket_query *query, const struct ticket *last)
{
    unsigned char bytes[NUMBER_BYTES + KEY_MAX];
    const char *key = query->order.property && last->key ? last->key : "";
    size_t len = query->order.property ? strnlen(key, KEY_MAX + 1) : NUMBER_BYTES;
    size_t room = sodium_base64_encoded_len(NUMBER_BYTES + len, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *text = len <= KEY_MAX ? arena_alloc(arena, room) : NULL;
    if (!text)
        return NULL;
    put(bytes, last->number);
    if (query->order.property)
        memcpy(bytes + NUMBER_BYTES, key, len);
    else
        put(bytes + NUMBER_BYTES, last->last_activity_at);
    return sodium_bin2base64(text, room, bytes, NUMBER_BYTES + len, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

static bool read_key(struct arena *arena, const unsigned char *bytes, size_t len, struct ticket_cursor *after)
{
    after->key = arena_strndup(arena, (const char *)bytes, len);
    return after->key && strlen(after->key) == len && (len == 0 || strchr("nt", after->key[0]));
}

static bool read_activity(const unsigned char *bytes, size_t len, struct ticket_cursor *after)
{
    after->last_activity_at = len == NUMBER_BYTES ? take(bytes) : 0;
    return after->last_activity_at > 0 && !(bytes[0] & 0x80);
}

bool cursor_read(struct arena *arena, const char *text, struct ticket_query *query)
{
    unsigned char bytes[NUMBER_BYTES + KEY_MAX];
    struct ticket_cursor *after = &query->after;
    size_t len;
    if (strlen(text) > TEXT_MAX ||
        sodium_base642bin(bytes, sizeof bytes, text, strlen(text), NULL, &len, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
        len < NUMBER_BYTES || bytes[0] & 0x80)
        return false;
    after->number = take(bytes);
    if (after->number <= 0)
        return false;
    return query->order.property ? read_key(arena, bytes + NUMBER_BYTES, len - NUMBER_BYTES, after)
                                 : read_activity(bytes + NUMBER_BYTES, len - NUMBER_BYTES, after);
}
