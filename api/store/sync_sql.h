/*
 * sync_sql: the rows of statements.c that sync.h needs; internal to this room.
 */
#ifndef GUICHET_STORE_SYNC_SQL_H
#define GUICHET_STORE_SYNC_SQL_H

/* clang-format off */

/* Who was erased has such an address, which nobody else can have (RFC 2606). */
#define SYNC_NOT_ERASED(person) person ".email NOT LIKE '%@erased.invalid'"

#define SYNC_TOKEN \
    "SELECT id, name, source, scopes, created_at, expires_at, used_at, revoked_at FROM sync_token"

#define SYNC_STATEMENTS \
    SQL(SYNC_FIND, \
        "SELECT local, content = :content FROM external WHERE source = :source AND kind = :kind AND id = :id"), \
    SQL(SYNC_NOTE, \
        "INSERT INTO external (source, kind, id, local, content) VALUES (:source, :kind, :id, :local, :content)" \
        " ON CONFLICT (source, kind, id) DO UPDATE SET local = excluded.local, content = excluded.content"), \
    SQL(SYNC_IS_THERE, \
        "SELECT CASE :kind WHEN 'company' THEN EXISTS (SELECT 1 FROM company WHERE id = :local)" \
        " WHEN 'contact' THEN EXISTS (SELECT 1 FROM person WHERE id = :local AND " SYNC_NOT_ERASED("person") ")" \
        " WHEN 'ticket' THEN EXISTS (SELECT 1 FROM ticket JOIN person ON person.id = ticket.requester_id" \
        " WHERE ticket.number = :local AND " SYNC_NOT_ERASED("person") ")" \
        " ELSE EXISTS (SELECT 1 FROM message JOIN person ON person.id = message.author_id" \
        " JOIN thread ON thread.id = message.thread_id JOIN ticket ON ticket.number = thread.ticket" \
        " JOIN person AS requester ON requester.id = ticket.requester_id WHERE message.id = :local" \
        " AND " SYNC_NOT_ERASED("person") " AND " SYNC_NOT_ERASED("requester") ") END"), \
    SQL(SYNC_IS_STAFF, "SELECT 1 FROM person WHERE id = :person AND role <> 'contact'"), \
    SQL(SYNC_COMPANY_SET, "UPDATE company SET name = :name WHERE id = :id"), \
    SQL(SYNC_PERSON_ADD, \
        "INSERT INTO person (role, email, first_name, last_name, locale, company_id, properties, manager," \
        " created_at, disabled_at) VALUES (:role, :email, :first_name, :last_name, :locale, :company, :properties," \
        " :manager = 1, :now, iif(:role = 'contact', NULL, :now))"), \
    SQL(SYNC_PERSON_SET, \
        "UPDATE person SET email = :email, first_name = coalesce(nullif(:first_name, ''), first_name)," \
        " last_name = coalesce(nullif(:last_name, ''), last_name), locale = coalesce(:locale, locale)," \
        " company_id = coalesce(:company, company_id), manager = iif(:manager < 0, manager, :manager)," \
        " properties = json_patch(properties, :properties) WHERE id = :id"), \
    SQL(SYNC_TICKET_ADD, \
        "INSERT INTO ticket (subject, requester_id, company_id, owner_id, inbox, pipeline, stage, category, priority," \
        " source, properties, created_at, last_activity_at, closed_at, open)" \
        " SELECT :subject, id, company_id, :owner, :inbox, :pipeline, :stage, :category, :priority, :source, :properties," \
        " :now, :now, :closed_at, :closed_at IS NULL FROM person WHERE id = :person"), \
    SQL(SYNC_TICKET_SET, \
        "UPDATE ticket SET subject = :subject, owner_id = :owner, inbox = :inbox, pipeline = :pipeline, stage = :stage," \
        " category = :category, priority = :priority, properties = json_patch(properties, :properties)," \
        " closed_at = :closed_at, open = :closed_at IS NULL, closed_by = NULL, stage_before = NULL" \
        " WHERE number = :number"), \
    SQL(SYNC_PARTICIPANT, \
        "INSERT INTO participant (ticket, person_id, added_at) VALUES (:number, :person, :now) ON CONFLICT DO NOTHING"), \
    SQL(SYNC_THREAD, \
        "SELECT id FROM thread WHERE ticket = :number AND (:channel IS NULL OR channel = :channel) ORDER BY id LIMIT 1"), \
    SQL(SYNC_MESSAGE_SET, "UPDATE message SET body = :body, internal = :internal WHERE id = :id"), \
    SQL(SYNC_TOKEN_ADD, \
        "INSERT INTO sync_token (hash, name, source, scopes, created_at, expires_at)" \
        " VALUES (:hash, :name, :source, :scopes, :now, :expires_at)"), \
    SQL(SYNC_TOKEN_REVOKE, "UPDATE sync_token SET revoked_at = :now WHERE id = :id AND revoked_at IS NULL"), \
    SQL(SYNC_TOKEN_LIST, SYNC_TOKEN " ORDER BY id"), \
    SQL(SYNC_TOKEN_FIND, \
        SYNC_TOKEN " WHERE hash = :hash AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > :now)"), \
    SQL(SYNC_TOKEN_USED, "UPDATE sync_token SET used_at = :now WHERE id = :id")

/* clang-format on */

#endif
