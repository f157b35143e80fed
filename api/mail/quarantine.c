/* Mail that waits for a decision, for the team: list it, read it, accept it, throw it away. */
#include "../server/respond.h"
#include "../server/write.h"
#include "../store/inbound.h"
#include "handlers.h"
#include "inbound_handle.h"

static void write_row(struct buf *out, const struct inbound_row *row)
{
    write_number(out, "number", row->id);
    write_time(out, "received_at", row->received_at);
    write_text(out, "reason", row->reason);
    write_text(out, "sender", row->sender);
    write_text(out, "subject", row->subject);
    write_number(out, "bytes", (int64_t)row->size);
}

static bool write_one(void *context, const struct inbound_row *row)
{
    struct request *request = context;
    write_begin(&request->out, NULL, '{');
    write_row(&request->out, row);
    write_end(&request->out, '}');
    return buf_ok(&request->out);
}

enum problem handle_quarantine(struct request *request)
{
    if (!request->viewer.staff)
        return PROBLEM_DENIED;
    write_begin(&request->out, NULL, '{');
    write_begin(&request->out, "mails", '[');
    enum rc rc = inbound_walk(request->store, request->arena, write_one, request);
    write_end(&request->out, ']');
    write_end(&request->out, '}');
    return rc == RC_OK ? respond_json(request, 200) : problem_of(rc);
}

static bool write_file(void *context, const char *name, const char *bytes, size_t len)
{
    struct buf *out = context;
    (void)bytes;
    write_begin(out, NULL, '{');
    write_text(out, "name", name);
    write_number(out, "size", (int64_t)len);
    write_end(out, '}');
    return buf_ok(out);
}

/* What it says, as its ticket would have it. */
static void write_words(struct request *request, const char *raw, size_t len)
{
    struct inbound inbound;
    struct inbound_mail *mail;
    struct buf *out = &request->out;
    bool read = inbound_open(&mail, &inbound, request->arena, raw, len, "") == INBOUND_READ;
    write_text(out, "sender_name", read ? inbound.sender_name : "");
    write_text(out, "text", read ? inbound.text : "");
    write_begin(out, "files", '[');
    if (read)
        inbound_files(mail, write_file, out);
    write_end(out, ']');
    inbound_close(mail);
}

/* Its bytes may be many more than a request's memory is meant for: they get an arena of their own. */
enum problem handle_quarantined(struct request *request)
{
    struct inbound_row row;
    const char *raw = NULL;
    size_t len = 0;
    if (!request->viewer.staff)
        return PROBLEM_DENIED;
    struct arena *arena = arena_new(0);
    enum rc rc = arena ? inbound_get(request->store, arena, request->number, &row, &raw, &len) : RC_INTERNAL;
    if (rc == RC_OK) {
        write_begin(&request->out, NULL, '{');
        write_row(&request->out, &row);
        write_words(request, raw, len);
        write_end(&request->out, '}');
    }
    arena_free(arena);
    return rc == RC_OK ? respond_json(request, 200) : problem_of(rc);
}

static enum problem accept(struct request *request, struct arena *arena, struct inbound_result *result)
{
    struct reply_key key;
    if (!reply_key_load(&key, store_dir(request->store)))
        return PROBLEM_INTERNAL;
    const struct inbound_task task = {
        .rules = {request->store, request->portal, &key, MAIL_UNKNOWN_QUARANTINE, request->now, true},
        .visible = request->snapshot->rule,
        .authserv = "",
    };
    return problem_of(inbound_accept(&task, arena, request->number, request->viewer.person_id, result));
}

/* Of the result only numbers are used once its arena is gone. */
enum problem handle_quarantine_accept(struct request *request)
{
    struct inbound_result result = {0};
    if (!request->viewer.staff)
        return PROBLEM_DENIED;
    struct arena *arena = arena_new(0);
    enum problem problem = arena ? accept(request, arena, &result) : PROBLEM_INTERNAL;
    arena_free(arena);
    if (problem != PROBLEM_NONE)
        return problem;
    if (!result.number)
        return PROBLEM_NOT_ALLOWED;
    write_begin(&request->out, NULL, '{');
    write_number(&request->out, "ticket", result.number);
    write_end(&request->out, '}');
    return respond_json(request, 200);
}

enum problem handle_quarantine_discard(struct request *request)
{
    if (!request->viewer.staff)
        return PROBLEM_DENIED;
    enum rc rc = inbound_decide(request->store, request->number, "discarded", 0, 0, request->viewer.person_id,
                                request->now);
    return rc == RC_OK ? respond_nothing(request, 204) : problem_of(rc);
}
