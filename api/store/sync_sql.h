/*
 * sync_sql: the rows of statements.c that sync.h needs; internal to this room.
 */
#ifndef GUICHET_STORE_SYNC_SQL_H
#define GUICHET_STORE_SYNC_SQL_H

/* clang-format off */

/* Who was erased has such an address, which nobody else can have (RFC 2606). */
#define SYNC_NOT_ERASED(person) person ".email NOT LIKE '%@erased.invalid'"

/* What something is called in the system of this source. */
#define SYNC_ID_OF(kind, local) \
    "(SELECT external.id FROM external WHERE external.kind = '" kind "' AND external.local = " local \
    " AND external.source = :source LIMIT 1)"

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
    /* The number of the ticket, where it says something else now. */ \
    SQL(SEARCH_TICKET_ALTERS, "SELECT number FROM ticket WHERE number = :number AND subject IS NOT :subject"), \
    SQL(SEARCH_MESSAGE_ALTERS, \
        "SELECT thread.ticket FROM message JOIN thread ON thread.id = message.thread_id" \
        " WHERE message.id = :id AND (message.body, message.internal) IS NOT (:body, :internal)"), \
    SQL(SYNC_PARTICIPANT, \
        "INSERT INTO participant (ticket, person_id, added_at) VALUES (:number, :person, :now) ON CONFLICT DO NOTHING"), \
    SQL(SYNC_THREAD, \
        "SELECT id FROM thread WHERE ticket = :number AND (:channel IS NULL OR channel = :channel) ORDER BY id LIMIT 1"), \
    SQL(SYNC_MESSAGE_SET, "UPDATE message SET body = :body, internal = :internal WHERE id = :id"), \
    SQL(SYNC_READ_COMPANIES, \
        "SELECT company.id, " SYNC_ID_OF("company", "company.id") ", company.created_at, company.name FROM company" \
        " WHERE company.id > :after ORDER BY company.id LIMIT :limit"), \
    SQL(SYNC_READ_CONTACTS, \
        "SELECT person.id, " SYNC_ID_OF("contact", "person.id") ", person.created_at, person.email, person.first_name," \
        " person.last_name, person.locale, " SYNC_ID_OF("company", "company.id") ", company.name, person.manager," \
        " person.disabled_at IS NOT NULL, person.properties FROM person" \
        " LEFT JOIN company ON company.id = person.company_id WHERE person.id > :after AND person.role = 'contact'" \
        " AND " SYNC_NOT_ERASED("person") " ORDER BY person.id LIMIT :limit"), \
    SQL(SYNC_READ_TICKETS, \
        "SELECT ticket.number, " SYNC_ID_OF("ticket", "ticket.number") ", ticket.created_at, ticket.subject," \
        " requester.email, owner.email, " SYNC_ID_OF("company", "company.id") ", company.name, ticket.inbox," \
        " ticket.pipeline, ticket.stage, ticket.category, ticket.priority, ticket.source, ticket.properties," \
        " ticket.last_activity_at, ticket.closed_at FROM ticket" \
        " JOIN person AS requester ON requester.id = ticket.requester_id" \
        " LEFT JOIN company ON company.id = ticket.company_id LEFT JOIN person AS owner ON owner.id = ticket.owner_id" \
        " WHERE ticket.number > :after AND ticket.removed_at IS NULL AND " VISIBLE_TICKET \
        " ORDER BY ticket.number LIMIT :limit"), \
    SQL(SYNC_READ_MESSAGES, \
        "SELECT message.id, " SYNC_ID_OF("message", "message.id") ", message.created_at, ticket.number, author.email," \
        " message.body, thread.channel FROM message JOIN thread ON thread.id = message.thread_id" \
        " JOIN ticket ON ticket.number = thread.ticket JOIN person AS author ON author.id = message.author_id" \
        " WHERE message.id > :after AND message.internal = 0 AND message.removed_at IS NULL AND " VISIBLE_TICKET \
        " AND " VISIBLE_MESSAGE " ORDER BY message.id LIMIT :limit"), \
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
