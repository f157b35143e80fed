#include "who.h"

#include "../store/secret.h"
#include "../store/visible_rule.h"
#include "cookie.h"

enum problem who_asks(struct request *request)
{
    unsigned char hash[SECRET_HASH_BYTES];
    if (!cookie_hash(request, hash))
        return PROBLEM_SIGNED_OUT;
    enum rc rc = session_use(request->store, request->arena, hash, request->now,
                             request->portal->idle_minutes * INT64_C(60000), &request->session);
    if (rc != RC_OK)
        return rc == RC_NOT_FOUND ? PROBLEM_SIGNED_OUT : problem_of(rc);
    rc = visible_viewer(request->store, request->snapshot->rule, &request->session.person, request->now,
                        &request->viewer);
    return rc == RC_OK ? PROBLEM_NONE : problem_of(rc);
}
