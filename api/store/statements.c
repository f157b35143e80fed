#include "statements.h"

#include "desk_sql.h"
#include "hook_sql.h"
#include "inbound_sql.h"
#include "mail_choice_sql.h"
#include "mail_thread_sql.h"
#include "saved_reply_sql.h"
#include "sync_sql.h"
#include "visible.h"

/* clang-format off */

/* The version that somebody agreed to last; NULL: none, or it was withdrawn. */
#define CONSENT_OF(person)                                                                                           \
    "(SELECT iif(consent_withdrawal.at IS NULL, consent.version, NULL) FROM consent"                                 \
    " LEFT JOIN consent_withdrawal ON consent_withdrawal.consent_id = consent.id"                                    \
    " WHERE consent.person_id = " person " ORDER BY consent.id DESC LIMIT 1)"
#define PERSON_COLUMNS                                                                                              \
    "person.id, person.role, person.email, person.first_name, person.last_name, person.locale,"                     \
    " person.company_id, company.name,"                                                                              \
    " (SELECT ' ' || group_concat(access_member.group_id, ' ') || ' ' FROM access_member"                             \
    " WHERE access_member.person_id = person.id), " CONSENT_OF("person.id")
#define KNOWN_COLUMNS                                                                                               \
    PERSON_COLUMNS ", person.manager, person.disabled_at, person.password IS NOT NULL, person.created_at"
/* Who was erased or disabled while what they send was on its way writes nothing more. */
#define WRITER_IS_THERE                                                                                              \
    " AND EXISTS (SELECT 1 FROM person AS writer WHERE writer.id = :person AND writer.disabled_at IS NULL)"

#define PERSON_COMPANY " LEFT JOIN company ON company.id = person.company_id"

#define TICKET_COLUMNS                                                                                              \
    "ticket.number, ticket.subject, ticket.requester_id, requester.first_name, requester.last_name,"                \
    " company.name, owner.first_name, ticket.inbox, ticket.pipeline, ticket.stage, ticket.category,"                \
    " ticket.priority, ticket.created_at, ticket.last_activity_at, ticket.closed_at, ticket.source,"                \
    " ticket.properties, owner.last_name, ticket.owner_id, ticket.version"
#define TICKET_PEOPLE                                                                                               \
    " JOIN person AS requester ON requester.id = ticket.requester_id"                                               \
    " LEFT JOIN company ON company.id = ticket.company_id"                                                          \
    " LEFT JOIN person AS owner ON owner.id = ticket.owner_id"

/* May the viewer of a ticket say who else sees it? */
#define MAY_SHARE                                                                                                   \
    ":shared_shows AND (:staff OR ticket.requester_id = :person"                                                    \
    " OR ticket.company_id = (SELECT company_id FROM person WHERE id = :person))"

/*
 * A list: arms that each walk one index backwards, merged without doubles until the page is full; then the
 * rows themselves. INDEXED BY makes it an error, not a slow day, should an index no longer fit.
 */
#define ARM(index, rule, open) ARM_OF_ANY(index, rule " AND " VISIBLE_SHOWS, open)
#define ARM_OF_ANY(index, rule, open)                                                                                      \
    "SELECT ticket.last_activity_at, ticket.number FROM ticket INDEXED BY " index                                   \
    " WHERE " rule " AND ticket.open = " open                                                                       \
    " AND (ticket.last_activity_at, ticket.number) < (:after_activity, :after_number)"
#define UNION " UNION "
#define LIST(arms)                                                                                                  \
    "WITH page (at, number) AS (" arms " ORDER BY 1 DESC, 2 DESC LIMIT :limit)"                                     \
    " SELECT " TICKET_COLUMNS " FROM page CROSS JOIN ticket ON ticket.number = page.number" TICKET_PEOPLE           \
    " WHERE " VISIBLE_TICKET " ORDER BY page.at DESC, page.number DESC"

#define ARM_OWN(open) ARM("ticket_by_requester", VISIBLE_OWN, open)
#define ARM_COMPANY(open) ARM("ticket_by_company", VISIBLE_COMPANY, open)
/* Those that were shared with somebody are few: the arm reads and sorts them all. */
#define ARM_SHARED(open)                                                                                            \
    "SELECT ticket.last_activity_at, ticket.number FROM " VISIBLE_SHARED_TICKETS                                    \
    " WHERE " VISIBLE_PARTICIPANT " AND " VISIBLE_SHOWS " AND ticket.open = " open                                  \
    " AND (ticket.last_activity_at, ticket.number) < (:after_activity, :after_number)"
#define ARM_OWNER(open) ARM_OF_ANY("ticket_by_owner", "ticket.owner_id = :person", open)
#define ARM_STAFF(open) ARM_OF_ANY("ticket_by_activity", VISIBLE_STAFF, open)

#define TALLY(index, rule, open) TALLY_OF_ANY(index, rule " AND " VISIBLE_SHOWS, open)
#define TALLY_OF_ANY(index, rule, open)                                                                                    \
    "(SELECT count(*) FROM ticket INDEXED BY " index " WHERE " rule " AND ticket.open = " open ")"
#define TALLY_COMPANY(open)                                                                                         \
    TALLY("ticket_by_company", VISIBLE_COMPANY, open) " + "                                                         \
    TALLY("ticket_by_requester", VISIBLE_OWN " AND ticket.company_id IS NOT :company", open)

#define TALLY_SHARED(open, besides)                                                                                 \
    "(SELECT count(*) FROM " VISIBLE_SHARED_TICKETS                                                                 \
    " WHERE " VISIBLE_PARTICIPANT " AND " VISIBLE_SHOWS " AND ticket.open = " open besides ")"
#define NOT_OWN " AND ticket.requester_id <> :person"
#define NOT_COMPANY " AND ticket.company_id IS NOT :company"

/* A conversation's messages, from the ticket down, so that the rule is asked of both. */
#define CONVERSATION                                                                                                \
    " FROM ticket JOIN thread ON thread.ticket = ticket.number JOIN message ON message.thread_id = thread.id"
#define CONVERSATION_RULE " WHERE ticket.number = :number AND " VISIBLE_TICKET " AND " VISIBLE_MESSAGE
#define ONE_OR_ALL " AND (:message IS NULL OR message.id = :message)"
/* Before what the viewer may not see there is nothing: else one could ask where the internal notes stand. */
#define BEFORE                                                                                                      \
    " AND (:before IS NULL OR (message.created_at, message.id) < (SELECT message.created_at, message.id"            \
    " FROM message JOIN thread ON thread.id = message.thread_id"                                                    \
    " WHERE message.id = :before AND thread.ticket = :number AND " VISIBLE_MESSAGE "))"

#define AUDIT(besides)                                                                                              \
    "SELECT audit.id, audit.at, audit.person_id, person.email, person.first_name, person.last_name, person.role,"    \
    " audit.actor, audit.place, audit.action, audit.ticket, audit.detail"                                            \
    " FROM audit LEFT JOIN person ON person.id = audit.person_id"                                                    \
    " WHERE (audit.at, audit.id) < (:at, :after) AND audit.at >= :from" besides                                      \
    " AND (:action IS NULL OR substr(audit.action, 1, length(:action)) = :action)"                                   \
    " ORDER BY audit.at DESC, audit.id DESC LIMIT :limit"
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

#define FILE_COLUMNS "file.id, file.name, file.type, file.size, file.message_id"

/* Milliseconds as the API writes moments. */
#define JSON_TIME(column) "strftime('%Y-%m-%dT%H:%M:%fZ', " column " / 1000.0, 'unixepoch')"

#define SQL(id, text) [SQL_##id] = {#id, text}

const struct statement_text statements[SQL_COUNT] = {
    SQL(BEGIN, "BEGIN IMMEDIATE"),
    SQL(COMMIT, "COMMIT"),
    SQL(ROLLBACK, "ROLLBACK"),
    SQL(SAVEPOINT, "SAVEPOINT turn"),
    SQL(RELEASE, "RELEASE turn"),
    SQL(UNDO, "ROLLBACK TO turn"),
    SQL(HOLD, "BEGIN"),
    SQL(PING, "SELECT count(*) FROM (SELECT 1 FROM person LIMIT 1)"),

    SQL(COMPANY_ADD, "INSERT INTO company (name, created_at) VALUES (:name, :now)"),
    SQL(PERSON_ADD,
        "INSERT INTO person (role, email, first_name, last_name, locale, company_id, password, properties,"
        " manager, created_at)"
        " VALUES (:role, :email, :first_name, :last_name, :locale, :company, :password, coalesce(:properties, '{}'),"
        " :manager, :now)"),
    SQL(PERSON_PROPERTIES, "SELECT properties FROM person WHERE id = :person"),
    SQL(PERSON_PATCH, "UPDATE person SET properties = json_patch(properties, :properties) WHERE id = :person"),
    SQL(PERSON_BY_EMAIL,
        "SELECT " PERSON_COLUMNS ", person.password FROM person" PERSON_COMPANY
        " WHERE person.email = :email AND person.disabled_at IS NULL"),
    SQL(PERSON_BY_ID,
        "SELECT " PERSON_COLUMNS " FROM person" PERSON_COMPANY
        " WHERE person.id = :person AND person.disabled_at IS NULL"),
    SQL(PERSON_PASSWORD,
        "UPDATE person SET password = :password WHERE id = :person AND disabled_at IS NULL"),
    SQL(PERSON_REHASH, "UPDATE person SET password = :password WHERE id = :person AND password = :old"),
    SQL(PERSON_IS_KNOWN, "SELECT id FROM person WHERE email = :email"),
    SQL(PEOPLE_FIND,
        "SELECT " KNOWN_COLUMNS " FROM person" PERSON_COMPANY " WHERE person.email = :email"),
    SQL(PEOPLE_LIST,
        "SELECT " KNOWN_COLUMNS " FROM person" PERSON_COMPANY
        " WHERE (:role IS NULL OR person.role = :role) AND (:disabled = 0 OR person.disabled_at IS NOT NULL)"
        " AND (:group IS NULL OR EXISTS (SELECT 1 FROM access_member AS its WHERE its.person_id = person.id"
        " AND its.group_id = :group)) ORDER BY person.email"),
    SQL(PERSON_CHANGE,
        "UPDATE person SET email = coalesce(:email, email), first_name = coalesce(:first_name, first_name),"
        " last_name = coalesce(:last_name, last_name), role = coalesce(:role, role),"
        " locale = coalesce(:locale, locale), company_id = iif(:set_company, :company, company_id),"
        " manager = coalesce(:manager = 'yes', manager) WHERE id = :person"),
    SQL(PERSON_DISABLE,
        "UPDATE person SET disabled_at = :at WHERE id = :person AND (disabled_at IS NULL) = (:at IS NOT NULL)"),
    SQL(COMPANY_BY_NAME, "SELECT id FROM company WHERE name = :name ORDER BY id LIMIT 1"),
    SQL(PERSON_IS_THERE, "SELECT 1 FROM person WHERE id = :person"),

    SQL(ACCESS_ADD,
        "INSERT INTO access_member (person_id, group_id, source, added_at) VALUES (:person, :group, :source, :now)"
        " ON CONFLICT DO NOTHING"),
    SQL(ACCESS_REMOVE,
        "DELETE FROM access_member WHERE person_id = :person AND group_id = :group AND source = :source"),
    SQL(ACCESS_REMOVE_ALL, "DELETE FROM access_member WHERE person_id = :person AND group_id = :group"),
    SQL(ACCESS_OF_SOURCE, "SELECT group_id FROM access_member WHERE person_id = :person AND source = :source"),

    SQL(IDENTITY_FIND,
        "SELECT person.id, person.role, person.disabled_at IS NOT NULL, 1 FROM identity"
        " JOIN person ON person.id = identity.person_id WHERE identity.issuer = :issuer AND identity.subject = :subject"),
    SQL(IDENTITY_BY_EMAIL,
        "SELECT id, role, disabled_at IS NOT NULL, EXISTS (SELECT 1 FROM identity WHERE identity.person_id = person.id)"
        " FROM person WHERE email = :email"),
    SQL(IDENTITY_ADD,
        "INSERT INTO identity (issuer, subject, person_id, created_at) VALUES (:issuer, :subject, :person, :now)"),

    SQL(SESSION_ADD,
        "INSERT INTO session (hash, id, person_id, created_at, seen_at, expires_at, way, agent, place, remembered,"
        " provider)"
        " SELECT :hash, :id, id, :now, :now, :expires_at, :way, :agent, :place, :remembered, :provider FROM person WHERE id = :person AND disabled_at IS NULL"),
    SQL(SESSION_FIND,
        "SELECT " PERSON_COLUMNS ", session.seen_at, session.expires_at, session.remembered, session.id, session.way,"
        " session.provider, session.viewing_id, session.viewing_until"
        " FROM session JOIN person ON person.id = session.person_id" PERSON_COMPANY
        " WHERE session.hash = :hash AND person.disabled_at IS NULL"),
    SQL(SESSION_SEEN, "UPDATE session SET seen_at = :now WHERE hash = :hash AND seen_at < :now"),
    SQL(SESSION_END, "DELETE FROM session WHERE hash = :hash RETURNING person_id, viewing_id"),
    SQL(SESSION_END_ALL, "DELETE FROM session WHERE person_id = :person"),
    SQL(SESSION_SWEEP, 
        "DELETE FROM session WHERE expires_at <= :now OR seen_at < iif(remembered, :remembered_since, :idle_since)"),

    SQL(VIEWING_BEGIN,
        "UPDATE session SET viewing_id = :person, viewing_until = :until WHERE hash = :hash AND viewing_id IS NULL"
        " AND EXISTS (SELECT 1 FROM person WHERE person.id = :person AND person.role = 'contact'"
        " AND person.disabled_at IS NULL)"),
    SQL(VIEWING_OF, "SELECT person_id, viewing_id FROM session WHERE hash = :hash AND viewing_id IS NOT NULL"),
    SQL(VIEWING_END, "UPDATE session SET viewing_id = NULL, viewing_until = NULL WHERE hash = :hash"),

    SQL(ACCOUNT_SESSIONS,
        "SELECT id, way, agent, place, remembered, created_at, seen_at FROM session"
        " WHERE person_id = :person AND expires_at > :now"
        " AND seen_at >= iif(remembered, :remembered_since, :idle_since)"
        " ORDER BY seen_at DESC, created_at DESC LIMIT :limit"),
    SQL(ACCOUNT_END_SESSION, "DELETE FROM session WHERE id = :id AND person_id = :person"),
    SQL(ACCOUNT_READ,
        "SELECT person.password IS NOT NULL, (SELECT address_change.email FROM address_change"
        " WHERE address_change.person_id = person.id AND address_change.created_at > :since)"
        " FROM person WHERE person.id = :person"),
    SQL(ACCOUNT_DETAILS,
        "UPDATE person SET first_name = :first_name, last_name = :last_name, locale = :locale WHERE id = :person"),
    SQL(ACCOUNT_HAS_PASSWORD, "SELECT 1 FROM person WHERE id = :person AND password = :password"),
    SQL(DEVICE_COUNT, "SELECT count(*), total(hash = :hash) FROM device WHERE person_id = :person"),
    SQL(DEVICE_SEEN,
        "INSERT INTO device (person_id, hash, seen_at) VALUES (:person, :hash, :now)"
        " ON CONFLICT (person_id, hash) DO UPDATE SET seen_at = excluded.seen_at"),
    SQL(DEVICE_SWEEP, "DELETE FROM device WHERE seen_at < :before"),
    SQL(ADDRESS_WANT,
        "INSERT INTO address_change (person_id, email, created_at) VALUES (:person, :email, :now)"
        " ON CONFLICT (person_id) DO UPDATE SET email = excluded.email, created_at = excluded.created_at"),
    SQL(ADDRESS_WANTED, "SELECT email FROM address_change WHERE person_id = :person"),
    SQL(ADDRESS_MOVE, "UPDATE person SET email = :email WHERE id = :person"),
    SQL(ADDRESS_FORGET, "DELETE FROM address_change WHERE person_id = :person"),

    SQL(TWO_STEP_READ,
        "SELECT secret, begun_at, on_at, last_step, (SELECT count(*) FROM recovery_code"
        " WHERE recovery_code.person_id = two_step.person_id AND recovery_code.used_at IS NULL)"
        " FROM two_step WHERE person_id = :person"),
    SQL(TWO_STEP_IS_ON, "SELECT 1 FROM two_step WHERE person_id = :person AND on_at IS NOT NULL"),
    SQL(TWO_STEP_BEGIN,
        "INSERT INTO two_step (person_id, secret, begun_at) VALUES (:person, :secret, :now)"
        " ON CONFLICT (person_id) DO UPDATE SET secret = excluded.secret, begun_at = excluded.begun_at, last_step = 0"
        " WHERE on_at IS NULL"),
    SQL(TWO_STEP_ON,
        "UPDATE two_step SET on_at = :now, last_step = :step"
        " WHERE person_id = :person AND on_at IS NULL AND begun_at > :since"),
    SQL(TWO_STEP_OFF, "DELETE FROM two_step WHERE person_id = :person AND on_at IS NOT NULL"),
    SQL(TWO_STEP_USE,
        "UPDATE two_step SET last_step = :step WHERE person_id = :person AND on_at IS NOT NULL AND last_step < :step"),
    SQL(RECOVERY_ADD, "INSERT INTO recovery_code (hash, person_id) VALUES (:hash, :person)"),
    SQL(RECOVERY_DROP, "DELETE FROM recovery_code WHERE person_id = :person"),
    SQL(RECOVERY_USE,
        "UPDATE recovery_code SET used_at = :now WHERE hash = :hash AND person_id = :person AND used_at IS NULL"),
    SQL(HALF_ADD,
        "INSERT INTO half_sign_in (hash, person_id, way, remembered, expires_at)"
        " VALUES (:hash, :person, :way, :remembered, :expires_at)"),
    SQL(HALF_TRY,
        "UPDATE half_sign_in SET tries = tries + 1 WHERE hash = :hash AND expires_at > :now AND tries < :tries"
        " RETURNING person_id, way, remembered"),
    SQL(HALF_END, "DELETE FROM half_sign_in WHERE hash = :hash"),
    SQL(HALF_END_ALL, "DELETE FROM half_sign_in WHERE person_id = :person"),
    SQL(HALF_SWEEP, "DELETE FROM half_sign_in WHERE expires_at <= :now"),

#include "statements_erase.h"
#include "statements_own.h"

    SQL(TOKEN_ADD,
        "INSERT INTO token (hash, person_id, purpose, created_at, expires_at)"
        " SELECT :hash, id, :purpose, :now, :expires_at FROM person WHERE id = :person AND disabled_at IS NULL"),
    SQL(TOKEN_FIND,
        "SELECT token.person_id, token.used_at, token.expires_at FROM token JOIN person ON person.id = token.person_id"
        " WHERE token.hash = :hash AND person.disabled_at IS NULL"
        " AND (token.purpose = :purpose OR (:purpose = 'reset' AND token.purpose = 'invitation'))"),
    SQL(TOKEN_USE, "UPDATE token SET used_at = :now WHERE hash = :hash AND used_at IS NULL"),
    SQL(TOKEN_EXPIRE_ALL,
        "UPDATE token SET expires_at = :now"
        " WHERE person_id = :person AND purpose = :purpose AND used_at IS NULL AND expires_at > :now"),
    SQL(TOKEN_EXPIRE_PERSON,
        "UPDATE token SET expires_at = :now WHERE person_id = :person AND used_at IS NULL AND expires_at > :now"),
    SQL(TOKEN_SWEEP, "DELETE FROM token WHERE expires_at < :before"),

    SQL(SIGN_UP_ADD,
        "INSERT INTO sign_up (email, first_name, last_name, locale, password, consent, created_at, expires_at)"
        " VALUES (:email, :first_name, :last_name, :locale, :password, :consent, :now, :expires_at)"),
    SQL(SIGN_UP_CODE,
        "UPDATE sign_up SET code = :code, expires_at = :expires_at WHERE id = :id AND used_at IS NULL"),
    SQL(SIGN_UP_FIND,
        "SELECT id, used_at, expires_at, email, first_name, last_name, locale, password, consent, created_at"
        " FROM sign_up WHERE code = :code"),
    SQL(SIGN_UP_END, "UPDATE sign_up SET used_at = :now, password = NULL WHERE email = :email AND used_at IS NULL"),
    SQL(SIGN_UP_SWEEP, "DELETE FROM sign_up WHERE expires_at < :before"),
    SQL(CONSENT_TEXT_ADD,
        "INSERT INTO consent_text (version, body, created_at) VALUES (:version, :body, :now)"
        " ON CONFLICT (version) DO NOTHING"),
    SQL(CONSENT_ADD,
        "INSERT INTO consent (person_id, version, given_at)"
        " SELECT :person, :version, :given_at WHERE :version IS NOT " CONSENT_OF(":person")),
    SQL(CONSENT_WITHDRAW,
        "INSERT INTO consent_withdrawal (consent_id, at) SELECT consent.id, :now FROM consent"
        " LEFT JOIN consent_withdrawal ON consent_withdrawal.consent_id = consent.id"
        " WHERE consent.person_id = :person AND consent_withdrawal.at IS NULL"),
    SQL(CONSENT_LIST,
        "SELECT consent.version, consent_text.body, consent.given_at, consent_withdrawal.at FROM consent"
        " JOIN consent_text ON consent_text.version = consent.version"
        " LEFT JOIN consent_withdrawal ON consent_withdrawal.consent_id = consent.id"
        " WHERE consent.person_id = :person ORDER BY consent.id DESC LIMIT :limit"),

    SQL(LIST_OWN, LIST(ARM_OWN(":open"))),
    SQL(LIST_OWN_ANY, LIST(ARM_OWN("1") UNION ARM_OWN("0"))),
    SQL(LIST_SHARED, LIST(ARM_SHARED(":open"))),
    SQL(LIST_SHARED_ANY, LIST(ARM_SHARED("1") UNION ARM_SHARED("0"))),
    SQL(LIST_PERSON, LIST(ARM_OWN(":open") UNION ARM_SHARED(":open"))),
    SQL(LIST_PERSON_ANY, LIST(ARM_OWN("1") UNION ARM_OWN("0") UNION ARM_SHARED("1") UNION ARM_SHARED("0"))),
    SQL(LIST_COMPANY, LIST(ARM_OWN(":open") UNION ARM_COMPANY(":open") UNION ARM_SHARED(":open"))),
    SQL(LIST_COMPANY_ANY,
        LIST(ARM_OWN("1") UNION ARM_OWN("0") UNION ARM_COMPANY("1") UNION ARM_COMPANY("0")
             UNION ARM_SHARED("1") UNION ARM_SHARED("0"))),
    SQL(LIST_OWNER, LIST(ARM_OWNER(":open"))),
    SQL(LIST_OWNER_ANY, LIST(ARM_OWNER("1") UNION ARM_OWNER("0"))),
    SQL(LIST_STAFF, LIST(ARM_STAFF(":open"))),
    SQL(LIST_STAFF_ANY, LIST(ARM_STAFF("1") UNION ARM_STAFF("0"))),
    SQL(COUNT_OWN,
        "SELECT " TALLY("ticket_by_requester", VISIBLE_OWN, "1") ", "
                  TALLY("ticket_by_requester", VISIBLE_OWN, "0")),
    SQL(COUNT_SHARED, "SELECT " TALLY_SHARED("1", "") ", " TALLY_SHARED("0", "")),
    SQL(COUNT_PERSON,
        "SELECT " TALLY("ticket_by_requester", VISIBLE_OWN, "1") " + " TALLY_SHARED("1", NOT_OWN) ", "
                  TALLY("ticket_by_requester", VISIBLE_OWN, "0") " + " TALLY_SHARED("0", NOT_OWN)),
    SQL(COUNT_COMPANY,
        "SELECT " TALLY_COMPANY("1") " + " TALLY_SHARED("1", NOT_OWN NOT_COMPANY) ", "
                  TALLY_COMPANY("0") " + " TALLY_SHARED("0", NOT_OWN NOT_COMPANY)),
    SQL(COUNT_OWNER,
        "SELECT " TALLY_OF_ANY("ticket_by_owner", "ticket.owner_id = :person AND " VISIBLE_STAFF, "1") ", "
                  TALLY_OF_ANY("ticket_by_owner", "ticket.owner_id = :person AND " VISIBLE_STAFF, "0")),
    SQL(COUNT_QUEUES,
        "SELECT ticket.inbox, ticket.pipeline, ticket.stage, count(*), count(*) FILTER (WHERE ticket.owner_id = :person),"
        " count(*) FILTER (WHERE ticket.owner_id IS NULL) FROM ticket INDEXED BY ticket_by_queue"
        " WHERE " VISIBLE_STAFF " AND ticket.open = 1 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"),
    SQL(COUNT_STAFF,
        "SELECT " TALLY_OF_ANY("ticket_by_activity", VISIBLE_STAFF, "1") ", "
                  TALLY_OF_ANY("ticket_by_activity", VISIBLE_STAFF, "0")),
    SQL(TICKET_GET,
        "SELECT " TICKET_COLUMNS " FROM ticket" TICKET_PEOPLE
        " WHERE ticket.number = :number AND " VISIBLE_TICKET),
    SQL(TICKET_PAGE,
        "SELECT " TICKET_COLUMNS ", " MAY_SHARE ", rating.score, rating.comment,"
        " EXISTS (SELECT 1 FROM participant WHERE participant.ticket = :number),"
        " (SELECT ticket.number FROM ticket JOIN ticket AS later ON later.follows = ticket.number"
        " WHERE later.number = :number AND " VISIBLE_TICKET "),"
        " (SELECT max(ticket.number) FROM ticket WHERE ticket.follows = :number AND " VISIBLE_TICKET ")"
        " FROM ticket" TICKET_PEOPLE " LEFT JOIN rating ON rating.ticket = ticket.number"
        " WHERE ticket.number = :number AND " VISIBLE_TICKET),
    SQL(TICKET_IS_VISIBLE, "SELECT 1 FROM ticket WHERE ticket.number = :number AND " VISIBLE_TICKET),
    SQL(TICKET_MESSAGES,
        "SELECT message.id, message.author_id, author.first_name, author.last_name, author.role <> 'contact',"
        " message.internal, message.body, message.created_at, message.removed_at" CONVERSATION
        " JOIN person AS author ON author.id = message.author_id" CONVERSATION_RULE ONE_OR_ALL
        BEFORE " ORDER BY message.created_at DESC, message.id DESC LIMIT :limit"),
    SQL(TICKET_FILES,
        "SELECT " FILE_COLUMNS CONVERSATION " JOIN file ON file.message_id = message.id" CONVERSATION_RULE ONE_OR_ALL
        BEFORE " AND (message.created_at, message.id) >= (:from_at, :from) ORDER BY message.created_at, message.id, file.position"),
    SQL(TICKET_FILE,
        "SELECT " FILE_COLUMNS
        " FROM file JOIN message ON message.id = file.message_id JOIN thread ON thread.id = message.thread_id"
        " JOIN ticket ON ticket.number = thread.ticket" CONVERSATION_RULE " AND file.id = :id"),

    SQL(TICKET_ADD,
        "INSERT INTO ticket (subject, requester_id, company_id, owner_id, inbox, pipeline, stage, category,"
        " priority, source, properties, created_at, last_activity_at, closed_at, open)"
        " SELECT :subject, id, company_id, :owner, :inbox, :pipeline, :stage, :category,"
        " :priority, :source, coalesce(:properties, '{}'), :now, :now, :closed_at, :closed_at IS NULL FROM person WHERE id = :person AND disabled_at IS NULL"),
    SQL(PARTICIPANT_IMPORT,
        "INSERT INTO participant (ticket, person_id, added_at) VALUES (:number, :person, :now)"),
    SQL(PARTICIPANTS,
        "SELECT person.id, person.first_name, person.last_name FROM ticket"
        " JOIN participant ON participant.ticket = ticket.number AND :shared_shows"
        " JOIN person ON person.id = participant.person_id AND person.company_id = ticket.company_id"
        " WHERE ticket.number = :number AND " VISIBLE_TICKET " ORDER BY participant.added_at, person.id"),
    SQL(PARTICIPANT_IS_ANY,
        "SELECT 1 FROM " VISIBLE_SHARED_TICKETS " WHERE " VISIBLE_PARTICIPANT " AND " VISIBLE_TICKET " LIMIT 1"),
    SQL(PARTICIPANT_STATE,
        "SELECT ticket.company_id, ticket.requester_id, " MAY_SHARE ","
        " (SELECT count(*) FROM participant WHERE participant.ticket = ticket.number)"
        " FROM ticket WHERE ticket.number = :number AND " VISIBLE_TICKET),
    SQL(PARTICIPANT_CANDIDATE,
        "SELECT person.id, EXISTS (SELECT 1 FROM participant WHERE ticket = :number AND person_id = person.id)"
        " FROM person WHERE person.email = trim(:email) AND person.disabled_at IS NULL AND person.role = 'contact'"
        " AND person.company_id = :company AND person.id <> :requester"),
    SQL(PARTICIPANT_ADD,
        "INSERT INTO participant (ticket, person_id, added_by, added_at) VALUES (:number, :person, :by, :now)"),
    SQL(PARTICIPANT_REMOVE, "DELETE FROM participant WHERE ticket = :number AND person_id = :person"),
    SQL(PARTICIPANT_CARRY,
        "INSERT INTO participant (ticket, person_id, added_by, added_at)"
        " SELECT :later, person_id, added_by, :now FROM participant"
        " WHERE ticket = :number AND person_id <> :person AND :shared_shows"
        " UNION ALL SELECT :later, requester_id, :person, :now FROM ticket"
        " JOIN person ON person.id = ticket.requester_id AND person.role = 'contact'"
        " WHERE number = :number AND requester_id <> :person AND :shared_shows ON CONFLICT DO NOTHING"),
    SQL(TICKET_REPLY_STATE,
        "SELECT ticket.requester_id, ticket.closed_at,"
        " (SELECT max(thread.id) FROM thread WHERE thread.ticket = ticket.number AND " VISIBLE_THREAD ")"
        " FROM ticket WHERE ticket.number = :number AND " VISIBLE_TICKET WRITER_IS_THERE),
    SQL(TICKET_FOLLOW,
        "INSERT INTO ticket (subject, requester_id, company_id, inbox, pipeline, stage, category, priority, source,"
        " properties, follows, created_at, last_activity_at, open)"
        " SELECT earlier.subject, person.id, iif(person.company_id = earlier.company_id, person.company_id, NULL), earlier.inbox, earlier.pipeline, :stage,"
        " earlier.category, earlier.priority, 'portal', earlier.properties, earlier.number, :now, :now, 1"
        " FROM ticket AS earlier JOIN person ON person.id = :person AND person.disabled_at IS NULL"
        " WHERE earlier.number = :number RETURNING number, subject"),
    SQL(TICKET_CLOSE_STATE,
        "SELECT ticket.closed_at, ticket.closed_by FROM ticket WHERE ticket.number = :number AND " VISIBLE_TICKET),
    SQL(TICKET_CLOSE,
        "UPDATE ticket SET stage_before = stage, stage = :stage, closed_at = :now, closed_by = :person, open = 0"
        " WHERE number = :number"),
    SQL(TICKET_CLOSE_UNDO,
        "UPDATE ticket SET stage = stage_before, stage_before = NULL, closed_at = NULL, closed_by = NULL, open = 1"
        " WHERE number = :number AND stage_before IS NOT NULL"),
    SQL(RATING_GET,
        "SELECT rating.score, rating.comment, ticket.closed_at, ticket.requester_id"
        " FROM ticket LEFT JOIN rating ON rating.ticket = ticket.number"
        " WHERE ticket.number = :number AND " VISIBLE_TICKET WRITER_IS_THERE),
    SQL(RATING_SET,
        "INSERT INTO rating (ticket, person_id, score, comment, created_at)"
        " VALUES (:number, :person, :score, :comment, :now)"
        " ON CONFLICT (ticket) DO UPDATE SET person_id = excluded.person_id, score = excluded.score,"
        " comment = excluded.comment, created_at = excluded.created_at"),
    SQL(TICKET_TOUCH,
        "UPDATE ticket SET last_activity_at = max(last_activity_at, :now) WHERE number = :number AND EXISTS"
        " (SELECT 1 FROM message JOIN thread ON thread.id = message.thread_id"
        " WHERE message.id = :message AND " VISIBLE_MESSAGE ")"),
    SQL(TICKET_REOPEN, 
        "UPDATE ticket SET stage = :stage, stage_before = NULL, closed_at = NULL, closed_by = NULL, open = 1"
        " WHERE number = :number"),
    SQL(THREAD_ADD, "INSERT INTO thread (ticket, channel, created_at) VALUES (:number, :channel, :now)"),
    SQL(MESSAGE_ADD,
        "INSERT INTO message (thread_id, author_id, internal, body, created_at, mail_id)"
        " VALUES (:thread, :author, :internal, :body, :now, :mail)"),
    SQL(FILE_ADD,
        "INSERT INTO file (id, message_id, position, name, type, size, sha256)"
        " VALUES (:id, :message, :position, :name, :type, :size, :sha256)"),
    SQL(FILE_IS_KEPT, "SELECT 1 FROM file WHERE id = :id"),

    SQL(SEARCH_ADD, "INSERT INTO search (rowid, words) VALUES (:number, :words)"),
    /* Exactly the words that were added. */
    SQL(SEARCH_REMOVE, "INSERT INTO search (search, rowid, words) VALUES ('delete', :number, :words)"),
    SQL(SEARCH_TICKET, "SELECT subject, number, company_id, requester_id FROM ticket WHERE number = :number"),
    SQL(SEARCH_MERGE, "INSERT INTO search (search, rank) VALUES ('merge', :pages)"),
    SQL(SEARCH_FOUND, "SELECT rowid FROM search WHERE search MATCH :match ORDER BY rowid"),
    SQL(SEARCH_HOME, "SELECT company_id, requester_id FROM ticket WHERE number = :number"),
    /* Wherever a ticket could lie that the viewer may see: the rule itself is asked of each that is found. */
    SQL(SEARCH_HOMES,
        "SELECT ticket.company_id, NULL FROM ticket WHERE " VISIBLE_OWN " AND ticket.company_id IS NOT NULL"
        " UNION SELECT :company, NULL WHERE :company IS NOT NULL"
        " UNION SELECT ticket.company_id, iif(ticket.company_id IS NULL, ticket.requester_id, NULL)"
        " FROM participant JOIN ticket ON ticket.number = participant.ticket"
        " WHERE participant.person_id = :person"
        " UNION SELECT NULL, :person LIMIT :limit"),
    SQL(SEARCH_BEHIND,
        "SELECT subject, number, company_id, requester_id FROM ticket"
        " WHERE number > (SELECT search_progress.ticket FROM search_progress) ORDER BY number LIMIT :limit"),
    SQL(SEARCH_MESSAGES,
        "SELECT message.body FROM thread JOIN message ON message.thread_id = thread.id"
        " WHERE thread.ticket = :number AND message.internal = 0"),
    SQL(SEARCH_REACHED, "UPDATE search_progress SET ticket = max(ticket, :number)"),
    SQL(SEARCH_SHOWN,
        "SELECT message.body" CONVERSATION CONVERSATION_RULE " AND message.internal = 0"
        " ORDER BY message.created_at DESC, message.id DESC LIMIT 500"),

    SQL(SUBMISSION_FIND,
        "SELECT submission.content, submission.kind, submission.ticket, submission.message_id, ticket.follows"
        " FROM submission JOIN ticket ON ticket.number = submission.ticket"
        " WHERE submission.person_id = :person AND submission.key = :key"),
    SQL(SUBMISSION_ADD,
        "INSERT INTO submission (person_id, key, kind, content, ticket, message_id, created_at)"
        " VALUES (:person, :key, :kind, :content, :number, :message, :now)"),
    SQL(SUBMISSION_SWEEP, "DELETE FROM submission WHERE created_at < :before"),

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
    DESK_STATEMENTS

    SQL(OUTBOX_DROPPED,
        "UPDATE outbox SET sent_at = :now, last_error = :why WHERE id = :id AND sent_at IS NULL"),
    SQL(OUTBOX_BOUNCED,
        "UPDATE outbox SET failed_at = :now, last_error = :why"
        " WHERE id = :id AND sent_at IS NOT NULL AND failed_at IS NULL"),

    INBOUND_STATEMENTS
    MAIL_THREAD_STATEMENTS
    MAIL_CHOICE_STATEMENTS

    SQL(EXPLAIN_TICKET,
        "SELECT ticket.subject, requester.email, company.name, ticket.inbox, ticket.requester_id = :person,"
        " ticket.company_id IS :company AND :company IS NOT NULL,"
        " EXISTS (SELECT 1 FROM participant WHERE participant.ticket = ticket.number AND participant.person_id = :person)"
        " FROM ticket" TICKET_PEOPLE " WHERE ticket.number = :number"),
    SQL(EXPLAIN_MANAGER, "SELECT manager FROM person WHERE id = :person"),

    SYNC_STATEMENTS,
    HOOK_STATEMENTS,
    SAVED_REPLY_STATEMENTS,

    SQL(AUDIT_ADD,
        "INSERT INTO audit (at, person_id, action, ticket, detail, actor, place)"
        " VALUES (:now, :person, :action, :number, :detail, :actor, :place)"),
    SQL(AUDIT_LIST, AUDIT("")),
    SQL(AUDIT_LIST_PERSON, AUDIT(" AND audit.person_id = :person")),
};
