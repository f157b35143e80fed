#include "password.h"

#include <malloc.h>
#include <pthread.h>
#include <string.h>

enum { PASSES = 2, MEMORY = 19 * 1024 * 1024 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t freed = PTHREAD_COND_INITIALIZER;
static int running;

/*
 * A hash is the most that the program takes at once. What lies about unused since larger answers is given
 * back first: the peak is then what is in use and the hash, at some milliseconds of those that a hash takes
 * anyway.
 */
static void enter(void)
{
    pthread_mutex_lock(&mutex);
    while (running >= PASSWORD_AT_ONCE)
        pthread_cond_wait(&freed, &mutex);
    running++;
    pthread_mutex_unlock(&mutex);
    malloc_trim(0);
}

static void leave(void)
{
    pthread_mutex_lock(&mutex);
    running--;
    pthread_mutex_unlock(&mutex);
    pthread_cond_signal(&freed);
}

bool password_hash(const char *password, char out[crypto_pwhash_STRBYTES])
{
    if (sodium_init() < 0)
        return false;
    enter();
    int failed =
        crypto_pwhash_str_alg(out, password, strlen(password), PASSES, MEMORY, crypto_pwhash_ALG_ARGON2ID13);
    leave();
    return failed == 0;
}

static char nobody[crypto_pwhash_STRBYTES];
static pthread_once_t nobody_once = PTHREAD_ONCE_INIT;

/* A hash of what nobody knows, at our own cost: what an unknown account is compared with. */
static void make_nobody(void)
{
    char secret[44];
    unsigned char bytes[32];
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(secret, sizeof secret, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    password_hash(secret, nobody);
    sodium_memzero(secret, sizeof secret);
}

bool password_verify(const char *encoded, const char *password)
{
    if (sodium_init() < 0)
        return false;
    /* Also for the known: else the first unknown address of all would take twice as long. */
    pthread_once(&nobody_once, make_nobody);
    enter();
    int differs = crypto_pwhash_str_verify(encoded ? encoded : nobody, password, strlen(password));
    leave();
    return encoded && differs == 0;
}

bool password_needs_rehash(const char *encoded)
{
    return crypto_pwhash_str_needs_rehash(encoded, PASSES, MEMORY) != 0;
}
