#include "stamp.h"

#include "../store/access.h"
#include "../store/mail_thread.h"
#include "unsubscribe.h"

#include <string.h>

static bool may_be_answered(enum outbox_kind kind)
{
    return kind == OUTBOX_REPLY || kind == OUTBOX_COPY || kind == OUTBOX_RECEIVED || kind == OUTBOX_SHARED ||
           kind == OUTBOX_INBOX_TICKET || kind == OUTBOX_INBOX_REPLY;
}

static bool set_reply_to(const struct stamp *stamp, const struct outbox_mail *mail, int64_t now,
                         struct letter *letter)
{
    char token[REPLY_TOKEN_LEN];
    if (!*stamp->reply_address || !may_be_answered(mail->kind))
        return true;
    reply_token_make(stamp->key, mail->number, mail->person_id, now, token);
    letter->reply_to = reply_address(stamp->arena, stamp->reply_address, token);
    return letter->reply_to != NULL;
}

/* The ticket itself first, as if it had been a mail: so all about it stays together, whoever got what. */
static bool set_references(const struct stamp *stamp, const struct outbox_mail *mail, const char *host,
                           struct letter *letter)
{
    struct mail_ref refs[MAIL_REFS_MAX];
    size_t count = 0;
    if (!letter->thread_id)
        return true;
    const char **ids = arena_alloc(stamp->arena, (MAIL_REFS_MAX + 1) * sizeof *ids);
    if (!ids ||
        mail_refs(stamp->store, stamp->arena, mail->number, mail->person_id, mail->id, refs, &count) != RC_OK)
        return false;
    ids[0] = letter->thread_id;
    for (size_t i = 0; i < count; i++) {
        ids[i + 1] = refs[i].mail_id ? refs[i].mail_id
                                     : reply_message_id(stamp->arena, stamp->key, refs[i].outbox_id, host);
        if (!ids[i + 1])
            return false;
    }
    letter->references = ids;
    letter->reference_count = count + 1;
    return true;
}

/* Who is not let in has no other way to what was answered: to them mails are all there is. */
static bool set_unsubscribe(const struct stamp *stamp, const struct outbox_mail *mail, struct letter *letter)
{
    struct person person;
    const struct portal *portal = stamp->snapshot->portal;
    const struct unsubscribe unsubscribe = {mail->person_id, mail_matter_of(mail->kind)};
    if (mail->person_id == 0 || unsubscribe.matter == MAIL_MATTERS)
        return true;
    if (person_by_id(stamp->store, stamp->arena, mail->person_id, &person) != RC_OK)
        return false;
    if (!person_may_enter(&person, portal))
        return true;
    const char *token = unsubscribe_token(stamp->arena, stamp->key, &unsubscribe);
    const char *origin = *portal->api == '/' ? stamp->snapshot->origins.self : "";
    letter->unsubscribe =
        token ? arena_printf(stamp->arena, "%s%s/unsubscribes/%s", origin, portal->api, token) : NULL;
    return letter->unsubscribe != NULL;
}

bool stamp_letter(const struct stamp *stamp, const struct outbox_mail *mail, int64_t now,
                  struct letter *letter)
{
    const char *host = strchr(letter->message_id, '@') + 1;
    letter->message_id = reply_message_id(stamp->arena, stamp->key, mail->id, host);
    return letter->message_id && set_reply_to(stamp, mail, now, letter) &&
           set_references(stamp, mail, host, letter) && set_unsubscribe(stamp, mail, letter);
}
