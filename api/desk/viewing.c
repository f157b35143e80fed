/* Looking at the portal as a contact does: see store/viewing.h. */
#include "../store/viewing.h"
#include "../server/cookie.h"
#include "../server/respond.h"
#include "handlers.h"

enum problem handle_desk_viewing(struct request *request)
{
    unsigned char hash[SECRET_HASH_BYTES];
    if (!cookie_hash(request, hash))
        return PROBLEM_SIGNED_OUT;
    enum rc rc = viewing_begin(request->store, hash, &request->session, request->number, request->now);
    return rc == RC_OK ? respond_nothing(request, 204) : problem_of(rc);
}

enum problem handle_viewing_end(struct request *request)
{
    unsigned char hash[SECRET_HASH_BYTES];
    if (!cookie_hash(request, hash))
        return PROBLEM_SIGNED_OUT;
    enum rc rc = viewing_end(request->store, hash, request->now);
    return rc == RC_OK || rc == RC_NOT_FOUND ? respond_nothing(request, 204) : problem_of(rc);
}
