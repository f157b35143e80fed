#include "deliver.h"

#include "../../lib/log.h"
#include "../../lib/pause.h"
#include "../store/outbox.h"
#include "../store/secret.h"
#include "../store/sign_up.h"
#include "../store/token.h"
#include "carry.h"
#include "compose.h"
#include "digest.h"
#include "reply_token.h"
#include "stamp.h"

#include <errno.h>
#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define IDLE_MS 500
#define PRESSED_MS 50 /* a mail costs the disk more than a reply does */
#define MINUTE_MS INT64_C(60000)
#define LONGEST_WAIT_MS (6 * 60 * MINUTE_MS)
#define DOUBLINGS 10
#define ATTEMPTS_MAX 20 /* about three days */
#define MAIL_CEILING (4 * 1024 * 1024)
#define ARENA_CEILING (16 * 1024 * 1024)

struct deliver {
    struct store *store;
    struct snapshots *snapshots;
    struct carry *carry;
    struct arena *arena; /* for one mail at a time */
    long retry_seconds;
    const char *reply_address; /* "": mails cannot be answered by mail */
    struct reply_key key;
    bool down; /* said already that no mail can be sent */
    pthread_t thread;
    pthread_mutex_t lock; /* guards `stopping` */
    pthread_cond_t wake;
    bool stopping;
};

/* What the link in a mail is good for; NULL: it has none that is. */
static const char *purpose_of(enum outbox_kind kind)
{
    if (kind == OUTBOX_SIGN_IN_LINK)
        return "sign_in";
    if (kind == OUTBOX_ADDRESS)
        return "address";
    if (kind == OUTBOX_INVITATION)
        return "invitation";
    return kind == OUTBOX_RESET || kind == OUTBOX_SIGN_UP_KNOWN ? "reset" : NULL;
}

/*
 * The tokens of links and a sign-up's code are made here, so that they exist in the mail and, as a hash, in
 * the store; nowhere else.
 */
static bool make_secret(struct deliver *deliver, const struct outbox_mail *mail, long days, int64_t now,
                        char *secret)
{
    unsigned char hash[SECRET_HASH_BYTES];
    *secret = '\0';
    if (mail->kind == OUTBOX_SIGN_UP) {
        secret_code_make(secret, hash);
        return sign_up_set_code(deliver->store, mail->sign_up_id, hash,
                                now + SIGN_UP_HOURS * 60 * MINUTE_MS) == RC_OK;
    }
    const char *purpose = purpose_of(mail->kind);
    if (!purpose)
        return true;
    int64_t minutes = mail->kind == OUTBOX_INVITATION     ? days * 24 * 60
                      : mail->kind == OUTBOX_SIGN_IN_LINK ? TOKEN_SIGN_IN_MINUTES
                                                          : TOKEN_RESET_MINUTES;
    secret_make(secret, hash);
    return token_create(deliver->store, hash, mail->person_id, purpose, now, now + minutes * MINUTE_MS) ==
           RC_OK;
}

/* The mail as bytes. False: `why` says what is missing. */
static bool write_mail(struct deliver *deliver, const struct snapshot *snapshot,
                       const struct outbox_mail *mail, int64_t now, struct letter *letter, struct buf *bytes,
                       char why[SMTP_WHY_BYTES])
{
    char secret[SECRET_TEXT_LEN + 1];
    const char *reason = "no secret could be made";
    bool good =
        make_secret(deliver, mail, snapshot->portal->invitation_days, now, secret) &&
        compose(letter, deliver->arena, snapshot->portal, snapshot->origins.self, mail, secret, now, &reason);
    const struct stamp stamp = {deliver->store, deliver->arena, snapshot, &deliver->key,
                                deliver->reply_address};
    if (good && !stamp_letter(&stamp, mail, now, letter)) {
        reason = "no memory";
        good = false;
    }
    sodium_memzero(secret, sizeof secret);
    if (good && !letter_write(letter, bytes)) {
        reason = "the address is none";
        good = false;
    } else if (good && !buf_ok(bytes)) {
        reason = "it is too large";
        good = false;
    }
    snprintf(why, SMTP_WHY_BYTES, "%s", reason);
    return good;
}

static enum smtp_answer send_mail(struct deliver *deliver, const struct snapshot *snapshot,
                                  const struct outbox_mail *mail, int64_t now, char why[SMTP_WHY_BYTES])
{
    struct letter letter;
    struct buf bytes;
    enum smtp_answer answer = SMTP_LATER;
    buf_init(&bytes, MAIL_CEILING);
    if (write_mail(deliver, snapshot, mail, now, &letter, &bytes, why)) {
        const struct carried carried = {
            .id = mail->id,
            .now = now,
            .mail = {letter.from_address, letter.to_address, bytes.data, bytes.len},
        };
        answer = carry_mail(deliver->carry, &carried, why);
    }
    if (bytes.len > 0)
        sodium_memzero(bytes.data, bytes.len);
    buf_release(&bytes);
    return answer;
}

static int64_t wait_after(const struct deliver *deliver, int attempts)
{
    int64_t wait = (deliver->retry_seconds * INT64_C(1000)) << (attempts < DOUBLINGS ? attempts : DOUBLINGS);
    return wait < LONGEST_WAIT_MS ? wait : LONGEST_WAIT_MS;
}

static void log_mail(const struct outbox_mail *mail, const char *why)
{
    char id[24];
    snprintf(id, sizeof id, "%lld", (long long)mail->id);
    if (why)
        log_event(LOG_WARNING, "mail_failed", "id", id, "why", why, NULL);
    else
        log_event(LOG_INFO, "mail_sent", "id", id, NULL);
}

/* What a delivery came to. */
enum outcome {
    DELIVER_MORE,  /* look for another one */
    DELIVER_IDLE,  /* nothing is due, or the store cannot be read */
    DELIVER_PAUSE, /* no mail can be sent for now */
};

/* Nobody's fault: the mail stays due, and no attempt is counted. */
static enum outcome hold(struct deliver *deliver, const char *why)
{
    if (!deliver->down)
        log_event(LOG_ERROR, "mail_held", "why", why, "meaning", "all mail waits until it can be sent", NULL);
    deliver->down = true;
    outbox_hold(deliver->store, why, store_now());
    return DELIVER_PAUSE;
}

static enum rc note(struct deliver *deliver, const struct outbox_mail *mail, enum smtp_answer answer,
                    const char *why, int64_t now)
{
    log_mail(mail, answer == SMTP_TAKEN ? NULL : why);
    if (answer == SMTP_TAKEN)
        return outbox_sent(deliver->store, mail, now);
    if (answer == SMTP_REFUSED || mail->attempts + 1 >= ATTEMPTS_MAX)
        return outbox_given_up(deliver->store, mail->id, why, now);
    return outbox_failed(deliver->store, mail->id, why, now + wait_after(deliver, mail->attempts));
}

/* Send it, put it off, give it up or drop it; with all that goes out with it. */
static enum outcome handle(struct deliver *deliver, const struct snapshot *snapshot, struct outbox_mail *due,
                           int64_t now)
{
    char why[SMTP_WHY_BYTES] = "the store cannot be read";
    enum smtp_answer answer = SMTP_LATER;
    struct outbox_mail *mail = due;
    enum rc rc = digest_gather(deliver->store, deliver->arena, snapshot, due, now, &mail);
    if (rc == RC_NOT_FOUND)
        return DELIVER_MORE;
    if (rc == RC_OK)
        answer = send_mail(deliver, snapshot, mail, now, why);
    else
        mail = due;
    if (answer == SMTP_DOWN)
        return hold(deliver, why);
    deliver->down = false;
    outbox_hold(deliver->store, NULL, now);
    for (const struct outbox_mail *each = mail; each; each = answer == SMTP_TAKEN ? NULL : each->next)
        rc = note(deliver, each, answer, why, now);
    return rc == RC_OK ? DELIVER_MORE : DELIVER_IDLE;
}

static enum outcome deliver_one(struct deliver *deliver)
{
    struct outbox_mail mail;
    int64_t now = store_now();
    arena_reset(deliver->arena);
    if (outbox_next(deliver->store, deliver->arena, now, &mail) != RC_OK)
        return DELIVER_IDLE;
    const struct snapshot *snapshot = snapshots_get(deliver->snapshots);
    enum outcome outcome = handle(deliver, snapshot, &mail, now);
    snapshot_release(snapshot);
    return outcome;
}

/* True when it is time to stop. */
static bool pause_or_stop(struct deliver *deliver, long ms)
{
    pthread_mutex_lock(&deliver->lock);
    if (!deliver->stopping && ms > 0)
        pause_wait(&deliver->wake, &deliver->lock, ms);
    bool stopping = deliver->stopping;
    pthread_mutex_unlock(&deliver->lock);
    return stopping;
}

static long pause_after(struct deliver *deliver, enum outcome outcome)
{
    if (outcome == DELIVER_PAUSE)
        return deliver->retry_seconds * 1000;
    if (outcome == DELIVER_IDLE)
        return IDLE_MS;
    return store_is_pressed(deliver->store) ? PRESSED_MS : 0;
}

static void *deliver_run(void *context)
{
    struct deliver *deliver = context;
    enum outcome outcome = DELIVER_MORE;
    while (!pause_or_stop(deliver, pause_after(deliver, outcome)))
        outcome = deliver_one(deliver);
    return NULL;
}

static void release(struct deliver *deliver)
{
    carry_close(deliver->carry);
    arena_free(deliver->arena);
    free(deliver);
}

struct deliver *deliver_start(struct store *store, struct snapshots *snapshots, const struct config *config)
{
    struct deliver *deliver = calloc(1, sizeof *deliver);
    if (!deliver)
        return NULL;
    deliver->store = store;
    deliver->snapshots = snapshots;
    deliver->retry_seconds = config->mail_retry;
    deliver->reply_address = config->reply_address;
    bool keyed = reply_key_load(&deliver->key, store_dir(store));
    if (!keyed)
        log_event(LOG_ERROR, "mail_key_unread", "file", REPLY_KEY_FILE, "why", strerror(errno), NULL);
    deliver->arena = arena_new(ARENA_CEILING);
    deliver->carry = carry_open(config, store_dir(store));
    pthread_mutex_init(&deliver->lock, NULL);
    pthread_cond_init(&deliver->wake, NULL);
    letter_init();
    if (keyed && deliver->arena && deliver->carry &&
        pthread_create(&deliver->thread, NULL, deliver_run, deliver) == 0)
        return deliver;
    release(deliver);
    return NULL;
}

void deliver_stop(struct deliver *deliver)
{
    if (!deliver)
        return;
    pthread_mutex_lock(&deliver->lock);
    deliver->stopping = true;
    pthread_cond_signal(&deliver->wake);
    pthread_mutex_unlock(&deliver->lock);
    pthread_join(deliver->thread, NULL);
    letter_shutdown();
    pthread_cond_destroy(&deliver->wake);
    pthread_mutex_destroy(&deliver->lock);
    release(deliver);
}
