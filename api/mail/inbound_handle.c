#include "inbound_handle.h"

#include "inbound_store.h"

#include <sodium.h>
#include <string.h>

/* By sender and Message-ID; a mail without one by all of it. */
static void make_key(struct inbound_work *work)
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, sizeof work->key);
    const char *id = work->inbound.message_id;
    if (id && work->inbound.sender) {
        crypto_generichash_update(&state, (const unsigned char *)work->inbound.sender,
                                  strlen(work->inbound.sender) + 1);
        crypto_generichash_update(&state, (const unsigned char *)id, strlen(id) + 1);
    } else {
        crypto_generichash_update(&state, (const unsigned char *)work->task->bytes, work->task->len);
    }
    crypto_generichash_final(&state, work->key, sizeof work->key);
}

static bool make_submission(struct inbound_work *work)
{
    char hex[33];
    sodium_bin2hex(hex, sizeof hex, work->key, 16);
    work->submission.key = arena_printf(work->arena, "mail-%s", hex);
    memcpy(work->submission.content, work->key, sizeof work->submission.content);
    return work->submission.key != NULL;
}

static enum rc read_mail(struct inbound_work *work)
{
    struct inbound_decision *decision = &work->result->decision;
    enum inbound_answer answer = inbound_open(&work->mail, &work->inbound, work->arena, work->task->bytes,
                                              work->task->len, work->task->authserv);
    make_key(work);
    *decision = (struct inbound_decision){.verdict = INBOUND_REFUSED, .reason = ""};
    if (answer == INBOUND_NO_MEMORY || !make_submission(work))
        return RC_INTERNAL;
    decision->reason = answer == INBOUND_TOO_LARGE ? "too_large" : "no_mail";
    return answer == INBOUND_READ
               ? inbound_decide_on(&work->task->rules, work->arena, &work->inbound, decision)
               : RC_OK;
}

static const char *state_of(enum inbound_verdict verdict)
{
    static const char *const states[] = {
        [INBOUND_REPLY] = "reply",       [INBOUND_TICKET] = "ticket",   [INBOUND_BOUNCE] = "bounce",
        [INBOUND_WAITS] = "quarantined", [INBOUND_REFUSED] = "refused",
    };
    return states[verdict];
}

static enum rc write_down(struct inbound_work *work)
{
    const struct inbound_decision *decision = &work->result->decision;
    bool waits = decision->verdict == INBOUND_WAITS;
    struct inbound_row row = {
        .received_at = work->task->rules.now,
        .state = state_of(decision->verdict),
        .reason = decision->reason,
        .sender = work->inbound.sender ? work->inbound.sender : "",
        .subject = inbound_store_subject(work),
        .person_id = work->result->number ? decision->person.id : 0,
        .number = work->result->number,
        .words = work->has_words && work->result->number ? work->words : NULL,
    };
    memcpy(row.key, work->key, sizeof row.key);
    enum rc rc = inbound_add(work->task->rules.store, &row, waits ? work->task->bytes : NULL,
                             waits ? work->task->len : 0);
    return rc == RC_CONFLICT ? RC_OK : rc;
}

static enum rc act(struct inbound_work *work)
{
    const struct inbound_decision *decision = &work->result->decision;
    if (decision->verdict == INBOUND_REPLY || decision->verdict == INBOUND_TICKET)
        return inbound_store_words(work);
    if (decision->verdict == INBOUND_BOUNCE && decision->outbox_id) {
        enum rc rc = outbox_bounced(work->task->rules.store, decision->outbox_id, work->inbound.bounced_why,
                                    work->task->rules.now);
        return rc == RC_NOT_FOUND ? RC_OK : rc;
    }
    return RC_OK;
}

enum rc inbound_handle(const struct inbound_task *task, struct arena *arena, struct inbound_result *result)
{
    struct inbound_work work = {.task = task, .arena = arena, .result = result};
    *result = (struct inbound_result){0};
    enum rc rc = read_mail(&work);
    if (rc == RC_OK && inbound_seen(task->rules.store, work.key) == RC_OK) {
        result->decision = (struct inbound_decision){.verdict = INBOUND_REFUSED, .reason = "seen"};
        inbound_close(work.mail);
        return RC_OK;
    }
    if (rc == RC_OK)
        rc = act(&work);
    if (rc == RC_OK)
        rc = write_down(&work);
    inbound_close(work.mail);
    return rc;
}

enum rc inbound_accept(const struct inbound_task *task, struct arena *arena, int64_t id, int64_t by,
                       struct inbound_result *result)
{
    struct inbound_row row;
    struct inbound_task vouched = *task;
    struct inbound_work work = {.task = &vouched, .arena = arena, .result = result};
    *result = (struct inbound_result){0};
    vouched.rules.vouched = true;
    enum rc rc = inbound_get(task->rules.store, arena, id, &row, &vouched.bytes, &vouched.len);
    if (rc == RC_OK)
        rc = read_mail(&work);
    if (rc == RC_OK)
        rc = act(&work);
    if (rc == RC_OK && result->number)
        rc = inbound_decide(task->rules.store, id, "accepted", result->decision.person.id, result->number, by,
                            task->rules.now);
    inbound_close(work.mail);
    return rc;
}
