/*
 * inbound_sql: the statements of inbound.c, as statements.c takes them.
 */
#ifndef GUICHET_STORE_INBOUND_SQL_H
#define GUICHET_STORE_INBOUND_SQL_H

/* clang-format off */
#define INBOUND_STATEMENTS \
    SQL(INBOUND_SEEN, "SELECT id FROM inbound WHERE key = :key"), \
    SQL(INBOUND_ADD, \
        "INSERT INTO inbound (key, received_at, state, reason, sender, subject, person_id, ticket, raw, words)" \
        " VALUES (:key, :now, :state, :reason, :sender, :subject, :person, :number, :raw, :words)" \
        " ON CONFLICT (key) DO NOTHING"), \
    SQL(INBOUND_SWEEP, "DELETE FROM inbound WHERE received_at < :before"), \
    SQL(INBOUND_CROWDED, \
        "UPDATE inbound SET state = 'discarded', raw = NULL WHERE id = (SELECT id FROM inbound" \
        " WHERE state = 'quarantined' ORDER BY id LIMIT 1)" \
        " AND (SELECT count(*) FROM inbound WHERE state = 'quarantined') >= :most"), \
    SQL(INBOUND_COUNT, \
        "SELECT count(*) FROM inbound WHERE person_id = :person AND received_at > :since" \
        " AND (state = 'ticket' OR NOT :tickets)"), \
    SQL(INBOUND_ALIKE, \
        "SELECT count(*), coalesce(sum(words IS :words AND :words IS NOT NULL), 0) FROM inbound" \
        " WHERE ticket = :number AND person_id = :person AND received_at > :since"), \
    SQL(INBOUND_LIST, \
        "SELECT id, received_at, state, reason, sender, subject, length(raw) FROM inbound" \
        " WHERE state = 'quarantined' ORDER BY id"), \
    SQL(INBOUND_GET, \
        "SELECT id, received_at, state, reason, sender, subject, length(raw), raw FROM inbound" \
        " WHERE id = :id AND state = 'quarantined'"), \
    SQL(INBOUND_DECIDE, \
        "UPDATE inbound SET state = :state, person_id = :person, ticket = :number, raw = NULL" \
        " WHERE id = :id AND state = 'quarantined'"),
/* clang-format on */

#endif
