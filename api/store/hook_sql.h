/*
 * hook_sql: the rows of statements.c that hook.h needs; internal to this room.
 */
#ifndef GUICHET_STORE_HOOK_SQL_H
#define GUICHET_STORE_HOOK_SQL_H

/* clang-format off */

#define HOOK_DELIVERY \
    "SELECT id, hook_id, kind, ticket, message_id, person_id, changed, created_at, since_at, attempts, due_at," \
    " tried_at, took_ms, status, answer, why, ended_at, outcome IS 'given_up' FROM hook_delivery"

#define HOOK_STATEMENTS \
    SQL(HOOK_ADD, \
        "INSERT INTO hook (url, secret, events, created_at) SELECT :url, :secret, :events, :now" \
        " WHERE (SELECT count(*) FROM hook) < :most"), \
    SQL(HOOK_REMOVE, "DELETE FROM hook WHERE id = :id"), \
    SQL(HOOK_LIST, \
        "SELECT hook.id, hook.url, hook.events, hook.created_at, hook.secret," \
        " (SELECT count(*) FROM hook_delivery WHERE hook_id = hook.id AND ended_at IS NULL)," \
        " (SELECT count(*) FROM hook_delivery WHERE hook_id = hook.id AND outcome = 'given_up')" \
        " FROM hook ORDER BY hook.id"), \
    SQL(HOOK_ALL, "SELECT id, url, events, created_at, secret FROM hook ORDER BY id LIMIT :limit"), \
    SQL(HOOK_TEST, \
        "INSERT INTO hook_delivery (hook_id, kind, changed, lane, created_at, since_at, due_at)" \
        " SELECT hook.id, :kind, ' ', 0, :now, :now, :now FROM hook WHERE hook.id = :id"), \
    SQL(HOOK_DUE, HOOK_DELIVERY " WHERE hook_id = :hook AND due_at <= :now ORDER BY due_at, id LIMIT :limit"), \
    SQL(HOOK_TRIED, \
        "UPDATE hook_delivery SET attempts = attempts + 1, tried_at = :at, took_ms = :took, status = :status," \
        " answer = :answer, why = :why, due_at = :next_at, ended_at = iif(:next_at IS NULL, :at, NULL)," \
        " outcome = iif(:next_at IS NULL, iif(:why IS NULL, 'delivered', 'given_up'), NULL)" \
        " WHERE id = :id AND ended_at IS NULL"), \
    /* The first of its lane that is owed, unless it is due already. */ \
    SQL(HOOK_NEXT, \
        "UPDATE hook_delivery SET due_at = :now WHERE due_at IS NULL AND id = (SELECT waiting.id" \
        " FROM hook_delivery AS ended JOIN hook_delivery AS waiting ON waiting.hook_id = ended.hook_id" \
        " AND waiting.lane = ended.lane AND waiting.ended_at IS NULL WHERE ended.id = :id ORDER BY waiting.id LIMIT 1)"), \
    SQL(HOOK_RESEND, \
        "UPDATE hook_delivery SET ended_at = NULL, outcome = NULL, due_at = :now, since_at = :now, attempts = 0" \
        " WHERE id = :id AND outcome = 'given_up'"), \
    SQL(HOOK_LOG, \
        HOOK_DELIVERY " WHERE (:hook IS NULL OR hook_id = :hook) AND (NOT :given_up OR outcome = 'given_up')" \
        " ORDER BY id DESC LIMIT :limit"), \
    SQL(HOOK_SWEEP_OLD, "DELETE FROM hook_delivery WHERE ended_at < :before"), \
    SQL(HOOK_SWEEP_MANY, \
        "DELETE FROM hook_delivery WHERE ended_at IS NOT NULL AND hook_id = :hook AND id <= (SELECT other.id" \
        " FROM hook_delivery AS other WHERE other.hook_id = :hook ORDER BY other.id DESC LIMIT 1 OFFSET :most)"), \
    SQL(HOOK_PAUSE, "INSERT INTO hook_pause (id) VALUES (1)"), \
    SQL(HOOK_GO_ON, "DELETE FROM hook_pause"), \
    SQL(HOOK_PERSON, \
        "SELECT person.role, person.email, person.first_name, person.last_name, person.locale, company.name," \
        " person.properties, person.manager, person.disabled_at IS NOT NULL," \
        " EXISTS (SELECT 1 FROM erasure WHERE erasure.person_id = person.id AND erasure.begun_at IS NOT NULL)" \
        " FROM person LEFT JOIN company ON company.id = person.company_id WHERE person.id = :id"), \
    SQL(HOOK_RATING, "SELECT score, comment FROM rating WHERE ticket = :number")

#endif
