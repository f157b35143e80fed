/*
 * statements_account: the rows of the table in statements.c by which people come in: single sign-on,
 * sessions, their accounts and second steps, links in mails, signing up and what was agreed to; included
 * there, within the table, and nowhere else.
 */
#ifndef GUICHET_STORE_STATEMENTS_ACCOUNT_H
#define GUICHET_STORE_STATEMENTS_ACCOUNT_H

/* clang-format off */

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
    SQL(SESSION_END_ALL, "DELETE FROM session WHERE person_id = :person RETURNING person_id, viewing_id"),
    SQL(SESSION_SWEEP, 
        "DELETE FROM session WHERE expires_at <= :now OR seen_at < iif(remembered, :remembered_since, :idle_since)"
        " RETURNING person_id, viewing_id"),

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
    SQL(ACCOUNT_END_SESSION,
        "DELETE FROM session WHERE id = :id AND person_id = :person RETURNING person_id, viewing_id"),
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

#endif
