#include "problem.h"

#include <string.h>

static const struct problem_row rows[PROBLEM_COUNT] = {
    [PROBLEM_NONE] = {200, "", "", ""},
    [PROBLEM_BAD_JSON] = {400, "bad_json", "Not JSON", "The body is not acceptable JSON."},
    [PROBLEM_BAD_INPUT] = {400, "bad_input", "Bad request",
                           "A field, parameter or header is unknown, missing or not of its form."},
    [PROBLEM_FRAMING] = {400, "framing", "Bad request", "The body ended early or its length is ambiguous."},
    [PROBLEM_HOST] = {400, "host", "Bad request", "The Host header names nothing that is served here."},
    [PROBLEM_TARGET] = {400, "target", "Bad request", "The request target is malformed."},
    [PROBLEM_TOO_MANY_HEADERS] = {400, "too_many_headers", "Bad request",
                                  "There are too many header fields."},
    [PROBLEM_HEAD_TOO_LARGE] = {431, "head_too_large", "Request header fields too large",
                                "The head of the request is too large."},
    [PROBLEM_SIGNED_OUT] = {401, "signed_out", "Not signed in", "Sign in first."},
    [PROBLEM_CREDENTIALS] = {401, "credentials", "Not signed in", "The address or the password is wrong."},
    [PROBLEM_TWO_STEP] = {401, "two_step", "Code wanted", "Send a code: the second step of signing in."},
    [PROBLEM_CODE_WRONG] = {401, "code_wrong", "Not signed in", "The code is wrong, or was used already."},
    [PROBLEM_CODE_OVER] = {401, "code_over", "Not signed in", "This sign-in is over: begin anew."},
    [PROBLEM_TOKEN] = {401, "token", "No token", "Send Authorization: Bearer with a token that holds here."},
    [PROBLEM_DENIED] = {403, "denied", "Denied", "This is not for you."},
    [PROBLEM_NOT_LET_IN] = {403, "not_let_in", "Not let in",
                            "The account exists, but it has not been given access to this portal."},
    [PROBLEM_CONSENT] = {403, "consent", "Consent wanted", "Agree to the words of today before you go on."},
    [PROBLEM_TWO_STEP_MISSING] = {403, "two_step_missing", "Two-step sign-in wanted",
                                  "Set up two-step sign-in first: the team must have it here."},
    [PROBLEM_VIEWING] = {403, "viewing", "Looking only",
                         "You look at the portal as a customer does: end that before you do anything else."},
    [PROBLEM_ORIGIN] = {403, "origin", "Denied", "The request does not come from a page of this portal."},
    [PROBLEM_SCOPE] = {403, "scope", "Denied", "The token is for other things."},
    [PROBLEM_NOT_ALLOWED] = {403, "not_allowed", "Denied", "Customers do not do this here."},
    [PROBLEM_SIGN_UP_OFF] = {403, "sign_up_off", "Denied", "People do not make accounts themselves here."},
    [PROBLEM_NOT_FOUND] = {404, "not_found", "Not found", "There is nothing here, or nothing for you."},
    [PROBLEM_METHOD] = {405, "method", "Method not allowed", "The Allow header lists what is possible here."},
    [PROBLEM_CONFLICT] = {409, "conflict", "Conflict", "The idempotency key was used for something else."},
    [PROBLEM_CHANGED] = {409, "changed", "Changed meanwhile",
                         "Somebody else changed it since it was read: read it again."},
    [PROBLEM_ADDRESS_TAKEN] = {409, "address_taken", "Address in use", "Somebody else has this address."},
    [PROBLEM_REPLY_CLOSED] = {409, "reply_closed", "Ticket closed", "This ticket is closed to replies."},
    [PROBLEM_TOO_LATE] = {409, "too_late", "Too late", "This can no longer be undone."},
    [PROBLEM_TOKEN_USED] = {410, "token_used", "Link used",
                            "The link was used already, or a newer one was sent."},
    [PROBLEM_TOKEN_EXPIRED] = {410, "token_expired", "Link expired", "The link is too old."},
    [PROBLEM_TOKEN_UNKNOWN] = {410, "token_unknown", "Link unknown",
                               "The link is incomplete or was never sent."},
    [PROBLEM_LENGTH_REQUIRED] = {411, "length_required", "Length required", "The request wants a body."},
    [PROBLEM_TOO_LARGE] = {413, "too_large", "Too large",
                           "The body, a file or the number of files is too large."},
    [PROBLEM_MEDIA_TYPE] = {415, "media_type", "Unsupported media type",
                            "The Content-Type is not what is taken here."},
    [PROBLEM_INVALID] = {422, "invalid", "Not valid", "Some fields need to be mended."},
    [PROBLEM_TOO_MANY_ATTEMPTS] = {429, "too_many_attempts", "Too many attempts",
                                   "Wait before the next attempt."},
    [PROBLEM_INTERNAL] = {500, "internal", "Internal error",
                          "Something went wrong here; it was written down."},
    [PROBLEM_CLOSED] = {503, "closed", "Portal closed", "The portal is switched off for now."},
    [PROBLEM_STOPPING] = {503, "stopping", "Stopping", "The server is about to stop; try again."},
    [PROBLEM_DISK_FULL] = {507, "disk_full", "No room", "There is no room to keep this; nothing was kept."},
};

const struct problem_row *problem_row(enum problem problem)
{
    return &rows[problem];
}

enum problem problem_by_code(const char *code)
{
    for (enum problem problem = PROBLEM_NONE + 1; problem < PROBLEM_COUNT; problem++)
        if (strcmp(rows[problem].code, code) == 0)
            return problem;
    return PROBLEM_BAD_INPUT;
}

enum problem problem_of(enum rc rc)
{
    switch (rc) {
    case RC_OK:
        return PROBLEM_NONE;
    case RC_NOT_FOUND:
        return PROBLEM_NOT_FOUND;
    case RC_CONFLICT:
        return PROBLEM_CONFLICT;
    case RC_DENIED:
        return PROBLEM_DENIED;
    case RC_BAD_INPUT:
        return PROBLEM_BAD_INPUT;
    case RC_FULL:
        return PROBLEM_DISK_FULL;
    case RC_INTERNAL:
        break;
    }
    return PROBLEM_INTERNAL;
}
