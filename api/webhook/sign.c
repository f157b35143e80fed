#include "sign.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

void sign_message(const unsigned char secret[HOOK_SECRET_BYTES], const struct signed_message *message,
                  char signature[SIGN_SIGNATURE_LEN])
{
    static const char version[] = {'v', '1', ','};
    char head[64];
    unsigned char mac[crypto_auth_hmacsha256_BYTES];
    crypto_auth_hmacsha256_state state;
    int len = snprintf(head, sizeof head, "%.30s.%lld.", message->id, (long long)message->seconds);
    crypto_auth_hmacsha256_init(&state, secret, HOOK_SECRET_BYTES);
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)head, (size_t)len);
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)message->body, message->len);
    crypto_auth_hmacsha256_final(&state, mac);
    sodium_memzero(&state, sizeof state);
    memcpy(signature, version, sizeof version);
    sodium_bin2base64(signature + sizeof version, SIGN_SIGNATURE_LEN - sizeof version, mac, sizeof mac,
                      sodium_base64_VARIANT_ORIGINAL);
}

void sign_make_secret(unsigned char secret[HOOK_SECRET_BYTES], char text[SIGN_SECRET_LEN])
{
    static const char prefix[] = "whsec_";
    randombytes_buf(secret, HOOK_SECRET_BYTES);
    memcpy(text, prefix, sizeof prefix);
    sodium_bin2base64(text + sizeof prefix - 1, SIGN_SECRET_LEN - (sizeof prefix - 1), secret,
                      HOOK_SECRET_BYTES, sodium_base64_VARIANT_ORIGINAL);
}
