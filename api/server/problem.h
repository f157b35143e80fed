/*
 * problem: everything that can go wrong for a caller, in one table (RFC 9457).
 *
 * The code is what programs and translations hang on; it never changes its meaning. The same problem has the
 * same bytes, whatever the reason behind it.
 */
#ifndef GUICHET_PROBLEM_H
#define GUICHET_PROBLEM_H

#include "../../lib/rc.h"

enum problem {
    PROBLEM_NONE = 0,
    PROBLEM_BAD_JSON,
    PROBLEM_BAD_INPUT,
    PROBLEM_FRAMING,
    PROBLEM_HOST,
    PROBLEM_TARGET,
    PROBLEM_TOO_MANY_HEADERS,
    PROBLEM_HEAD_TOO_LARGE,
    PROBLEM_SIGNED_OUT,
    PROBLEM_CREDENTIALS,
    PROBLEM_TWO_STEP,
    PROBLEM_CODE_WRONG,
    PROBLEM_CODE_OVER,
    PROBLEM_TOKEN,
    PROBLEM_DENIED,
    PROBLEM_NOT_LET_IN,
    PROBLEM_CONSENT,
    PROBLEM_TWO_STEP_MISSING,
    PROBLEM_VIEWING,
    PROBLEM_ORIGIN,
    PROBLEM_SCOPE,
    PROBLEM_NOT_ALLOWED,
    PROBLEM_SIGN_UP_OFF,
    PROBLEM_NOT_FOUND,
    PROBLEM_METHOD,
    PROBLEM_CONFLICT,
    PROBLEM_CHANGED,
    PROBLEM_ADDRESS_TAKEN,
    PROBLEM_REPLY_CLOSED,
    PROBLEM_TOO_LATE,
    PROBLEM_TOKEN_USED,
    PROBLEM_TOKEN_EXPIRED,
    PROBLEM_TOKEN_UNKNOWN,
    PROBLEM_LENGTH_REQUIRED,
    PROBLEM_TOO_LARGE,
    PROBLEM_MEDIA_TYPE,
    PROBLEM_INVALID, /* the request's field errors say what */
    PROBLEM_TOO_MANY_ATTEMPTS,
    PROBLEM_INTERNAL,
    PROBLEM_CLOSED,
    PROBLEM_STOPPING,
    PROBLEM_DISK_FULL,
    PROBLEM_COUNT,
};

struct problem_row {
    int status;
    const char *code;
    const char *title;
    const char *detail;
};

const struct problem_row *problem_row(enum problem problem);

/* The problem of a code; PROBLEM_BAD_INPUT for an unknown one. */
enum problem problem_by_code(const char *code);

/* What a storage answer is to a caller. PROBLEM_NONE for RC_OK. */
enum problem problem_of(enum rc rc);

#endif
