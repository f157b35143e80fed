#include "recipient.h"

#include "../store/access.h"
#include "../store/mail_choice.h"
#include "../store/ticket.h"
#include "../store/visible_rule.h"

#include <string.h>

static bool was_filed_by_mail(const struct ticket *ticket, int64_t person_id)
{
    return ticket->requester_id == person_id && ticket->source && strcmp(ticket->source, "email") == 0;
}

enum rc recipient_may_see(struct store *store, struct arena *arena, const struct snapshot *snapshot,
                          const struct outbox_mail *mail, int64_t now)
{
    struct person person;
    struct viewer viewer;
    struct ticket ticket;
    struct message message;
    if (mail->person_id == 0 || mail->number == 0)
        return RC_OK;
    enum rc rc = person_by_id(store, arena, mail->person_id, &person);
    if (rc == RC_OK)
        rc = visible_viewer(store, snapshot->rule, &person, now, &viewer);
    if (rc == RC_OK)
        rc = ticket_get(store, arena, &viewer, mail->number, &ticket);
    if (rc == RC_OK && !person_may_enter(&person, snapshot->portal) && !was_filed_by_mail(&ticket, person.id))
        return RC_NOT_FOUND;
    if (rc != RC_OK || !mail->message_id)
        return rc;
    return ticket_message(store, arena, &viewer, mail->number, mail->message_id, &message);
}

enum rc recipient_wants(struct store *store, const struct outbox_mail *mail)
{
    struct mail_choice choice;
    enum mail_matter matter = mail_matter_of(mail->kind);
    if (mail->person_id == 0 || matter == MAIL_MATTERS)
        return RC_OK;
    enum rc rc = mail_choice_read(store, mail->person_id, &choice);
    return rc == RC_OK && !choice.told[matter] ? RC_NOT_FOUND : rc;
}
