/*
 * desk_sql: the statements of what the team looks after besides tickets, as statements.c takes them.
 */
#ifndef GUICHET_STORE_DESK_SQL_H
#define GUICHET_STORE_DESK_SQL_H

/* clang-format off */
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
    SQL(OUTBOX_RESEND, \
        "UPDATE OR IGNORE outbox SET sent_at = NULL, failed_at = NULL, attempts = 0, due_at = :now" \
        " WHERE id = :id AND failed_at IS NOT NULL"),
/* clang-format on */

#endif
