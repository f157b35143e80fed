/*
 * log: one event a line on standard error, as logfmt, for people and machines.
 *
 *     2026-11-22T10:15:03.120Z info  request method=GET path=/api/v1/tickets status=200 ms=1.2
 *
 * Secrets, tokens, cookies, passwords, mail bodies and query strings are never logged. Thread-safe;
 * a line is written by one write(), and is short enough that a pipe takes it whole: a value over
 * 512 bytes is cut, and so is what follows when a line gets too long; "..." shows where.
 */
#ifndef GUICHET_LOG_H
#define GUICHET_LOG_H

#define LOG_LINE_MAX 4096 /* bytes, with the newline; PIPE_BUF on Linux */

enum log_level { LOG_ERROR, LOG_WARNING, LOG_INFO, LOG_DEBUG };

/* Lines above this level are dropped. The default is LOG_INFO. */
void log_set_level(enum log_level level);

/*
 * log_event(LOG_INFO, "request", "path", path, "status", "200", NULL): pairs of key and value, ended by
 * NULL. Values are escaped; a NULL value prints as "-".
 */
void log_event(enum log_level level, const char *event, ...) __attribute__((sentinel));

#endif
