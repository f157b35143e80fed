/*
 * mail_thread_sql: the statements of mail_thread.c, as statements.c takes them.
 *
 * "+person_id": by the ticket's index. By the person's, all mails to all inboxes would be read, which have
 * none.
 */
#ifndef GUICHET_STORE_MAIL_THREAD_SQL_H
#define GUICHET_STORE_MAIL_THREAD_SQL_H

/* clang-format off */
#define MAIL_THREAD_STATEMENTS \
    SQL(MAIL_REFS, \
        "SELECT mail_id, id FROM (SELECT message.mail_id, 0 AS id, message.created_at AS at FROM thread" \
        " JOIN message ON message.thread_id = thread.id WHERE thread.ticket = :number AND message.internal = 0" \
        " AND message.mail_id IS NOT NULL AND (message.author_id = :person OR (:person IS NULL" \
        " AND (SELECT role FROM person WHERE person.id = message.author_id) = 'contact'))" \
        " UNION ALL SELECT NULL, id, sent_at FROM outbox WHERE ticket = :number AND +person_id IS :person" \
        " AND sent_at IS NOT NULL AND failed_at IS NULL AND last_error IS NULL AND id <> :id)" \
        " ORDER BY at DESC, id DESC LIMIT :most"), \
    SQL(MAIL_REF_OUT, "SELECT ticket FROM outbox WHERE id = :id AND ticket IS NOT NULL"), \
    SQL(MAIL_REF_IN, \
        "SELECT thread.ticket FROM message JOIN thread ON thread.id = message.thread_id" \
        " WHERE message.mail_id = :mail AND message.author_id = :person LIMIT 1"),
/* clang-format on */

#endif
