/* Saved replies: what the team keeps ready, and what becomes of one on a ticket. */
#include "../store/saved_reply.h"

#include "../../lib/utf8.h"
#include "../portal/text.h"
#include "../server/respond.h"
#include "../server/write.h"
#include "handlers.h"
#include "placeholder.h"

#include <stdlib.h>
#include <string.h>

enum { TITLE_MAX = 100, SHOWN_MAX = 200, DIGITS_MAX = 15 };

/* The ticket that they are to be written on; 0: none, and they are shown as they were saved. */
struct about {
    int64_t number;
    const char *locale, *inbox;
    const char *values[PLACEHOLDER_COUNT];
};

/* --- the ticket ------------------------------------------------------------------------------------------
 */

static const char *first_of(const char *first, const char *last)
{
    return first && *first ? first : last ? last : "";
}

/* The writer's name goes to a customer, and is the one that customers read. */
static enum problem read_ticket(struct request *request, struct about *about)
{
    struct ticket ticket;
    struct person requester;
    const struct person *writer = &request->session.person;
    enum rc rc = ticket_get(request->store, request->arena, &request->viewer, about->number, &ticket);
    if (rc == RC_OK)
        rc = person_by_id(request->store, request->arena, ticket.requester_id, &requester);
    if (rc != RC_OK)
        return problem_of(rc);
    about->locale = requester.locale;
    about->inbox = ticket.inbox;
    about->values[PLACEHOLDER_FIRST_NAME] = first_of(requester.first_name, requester.last_name);
    about->values[PLACEHOLDER_NUMBER] = arena_printf(request->arena, "%lld", (long long)ticket.number);
    about->values[PLACEHOLDER_SUBJECT] = ticket.subject;
    about->values[PLACEHOLDER_WRITER] = portal_team_name(request->portal, request->arena, requester.locale,
                                                         writer->first_name, writer->last_name);
    for (size_t i = 0; i < PLACEHOLDER_COUNT; i++)
        if (!about->values[i])
            return PROBLEM_INTERNAL;
    return PROBLEM_NONE;
}

static bool read_number(const char *text, int64_t *number)
{
    size_t len = strlen(text);
    *number = 0;
    if (len == 0 || len > DIGITS_MAX || strspn(text, "0123456789") != len || *text == '0')
        return false;
    *number = strtoll(text, NULL, 10);
    return true;
}

static enum problem read_about(struct request *request, struct about *about)
{
    const char *ticket = NULL;
    *about = (struct about){0};
    enum problem problem = request_params(request, (const struct request_text[]){{"ticket", &ticket}, {0}});
    if (problem != PROBLEM_NONE || !ticket)
        return problem;
    if (!read_number(ticket, &about->number)) {
        request_error(request, "ticket", "option");
        return PROBLEM_BAD_INPUT;
    }
    return read_ticket(request, about);
}

static const char *filled(struct request *request, const struct about *about, const char *text)
{
    return about->number ? placeholder_fill(request->arena, text, about->values) : text;
}

/* --- answers ---------------------------------------------------------------------------------------------
 */

static void write_members(struct request *request, const struct saved_reply *reply)
{
    struct buf *out = &request->out;
    write_number(out, "id", reply->id);
    write_number(out, "version", reply->version);
    write_text(out, "title", reply->title);
    write_text(out, "locale", reply->locale);
    write_text(out, "inbox", reply->inbox);
    write_text(out, "changed_by", request_name(request, reply->first_name, reply->last_name));
    write_time(out, "changed_at", reply->changed_at);
}

struct list {
    struct request *request;
    const struct about *about;
    bool failed;
};

static void add_row(void *context, const struct saved_reply *reply)
{
    struct list *list = context;
    struct request *request = list->request;
    const char *text = filled(request, list->about, reply->body);
    list->failed = list->failed || !text;
    if (list->failed)
        return;
    write_begin(&request->out, NULL, '{');
    write_members(request, reply);
    write_text(&request->out, "start",
               arena_strndup(request->arena, text, utf8_prefix(text, strlen(text), SHOWN_MAX)));
    write_end(&request->out, '}');
}

enum problem handle_desk_replies(struct request *request)
{
    struct about about;
    struct list list = {.request = request, .about = &about};
    struct buf *out = &request->out;
    enum problem problem = read_about(request, &about);
    if (problem != PROBLEM_NONE)
        return problem;
    const struct saved_reply_query wanted = {.locale = about.locale, .inbox = about.inbox};
    write_begin(out, NULL, '{');
    write_begin(out, "rows", '[');
    enum rc rc = saved_reply_walk(request->store, request->arena, &wanted, add_row, &list);
    write_end(out, ']');
    write_begin(out, "placeholders", '[');
    for (size_t i = 0; i < PLACEHOLDER_COUNT; i++)
        write_text(out, NULL, placeholder_names[i]);
    write_end(out, ']');
    write_end(out, '}');
    return rc != RC_OK ? problem_of(rc) : list.failed ? PROBLEM_INTERNAL : respond_json(request, 200);
}

static enum problem respond_reply(struct request *request, int64_t id, const struct about *about, int status)
{
    struct saved_reply reply;
    enum rc rc = saved_reply_get(request->store, request->arena, id, &reply);
    const char *body = rc == RC_OK ? filled(request, about, reply.body) : NULL;
    if (!body)
        return rc == RC_OK ? PROBLEM_INTERNAL : problem_of(rc);
    write_begin(&request->out, NULL, '{');
    write_begin(&request->out, "reply", '{');
    write_members(request, &reply);
    write_text(&request->out, "body", body);
    write_end(&request->out, '}');
    write_end(&request->out, '}');
    return respond_json(request, status);
}

enum problem handle_desk_saved(struct request *request)
{
    struct about about;
    enum problem problem = read_about(request, &about);
    return problem == PROBLEM_NONE ? respond_reply(request, request->number, &about, 200) : problem;
}

/* --- writing ---------------------------------------------------------------------------------------------
 */

static const char *or_null(const char *text)
{
    return *text ? text : NULL;
}

static void check_choice(struct request *request, const struct saved_reply *reply)
{
    bool known = !reply->locale;
    for (size_t i = 0; !known && i < request->portal->locale_count; i++)
        known = strcmp(request->portal->locales[i], reply->locale) == 0;
    if (!known)
        request_error(request, "locale", "option");
    if (reply->inbox && !portal_inbox(request->portal, reply->inbox))
        request_error(request, "inbox", "option");
}

static void check_text(struct request *request, const char *field, const char *text, size_t most)
{
    if (!*text)
        request_error(request, field, "required");
    else if (utf8_count(text, strlen(text)) > most)
        request_error(request, field, "too_long");
}

/* With a version when one is changed, which a new one lacks. */
static enum problem read_reply(struct request *request, bool changes, struct saved_reply *reply)
{
    const char *title, *body, *locale, *inbox, *version = "";
    const struct request_text fields[] = {{"title", &title},
                                          {"body", &body},
                                          {"locale", &locale},
                                          {"inbox", &inbox},
                                          {changes ? "version" : NULL, &version},
                                          {0}};
    enum problem problem = request_texts(request, fields);
    if (problem != PROBLEM_NONE)
        return problem;
    *reply = (struct saved_reply){.id = changes ? request->number : 0,
                                  .title = text_line(request->arena, title),
                                  .body = text_lines(request->arena, body),
                                  .locale = or_null(locale),
                                  .inbox = or_null(inbox)};
    if (!reply->title || !reply->body)
        return PROBLEM_INTERNAL;
    if (changes && !read_number(version, &reply->version))
        request_error(request, "version", "option");
    check_text(request, "title", reply->title, TITLE_MAX);
    check_text(request, "body", reply->body, REPLY_MAX);
    if (!placeholder_all_known(reply->body))
        request_error(request, "body", "placeholder");
    check_choice(request, reply);
    return request->error_count > 0 ? PROBLEM_INVALID : PROBLEM_NONE;
}

static enum problem refusal(struct request *request, enum rc rc)
{
    if (rc == RC_CONFLICT)
        return PROBLEM_CHANGED;
    if (rc != RC_BAD_INPUT && rc != RC_DENIED)
        return problem_of(rc);
    request_error(request, "title", rc == RC_DENIED ? "too_many" : "taken");
    return PROBLEM_INVALID;
}

enum problem handle_desk_saved_add(struct request *request)
{
    int64_t id;
    struct saved_reply reply;
    enum problem problem = read_reply(request, false, &reply);
    if (problem != PROBLEM_NONE)
        return problem;
    enum rc rc = saved_reply_add(request->store, &reply, request->session.person.id, request->now, &id);
    return rc == RC_OK ? respond_reply(request, id, &(struct about){0}, 201) : refusal(request, rc);
}

enum problem handle_desk_saved_change(struct request *request)
{
    struct saved_reply reply;
    enum problem problem = read_reply(request, true, &reply);
    if (problem != PROBLEM_NONE)
        return problem;
    enum rc rc = saved_reply_change(request->store, &reply, request->session.person.id, request->now);
    return rc == RC_OK ? respond_reply(request, reply.id, &(struct about){0}, 200) : refusal(request, rc);
}

enum problem handle_desk_saved_remove(struct request *request)
{
    int64_t read;
    const char *version = NULL;
    enum problem problem = request_params(request, (const struct request_text[]){{"version", &version}, {0}});
    if (problem != PROBLEM_NONE)
        return problem;
    if (!version || !read_number(version, &read)) {
        request_error(request, "version", "option");
        return PROBLEM_BAD_INPUT;
    }
    enum rc rc =
        saved_reply_remove(request->store, request->number, read, request->session.person.id, request->now);
    return rc == RC_OK ? respond_nothing(request, 204) : refusal(request, rc);
}
