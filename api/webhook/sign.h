/*
 * sign: how a receiver knows that we said it, and when.
 *
 * As Standard Webhooks has it (symmetric signatures): an HMAC-SHA256 over "ID.TIME.BODY", in base64. A secret
 * is shown as "whsec_" and its bytes in base64, so that the libraries of that specification take it.
 */
#ifndef GUICHET_WEBHOOK_SIGN_H
#define GUICHET_WEBHOOK_SIGN_H

#include "../store/hook.h"

enum { SIGN_SECRET_LEN = 51, SIGN_SIGNATURE_LEN = 48 }; /* with the final NUL */

struct signed_message {
    const char *id;  /* of the delivery, the same at each attempt */
    int64_t seconds; /* since 1970, of this attempt */
    const char *body;
    size_t len;
};

/* "v1," and the base64. */
void sign_message(const unsigned char secret[HOOK_SECRET_BYTES], const struct signed_message *message,
                  char signature[SIGN_SIGNATURE_LEN]);

/* A new secret, and as it is shown. */
void sign_make_secret(unsigned char secret[HOOK_SECRET_BYTES], char text[SIGN_SECRET_LEN]);

#endif
