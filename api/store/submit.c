#include "inside.h"
#include "submission.h"

static void make_ticket(struct conn *conn, const struct viewer *viewer, const struct new_ticket *ticket,
                        int64_t now, struct outcome *outcome)
{
    struct ticket_row row = {.ticket = ticket, .requester_id = viewer->person_id, .created_at = now};
    int64_t number = insert_ticket(conn, &row);
    int64_t thread = insert_thread(conn, number, ticket->source, now);
    int64_t message =
        insert_message(conn, number, thread, viewer->person_id, false, &ticket->message, viewer->rule, now);
    if (ticket->contact_properties)
        person_patch(conn, viewer->person_id, ticket->contact_properties);
    outbox_add(conn, OUTBOX_INBOX_TICKET, 0, number, message, now);
    if (!viewer->staff && !ticket->quiet)
        outbox_add(conn, OUTBOX_RECEIVED, viewer->person_id, number, message, now);
    audit_add(conn, now, viewer->person_id, "ticket.create", number, NULL);
    *outcome = (struct outcome){.number = number, .message_id = message};
}

enum rc ticket_create(struct store *store, const struct viewer *viewer, const struct new_ticket *ticket,
                      const struct submission *submission, int64_t now, int64_t *number, bool *repeated)
{
    struct outcome outcome = {0};
    struct conn *conn = db_write(store->db);
    enum rc rc = submission_find(conn, viewer->person_id, SUBMISSION_TICKET, submission, &outcome);
    if (rc == RC_NOT_FOUND) {
        make_ticket(conn, viewer, ticket, now, &outcome);
        submission_keep(conn, viewer->person_id, SUBMISSION_TICKET, submission, &outcome, now);
        rc = RC_OK;
    }
    rc = db_end(conn, rc);
    *number = outcome.number;
    *repeated = outcome.repeated;
    return rc;
}
