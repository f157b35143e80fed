/*
 * respond: every way to answer, with the headers that each must have.
 *
 * All answers: X-Content-Type-Options: nosniff, Referrer-Policy: no-referrer. All of the API: no-store.
 */
#ifndef GUICHET_RESPOND_H
#define GUICHET_RESPOND_H

#include "request.h"
#include "site.h"

/*
 * Send what the handler wrote into request->out as JSON. On routes with tags, 304 when the client has it
 * already (If-None-Match).
 */
enum problem respond_json(struct request *request, int status);

/* An answer without a body: 204, or 202. */
enum problem respond_nothing(struct request *request, int status);

/*
 * 303 to a path of the site, for plain forms. When the API has an origin of its own, it leads back to the
 * origin that the form came from, or else to the portal's own. NULL (no memory when it was made) is
 * PROBLEM_INTERNAL.
 */
enum problem respond_see_other(struct request *request, const char *path);

/* 303 to a whole address, of a provider of single sign-on. NULL is PROBLEM_INTERNAL. */
enum problem respond_elsewhere(struct request *request, const char *url);

/* An open file with its type and disposition ("attachment" or "inline"). The caller closes `fd`. */
enum problem respond_file(struct request *request, const struct file *file, const char *disposition, int fd);

/* Begin a file of a length that nobody knows yet; http_stream() and http_stream_end() do the rest. */
void respond_stream(struct request *request, const char *type, const char *name);

/* A problem document (RFC 9457), with what the request noted about it. */
void respond_problem(struct request *request, enum problem problem);

/* The same where there is no request of the API. `status` 0: the problem's. */
void respond_refusal(struct http_request *http, enum problem problem, int status);

/*
 * A page or asset of the site in the form that the client takes, or 304 when the client has it. Ranges are
 * not served: nothing here is long.
 */
void respond_page(struct http_request *http, const struct snapshot *snapshot, const struct site_file *file,
                  int status);

/* A permanent redirect within the site. */
void respond_moved(struct http_request *http, const char *path);

/* From the door to the home of a language, which may be another one tomorrow. */
void respond_door(struct http_request *http, const char *home);

#endif
