/*
 * saved_reply_sql: the rows of statements.c that saved_reply.h needs; internal to this room.
 */
#ifndef GUICHET_STORE_SAVED_REPLY_SQL_H
#define GUICHET_STORE_SAVED_REPLY_SQL_H

/* clang-format off */

#define SAVED_REPLY(body) \
    "SELECT saved_reply.id, saved_reply.version, saved_reply.title, " body ", saved_reply.locale," \
    " saved_reply.inbox, person.first_name, person.last_name, saved_reply.changed_at" \
    " FROM saved_reply LEFT JOIN person ON person.id = saved_reply.person_id"

#define SAVED_REPLY_STATEMENTS \
    SQL(SAVED_REPLY_LIST, \
        SAVED_REPLY("substr(saved_reply.body, 1, :start)") \
        " WHERE :inbox IS NULL OR saved_reply.inbox IS NULL OR saved_reply.inbox = :inbox" \
        " ORDER BY CASE WHEN :locale IS NULL OR saved_reply.locale = :locale THEN 0" \
        " WHEN saved_reply.locale IS NULL THEN 1 ELSE 2 END, search_plain(saved_reply.title), saved_reply.id"), \
    SQL(SAVED_REPLY_GET, SAVED_REPLY("saved_reply.body") " WHERE saved_reply.id = :id"), \
    SQL(SAVED_REPLY_VERSION, "SELECT version FROM saved_reply WHERE id = :id"), \
    SQL(SAVED_REPLY_ROOM, \
        "SELECT EXISTS (SELECT 1 FROM saved_reply WHERE title = :title AND locale IS :locale AND inbox IS :inbox" \
        " AND id <> :id), (SELECT count(*) FROM saved_reply WHERE id <> :id)"), \
    SQL(SAVED_REPLY_ADD, \
        "INSERT INTO saved_reply (title, body, locale, inbox, person_id, changed_at)" \
        " VALUES (:title, :body, :locale, :inbox, :person, :now)"), \
    SQL(SAVED_REPLY_CHANGE, \
        "UPDATE saved_reply SET version = version + 1, title = :title, body = :body, locale = :locale," \
        " inbox = :inbox, person_id = :person, changed_at = :now WHERE id = :id"), \
    SQL(SAVED_REPLY_REMOVE, "DELETE FROM saved_reply WHERE id = :id")
/* clang-format on */

#endif
