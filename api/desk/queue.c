#include "../store/queue.h"
#include "../portal/list.h"
#include "../server/respond.h"
#include "../server/write.h"
#include "handlers.h"
#include "view.h"

static bool write_queue(void *context, const struct queue *queue)
{
    struct buf *out = context;
    write_begin(out, NULL, '{');
    write_text(out, "inbox", queue->inbox);
    write_text(out, "pipeline", queue->pipeline);
    write_text(out, "stage", queue->stage);
    write_number(out, "open", queue->open);
    write_number(out, "mine", queue->mine);
    write_number(out, "nobody", queue->nobody);
    write_end(out, '}');
    return true;
}

enum problem handle_desk_queues(struct request *request)
{
    struct buf *out = &request->out;
    write_begin(out, NULL, '{');
    write_begin(out, "queues", '[');
    enum rc rc = queue_walk(request->store, &request->viewer, write_queue, out);
    write_end(out, ']');
    write_end(out, '}');
    return rc == RC_OK ? respond_json(request, 200) : problem_of(rc);
}

enum problem handle_desk_list(struct request *request)
{
    return list_answer(request, desk_view_ticket);
}
