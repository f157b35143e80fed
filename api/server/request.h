/*
 * request: what a handler works with.
 *
 * The dispatcher fills it before the handler runs: who asks, with which snapshot, what the path named. All
 * text a handler makes lives in the arena or in `out`; it frees nothing.
 */
#ifndef GUICHET_REQUEST_H
#define GUICHET_REQUEST_H

#include "../../lib/http.h"
#include "../../lib/json.h"
#include "../store/session.h"
#include "../store/sync_token.h"
#include "../store/ticket.h"
#include "problem.h"
#include "server.h"
#include "snapshot.h"

#define FIELD_ERRORS_MAX 16

struct route;

struct field_error {
    const char *field;
    const char *code; /* "required", "too_long", "option", "email", "password_short", ... */
};

struct request {
    struct http_request *http;
    struct server *server;
    struct store *store;
    struct arena *arena;
    const struct snapshot *snapshot;
    const struct portal *portal; /* the snapshot's */
    const struct route *route;
    int64_t now;
    struct session session;                      /* routes for signed-in people: theirs */
    struct viewer viewer;                        /* and what they may see */
    struct sync_token token;                     /* routes for tokens: the caller's */
    const struct message_page *customer;         /* desk: what the requester sees of it (customer.h) */
    int64_t number;                              /* {number} in the path */
    const char *id;                              /* {id} in the path */
    const char *key;                             /* routes with a key: the Idempotency-Key */
    struct buf out;                              /* the answer's body, as the handler writes it */
    struct field_error errors[FIELD_ERRORS_MAX]; /* for PROBLEM_INVALID */
    size_t error_count;
    int64_t retry_ms;  /* for PROBLEM_TOO_MANY_ATTEMPTS */
    const char *allow; /* for PROBLEM_METHOD */
};

/* Note what is wrong with a field. Both texts are kept as they are. */
void request_error(struct request *request, const char *field, const char *code);

/*
 * A text field of a body. With "?" before its name it is a box that one may tick: in JSON true, false or not
 * there; its value is "" unless it was ticked. With "~" it is a text that need not be there, and then is "".
 */
struct request_text {
    const char *name;
    const char **value; /* gets the text, in the arena */
};

/*
 * Read a JSON object or a form, as the route says, that has these fields (ended by a row without name) and no
 * others. In JSON each must be there and be a string, unless its name begins with a mark; in a form an absent
 * one is "".
 */
enum problem request_texts(struct request *request, const struct request_text *fields);

/*
 * The same of the query: it has these parameters and no others, each well formed and at most once. An absent
 * one is NULL.
 */
enum problem request_params(struct request *request, const struct request_text *params);

/* Read a JSON body as it is, a new reference. */
enum problem request_json(struct request *request, json_t **root);

/* Is the value of a Content-Type header this media type, whatever its parameters? NULL is not. */
bool request_type_is(const char *header, const char *type);

/* Is only the head of the answer asked for? What is not sent need not be made. */
bool request_is_head(const struct request *request);

/* Who asks, for limits: see place.h. */
const char *request_place(struct request *request);

/* "/support/fr/": the home of a language; of the default one when there is no such language. */
const char *request_home(struct request *request, const char *locale);

/* Anna Berg: a name of two parts of which either may be empty. */
const char *request_name(struct request *request, const char *first, const char *last);

/* What the caller reads of somebody of the team (S12), in the language of their mail. */
const char *request_team_name(struct request *request, const char *first, const char *last);

#endif
