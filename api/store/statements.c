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

#include "statements_account.h"
#include "statements_erase.h"
#include "statements_list.h"
#include "statements_outbox.h"
#include "statements_own.h"

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
        "SELECT submission.content, submission.kind, thread.ticket, submission.message_id, ticket.follows"
        " FROM submission JOIN message ON message.id = submission.message_id"
        " JOIN thread ON thread.id = message.thread_id JOIN ticket ON ticket.number = thread.ticket"
        " WHERE submission.person_id = :person AND submission.key = :key"),
    SQL(SUBMISSION_ADD,
        "INSERT INTO submission (person_id, key, kind, content, message_id, created_at)"
        " VALUES (:person, :key, :kind, :content, :message, :now)"),
    SQL(SUBMISSION_SWEEP, "DELETE FROM submission WHERE created_at < :before"),

    DESK_STATEMENTS

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
