/*
 * audit_log: the audit log as it is told: to staff by the API, and by `guichet-api audit`.
 */
#ifndef GUICHET_AUDIT_LOG_H
#define GUICHET_AUDIT_LOG_H

#include "../../lib/buf.h"
#include "../store/audit.h"

/* A row as a JSON object. */
void audit_log_json(struct buf *out, const struct audit_row *row);

/* The same as a line of JSON lines, behind others. */
void audit_log_line(struct buf *out, const struct audit_row *row);

/*
 * "2026-11-22", "2026-11-22T10:15:03Z", in UTC: when it begins, or, for an end, the moment behind it (a day
 * is whole). False: it is no such text.
 */
bool audit_log_time(const char *text, bool end, int64_t *ms);

/* Somebody by address or number ("17", also of who is no longer known). RC_NOT_FOUND: nobody has it. */
enum rc audit_log_person(struct store *store, struct arena *arena, const char *text, int64_t *id);

#endif
