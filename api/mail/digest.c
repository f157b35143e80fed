#include "digest.h"

#include "../../lib/log.h"
#include "../store/mail_choice.h"
#include "recipient.h"

#include <stdio.h>

static void log_dropped(const struct outbox_mail *mail, const char *why)
{
    char id[24];
    snprintf(id, sizeof id, "%lld", (long long)mail->id);
    log_event(LOG_INFO, "mail_dropped", "id", id, "why", why, NULL);
}

/* RC_NOT_FOUND: it is not to be sent, and is owed no more. */
static enum rc admit(struct store *store, struct arena *arena, const struct snapshot *snapshot,
                     const struct outbox_mail *mail, int64_t now)
{
    const char *why = "its recipient may not see it";
    enum rc rc = recipient_may_see(store, arena, snapshot, mail, now);
    if (rc == RC_OK) {
        why = "its recipient does not want mails of this kind";
        rc = recipient_wants(store, mail);
    }
    if (rc != RC_NOT_FOUND)
        return rc;
    log_dropped(mail, why);
    rc = outbox_dropped(store, mail->id, why, now);
    return rc == RC_OK ? RC_NOT_FOUND : rc;
}

/* `mail` alone, or all that waits for the same person about the same ticket. */
static enum rc find_all(struct store *store, struct arena *arena, struct outbox_mail *mail,
                        struct outbox_mail **all)
{
    struct mail_choice choice = {.together = MAIL_AT_ONCE};
    enum rc rc = RC_OK;
    *all = mail;
    if (mail->kind == OUTBOX_REPLY || mail->kind == OUTBOX_COPY)
        rc = mail_choice_read(store, mail->person_id, &choice);
    if (rc != RC_OK || choice.together == MAIL_AT_ONCE)
        return rc;
    return outbox_together(store, arena, mail->person_id, mail->number, all);
}

enum rc digest_gather(struct store *store, struct arena *arena, const struct snapshot *snapshot,
                      struct outbox_mail *mail, int64_t now, struct outbox_mail **first)
{
    struct outbox_mail *each, **end = first;
    enum rc rc = find_all(store, arena, mail, &each);
    *first = NULL;
    while (each && rc == RC_OK) {
        struct outbox_mail *next = each->next;
        each->next = NULL;
        rc = admit(store, arena, snapshot, each, now);
        if (rc == RC_OK) {
            *end = each;
            end = &each->next;
        } else if (rc == RC_NOT_FOUND) {
            rc = RC_OK;
        }
        each = next;
    }
    return rc == RC_OK && !*first ? RC_NOT_FOUND : rc;
}
