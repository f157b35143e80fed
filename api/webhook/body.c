#include "body.h"

#include "../portal/view.h"
#include "../server/write.h"
#include "../store/ticket.h"

#include <string.h>

struct writing {
    struct store *store;
    struct arena *arena;
    struct buf *out;
    enum rc rc;      /* the first that was not RC_OK */
    const char *why; /* it can never be written */
};

static const struct viewer team = {.staff = true};

/* True: go on. */
static bool take(struct writing *writing, enum rc rc, const char *gone)
{
    if (rc == RC_NOT_FOUND)
        writing->why = gone;
    else
        writing->rc = rc;
    return rc == RC_OK;
}

/* --- people ----------------------------------------------------------------------------------------------
 */

static void write_who(struct buf *out, const struct hook_person *person)
{
    write_number(out, "id", person->id);
    write_bool(out, "erased", person->erased);
    if (person->erased)
        return;
    write_text(out, "role", person->role);
    write_text(out, "email", person->email);
    write_text(out, "first_name", person->first_name);
    write_text(out, "last_name", person->last_name);
}

/* Who has to do with a ticket; 0: nobody. */
static void write_person(struct writing *writing, const char *key, int64_t id)
{
    struct hook_person person;
    if (id == 0)
        write_text(writing->out, key, NULL);
    else if (take(writing, hook_person(writing->store, writing->arena, id, &person), "a person is gone")) {
        write_begin(writing->out, key, '{');
        write_who(writing->out, &person);
        write_end(writing->out, '}');
    }
}

static void write_contact(struct writing *writing, int64_t id)
{
    struct hook_person person;
    struct buf *out = writing->out;
    if (!take(writing, hook_person(writing->store, writing->arena, id, &person), "the contact is gone"))
        return;
    write_begin(out, "contact", '{');
    write_who(out, &person);
    if (!person.erased) {
        write_text(out, "locale", person.locale);
        write_text(out, "company", person.company);
        write_bool(out, "manager", person.manager);
        write_bool(out, "disabled", person.disabled);
        write_json(out, "properties", person.properties);
    }
    write_end(out, '}');
}

/* --- tickets ---------------------------------------------------------------------------------------------
 */

static void write_ticket(struct writing *writing, int64_t number)
{
    struct ticket ticket;
    struct buf *out = writing->out;
    if (!take(writing, ticket_get(writing->store, writing->arena, &team, number, &ticket),
              "the ticket is gone"))
        return;
    write_begin(out, "ticket", '{');
    write_number(out, "number", ticket.number);
    write_text(out, "subject", ticket.subject);
    write_text(out, "status", ticket.closed ? "closed" : "open");
    write_text(out, "inbox", ticket.inbox);
    write_text(out, "pipeline", ticket.pipeline);
    write_text(out, "stage", ticket.stage);
    write_text(out, "category", ticket.category);
    write_text(out, "priority", ticket.priority);
    write_text(out, "source", ticket.source);
    write_json(out, "properties", ticket.properties ? ticket.properties : "{}");
    write_person(writing, "requester", ticket.requester_id);
    write_text(out, "company", ticket.company_name);
    write_person(writing, "owner", ticket.owner_id);
    write_time(out, "created_at", ticket.created_at);
    write_time(out, "last_activity_at", ticket.last_activity_at);
    write_time(out, "closed_at", ticket.closed_at);
    write_end(out, '}');
}

static void write_message(struct writing *writing, const struct hook_delivery *delivery)
{
    struct message message;
    struct buf *out = writing->out;
    if (!take(writing,
              ticket_message(writing->store, writing->arena, &team, delivery->ticket, delivery->message_id,
                             &message),
              "the message is gone"))
        return;
    if (message.internal && strcmp(delivery->kind, HOOK_NOTE) != 0) {
        writing->why = "it has become an internal note";
        return;
    }
    write_begin(out, "message", '{');
    write_number(out, "id", message.id);
    write_person(writing, "author", message.author_id);
    write_bool(out, "internal", message.internal);
    write_bool(out, "removed", message.removed);
    write_text(out, "text", message.body);
    write_time(out, "created_at", message.created_at);
    view_files(out, &message);
    write_end(out, '}');
}

static void write_rating(struct writing *writing, int64_t number)
{
    const char *score, *comment;
    struct buf *out = writing->out;
    if (!take(writing, hook_rating(writing->store, writing->arena, number, &score, &comment),
              "the rating is gone"))
        return;
    write_begin(out, "rating", '{');
    write_text(out, "score", score);
    write_text(out, "comment", comment);
    write_end(out, '}');
}

/* --- all of it -------------------------------------------------------------------------------------------
 */

static void write_changed(struct writing *writing, const char *changed)
{
    write_begin(writing->out, "changed", '[');
    for (changed += strspn(changed, " "); *changed; changed += strspn(changed, " ")) {
        size_t len = strcspn(changed, " ");
        write_text(writing->out, NULL, arena_strndup(writing->arena, changed, len));
        changed += len;
    }
    write_end(writing->out, ']');
}

const char *body_write(struct store *store, struct arena *arena, const struct hook_delivery *delivery,
                       struct buf *out, enum rc *rc)
{
    struct writing writing = {.store = store, .arena = arena, .out = out};
    write_begin(out, NULL, '{');
    write_number(out, "id", delivery->id);
    write_text(out, "type", delivery->kind);
    write_time(out, "at", delivery->created_at);
    write_changed(&writing, delivery->changed);
    if (delivery->ticket)
        write_ticket(&writing, delivery->ticket);
    if (delivery->message_id)
        write_message(&writing, delivery);
    if (strcmp(delivery->kind, "ticket.rated") == 0)
        write_rating(&writing, delivery->ticket);
    if (delivery->person_id)
        write_contact(&writing, delivery->person_id);
    write_end(out, '}');
    *rc = writing.rc;
    if (!writing.why && !buf_ok(out))
        writing.why = "it is too large to be told";
    return writing.why;
}
