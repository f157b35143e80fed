#include "secret.h"

#include <sodium.h>
#include <string.h>

#define SECRET_BYTES 32

void secret_make(char text[SECRET_TEXT_LEN + 1], unsigned char hash[SECRET_HASH_BYTES])
{
    unsigned char bytes[SECRET_BYTES];
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(text, SECRET_TEXT_LEN + 1, bytes, sizeof bytes,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    crypto_generichash(hash, SECRET_HASH_BYTES, bytes, sizeof bytes, NULL, 0);
    sodium_memzero(bytes, sizeof bytes);
}

bool secret_hash(const char *text, unsigned char hash[SECRET_HASH_BYTES])
{
    unsigned char bytes[SECRET_BYTES];
    size_t len;
    if (strlen(text) != SECRET_TEXT_LEN ||
        sodium_base642bin(bytes, sizeof bytes, text, SECRET_TEXT_LEN, NULL, &len, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
        len != SECRET_BYTES)
        return false;
    crypto_generichash(hash, SECRET_HASH_BYTES, bytes, sizeof bytes, NULL, 0);
    sodium_memzero(bytes, sizeof bytes);
    return true;
}
