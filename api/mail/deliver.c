#include "deliver.h"

#include "../../lib/fs.h"
#include "../../lib/log.h"
#include "../store/outbox.h"
#include "../store/secret.h"
#include "../store/sign_up.h"
#include "../store/ticket.h"
#include "../store/token.h"
#include "../store/visible_rule.h"
#include "compose.h"

#include <errno.h>
#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define PAUSE_MS 500
#define MINUTE_MS INT64_C(60000)
#define LONGEST_WAIT_MS (6 * 60 * MINUTE_MS)
#define MAIL_CEILING (4 * 1024 * 1024)
#define ARENA_CEILING (16 * 1024 * 1024)

struct deliver {
    struct store *store;
    struct snapshots *snapshots;
    struct arena *arena; /* for one mail at a time */
    pthread_t thread;
    pthread_mutex_t lock; /* guards `stopping` */
    pthread_cond_t wake;
    bool stopping;
};

static bool write_file(struct deliver *deliver, const struct outbox_mail *mail, const struct buf *bytes,
                       int64_t now, const char **why)
{
    char stamp[32];
    struct tm utc;
    time_t seconds = (time_t)(now / 1000);
    gmtime_r(&seconds, &utc);
    strftime(stamp, sizeof stamp, "%Y%m%dT%H%M%SZ", &utc);
    const char *folder = fs_join(deliver->arena, store_dir(deliver->store), "mail");
    const char *path =
        folder ? arena_printf(deliver->arena, "%s/%s-%lld.eml", folder, stamp, (long long)mail->id) : NULL;
    int error = path ? fs_mkdirs(folder) : ENOMEM;
    if (error == 0)
        error = fs_write(path, bytes->data, bytes->len, true);
    *why = error ? strerror(error) : NULL;
    return error == 0;
}

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
                                                          : RESET_MINUTES;
    secret_make(secret, hash);
    return token_create(deliver->store, hash, mail->person_id, purpose, now, now + minutes * MINUTE_MS) ==
           RC_OK;
}

static bool send_mail(struct deliver *deliver, const struct snapshot *snapshot,
                      const struct outbox_mail *mail, int64_t now, const char **why)
{
    struct letter letter;
    struct buf bytes;
    char secret[SECRET_TEXT_LEN + 1];
    *why = "no secret could be made";
    if (!make_secret(deliver, mail, snapshot->portal->invitation_days, now, secret) ||
        !compose(&letter, deliver->arena, snapshot->portal, snapshot->origins.self, mail, secret, now, why))
        return false;
    sodium_memzero(secret, sizeof secret);
    *why = "the address is none";
    buf_init(&bytes, MAIL_CEILING);
    bool good = letter_write(&letter, &bytes);
    if (good && !buf_ok(&bytes)) {
        *why = "it is too large";
        good = false;
    }
    good = good && write_file(deliver, mail, &bytes, now, why);
    buf_release(&bytes);
    return good;
}

static int64_t wait_after(int attempts)
{
    int64_t wait = MINUTE_MS << (attempts < 10 ? attempts : 10);
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

/*
 * Nobody is told of what they may not see, by the rule as it is now: RC_NOT_FOUND then. The team's inboxes
 * see everything.
 */
static enum rc may_see(struct deliver *deliver, const struct snapshot *snapshot,
                       const struct outbox_mail *mail, int64_t now)
{
    struct person person;
    struct viewer viewer;
    struct ticket ticket;
    struct message message;
    if (mail->person_id == 0 || mail->number == 0)
        return RC_OK;
    enum rc rc = person_by_id(deliver->store, deliver->arena, mail->person_id, &person);
    if (rc == RC_OK)
        rc = visible_viewer(deliver->store, snapshot->rule, &person, now, &viewer);
    if (rc != RC_OK)
        return rc;
    return mail->message_id ? ticket_message(deliver->store, deliver->arena, &viewer, mail->number,
                                             mail->message_id, &message)
                            : ticket_get(deliver->store, deliver->arena, &viewer, mail->number, &ticket);
}

/* Send it, put it off or drop it. */
static enum rc handle(struct deliver *deliver, const struct snapshot *snapshot,
                      const struct outbox_mail *mail, int64_t now)
{
    const char *why = "the store cannot be read";
    enum rc rc = may_see(deliver, snapshot, mail, now);
    if (rc == RC_NOT_FOUND) {
        why = "its recipient may not see it";
        log_mail(mail, why);
        return outbox_dropped(deliver->store, mail->id, why, now);
    }
    bool good = rc == RC_OK && send_mail(deliver, snapshot, mail, now, &why);
    log_mail(mail, good ? NULL : why);
    return good ? outbox_sent(deliver->store, mail->id, now)
                : outbox_failed(deliver->store, mail->id, why, now + wait_after(mail->attempts));
}

/* False: nothing is due, or the store cannot be read. */
static bool deliver_one(struct deliver *deliver)
{
    struct outbox_mail mail;
    int64_t now = store_now();
    arena_reset(deliver->arena);
    if (outbox_next(deliver->store, deliver->arena, now, &mail) != RC_OK)
        return false;
    const struct snapshot *snapshot = snapshots_get(deliver->snapshots);
    enum rc rc = handle(deliver, snapshot, &mail, now);
    snapshot_release(snapshot);
    return rc == RC_OK;
}

/* True when it is time to stop. */
static bool pause_or_stop(struct deliver *deliver, long ms)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += ms * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    pthread_mutex_lock(&deliver->lock);
    if (!deliver->stopping && ms > 0)
        pthread_cond_timedwait(&deliver->wake, &deliver->lock, &until);
    bool stopping = deliver->stopping;
    pthread_mutex_unlock(&deliver->lock);
    return stopping;
}

static void *deliver_run(void *context)
{
    struct deliver *deliver = context;
    bool more = true;
    while (!pause_or_stop(deliver, more ? 0 : PAUSE_MS))
        more = deliver_one(deliver);
    return NULL;
}

struct deliver *deliver_start(struct store *store, struct snapshots *snapshots)
{
    struct deliver *deliver = calloc(1, sizeof *deliver);
    if (!deliver)
        return NULL;
    deliver->store = store;
    deliver->snapshots = snapshots;
    deliver->arena = arena_new(ARENA_CEILING);
    pthread_mutex_init(&deliver->lock, NULL);
    pthread_cond_init(&deliver->wake, NULL);
    letter_init();
    if (deliver->arena && pthread_create(&deliver->thread, NULL, deliver_run, deliver) == 0)
        return deliver;
    arena_free(deliver->arena);
    free(deliver);
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
    arena_free(deliver->arena);
    free(deliver);
}
