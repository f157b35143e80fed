#include "inbound_store.h"

#include "../../lib/utf8.h"
#include "../portal/text.h"
#include "../store/people.h"
#include "../store/ticket.h"
#include "inbound_loop.h"
#include "letter.h"

#include <string.h>

#define DAY_MS INT64_C(86400000)
#define HOUR_MS INT64_C(3600000)

enum { SUBJECT_MAX = 200, NAME_MAX_CHARS = 80 };

/* At most so many characters. */
static const char *shortened(struct arena *arena, const char *text, size_t most)
{
    size_t len = strlen(text), kept = utf8_prefix(text, len, most);
    return kept < len ? arena_strndup(arena, text, kept) : text;
}

const char *inbound_store_subject(const struct inbound_work *work)
{
    const char *subject = work->inbound.subject;
    return subject ? shortened(work->arena, subject, SUBJECT_MAX) : "";
}

static struct new_message message_of(struct inbound_work *work)
{
    const char *text = shortened(work->arena, work->inbound.text, REPLY_MAX);
    if (text && !*text)
        text = *work->inbound.subject ? inbound_store_subject(work)
               : work->kept.count > 0 ? work->kept.files[0].name
                                      : "-";
    const char *id = work->inbound.message_id;
    return (struct new_message){text, work->kept.files, work->kept.count, id && letter_is_id(id) ? id : NULL};
}

static enum rc wait_after_all(struct inbound_work *work, const char *reason)
{
    work->result->decision.verdict = INBOUND_WAITS;
    work->result->decision.reason = reason;
    return RC_OK;
}

/* Who is not let in answers only what they filed by mail: to these they have no other way. */
static bool may_answer(const struct inbound_work *work, const struct ticket *ticket)
{
    const struct person *person = &work->result->decision.person;
    return person_may_enter(person, work->task->rules.portal) ||
           (ticket->requester_id == person->id && ticket->source && strcmp(ticket->source, "email") == 0);
}

/* By a reference alone a mail may have come elsewhere than it was meant to: then it is a ticket. */
static enum rc not_there(struct inbound_work *work, const char *reason)
{
    if (!work->result->decision.by_reference)
        return wait_after_all(work, reason);
    work->result->decision.verdict = INBOUND_TICKET;
    return RC_OK;
}

static enum rc add_reply(struct inbound_work *work, const struct viewer *viewer)
{
    struct ticket ticket;
    struct reply_made made;
    const struct inbound_rules *rules = &work->task->rules;
    struct inbound_decision *decision = &work->result->decision;
    enum rc rc = ticket_get(rules->store, work->arena, viewer, decision->number, &ticket);
    if (rc == RC_NOT_FOUND || (rc == RC_OK && !may_answer(work, &ticket)))
        return not_there(work, "not_visible");
    if (rc != RC_OK)
        return rc;
    const struct portal_pipeline *pipeline = portal_pipeline(rules->portal, ticket.pipeline);
    const struct reply_rules reply = {
        .may_reply_to_closed = rules->portal->reply_to_closed,
        .reopen_stage = pipeline ? pipeline->reopen_stage : NULL,
        .follow_up_ms = rules->portal->follow_up_days * DAY_MS,
    };
    struct new_message message = message_of(work);
    rc = ticket_reply(rules->store, viewer, decision->number, &message, &reply, &work->submission, rules->now,
                      &made);
    if (rc == RC_DENIED || rc == RC_NOT_FOUND)
        return not_there(work, rc == RC_DENIED ? "closed" : "not_visible");
    work->kept.count = rc == RC_OK && !made.repeated ? 0 : work->kept.count;
    work->result->number = made.number;
    return rc;
}

static enum rc store_reply(struct inbound_work *work, const struct viewer *viewer)
{
    const char *reason;
    const struct inbound_decision *decision = &work->result->decision;
    enum rc rc = inbound_loop(&work->task->rules, decision, work->has_words ? work->words : NULL, &reason);
    if (rc == RC_OK && reason)
        return wait_after_all(work, reason);
    return rc == RC_OK ? add_reply(work, viewer) : rc;
}

static const char *first_open_stage(const struct portal_pipeline *pipeline)
{
    for (size_t i = 0; i < pipeline->stage_count; i++)
        if (!pipeline->stages[i].closed)
            return pipeline->stages[i].id;
    return pipeline->stages[0].id;
}

static enum rc store_ticket(struct inbound_work *work, const struct viewer *viewer)
{
    bool repeated = false;
    int64_t lately = 0;
    const struct inbound_rules *rules = &work->task->rules;
    const struct portal_form *form = portal_form(rules->portal, NULL);
    const struct portal_pipeline *pipeline = &rules->portal->pipelines[0];
    struct new_ticket ticket = {
        .subject = *work->inbound.subject ? inbound_store_subject(work) : "-",
        .inbox = work->result->decision.inbox,
        .pipeline = form ? form->pipeline : pipeline->id,
        .stage = form ? form->stage : first_open_stage(pipeline),
        .source = "email",
        .message = message_of(work),
    };
    enum rc rc = inbound_count(rules->store, viewer->person_id, true, rules->now - HOUR_MS, &lately);
    /* A program that answers whatever it gets is answered once (T35). */
    ticket.quiet = lately > 0;
    if (rc == RC_OK)
        rc = ticket_create(rules->store, viewer, &ticket, &work->submission, rules->now,
                           &work->result->number, &repeated);
    work->kept.count = rc == RC_OK && !repeated ? 0 : work->kept.count;
    return rc;
}

static enum rc add_person(struct inbound_work *work)
{
    struct person *person = &work->result->decision.person;
    const struct people_change change = {
        .email = work->inbound.sender,
        .first_name = shortened(work->arena, work->inbound.sender_name, NAME_MAX_CHARS),
        .locale = work->task->rules.portal->default_locale,
    };
    enum rc rc = people_add(work->task->rules.store, &change, work->task->rules.now, &person->id);
    if (rc == RC_CONFLICT) /* somebody who was shut out */
        return wait_after_all(work, "unknown");
    return rc == RC_OK ? person_by_id(work->task->rules.store, work->arena, person->id, person) : rc;
}

/* Files say something themselves. */
static void note_words(struct inbound_work *work)
{
    work->has_words = work->kept.count == 0 && *work->inbound.text;
    if (work->has_words)
        own_words_hash(work->inbound.text, work->words);
}

enum rc inbound_store_words(struct inbound_work *work)
{
    struct viewer viewer;
    struct inbound_decision *decision = &work->result->decision;
    work->kept = (struct inbound_kept){
        .store = work->task->rules.store, .arena = work->arena, .portal = work->task->rules.portal};
    enum rc rc = inbound_keep(&work->kept, work->mail, work->inbound.text);
    if (rc == RC_OK && work->kept.too_many)
        return wait_after_all(work, "files");
    note_words(work);
    if (rc == RC_OK && decision->person.id == 0)
        rc = add_person(work);
    if (rc == RC_OK && decision->verdict != INBOUND_WAITS)
        rc = visible_viewer(work->task->rules.store, work->task->visible, &decision->person,
                            work->task->rules.now, &viewer);
    if (rc == RC_OK && decision->verdict == INBOUND_REPLY)
        rc = store_reply(work, &viewer);
    if (rc == RC_OK && decision->verdict == INBOUND_TICKET)
        rc = store_ticket(work, &viewer);
    inbound_keep_drop(&work->kept);
    return rc;
}
