/* Two-step sign-in of one's own account: setting it up, its recovery codes, turning it off. */
#include "../server/respond.h"
#include "../server/write.h"
#include "attempt.h"
#include "code.h"
#include "handlers.h"
#include "own.h"
#include "qr.h"
#include "totp.h"

#include <sodium.h>
#include <string.h>

#define QR_MAX 65536

static enum problem read_own(struct request *request, struct two_step *two_step)
{
    return problem_of(two_step_read(request->store, request->session.person.id, two_step));
}

/* Here nobody of the team is without it, but who comes from a provider. */
static bool is_required(const struct request *request)
{
    const struct session *session = &request->session;
    return request->portal->two_step_staff && session->person.role != ROLE_CONTACT && !session->provider;
}

enum problem handle_two_step(struct request *request)
{
    struct two_step two_step;
    struct buf *out = &request->out;
    enum problem problem = read_own(request, &two_step);
    if (problem != PROBLEM_NONE)
        return problem;
    write_begin(out, NULL, '{');
    write_bool(out, "on", two_step.on);
    if (two_step.on)
        write_time(out, "since", two_step.on_at);
    write_number(out, "codes_left", two_step.codes_left);
    write_bool(out, "required", is_required(request));
    write_end(out, '}');
    sodium_memzero(&two_step, sizeof two_step);
    return respond_json(request, 200);
}

/* --- setting up ------------------------------------------------------------------------------------------
 */

static enum problem write_picture(struct request *request, const char *address)
{
    struct buf path;
    int size = 0;
    buf_init(&path, QR_MAX);
    bool good = qr_path(&path, address, &size);
    const char *copy = good ? arena_strndup(request->arena, path.data, path.len) : NULL;
    buf_release(&path);
    if (!copy)
        return PROBLEM_INTERNAL;
    write_begin(&request->out, "picture", '{');
    write_number(&request->out, "size", size);
    write_text(&request->out, "path", copy);
    write_end(&request->out, '}');
    return PROBLEM_NONE;
}

static enum problem write_secret(struct request *request, const unsigned char *secret)
{
    const struct person *person = &request->session.person;
    const char *text = totp_text(request->arena, secret);
    const char *address =
        totp_address(request->arena, secret, portal_name(request->portal, person->locale), person->email);
    if (!text || !address)
        return PROBLEM_INTERNAL;
    write_begin(&request->out, NULL, '{');
    write_text(&request->out, "secret", text);
    write_text(&request->out, "address", address);
    enum problem problem = write_picture(request, address);
    write_end(&request->out, '}');
    return problem == PROBLEM_NONE ? respond_json(request, 200) : problem;
}

enum problem handle_two_step_begin(struct request *request)
{
    unsigned char secret[TOTP_SECRET_BYTES];
    const char *password;
    struct person person;
    enum problem problem =
        request_texts(request, (const struct request_text[]){{"password", &password}, {0}});
    if (problem == PROBLEM_NONE)
        problem = own_prove(request, "password", password, &person);
    if (problem != PROBLEM_NONE)
        return problem;
    randombytes_buf(secret, sizeof secret);
    problem = problem_of(two_step_begin(request->store, person.id, secret, request->now));
    if (problem == PROBLEM_NONE)
        problem = write_secret(request, secret);
    sodium_memzero(secret, sizeof secret);
    return problem;
}

/* --- recovery codes: told once ---------------------------------------------------------------------------
 */

static enum problem tell_codes(struct request *request, char texts[TWO_STEP_CODES][SECRET_CODE_LEN + 1])
{
    write_begin(&request->out, NULL, '{');
    write_begin(&request->out, "recovery_codes", '[');
    for (int i = 0; i < TWO_STEP_CODES; i++)
        write_text(&request->out, NULL, texts[i]);
    write_end(&request->out, ']');
    write_end(&request->out, '}');
    return respond_json(request, 200);
}

/* `step` negative: it is on already. */
static enum problem give_codes(struct request *request, int64_t step)
{
    char texts[TWO_STEP_CODES][SECRET_CODE_LEN + 1];
    unsigned char hashes[TWO_STEP_CODES][SECRET_HASH_BYTES];
    int64_t id = request->session.person.id;
    code_make(texts, hashes);
    enum rc rc = step < 0 ? two_step_new_codes(request->store, id, hashes, request->now)
                          : two_step_turn_on(request->store, id, step, hashes, request->now);
    enum problem problem = rc == RC_OK ? tell_codes(request, texts) : problem_of(rc);
    sodium_memzero(texts, sizeof texts);
    return problem;
}

static enum problem wrong(struct request *request, const char *field, const char *given)
{
    request_error(request, field, *given ? "wrong" : "required");
    return PROBLEM_INVALID;
}

/* Does their app show what we expect? They hold a session and the secret: guessing gains nothing, but it
 * counts. */
static enum problem confirm(struct request *request, const struct two_step *two_step, const char *code)
{
    char digits[TOTP_DIGITS + 1];
    struct attempt attempt;
    int64_t step = 0;
    if (!two_step->begun || two_step->on)
        return PROBLEM_CONFLICT;
    if (!totp_digits(code, digits))
        return wrong(request, "code", code);
    enum problem problem = attempt_code(request, request->session.person.email, false, &attempt);
    if (problem != PROBLEM_NONE)
        return problem;
    if (!totp_find(two_step->secret, digits, request->now, 0, &step))
        return wrong(request, "code", code);
    attempt_code_good(request, &attempt);
    return give_codes(request, step);
}

enum problem handle_two_step_confirm(struct request *request)
{
    struct two_step two_step;
    const char *code;
    enum problem problem = request_texts(request, (const struct request_text[]){{"code", &code}, {0}});
    if (problem == PROBLEM_NONE)
        problem = read_own(request, &two_step);
    if (problem != PROBLEM_NONE)
        return problem;
    problem = confirm(request, &two_step, code);
    sodium_memzero(&two_step, sizeof two_step);
    return problem;
}

/* --- once it is on ---------------------------------------------------------------------------------------
 */

/* Who has no password shows a code: here nobody is believed. */
static enum problem prove_password(struct request *request, const char *proof)
{
    struct person person = {0};
    enum problem problem = own_check_password(request, "proof", proof, &person);
    return problem == PROBLEM_NONE && !person.password ? wrong(request, "proof", proof) : problem;
}

/* Is it them? Their password shows it, or a code. */
static enum problem prove(struct request *request)
{
    struct two_step two_step;
    const char *proof;
    enum problem problem = request_texts(request, (const struct request_text[]){{"proof", &proof}, {0}});
    if (problem == PROBLEM_NONE)
        problem = read_own(request, &two_step);
    if (problem != PROBLEM_NONE)
        return problem;
    if (!two_step.on)
        problem = PROBLEM_CONFLICT;
    else if (code_is(proof))
        problem = code_use(request, &request->session.person, &two_step, proof);
    else
        problem = prove_password(request, proof);
    sodium_memzero(&two_step, sizeof two_step);
    return problem == PROBLEM_CODE_WRONG ? wrong(request, "proof", proof) : problem;
}

enum problem handle_two_step_codes(struct request *request)
{
    enum problem problem = prove(request);
    return problem == PROBLEM_NONE ? give_codes(request, -1) : problem;
}

enum problem handle_two_step_off(struct request *request)
{
    enum problem problem = is_required(request) ? PROBLEM_NOT_ALLOWED : prove(request);
    if (problem == PROBLEM_NONE)
        problem =
            problem_of(two_step_turn_off(request->store, request->session.person.id, "own", request->now));
    return problem == PROBLEM_NONE ? respond_nothing(request, 204) : problem;
}
