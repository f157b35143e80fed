#include "who.h"

#include "../store/secret.h"
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
    const struct person *person = &request->session.person;
    request->viewer.person_id = person->id;
    request->viewer.staff = person->role != ROLE_CONTACT;
    request->viewer.company_id = request->portal->permission == PORTAL_COMPANY ? person->company_id : 0;
    return PROBLEM_NONE;
}
