/*
 * statements_erase: the rows of the table in statements.c that erasures need; included there, within the
 * table, and nowhere else.
 */
#ifndef GUICHET_STORE_STATEMENTS_ERASE_H
#define GUICHET_STORE_STATEMENTS_ERASE_H

/* clang-format off */

#define ERASURE                                                                                                     \
    "SELECT erasure.id, erasure.person_id, person.email, person.first_name, person.last_name, company.name,"         \
    " erasure.asked_at, erasure.due_at, erasure.approved_at, approver.first_name, approver.last_name,"               \
    " erasure.begun_at, erasure.ended_at, erasure.outcome, erasure.reason"                                           \
    " FROM erasure JOIN person ON person.id = erasure.person_id" PERSON_COMPANY                                      \
    " LEFT JOIN person AS approver ON approver.id = erasure.approved_by"

    /* Customers only: who is of the team is made a customer first, by somebody else. Whom nothing is known of
     * any more cannot ask. */
    SQL(ERASURE_ASK,
        "INSERT INTO erasure (person_id, asked_at, due_at) SELECT person.id, :now, :due FROM person"
        " WHERE person.id = :person AND person.role = 'contact' AND NOT EXISTS (SELECT 1 FROM erasure AS other"
        " WHERE other.person_id = :person AND (other.ended_at IS NULL OR other.outcome = 'done'))"),
    SQL(ERASURE_LAST, ERASURE " WHERE erasure.person_id = :person ORDER BY erasure.id DESC LIMIT 1"),
    SQL(ERASURE_LIST, ERASURE " WHERE erasure.ended_at IS NULL AND erasure.id > :after ORDER BY erasure.id LIMIT :limit"),
    SQL(ERASURE_GET, ERASURE " WHERE erasure.id = :id"),
    SQL(ERASURE_APPROVE,
        "UPDATE erasure SET approved_at = :now, approved_by = :by"
        " WHERE id = :id AND ended_at IS NULL AND approved_at IS NULL"),
    SQL(ERASURE_END,
        "UPDATE erasure SET ended_at = :now, outcome = :outcome, reason = :reason"
        " WHERE id = :id AND ended_at IS NULL AND (begun_at IS NULL OR :outcome = 'done')"),
    SQL(ERASURE_DUE,
        "SELECT erasure.id, erasure.person_id, erasure.begun_at IS NOT NULL FROM erasure"
        " JOIN person ON person.id = erasure.person_id WHERE erasure.ended_at IS NULL AND erasure.id > :after"
        " AND erasure.approved_at IS NOT NULL AND erasure.due_at <= :now AND person.role = 'contact'"
        " ORDER BY erasure.id LIMIT 1"),
    SQL(ERASURE_BEGIN,
        "UPDATE erasure SET begun_at = :now WHERE id = :id AND ended_at IS NULL AND begun_at IS NULL"
        " AND approved_at IS NOT NULL AND due_at <= :now"),
    SQL(ERASE_TOKENS, "DELETE FROM token WHERE person_id = :person"),
    SQL(ERASE_DEVICES, "DELETE FROM device WHERE person_id = :person"),
    SQL(ERASE_TWO_STEP, "DELETE FROM two_step WHERE person_id = :person"),
    SQL(ERASE_GROUPS, "DELETE FROM access_member WHERE person_id = :person"),
    SQL(ERASE_IDENTITIES, "DELETE FROM identity WHERE person_id = :person"),
    SQL(ERASE_SUBMISSIONS, "DELETE FROM submission WHERE person_id = :person"),
    SQL(ERASE_RATINGS, "DELETE FROM rating WHERE person_id = :person"),
    SQL(ERASE_MAIL_CHOICE, "DELETE FROM mail_choice WHERE person_id = :person"),
    SQL(ERASE_SHARED, "DELETE FROM participant WHERE person_id = :person"),
    SQL(ERASE_SHARED_BY, "UPDATE participant SET added_by = NULL WHERE added_by = :person"),
    SQL(ERASE_SIGN_UPS,
        "DELETE FROM sign_up WHERE email IN (SELECT person.email FROM person WHERE person.id = :person"
        " UNION ALL SELECT address_change.email FROM address_change WHERE address_change.person_id = :person)"),
    /* What they are called elsewhere keeps them from coming back, unless it is an address. */
    SQL(ERASE_EXTERNAL, "DELETE FROM external WHERE kind = 'contact' AND local = :person AND id LIKE '%@%'"),
    SQL(ERASE_INBOUND,
        "DELETE FROM inbound WHERE person_id = :person"
        " OR lower(sender) = (SELECT lower(person.email) FROM person WHERE person.id = :person)"),
    /* Answers repeat the subject that they answer. */
    SQL(ERASE_INBOUND_ABOUT,
        "UPDATE inbound SET subject = '' WHERE ticket IN (SELECT ticket.number FROM ticket"
        " WHERE ticket.requester_id = :person)"),
    SQL(ERASE_MAIL_OF,
        "DELETE FROM outbox WHERE (sent_at IS NULL OR failed_at IS NOT NULL)"
        " AND message_id IN (SELECT message.id FROM message WHERE message.author_id = :person)"),
    SQL(ERASE_MAIL, "DELETE FROM outbox WHERE person_id = :person"),
    SQL(ERASE_REASONS, "UPDATE erasure SET reason = NULL WHERE person_id = :person"),
    /* What programs elsewhere answer may repeat what they were told. */
    SQL(ERASE_HOOK_ANSWERS,
        "UPDATE hook_delivery SET answer = NULL, why = iif(why IS NULL, NULL, 'erased') WHERE person_id = :person"
        " OR ticket IN (SELECT ticket.number FROM ticket WHERE ticket.requester_id = :person"
        " UNION SELECT participant.ticket FROM participant WHERE participant.person_id = :person"
        " UNION SELECT rating.ticket FROM rating WHERE rating.person_id = :person"
        " UNION SELECT thread.ticket FROM message JOIN thread ON thread.id = message.thread_id"
        " WHERE message.author_id = :person)"),
    /* The language goes last: one more mail is written in it. */
    SQL(ERASE_PERSON,
        "UPDATE person SET email = 'erased-' || id || '@erased.invalid', first_name = :name, last_name = '',"
        " company_id = NULL, password = NULL, manager = 0, properties = '{}',"
        " disabled_at = coalesce(disabled_at, :now) WHERE id = :person"),
    SQL(ERASE_LANGUAGE, "UPDATE person SET locale = :locale WHERE id = :person"),
    SQL(ERASE_ADDRESS,
        "SELECT coalesce((SELECT outbox.address FROM outbox WHERE outbox.person_id = :person"
        " AND outbox.kind = 'erasure_done'), person.email) FROM person WHERE person.id = :person"),
    /* In doubt it is: of tickets that they had a part in, all mail. */
    SQL(ERASE_MAIL_IS_THEIRS,
        "SELECT 1 FROM outbox LEFT JOIN ticket ON ticket.number = outbox.ticket"
        " LEFT JOIN sign_up ON sign_up.id = outbox.sign_up_id WHERE outbox.id = :id"
        " AND (outbox.person_id = :person OR ticket.requester_id = :person OR ticket.closed_by = :person"
        " OR sign_up.email = :email"
        " OR EXISTS (SELECT 1 FROM participant WHERE participant.ticket = outbox.ticket"
        " AND :person IN (participant.person_id, participant.added_by))"
        " OR EXISTS (SELECT 1 FROM rating WHERE rating.ticket = outbox.ticket AND rating.person_id = :person)"
        " OR EXISTS (SELECT 1 FROM thread JOIN message ON message.thread_id = thread.id"
        " WHERE thread.ticket = outbox.ticket AND message.author_id = :person))"),
    /* What they asked for, and what they wrote anywhere. */
    SQL(ERASE_EXTENT,
        "SELECT (SELECT count(*) FROM ticket WHERE ticket.requester_id = erasure.person_id),"
        " (SELECT count(*) FROM message WHERE message.author_id = erasure.person_id),"
        " (SELECT count(*) FROM message JOIN file ON file.message_id = message.id"
        " WHERE message.author_id = erasure.person_id)"
        " FROM erasure WHERE erasure.id = :id AND erasure.ended_at IS NULL"),
    SQL(ERASE_MAIL_IS_OWED, "SELECT 1 FROM outbox WHERE person_id = :person AND sent_at IS NULL"),
    SQL(ERASE_NEXT_TICKET,
        "SELECT ticket.number FROM ticket WHERE ticket.requester_id = :person AND ticket.removed_at IS NULL"
        " UNION ALL SELECT thread.ticket FROM message JOIN thread ON thread.id = message.thread_id"
        " WHERE message.author_id = :person AND message.removed_at IS NULL"
        " UNION ALL SELECT later.number FROM ticket AS later JOIN ticket AS earlier ON earlier.number = later.follows"
        " WHERE later.follows IS NOT NULL AND later.removed_at IS NULL AND earlier.removed_at IS NOT NULL LIMIT 1"),
    /* It was between them and the team, and nobody else has a part in it. */
    SQL(ERASE_TICKET_STATE,
        "SELECT ticket.requester_id = :person"
        " AND NOT EXISTS (SELECT 1 FROM participant WHERE participant.ticket = :number)"
        " AND NOT EXISTS (SELECT 1 FROM thread JOIN message ON message.thread_id = thread.id"
        " JOIN person AS author ON author.id = message.author_id WHERE thread.ticket = :number"
        " AND author.id <> :person AND author.role = 'contact')"
        " AND NOT EXISTS (SELECT 1 FROM person AS colleague WHERE colleague.company_id = ticket.company_id"
        " AND colleague.id <> :person)"
        " FROM ticket WHERE ticket.number = :number"),
    SQL(ERASE_MESSAGES,
        "UPDATE message SET body = :text, removed_at = :now, mail_id = NULL"
        " WHERE removed_at IS NULL AND (:all OR author_id = :person)"
        " AND thread_id IN (SELECT thread.id FROM thread WHERE thread.ticket = :number)"),
    SQL(ERASE_FILES,
        "DELETE FROM file WHERE message_id IN (SELECT message.id FROM thread"
        " JOIN message ON message.thread_id = thread.id WHERE thread.ticket = :number"
        " AND (:all OR message.author_id = :person)) RETURNING id"),
    /* What follows it had its subject and properties from it. */
    SQL(ERASE_TICKET,
        "UPDATE ticket SET subject = :text, properties = '{}', removed_at = :now"
        " WHERE number = :number AND (requester_id = :person OR EXISTS (SELECT 1 FROM ticket AS earlier"
        " WHERE earlier.number = ticket.follows AND earlier.removed_at IS NOT NULL))"),

#endif
