#include "inbound_decide.h"

#include "../store/inbound.h"
#include "../store/mail_thread.h"

#include <string.h>
#include <strings.h>

#define HOUR_MS INT64_C(3600000)

enum { PER_HOUR = 60 }; /* mails of one person */

struct found {
    enum reply_token_state state;
    struct reply_token token;
    bool known;    /* the sender has this address: */
    bool is_staff; /* and is of the team */
};

static enum rc wait(struct inbound_decision *decision, const char *reason)
{
    decision->verdict = INBOUND_WAITS;
    decision->reason = reason;
    return RC_OK;
}

static enum rc refuse(struct inbound_decision *decision, const char *reason)
{
    decision->verdict = INBOUND_REFUSED;
    decision->reason = reason;
    return RC_OK;
}

/* The first that is good counts; else what was almost one. */
static void find_token(const struct inbound_rules *rules, const struct inbound *inbound, struct found *found)
{
    for (size_t i = 0; i < inbound->recipient_count; i++) {
        struct reply_token token;
        enum reply_token_state state =
            reply_token_read(rules->key, inbound->recipients[i], rules->now, &token);
        if (state == REPLY_TOKEN_NONE)
            continue;
        found->state = state;
        found->token = token;
        if (state == REPLY_TOKEN_GOOD)
            return;
    }
}

static const char *inbox_of(const struct portal *portal, const char *address)
{
    for (size_t i = 0; i < portal->inbox_count; i++)
        if (strcasecmp(portal->inboxes[i].address, address) == 0)
            return portal->inboxes[i].id;
    return NULL;
}

/* The first inbox that it was sent to; what came by another way is the default one's. */
static const char *inbox_for(const struct portal *portal, const struct inbound *inbound)
{
    for (size_t i = 0; i < inbound->recipient_count; i++) {
        const char *inbox = inbox_of(portal, inbound->recipients[i]);
        if (inbox)
            return inbox;
    }
    return portal->default_inbox;
}

/* Our own mail that came round, as when an inbox's address leads here (T35, T39). */
static bool is_own(const struct inbound_rules *rules, const struct inbound *inbound)
{
    return inbound->message_id && reply_message_of(rules->key, inbound->message_id) != 0;
}

static bool is_to(const struct found *found, const struct person *person)
{
    return found->known &&
           (found->token.person_id == person->id || (found->token.person_id == 0 && found->is_staff));
}

static enum rc decide_answer(const struct inbound_rules *rules, const struct inbound *inbound,
                             const struct found *found, struct inbound_decision *decision)
{
    if (!is_to(found, &decision->person))
        return wait(decision, "other_sender");
    if (!rules->vouched && found->is_staff && inbound->dmarc != DMARC_PASS)
        return wait(decision, "staff");
    if (!rules->vouched && inbound->dmarc == DMARC_FAIL)
        return wait(decision, "forged");
    decision->verdict = INBOUND_REPLY;
    decision->number = found->token.number;
    return RC_OK;
}

static enum rc decide_new(const struct inbound_rules *rules, const struct inbound *inbound,
                          const struct found *found, struct inbound_decision *decision)
{
    decision->verdict = INBOUND_TICKET;
    decision->inbox = inbox_for(rules->portal, inbound);
    if (found->is_staff)
        return wait(decision, "staff");
    if (rules->vouched)
        return RC_OK;
    if (inbound->dmarc == DMARC_FAIL)
        return wait(decision, "forged");
    if (found->known || (rules->unknown == MAIL_UNKNOWN_CREATE && inbound->dmarc == DMARC_PASS))
        return RC_OK;
    return rules->unknown == MAIL_UNKNOWN_REFUSE ? refuse(decision, "unknown") : wait(decision, "unknown");
}

/* RC_NOT_FOUND: it answers no mail about a ticket that we sent, nor one that the sender wrote. */
static enum rc find_reference(const struct inbound_rules *rules, const struct inbound *inbound,
                              const struct person *person, int64_t *number)
{
    enum rc rc = RC_NOT_FOUND;
    for (size_t i = 0; rc == RC_NOT_FOUND && i < inbound->reference_count; i++) {
        int64_t ours = reply_message_of(rules->key, inbound->references[i]);
        const struct mail_ref ref = {ours ? NULL : inbound->references[i], ours};
        rc = mail_ref_ticket(rules->store, &ref, person->id, number);
    }
    return rc;
}

/*
 * A customer who wrote to the inbox itself below a mail of ours, as programs do that pass over Reply-To. Of
 * the team only an address of ours counts (T33).
 */
static enum rc decide_by_reference(const struct inbound_rules *rules, const struct inbound *inbound,
                                   const struct found *found, struct inbound_decision *decision)
{
    enum rc rc = decide_new(rules, inbound, found, decision);
    if (rc != RC_OK || decision->verdict != INBOUND_TICKET || !found->known)
        return rc;
    rc = find_reference(rules, inbound, &decision->person, &decision->number);
    if (rc != RC_OK)
        return rc == RC_NOT_FOUND ? RC_OK : rc;
    decision->verdict = INBOUND_REPLY;
    decision->by_reference = true;
    return RC_OK;
}

static enum rc decide_by_sender(const struct inbound_rules *rules, const struct inbound *inbound,
                                const struct found *found, struct inbound_decision *decision)
{
    int64_t count = 0;
    if (found->known && !rules->vouched) {
        enum rc rc = inbound_count(rules->store, decision->person.id, false, rules->now - HOUR_MS, &count);
        if (rc != RC_OK)
            return rc;
    }
    if (count >= PER_HOUR)
        return wait(decision, "too_many");
    if (found->state == REPLY_TOKEN_GOOD && (!rules->vouched || is_to(found, &decision->person)))
        return decide_answer(rules, inbound, found, decision);
    if (found->state != REPLY_TOKEN_NONE && !rules->vouched)
        return wait(decision, "bad_token");
    return decide_by_reference(rules, inbound, found, decision);
}

enum rc inbound_decide_on(const struct inbound_rules *rules, struct arena *arena,
                          const struct inbound *inbound, struct inbound_decision *decision)
{
    struct found found = {0};
    *decision = (struct inbound_decision){.reason = ""};
    if (is_own(rules, inbound))
        return refuse(decision, "own");
    if (inbound->bounce && !rules->vouched) {
        decision->verdict = INBOUND_BOUNCE;
        decision->outbox_id = inbound->bounced_id && inbound->bounced_why
                                  ? reply_message_of(rules->key, inbound->bounced_id)
                                  : 0;
        return RC_OK;
    }
    bool automatic = inbound->automatic || inbox_of(rules->portal, inbound->sender);
    if ((automatic && !rules->vouched) || !*inbound->sender)
        return wait(decision, "automatic");
    enum rc rc = person_by_email(rules->store, arena, inbound->sender, &decision->person);
    if (rc != RC_OK && rc != RC_NOT_FOUND)
        return rc;
    found.known = rc == RC_OK;
    found.is_staff = found.known && decision->person.role != ROLE_CONTACT;
    find_token(rules, inbound, &found);
    return decide_by_sender(rules, inbound, &found, decision);
}
