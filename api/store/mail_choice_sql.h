/*
 * mail_choice_sql: the statements of mail_choice.c, as statements.c takes them, and when mail is due by what
 * was chosen.
 */
#ifndef GUICHET_STORE_MAIL_CHOICE_SQL_H
#define GUICHET_STORE_MAIL_CHOICE_SQL_H

/* clang-format off */
/*
 * When a mail of this kind to this person is due, which is owed at :now about the ticket :number: with what
 * waits for them already, or with what comes after it, if they chose so.
 */
#define MAIL_DUE(person, kind) \
    "coalesce((SELECT coalesce((SELECT min(waits.due_at) FROM outbox AS waits WHERE waits.ticket = :number" \
    " AND +waits.person_id = " person " AND waits.kind IN ('reply', 'copy') AND waits.sent_at IS NULL" \
    " AND waits.due_at > :now), :now + mail_choice.together * 60000) FROM mail_choice" \
    " WHERE mail_choice.person_id = " person " AND mail_choice.together > 0 AND " kind \
    " IN ('reply', 'copy')), :now)"

#define MAIL_CHOICE_NEW \
    "INSERT INTO mail_choice (person_id, replies, copies, shared, received, together, changed_at)" \
    " SELECT id, :replies, :copies, :shared, :received, :together, :now FROM person" \
    " WHERE id = :person AND disabled_at IS NULL" \
    " ON CONFLICT (person_id) DO UPDATE SET changed_at = excluded.changed_at,"

#define MAIL_CHOICE_STATEMENTS \
    SQL(MAIL_CHOICE_READ, \
        "SELECT replies, copies, shared, received, together FROM mail_choice WHERE person_id = :person"), \
    SQL(MAIL_CHOICE_WRITE, \
        MAIL_CHOICE_NEW " replies = excluded.replies, copies = excluded.copies, shared = excluded.shared," \
        " received = excluded.received, together = excluded.together"), \
    SQL(MAIL_CHOICE_STOP, \
        MAIL_CHOICE_NEW " replies = min(replies, excluded.replies), copies = min(copies, excluded.copies)," \
        " shared = min(shared, excluded.shared), received = min(received, excluded.received)"), \
    SQL(MAIL_CHOICE_DUE, \
        "UPDATE outbox SET due_at = max(:now, created_at + :together * 60000) WHERE person_id = :person" \
        " AND kind IN ('reply', 'copy') AND sent_at IS NULL AND attempts = 0" \
        " AND due_at > max(:now, created_at + :together * 60000)"),
/* clang-format on */

#endif
