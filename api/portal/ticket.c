#include "../server/respond.h"
#include "../server/write.h"
#include "../store/file.h"
#include "../store/ticket_page.h"
#include "handlers.h"
#include "list.h"
#include "media.h"
#include "participant.h"
#include "view.h"

#include <string.h>
#include <unistd.h>

static void write_link(struct buf *out, const char *key, int64_t number)
{
    if (number)
        write_number(out, key, number);
    else
        write_text(out, key, NULL);
}

/* What the viewer may do with it. */
static void write_rights(struct request *request, const struct ticket *ticket)
{
    static const char *const effects[] = {[REPLY_ADDS] = "adds",
                                          [REPLY_REOPENS] = "reopens",
                                          [REPLY_FOLLOWS] = "follows",
                                          [REPLY_REFUSED] = NULL};
    struct reply_rules rules;
    enum reply_effect effect = view_reply(request, ticket, &rules);
    write_bool(&request->out, "may_reply", effect != REPLY_REFUSED);
    write_text(&request->out, "reply", effects[effect]);
    write_bool(&request->out, "may_close", view_close_stage(request, ticket) != NULL);
    write_bool(&request->out, "may_rate", view_may_rate(request, ticket));
}

static void write_rating(struct buf *out, const struct rating *rating)
{
    if (!rating->score) {
        write_text(out, "rating", NULL);
        return;
    }
    write_begin(out, "rating", '{');
    write_text(out, "score", rating->score);
    write_text(out, "comment", rating->comment);
    write_end(out, '}');
}

/* Part of a conversation, and whether there is more before it. */
static void write_messages(struct request *request, const struct message_page *page)
{
    struct buf *out = &request->out;
    write_begin(out, "messages", '[');
    for (size_t i = 0; i < page->count; i++)
        view_message(request, NULL, &page->messages[i]);
    write_end(out, ']');
    write_bool(out, "earlier", page->earlier);
}

static void write_page(struct request *request, const struct ticket_page *page, list_item *write)
{
    struct buf *out = &request->out;
    write_begin(out, NULL, '{');
    write_begin(out, "ticket", '{');
    write(request, &page->ticket);
    write_rights(request, &page->ticket);
    write_link(out, "follows", page->follows);
    write_link(out, "followed_by", page->followed_by);
    write_rating(out, request->portal->rating ? &page->rating : &(struct rating){0});
    participant_view(request, &page->participants);
    write_end(out, '}');
    write_messages(request, &page->latest);
    write_end(out, '}');
}

enum problem ticket_answer(struct request *request, list_item *write)
{
    struct ticket_page page;
    enum rc rc = ticket_page_get(request->store, request->arena, &request->viewer, request->number, &page);
    if (rc != RC_OK)
        return problem_of(rc);
    write_page(request, &page, write);
    return respond_json(request, 200);
}

enum problem handle_ticket(struct request *request)
{
    return ticket_answer(request, view_ticket);
}

enum problem handle_ticket_messages(struct request *request)
{
    const char *text;
    struct message_page page;
    enum problem problem = request_params(request, (const struct request_text[]){{"before", &text}, {0}});
    if (problem != PROBLEM_NONE)
        return problem;
    int64_t before = view_id(text);
    if (before == 0) {
        request_error(request, "before", "number");
        return PROBLEM_BAD_INPUT;
    }
    enum rc rc = ticket_messages_before(request->store, request->arena, &request->viewer, request->number,
                                        before, &page);
    if (rc != RC_OK)
        return problem_of(rc);
    write_begin(&request->out, NULL, '{');
    write_messages(request, &page);
    write_end(&request->out, '}');
    return respond_json(request, 200);
}

/* Shown in place only on request, and only what cannot run (T29). */
static const char *disposition(const char *in_place, const struct file *file)
{
    return in_place && strcmp(in_place, "1") == 0 && media_is_image(file->type) ? "inline" : "attachment";
}

enum problem handle_ticket_file(struct request *request)
{
    struct file file;
    const char *in_place;
    int fd;
    enum problem problem = request_params(request, (const struct request_text[]){{"inline", &in_place}, {0}});
    if (problem != PROBLEM_NONE)
        return problem;
    enum rc rc =
        ticket_file(request->store, request->arena, &request->viewer, request->number, request->id, &file);
    if (rc != RC_OK)
        return problem_of(rc);
    if (file_open(request->store, file.id, &fd) != RC_OK)
        return PROBLEM_INTERNAL;
    problem = respond_file(request, &file, disposition(in_place, &file), fd);
    close(fd);
    return problem;
}
