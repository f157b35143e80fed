#include "health.h"

#include "../server/respond.h"
#include "../server/write.h"

enum problem handle_health(struct request *request)
{
    enum rc rc = store_ping(request->store);
    if (rc != RC_OK)
        return problem_of(rc);
    write_begin(&request->out, NULL, '{');
    write_text(&request->out, "status", "ok");
    write_text(&request->out, "version", GUICHET_VERSION);
    write_end(&request->out, '}');
    return respond_json(request, 200);
}
