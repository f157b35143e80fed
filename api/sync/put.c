/* POST /sync/companies, contacts, tickets: a batch of records. */
#include "../server/respond.h"
#include "apply.h"
#include "handlers.h"
#include "moment.h"
#include "unfold.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Which record of the body, and which message of it, one of the batch is. */
struct origin {
    size_t record;
    long inner; /* -1: the record itself, or its text */
};

struct putting {
    enum sync_kind kind; /* what the path names */
    const json_t *said;  /* the records of the body */
    json_t *records;     /* of the batch */
    json_t *errors;
    struct origin origins[SYNC_BATCH_MAX];
    size_t count;
    bool full;
};

static void say(struct putting *putting, struct origin origin, const json_t *error)
{
    json_t *one = json_pack("{s:I, s:o, s:O, s:O}", "record", (json_int_t)origin.record, "inner",
                            origin.inner < 0 ? json_null() : json_integer(origin.inner), "field",
                            json_object_get(error, "field"), "message", json_object_get(error, "message"));
    json_array_append_new(putting->errors, one);
}

/* --- the batch -------------------------------------------------------------------------------------------
 */

/* Takes the record over. */
static void add(struct putting *putting, json_t *record, size_t index, long inner)
{
    putting->full |= putting->count == SYNC_BATCH_MAX;
    if (!record || putting->full) {
        json_decref(record);
        return;
    }
    putting->origins[putting->count++] = (struct origin){index, inner};
    json_array_append_new(putting->records, record);
}

/* What the path names when it says nothing; of tickets messages may come alone. SYNC_KINDS: another kind. */
static enum sync_kind kind_of(const struct putting *putting, const json_t *record)
{
    const json_t *type = json_object_get(record, "type");
    enum sync_kind kind = type ? sync_kind_of(record) : putting->kind;
    bool fits = kind == putting->kind || (kind == SYNC_MESSAGE && putting->kind == SYNC_TICKET);
    return fits ? kind : SYNC_KINDS;
}

/* Takes the message over. */
static void refuse(struct putting *putting, size_t index, const char *field, json_t *message)
{
    json_t *error = json_pack("{s:s, s:o}", "field", field, "message", message);
    say(putting, (struct origin){index, -1}, error);
    json_decref(error);
}

static void refuse_kind(struct putting *putting, size_t index)
{
    const char *name = sync_kind_names[putting->kind];
    refuse(putting, index, "type",
           json_sprintf("\"type\": want \"%s\"%s here, or nothing", name,
                        putting->kind == SYNC_TICKET ? " or \"message\"" : ""));
}

static void add_ticket(struct putting *putting, json_t *ticket, size_t index)
{
    size_t i;
    json_t *one, *text = unfold_text(ticket);
    json_t *messages = json_incref(json_object_get(ticket, "messages"));
    unfold_rest(ticket);
    add(putting, json_incref(ticket), index, -1);
    add(putting, text, index, -1);
    if (json_is_array(messages))
        json_array_foreach(messages, i, one) add(putting, unfold_message(ticket, one), index, (long)i);
    json_decref(messages);
}

static void unfold_all(struct putting *putting)
{
    size_t i;
    json_t *one;
    json_array_foreach((json_t *)putting->said, i, one)
    {
        if (!json_is_object(one)) {
            refuse(putting, i, "", json_string("want an object: a record"));
            continue;
        }
        enum sync_kind kind = kind_of(putting, one);
        if (kind == SYNC_KINDS) {
            refuse_kind(putting, i);
            continue;
        }
        json_object_set_new(one, "type", json_string(sync_kind_names[kind]));
        if (kind == SYNC_TICKET)
            add_ticket(putting, one, i);
        else
            add(putting, json_incref(one), i, -1);
    }
}

/* --- the answer ------------------------------------------------------------------------------------------
 */

static size_t index_of(const json_t *error)
{
    return (size_t)json_integer_value(json_object_get(error, "record"));
}

static bool is_message_of(const struct putting *putting, size_t index, size_t record)
{
    const json_t *own = json_array_get(putting->records, index);
    return putting->origins[index].record == record && sync_kind_of(own) == SYNC_MESSAGE &&
           sync_kind_of(json_array_get(putting->said, record)) == SYNC_TICKET;
}

/* Messages within a ticket that was refused go with it, and are not told one by one. */
static void take_errors(struct putting *putting, const json_t *errors)
{
    size_t i, refused = SIZE_MAX;
    json_t *error;
    json_array_foreach((json_t *)errors, i, error)
    {
        size_t index = index_of(error);
        if (index >= putting->count)
            continue;
        const struct origin origin = putting->origins[index];
        bool inner = is_message_of(putting, index, origin.record);
        if (inner && refused == origin.record)
            continue;
        if (!inner)
            refused = origin.record;
        say(putting, origin, error);
    }
}

static enum problem answer(struct request *request, struct putting *putting, json_t *result)
{
    take_errors(putting, json_object_get(result, "errors"));
    json_object_set(result, "errors", putting->errors);
    char *text = json_dumps(result, JSON_COMPACT);
    if (text)
        buf_adds(&request->out, text);
    free(text);
    return text ? respond_json(request, 200) : PROBLEM_INTERNAL;
}

static enum problem apply(struct request *request, struct putting *putting, struct sync_wanted *wanted)
{
    enum rc rc;
    json_t *result = sync_apply(request->store, request->portal, wanted, putting->records, &rc);
    if (!result)
        return problem_of(rc);
    enum problem problem = answer(request, putting, result);
    json_decref(result);
    return problem;
}

/* --- the request -----------------------------------------------------------------------------------------
 */

static void refuse_unknown(struct request *request, const json_t *body)
{
    static const char *const known[] = {"records", "dry_run", "zone", NULL};
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)body, key, value)
    {
        size_t i = 0;
        while (known[i] && strcmp(known[i], key) != 0)
            i++;
        const char *name = known[i] ? NULL : arena_strdup(request->arena, key);
        if (name)
            request_error(request, name, "unknown");
    }
}

/* How it is wanted; what the body has that is not of its form is noted. */
static void read_wanted(struct request *request, const json_t *body, struct sync_wanted *wanted)
{
    const json_t *dry = json_object_get(body, "dry_run"), *zone = json_object_get(body, "zone"),
                 *records = json_object_get(body, "records");
    *wanted = (struct sync_wanted){.source = request->token.source,
                                   .dry = json_is_true(dry),
                                   .no_team = true,
                                   .no_companies = !sync_token_may(&request->token, "companies:write")};
    refuse_unknown(request, body);
    if (!json_is_array(records))
        request_error(request, "records", records ? "type" : "required");
    if (dry && !json_is_boolean(dry))
        request_error(request, "dry_run", "type");
    if (zone && !json_is_string(zone))
        request_error(request, "zone", "type");
    else if (zone && !moment_zone(json_string_value(zone), &wanted->zone))
        request_error(request, "zone", "option");
}

static enum problem put_records(struct request *request, const json_t *body, struct putting *putting)
{
    struct sync_wanted wanted;
    putting->said = json_object_get(body, "records");
    read_wanted(request, body, &wanted);
    if (request->error_count > 0)
        return PROBLEM_INVALID;
    unfold_all(putting);
    if (putting->full) {
        request_error(request, "records", "too_many");
        return PROBLEM_INVALID;
    }
    return apply(request, putting, &wanted);
}

static enum problem put(struct request *request, enum sync_kind kind)
{
    json_t *body = NULL;
    struct putting *putting = arena_alloc(request->arena, sizeof *putting);
    enum problem problem = putting ? request_json(request, &body) : PROBLEM_INTERNAL;
    if (problem != PROBLEM_NONE)
        return problem;
    *putting = (struct putting){.kind = kind, .records = json_array(), .errors = json_array()};
    problem = put_records(request, body, putting);
    json_decref(putting->records);
    json_decref(putting->errors);
    json_decref(body);
    return problem;
}

enum problem handle_sync_companies(struct request *request)
{
    return put(request, SYNC_COMPANY);
}

enum problem handle_sync_contacts(struct request *request)
{
    return put(request, SYNC_CONTACT);
}

enum problem handle_sync_tickets(struct request *request)
{
    return put(request, SYNC_TICKET);
}
