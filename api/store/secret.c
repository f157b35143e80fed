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

#define CODE_CHARACTERS 16
#define CODE_GROUP 4

/* Crockford's base 32: without I, L, O and U. */
static const char code_alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static void hash_code(const char code[CODE_CHARACTERS], unsigned char hash[SECRET_HASH_BYTES])
{
    crypto_generichash(hash, SECRET_HASH_BYTES, (const unsigned char *)code, CODE_CHARACTERS, NULL, 0);
}

void secret_code_make(char text[SECRET_CODE_LEN + 1], unsigned char hash[SECRET_HASH_BYTES])
{
    char code[CODE_CHARACTERS];
    for (size_t i = 0; i < CODE_CHARACTERS; i++) {
        code[i] = code_alphabet[randombytes_uniform(32)];
        if (i > 0 && i % CODE_GROUP == 0)
            *text++ = '-';
        *text++ = code[i];
    }
    *text = '\0';
    hash_code(code, hash);
    sodium_memzero(code, sizeof code);
}

/* The letter of the alphabet that is meant; 0: none. */
static char code_letter(char c)
{
    if (c >= 'a' && c <= 'z')
        c = (char)(c - 'a' + 'A');
    if (c == 'O')
        return '0';
    if (c == 'I' || c == 'L')
        return '1';
    return c && strchr(code_alphabet, c) ? c : '\0';
}

bool secret_code_hash(const char *text, unsigned char hash[SECRET_HASH_BYTES])
{
    char code[CODE_CHARACTERS];
    size_t len = 0;
    for (; *text; text++) {
        if (strchr(" \t\r\n-", *text))
            continue;
        if (len == CODE_CHARACTERS || !code_letter(*text))
            return false;
        code[len++] = code_letter(*text);
    }
    if (len == CODE_CHARACTERS)
        hash_code(code, hash);
    sodium_memzero(code, sizeof code);
    return len == CODE_CHARACTERS;
}
