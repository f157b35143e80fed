#include "reply_token.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../lib/fs.h"

#define DAY_MS INT64_C(86400000)
#define PATH_BYTES 4096

enum {
    MAC_BYTES = 16,      /* T40 */
    NUMBER_LEN_MAX = 15, /* of hexadecimal digits: always within an int64_t */
};

/* --- the key ---------------------------------------------------------------------------------------------
 */

static bool key_read(struct reply_key *key, const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    ssize_t got = read(fd, key->bytes, sizeof key->bytes);
    close(fd);
    if (got != (ssize_t)sizeof key->bytes)
        errno = EINVAL; /* never replaced: that would turn away every answer to what was sent */
    return got == (ssize_t)sizeof key->bytes;
}

/* Whole or not at all, and only when there is none: of two at once, one makes it and both read it. */
static bool key_make(const char *data, const char *path)
{
    unsigned char bytes[REPLY_KEY_BYTES];
    char made[PATH_BYTES + 32];
    snprintf(made, sizeof made, "%s.%ld", path, (long)getpid());
    randombytes_buf(bytes, sizeof bytes);
    int fd = open(made, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool good = fd >= 0 && write(fd, bytes, sizeof bytes) == (ssize_t)sizeof bytes && fsync(fd) == 0;
    sodium_memzero(bytes, sizeof bytes);
    if (fd >= 0)
        close(fd);
    good = good && (link(made, path) == 0 || errno == EEXIST);
    unlink(made);
    return good && fs_sync_dir(data) == 0;
}

bool reply_key_load(struct reply_key *key, const char *data)
{
    char path[PATH_BYTES];
    if (snprintf(path, sizeof path, "%s/" REPLY_KEY_FILE, data) >= (int)sizeof path) {
        errno = ENAMETOOLONG;
        return false;
    }
    if (key_read(key, path))
        return true;
    return errno == ENOENT && key_make(data, path) && key_read(key, path);
}

/* --- the text --------------------------------------------------------------------------------------------
 */

void reply_mac(const struct reply_key *key, const char *text, char mac[REPLY_MAC_LEN + 1])
{
    static const char digits[] = "abcdefghijklmnopqrstuvwxyz234567";
    unsigned char whole[crypto_auth_hmacsha256_BYTES];
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, key->bytes, sizeof key->bytes);
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)text, strlen(text));
    crypto_auth_hmacsha256_final(&state, whole);
    for (size_t i = 0; i < REPLY_MAC_LEN; i++) {
        unsigned value = 0;
        for (size_t bit = i * 5; bit < i * 5 + 5; bit++)
            value = value << 1 | (bit / 8 < MAC_BYTES ? whole[bit / 8] >> (7 - bit % 8) & 1U : 0U);
        mac[i] = digits[value];
    }
    mac[REPLY_MAC_LEN] = '\0';
}

bool reply_mac_is(const struct reply_key *key, const char *text, const char mac[REPLY_MAC_LEN])
{
    char expected[REPLY_MAC_LEN + 1];
    reply_mac(key, text, expected);
    return sodium_memcmp(expected, mac, REPLY_MAC_LEN) == 0;
}

static void token_words(const struct reply_token *token, char words[REPLY_TOKEN_LEN])
{
    snprintf(words, REPLY_TOKEN_LEN, "reply %" PRIx64 "-%" PRIx64 "-%" PRIx64, (uint64_t)token->number,
             (uint64_t)token->person_id, (uint64_t)token->day);
}

void reply_token_make(const struct reply_key *key, int64_t number, int64_t person_id, int64_t now,
                      char text[REPLY_TOKEN_LEN])
{
    char words[REPLY_TOKEN_LEN], mac[REPLY_MAC_LEN + 1];
    const struct reply_token token = {number, person_id, now / DAY_MS + REPLY_TOKEN_DAYS};
    token_words(&token, words);
    reply_mac(key, words, mac);
    snprintf(text, REPLY_TOKEN_LEN, "%s-%s", strchr(words, ' ') + 1, mac);
}

/* A number and the dash behind it. False: there stands something else. */
static bool take_number(const char **at, int64_t *number)
{
    size_t len = strspn(*at, "0123456789abcdef");
    if (len == 0 || len > NUMBER_LEN_MAX || (*at)[len] != '-')
        return false;
    *number = strtoll(*at, NULL, 16);
    *at += len + 1;
    return true;
}

enum reply_token_state reply_token_read(const struct reply_key *key, const char *address, int64_t now,
                                        struct reply_token *token)
{
    char text[REPLY_TOKEN_LEN], words[REPLY_TOKEN_LEN];
    const char *end = strrchr(address, '@'), *plus = end;
    while (plus && plus > address && *plus != '+')
        plus--;
    if (!plus || *plus != '+' || end - plus - 1 >= REPLY_TOKEN_LEN)
        return REPLY_TOKEN_NONE;
    snprintf(text, sizeof text, "%.*s", (int)(end - plus - 1), plus + 1);
    for (char *c = text; *c; c++)
        *c = (char)(*c >= 'A' && *c <= 'Z' ? *c - 'A' + 'a' : *c);
    const char *at = text;
    if (!take_number(&at, &token->number) || !take_number(&at, &token->person_id) ||
        !take_number(&at, &token->day) || strlen(at) != REPLY_MAC_LEN)
        return REPLY_TOKEN_NONE;
    token_words(token, words);
    if (!reply_mac_is(key, words, at))
        return REPLY_TOKEN_BAD;
    return token->day < now / DAY_MS ? REPLY_TOKEN_OLD : REPLY_TOKEN_GOOD;
}

const char *reply_address(struct arena *arena, const char *address, const char *token)
{
    const char *at = strrchr(address, '@');
    return at ? arena_printf(arena, "%.*s+%s%s", (int)(at - address), address, token, at) : NULL;
}

/* --- Message-IDs -----------------------------------------------------------------------------------------
 */

const char *reply_message_id(struct arena *arena, const struct reply_key *key, int64_t outbox_id,
                             const char *host)
{
    char words[64], mac[REPLY_MAC_LEN + 1];
    snprintf(words, sizeof words, "message %" PRId64, outbox_id);
    reply_mac(key, words, mac);
    return arena_printf(arena, "%" PRId64 ".%s@%s", outbox_id, mac, host);
}

int64_t reply_message_of(const struct reply_key *key, const char *message_id)
{
    char words[64];
    const char *at = message_id + strspn(message_id, " \t<");
    size_t len = strspn(at, "0123456789");
    if (len == 0 || len > NUMBER_LEN_MAX || at[len] != '.' || strcspn(at + len + 1, "@") != REPLY_MAC_LEN)
        return 0;
    int64_t id = strtoll(at, NULL, 10);
    snprintf(words, sizeof words, "message %" PRId64, id);
    return reply_mac_is(key, words, at + len + 1) ? id : 0;
}
