/*
 * route: the table of everything the API can do.
 *
 * A row declares method, path, who may call, what the body is and how large it may be; the dispatcher
 * enforces all of it before a byte of the body is read. Adding an endpoint is one row here, one handler, and
 * one entry in api/openapi.json, which a unit test holds against this table.
 */
#ifndef GUICHET_ROUTE_H
#define GUICHET_ROUTE_H

#include "request.h"

enum route_who {
    WHO_ANYONE,
    WHO_SIGNED_IN,
    WHO_STAFF, /* agents and administrators; to everybody else who is signed in it is not there */
    WHO_TOKEN, /* a program with a token of the sync API, whose scopes name what stands behind /sync/:
                  "contacts:read" for GET /sync/contacts, "contacts:write" for the others. No cookie counts,
                  so no origin is asked */
};

enum route_body {
    BODY_NONE,
    BODY_JSON,        /* application/json */
    BODY_FORM,        /* application/x-www-form-urlencoded, sent by a plain form: answered by a redirect */
    BODY_UPLOAD,      /* multipart/form-data */
    BODY_UPLOAD_FORM, /* the same, sent by a plain form: answered by a redirect, also when it is too large */
};

enum route_flag {
    ROUTE_KEYED = 1,       /* makes something: wants an Idempotency-Key */
    ROUTE_WHEN_CLOSED = 2, /* answers even while the portal is switched off */
    ROUTE_STEADY = 4, /* the answer depends on who asks, on path and query, on the store and the snapshot, and
                         on nothing else: not on the time; see memo.h */
    ROUTE_NOT_LET_IN = 16, /* also for those who are signed in and not let in, see store/access.h */
    ROUTE_NOT_AGREED = 32, /* also for those who have to agree to something first, see store/consent.h */
    ROUTE_SET_UP = 64,     /* also for the team while they lack the two-step sign-in that the settings want */
    ROUTE_ANY_ORIGIN =
        128,             /* mail programs call it, too: the path itself is the proof, and no cookie counts */
    ROUTE_VIEWING = 256, /* also while somebody of the team looks as a contact, see store/viewing.h: it shows
                            what customers see of tickets, or ends that. All else is refused then, whatever
                            is added here */
    ROUTE_TAGGED = 8,    /* the answer carries an ETag, so that one may ask whether it is still the same */
};

/* For a ceiling: what the portal allows in files, and room for text. */
#define CEILING_UPLOAD (-1)

/* What the texts of an upload may weigh: a form may allow 100,000 characters of four bytes, and has other
 * fields. */
#define UPLOAD_TEXT_MAX (1024 * 1024L)

typedef enum problem route_handler(struct request *request);

struct route {
    const char *method;
    const char *path; /* below the API's; {number} is digits, {id} a file's id, or a provider's */
    enum route_who who;
    enum route_body body;
    long ceiling; /* of the body, in bytes */
    unsigned flags;
    route_handler *handler;
};

/* The table, ended by a row without method. */
const struct route *route_table(void);

/* The scope that a row of WHO_TOKEN wants, in the arena. NULL: no memory. */
const char *route_scope(const struct route *route, struct arena *arena);

/* The media type of a body kind; "" for none. */
const char *route_body_type(enum route_body body);

/*
 * Find the row for a path (below the API's), a method and a content type (NULL: none sent); HEAD is served by
 * GET. Sets request->route, number and id, for PROBLEM_METHOD also request->allow. PROBLEM_NOT_FOUND,
 * PROBLEM_METHOD or PROBLEM_MEDIA_TYPE: there is none.
 */
enum problem route_find(struct request *request, const char *path, const char *method,
                        const char *content_type);

/* The methods that a path has, for an Allow header, in the arena. NULL: no such path. */
const char *route_methods(struct arena *arena, const char *path);

#endif
