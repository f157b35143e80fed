/*
 * mail_choice_sql: the statements of mail_choice.c, as statements.c takes them.
 */
#ifndef GUICHET_STORE_MAIL_CHOICE_SQL_H
#define GUICHET_STORE_MAIL_CHOICE_SQL_H

#define MAIL_CHOICE_NEW                                                                                      \
    "INSERT INTO mail_choice (person_id, replies, copies, shared, received, changed_at)"                     \
    " SELECT id, :replies, :copies, :shared, :received, :now FROM person WHERE id = :person AND "            \
    "disabled_at IS NULL"                                                                                    \
    " ON CONFLICT (person_id) DO UPDATE SET changed_at = excluded.changed_at,"

/* clang-format off */
#define MAIL_CHOICE_STATEMENTS \
    SQL(MAIL_CHOICE_READ, "SELECT replies, copies, shared, received FROM mail_choice WHERE person_id = :person"), \
    SQL(MAIL_CHOICE_WRITE, \
        MAIL_CHOICE_NEW " replies = excluded.replies, copies = excluded.copies, shared = excluded.shared," \
        " received = excluded.received"), \
    SQL(MAIL_CHOICE_STOP, \
        MAIL_CHOICE_NEW " replies = min(replies, excluded.replies), copies = min(copies, excluded.copies)," \
        " shared = min(shared, excluded.shared), received = min(received, excluded.received)"),
/* clang-format on */

#endif
