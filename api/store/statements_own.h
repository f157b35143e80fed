/*
 * statements_own: the rows of the table in statements.c that read what is held about somebody (own.h);
 * included there, within the table, and nowhere else.
 */
#ifndef GUICHET_STORE_STATEMENTS_OWN_H
#define GUICHET_STORE_STATEMENTS_OWN_H

/* clang-format off */

    SQL(OWN_PERSON,
        "SELECT 1, json_object('email', email, 'first_name', first_name, 'last_name', last_name, 'language', locale,"
        " 'role', role, 'company', (SELECT company.name FROM company WHERE company.id = person.company_id),"
        " 'wanted_address', (SELECT address_change.email FROM address_change WHERE person_id = person.id),"
        " 'two_step_since', (SELECT " JSON_TIME("on_at") " FROM two_step WHERE person_id = person.id),"
        " 'mails', (SELECT json_object('replies', json(iif(replies, 'true', 'false')), 'copies', json(iif(copies, 'true', 'false')),"
        " 'shared', json(iif(shared, 'true', 'false')), 'received', json(iif(received, 'true', 'false')), 'minutes_together', together) FROM mail_choice"
        " WHERE person_id = person.id),"
        " 'properties', json(properties), 'created_at', " JSON_TIME("created_at") ")"
        " FROM person WHERE id = :person AND 1 > :after"),
    SQL(OWN_CONSENTS,
        "SELECT consent.id, json_object('given_at', " JSON_TIME("consent.given_at") ", 'withdrawn_at',"
        " (SELECT " JSON_TIME("at") " FROM consent_withdrawal WHERE consent_id = consent.id), 'text', consent_text.body)"
        " FROM consent JOIN consent_text ON consent_text.version = consent.version"
        " WHERE consent.person_id = :person AND consent.id > :after ORDER BY consent.id LIMIT 100"),
    SQL(OWN_SESSIONS,
        "SELECT place, json FROM (SELECT row_number() OVER (ORDER BY created_at, id) AS place, json_object('way', way,"
        " 'browser', agent, 'network', place, 'created_at', " JSON_TIME("created_at") ", 'last_used_at', "
        JSON_TIME("seen_at") ") AS json FROM session WHERE person_id = :person) WHERE place > :after ORDER BY place LIMIT 100"),
    SQL(OWN_IDENTITIES,
        "SELECT place, json FROM (SELECT row_number() OVER (ORDER BY issuer, subject) AS place, json_object('issuer',"
        " issuer, 'subject', subject, 'created_at', " JSON_TIME("created_at") ") AS json FROM identity"
        " WHERE person_id = :person) WHERE place > :after ORDER BY place LIMIT 100"),
    SQL(OWN_GROUPS,
        "SELECT place, json FROM (SELECT row_number() OVER (ORDER BY group_id, source) AS place, json_object('group',"
        " group_id, 'source', source, 'added_at', " JSON_TIME("added_at") ") AS json FROM access_member"
        " WHERE person_id = :person) WHERE place > :after ORDER BY place LIMIT 100"),
    SQL(OWN_RATINGS,
        "SELECT ticket, json_object('ticket', ticket, 'score', score, 'comment', comment, 'created_at', "
        JSON_TIME("created_at") ") FROM rating WHERE person_id = :person AND ticket > :after ORDER BY ticket LIMIT 100"),
    SQL(OWN_SHARED,
        "SELECT ticket, json_object('ticket', ticket, 'added_at', " JSON_TIME("added_at") ")"
        " FROM participant WHERE person_id = :person AND ticket > :after ORDER BY ticket LIMIT 100"),
    SQL(OWN_AUDIT,
        "SELECT id, json_object('at', " JSON_TIME("at") ", 'network', place, 'action', action, 'ticket', ticket, 'detail',"
        " detail) FROM audit"
        " WHERE person_id = :person AND id > :after ORDER BY id LIMIT 100"),
    SQL(OWN_TICKETS,
        "SELECT ticket.number FROM ticket WHERE ticket.requester_id = :person AND ticket.number > :after"
        " AND " VISIBLE_TICKET " ORDER BY ticket.number LIMIT :limit"),
    SQL(OWN_MESSAGES,
        "SELECT message.id, ticket.number FROM message JOIN thread ON thread.id = message.thread_id"
        " JOIN ticket ON ticket.number = thread.ticket WHERE message.author_id = :person AND message.id > :after"
        " AND message.internal = 0 AND ticket.requester_id <> :person AND " VISIBLE_TICKET " AND " VISIBLE_MESSAGE
        " ORDER BY message.id LIMIT :limit"),
    SQL(OWN_RECENT, "SELECT 1 FROM session WHERE id = :id AND person_id = :person AND created_at > :since"),

#endif
