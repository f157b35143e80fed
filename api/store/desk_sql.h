/*
 * desk_sql: the statements of the desk alone, as statements.c takes them.
 */
#ifndef GUICHET_STORE_DESK_SQL_H
#define GUICHET_STORE_DESK_SQL_H

/* clang-format off */

/* Who was erased leaves a number behind, and nobody to look at. */
#define NOT_ERASED "person.email NOT LIKE '%@erased.invalid'"

/* TICKET_CHANGE sets one thing, named by :what; a stage also opens and closes. */
#define DESK_STATEMENTS \
    SQL(OUTBOX_LIST, \
        "SELECT outbox.id, outbox.kind, coalesce(outbox.address, person.email, sign_up.email), outbox.ticket," \
        " outbox.created_at, outbox.due_at, outbox.attempts, outbox.last_error, outbox.failed_at," \
        " person.disabled_at IS NOT NULL AND outbox.kind <> 'erasure_done', ticket.inbox" \
        " FROM outbox LEFT JOIN person ON person.id = outbox.person_id" \
        " LEFT JOIN sign_up ON sign_up.id = outbox.sign_up_id LEFT JOIN ticket ON ticket.number = outbox.ticket" \
        " WHERE outbox.id IN (SELECT owed.id FROM outbox AS owed WHERE owed.sent_at IS NULL AND :waiting" \
        " UNION ALL SELECT lost.id FROM outbox AS lost WHERE lost.failed_at IS NOT NULL AND :failed)" \
        " AND outbox.id > :after ORDER BY outbox.id LIMIT :limit"), \
    SQL(OUTBOX_COUNT, \
        "SELECT (SELECT count(*) FROM outbox WHERE sent_at IS NULL)," \
        " (SELECT count(*) FROM outbox WHERE failed_at IS NOT NULL)," \
        " (SELECT count(*) FROM inbound WHERE state = 'quarantined')"), \
    SQL(PROFILE_LIST, \
        "SELECT person.id, CASE person.role WHEN 'admin' THEN 2 WHEN 'agent' THEN 1 ELSE 0 END, person.email," \
        " person.first_name, person.last_name, person.company_id, company.name, person.created_at," \
        " person.disabled_at IS NOT NULL, (SELECT audit.at FROM audit WHERE audit.person_id = person.id" \
        " AND audit.action = 'session.begin' ORDER BY audit.at DESC LIMIT 1)" \
        " FROM person" PERSON_COMPANY " WHERE person.id < :before AND " NOT_ERASED \
        " AND (:of IS NULL OR person.company_id = :of) AND (:q IS NULL" \
        " OR instr(search_plain(person.first_name || ' ' || person.last_name), search_plain(:q))" \
        " OR instr(search_plain(person.email), search_plain(:q))" \
        " OR instr(search_plain(company.name), search_plain(:q)))" \
        " ORDER BY person.id DESC LIMIT :limit"), \
    SQL(COMPANY_LIST, \
        "SELECT found.id, found.name, found.created_at," \
        " (SELECT count(*) FROM person WHERE person.company_id = found.id)," \
        " (SELECT count(*) FROM ticket WHERE ticket.company_id = found.id AND ticket.open = 1 AND " VISIBLE_TICKET ")," \
        " (SELECT count(*) FROM ticket WHERE ticket.company_id = found.id AND ticket.open = 0 AND " VISIBLE_TICKET ")" \
        " FROM (SELECT company.id, company.name, company.created_at FROM company WHERE company.id < :before" \
        " AND (:of IS NULL OR company.id = :of)" \
        " AND (:q IS NULL OR instr(search_plain(company.name), search_plain(:q)))" \
        " ORDER BY company.id DESC LIMIT :limit) AS found ORDER BY found.id DESC"), \
    SQL(PROFILE_GET, \
        "SELECT " KNOWN_COLUMNS ", person.properties," \
        " EXISTS (SELECT 1 FROM two_step WHERE two_step.person_id = person.id AND two_step.on_at IS NOT NULL)," \
        " (SELECT count(*) FROM identity WHERE identity.person_id = person.id)," \
        " (SELECT count(*) FROM session WHERE session.person_id = person.id AND session.expires_at > :now)," \
        " (SELECT audit.at FROM audit WHERE audit.person_id = person.id AND audit.action = 'session.begin'" \
        " ORDER BY audit.at DESC LIMIT 1)," \
        " EXISTS (SELECT 1 FROM erasure WHERE erasure.person_id = person.id AND erasure.ended_at IS NULL)," \
        " (SELECT count(*) FROM ticket WHERE ticket.requester_id = person.id AND ticket.open = 1 AND " VISIBLE_TICKET ")," \
        " (SELECT count(*) FROM ticket WHERE ticket.requester_id = person.id AND ticket.open = 0 AND " VISIBLE_TICKET ")," \
        " consent.given_at, consent_withdrawal.at" \
        " FROM person" PERSON_COMPANY \
        " LEFT JOIN consent ON consent.id = (SELECT max(latest.id) FROM consent AS latest" \
        " WHERE latest.person_id = person.id)" \
        " LEFT JOIN consent_withdrawal ON consent_withdrawal.consent_id = consent.id" \
        " WHERE person.id = :who AND " NOT_ERASED), \
    /* What was dropped was not sent, and is nobody's news. */ \
    SQL(EVENT_LIST, \
        "WITH those (id) AS (SELECT person.id FROM person WHERE person.id = :who" \
        " UNION SELECT person.id FROM person WHERE person.company_id = :of)," \
        " happened (at, source, id, person_id, what, number, detail, place, failed) AS (" \
        "SELECT audit.at, 0, audit.id, audit.person_id, audit.action, audit.ticket, audit.detail, audit.place, 0" \
        " FROM those JOIN audit ON audit.person_id = those.id AND audit.at <= :at" \
        " UNION ALL SELECT outbox.sent_at, 1, outbox.id, outbox.person_id, outbox.kind, outbox.ticket, NULL, NULL," \
        " outbox.failed_at IS NOT NULL FROM those JOIN outbox ON outbox.person_id = those.id" \
        " AND outbox.sent_at <= :at AND (outbox.last_error IS NULL OR outbox.failed_at IS NOT NULL)" \
        " UNION ALL SELECT inbound.received_at, 2, inbound.id, inbound.person_id, inbound.state, inbound.ticket," \
        " NULL, NULL, 0 FROM those JOIN inbound ON inbound.person_id = those.id AND inbound.received_at <= :at)," \
        " page AS (SELECT * FROM happened WHERE (at, source, id) < (:at, :source, :id)" \
        " ORDER BY at DESC, source DESC, id DESC LIMIT :limit)" \
        " SELECT page.at, page.source, page.id, page.person_id, page.what, page.number, page.detail, page.place," \
        " page.failed, person.first_name, person.last_name, ticket.subject" \
        " FROM page JOIN person ON person.id = page.person_id" \
        " LEFT JOIN ticket ON ticket.number = page.number AND " VISIBLE_TICKET \
        " ORDER BY page.at DESC, page.source DESC, page.id DESC"), \
    SQL(OUTBOX_RESEND, \
        "UPDATE OR IGNORE outbox SET sent_at = NULL, failed_at = NULL, attempts = 0, due_at = :now" \
        " WHERE id = :id AND failed_at IS NOT NULL"), \
    SQL(OUTBOX_RESEND_WITH, \
        "UPDATE outbox SET sent_at = NULL, went_with = NULL, last_error = NULL, attempts = 0, due_at = :now" \
        " WHERE went_with = :id AND ticket = (SELECT ticket FROM outbox WHERE id = :id)"), \
    SQL(TICKET_LATEST, "SELECT max(message.id)" CONVERSATION CONVERSATION_RULE), \
    SQL(TICKET_WROTE_SINCE, \
        "SELECT message.id" CONVERSATION CONVERSATION_RULE " AND message.id > :seen AND message.author_id <> :person LIMIT 1"), \
    SQL(TICKET_VERSION, "SELECT ticket.version FROM ticket WHERE ticket.number = :number AND " VISIBLE_TICKET), \
    SQL(TICKET_CHANGE, \
        "UPDATE ticket SET owner_id = iif(:what = 'owner', :person_id, owner_id)," \
        " inbox = iif(:what = 'inbox', :value, inbox), category = iif(:what = 'category', :value, category)," \
        " priority = iif(:what = 'priority', :value, priority), stage = iif(:what = 'stage', :value, stage)," \
        " stage_before = iif(:what = 'stage', NULL, stage_before)," \
        " closed_at = iif(:what = 'stage', iif(:closed, coalesce(closed_at, :now), NULL), closed_at)," \
        " closed_by = iif(:what = 'stage', iif(:closed, coalesce(closed_by, :person), NULL), closed_by)," \
        " open = iif(:what = 'stage', NOT :closed, open)," \
        " properties = iif(:what = 'own', json_patch(properties, :value), properties)" \
        " WHERE number = :number AND version = :version"), \
    SQL(TEAM, \
        "SELECT id, first_name, last_name FROM person WHERE role <> 'contact' AND disabled_at IS NULL" \
        " ORDER BY first_name, last_name, id"),
/* clang-format on */

#endif
