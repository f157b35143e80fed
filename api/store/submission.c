#include "submission.h"

#include <string.h>

static const char *const submission_kinds[] = {"ticket", "reply"};

enum rc submission_find(struct conn *conn, int64_t person_id, enum submission_kind kind,
                        const struct submission *submission, struct outcome *outcome)
{
    if (!submission)
        return RC_NOT_FOUND;
    bool same = false;
    struct query query = query_begin(conn, SQL_SUBMISSION_FIND);
    query_bind_int(&query, ":person", person_id);
    query_bind_text(&query, ":key", submission->key);
    bool found = query_step(&query);
    if (found) {
        const void *content = query_blob(&query, 0, sizeof submission->content);
        same = content && memcmp(content, submission->content, sizeof submission->content) == 0 &&
               query_choice(&query, 1, submission_kinds, 2) == kind;
        *outcome = (struct outcome){query_int(&query, 2), query_int(&query, 3), query_int(&query, 4), true};
    }
    enum rc rc = query_end(&query);
    if (rc != RC_OK || same)
        return rc;
    return found ? RC_CONFLICT : RC_NOT_FOUND;
}

void submission_keep(struct conn *conn, int64_t person_id, enum submission_kind kind,
                     const struct submission *submission, const struct outcome *outcome, int64_t now)
{
    if (!submission)
        return;
    struct query query = query_begin(conn, SQL_SUBMISSION_ADD);
    query_bind_int(&query, ":person", person_id);
    query_bind_text(&query, ":key", submission->key);
    query_bind_text(&query, ":kind", submission_kinds[kind]);
    query_bind_blob(&query, ":content", submission->content, sizeof submission->content);
    query_bind_int(&query, ":message", outcome->message_id);
    query_bind_int(&query, ":now", now);
    query_run(&query, NULL);
}

enum rc ticket_reply_is_known(struct store *store, const struct viewer *viewer, const char *key)
{
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, SQL_SUBMISSION_FIND);
    query_bind_int(&query, ":person", viewer->person_id);
    query_bind_text(&query, ":key", key);
    bool found = query_step(&query);
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc == RC_OK && !found ? RC_NOT_FOUND : rc;
}
