#include "totp.h"

#include "../../lib/buf.h"
#include "../../lib/esc.h"

#include <liboath/oath.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define GROUP 4

bool totp_code(const unsigned char *secret, size_t len, int64_t step, unsigned digits,
               char out[TOTP_DIGITS_MAX + 1])
{
    return step >= 0 && digits <= TOTP_DIGITS_MAX &&
           oath_hotp_generate((const char *)secret, len, (uint64_t)step, digits, false,
                              OATH_HOTP_DYNAMIC_TRUNCATION, out) == OATH_OK;
}

bool totp_digits(const char *text, char out[TOTP_DIGITS + 1])
{
    size_t len = 0;
    for (; *text; text++) {
        if (*text == ' ')
            continue;
        if (len == TOTP_DIGITS || *text < '0' || *text > '9')
            return false;
        out[len++] = *text;
    }
    out[len] = '\0';
    return len == TOTP_DIGITS;
}

bool totp_find(const unsigned char secret[TOTP_SECRET_BYTES], const char digits[TOTP_DIGITS + 1],
               int64_t now_ms, int64_t last, int64_t *step)
{
    char code[TOTP_DIGITS_MAX + 1];
    bool found = false;
    int64_t present = now_ms / 1000 / TOTP_SECONDS;
    for (int64_t at = present - 1; at <= present + 1; at++) {
        bool same = totp_code(secret, TOTP_SECRET_BYTES, at, TOTP_DIGITS, code) &&
                    sodium_memcmp(code, digits, TOTP_DIGITS) == 0;
        if (same && at > last && !found) {
            *step = at;
            found = true;
        }
    }
    sodium_memzero(code, sizeof code);
    return found;
}

/* In base 32, without its padding: 20 bytes need none. The caller frees it. NULL: no memory. */
static char *base32(const unsigned char secret[TOTP_SECRET_BYTES])
{
    char *text = NULL;
    return oath_base32_encode((const char *)secret, TOTP_SECRET_BYTES, &text, NULL) == OATH_OK ? text : NULL;
}

const char *totp_text(struct arena *arena, const unsigned char secret[TOTP_SECRET_BYTES])
{
    struct buf out;
    buf_init(&out, 256);
    char *text = base32(secret);
    for (size_t i = 0; text && text[i]; i++) {
        if (i > 0 && i % GROUP == 0)
            buf_addc(&out, ' ');
        buf_addc(&out, text[i]);
    }
    const char *copy = text && buf_ok(&out) ? arena_strndup(arena, out.data, out.len) : NULL;
    free(text);
    buf_release(&out);
    return copy;
}

const char *totp_address(struct arena *arena, const unsigned char secret[TOTP_SECRET_BYTES],
                         const char *portal, const char *account)
{
    struct buf out;
    buf_init(&out, 4096);
    char *text = base32(secret);
    buf_adds(&out, "otpauth://totp/");
    esc_url(&out, portal, strlen(portal));
    buf_addc(&out, ':');
    esc_url(&out, account, strlen(account));
    buf_addf(&out, "?secret=%s&issuer=", text ? text : "");
    esc_url(&out, portal, strlen(portal));
    const char *copy = text && buf_ok(&out) ? arena_strndup(arena, out.data, out.len) : NULL;
    free(text);
    buf_release(&out);
    return copy;
}
