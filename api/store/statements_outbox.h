/*
 * statements_outbox: the rows of the table in statements.c that owe mails and send them (outbox.h); included
 * there, within the table, and nowhere else.
 */
#ifndef GUICHET_STORE_STATEMENTS_OUTBOX_H
#define GUICHET_STORE_STATEMENTS_OUTBOX_H

/* clang-format off */

/* What a mail is written from. An internal note is in no mail. */
#define OUTBOX_MAIL \
    "SELECT outbox.id, outbox.kind, outbox.attempts, outbox.person_id," \
    " coalesce(outbox.address, person.email, sign_up.email)," \
    " iif(outbox.kind = 'erasure_done', '', trim(person.first_name || ' ' || person.last_name))," \
    " coalesce(person.locale, sign_up.locale), ticket.inbox, outbox.ticket," \
    " ticket.subject, outbox.message_id," \
    " author.first_name, author.last_name, author.role <> 'contact', author.email," \
    " coalesce(message.body, rating.comment), outbox.created_at, outbox.sign_up_id, rating.score, outbox.detail" \
    " FROM outbox LEFT JOIN person ON person.id = outbox.person_id" \
    " LEFT JOIN sign_up ON sign_up.id = outbox.sign_up_id" \
    " LEFT JOIN ticket ON ticket.number = outbox.ticket" \
    " LEFT JOIN message ON message.id = outbox.message_id AND message.internal = 0" \
    " LEFT JOIN rating ON rating.ticket = outbox.ticket AND outbox.kind = 'inbox_rated'" \
    " LEFT JOIN person AS author ON author.id = CASE outbox.kind WHEN 'inbox_closed' THEN ticket.closed_by" \
    " WHEN 'shared' THEN (SELECT added_by FROM participant WHERE participant.ticket = outbox.ticket" \
    " AND participant.person_id = outbox.person_id)" \
    " ELSE coalesce(message.author_id, rating.person_id) END"

    SQL(OUTBOX_ADD,
        "INSERT INTO outbox (kind, person_id, ticket, message_id, created_at, due_at)"
        " VALUES (:kind, :person, :number, :message, :now, " MAIL_DUE(":person", ":kind") ")"),
    /* Once: who is taken away and added again has been told. */
    SQL(OUTBOX_ADD_SHARED,
        "INSERT INTO outbox (kind, person_id, ticket, created_at, due_at)"
        " SELECT 'shared', :person, :number, :now, :now WHERE NOT EXISTS (SELECT 1 FROM outbox"
        " WHERE outbox.ticket = :number AND +outbox.person_id = :person AND outbox.kind = 'shared')"),
    SQL(OUTBOX_ADD_PARTICIPANTS,
        "INSERT INTO outbox (kind, person_id, ticket, message_id, created_at, due_at)"
        " SELECT 'copy', participant.person_id, :number, :message, :now, " MAIL_DUE("participant.person_id", "'copy'")
        " FROM participant"
        " WHERE participant.ticket = :number AND participant.person_id <> :person AND :shared_shows"),
    SQL(OUTBOX_DROP_PARTICIPANT,
        "DELETE FROM outbox WHERE ticket = :number AND +person_id = :person AND kind IN ('shared', 'copy')"
        " AND sent_at IS NULL"),
    SQL(OUTBOX_ADD_CLOSED,
        "INSERT INTO outbox (kind, ticket, created_at, due_at) VALUES ('inbox_closed', :number, :now, :due_at)"),
    SQL(OUTBOX_DROP_CLOSED,
        "DELETE FROM outbox WHERE ticket = :number AND kind = 'inbox_closed' AND sent_at IS NULL"),
    SQL(OUTBOX_ADD_RATED,
        "INSERT INTO outbox (kind, ticket, created_at, due_at) SELECT 'inbox_rated', :number, :now,"
        " min(:due_at, coalesce(min(due_at), :due_at)) FROM outbox"
        " WHERE ticket = :number AND kind = 'inbox_rated' AND sent_at IS NULL"),
    SQL(OUTBOX_DROP_RATED,
        "DELETE FROM outbox WHERE ticket = :number AND kind = 'inbox_rated' AND sent_at IS NULL AND id <"
        " (SELECT max(id) FROM outbox WHERE ticket = :number AND kind = 'inbox_rated' AND sent_at IS NULL)"),
    SQL(OUTBOX_ADD_RESET,
        "INSERT INTO outbox (kind, person_id, detail, created_at, due_at)"
        " SELECT 'reset', id, :detail, :now, :now FROM person WHERE id = :person"
        " ON CONFLICT (person_id) WHERE kind = 'reset' AND sent_at IS NULL DO NOTHING"),
    SQL(OUTBOX_ADD_LINK,
        "INSERT INTO outbox (kind, person_id, detail, created_at, due_at)"
        " SELECT 'sign_in_link', id, :detail, :now, :now FROM person WHERE id = :person"
        " ON CONFLICT (person_id) WHERE kind = 'sign_in_link' AND sent_at IS NULL DO NOTHING"),
    SQL(OUTBOX_ADD_TO,
        "INSERT INTO outbox (kind, person_id, address, detail, created_at, due_at)"
        " VALUES (:kind, :person, :address, :detail, :now, :now)"),
    SQL(OUTBOX_DROP_ADDRESS,
        "DELETE FROM outbox WHERE person_id = :person AND kind = 'address' AND sent_at IS NULL"),
    SQL(OUTBOX_ADD_INVITATION,
        "INSERT INTO outbox (kind, person_id, created_at, due_at) SELECT 'invitation', id, :now, :now FROM person"
        " WHERE id = :person AND disabled_at IS NULL AND NOT EXISTS (SELECT 1 FROM outbox AS owed"
        " WHERE owed.person_id = :person AND owed.kind = 'invitation' AND owed.sent_at IS NULL)"),
    SQL(OUTBOX_ADD_SIGN_UP,
        "INSERT INTO outbox (kind, sign_up_id, created_at, due_at) VALUES ('sign_up', :sign_up, :now, :now)"),
    SQL(OUTBOX_ADD_KNOWN,
        "INSERT INTO outbox (kind, person_id, created_at, due_at)"
        " SELECT 'sign_up_known', id, :now, :now FROM person WHERE id = :person"
        " ON CONFLICT (person_id) WHERE kind = 'sign_up_known' AND sent_at IS NULL DO NOTHING"),
    SQL(OUTBOX_NEXT,
        OUTBOX_MAIL " WHERE outbox.sent_at IS NULL AND outbox.due_at <= :now"
        " AND (person.disabled_at IS NULL OR outbox.kind = 'erasure_done')"
        " ORDER BY outbox.due_at, outbox.id LIMIT 1"),
    SQL(OUTBOX_TOGETHER,
        OUTBOX_MAIL " WHERE outbox.sent_at IS NULL AND +outbox.person_id = :person AND outbox.ticket = :number"
        " AND outbox.kind IN ('reply', 'copy') ORDER BY outbox.id LIMIT :most"),
    SQL(OUTBOX_SENT,
        "UPDATE outbox SET sent_at = :now, attempts = attempts + 1, last_error = NULL"
        " WHERE id = :id AND sent_at IS NULL"),
    SQL(OUTBOX_FAILED,
        "UPDATE outbox SET due_at = :next_at, attempts = attempts + 1, last_error = :why"
        " WHERE id = :id AND sent_at IS NULL"),

    SQL(OUTBOX_GIVEN_UP,
        "UPDATE outbox SET sent_at = :now, failed_at = :now, attempts = attempts + 1, last_error = :why"
        " WHERE id = :id AND sent_at IS NULL"),
    SQL(OUTBOX_DROPPED,
        "UPDATE outbox SET sent_at = :now, last_error = :why WHERE id = :id AND sent_at IS NULL"),
    SQL(OUTBOX_WENT_WITH,
        "UPDATE outbox SET sent_at = :now, went_with = :with, last_error = 'it went out as one with mail ' || :with"
        " WHERE id = :id AND sent_at IS NULL"),
    SQL(OUTBOX_BOUNCED,
        "UPDATE outbox SET failed_at = :now, last_error = :why"
        " WHERE id = :id AND sent_at IS NOT NULL AND failed_at IS NULL"),

#endif
