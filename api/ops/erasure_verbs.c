/* guichet-api people: erasures, erase, keep. */
#include "../account/name.h"
#include "../store/erasure.h"
#include "admin.h"

#include <time.h>

#define DAY_MS INT64_C(86400000)
#define DAY_ROOM 24

static const char *day_of(char day[DAY_ROOM], int64_t ms)
{
    struct tm utc;
    time_t seconds = (time_t)(ms / 1000);
    gmtime_r(&seconds, &utc);
    strftime(day, DAY_ROOM, "%Y-%m-%d", &utc);
    return day;
}

static bool tell(void *context, const struct erasure *erasure)
{
    char asked[DAY_ROOM], due[DAY_ROOM];
    const char *state = erasure->begun_at      ? "is being carried out"
                        : erasure->approved_at ? "is approved"
                                               : "waits for approval";
    admin_done(context, "%s: asked on %s, to be erased from %s on, %s", erasure->email,
               day_of(asked, erasure->asked_at), day_of(due, erasure->due_at), state);
    return true;
}

void people_erasures(struct admin *admin)
{
    size_t before = json_array_size(admin->done);
    enum rc rc = erasure_walk(admin->store, admin->arena, 0, -1, tell, admin);
    if (rc != RC_OK)
        admin_failed(admin, "erasures", rc);
    else if (json_array_size(admin->done) == before)
        admin_done(admin, "nobody has asked");
}

/* Who asked by letter has not asked here: it is done for them, and they get the mail. */
static enum rc ask_and_approve(struct admin *admin, int64_t person_id, struct erasure *erasure)
{
    int64_t due_at = admin->now + admin->portal->cool_off_days * DAY_MS;
    enum rc rc = erasure_ask(admin->store, person_id, due_at, admin->now);
    if (rc == RC_OK || rc == RC_CONFLICT)
        rc = erasure_last(admin->store, admin->arena, person_id, erasure);
    return rc == RC_OK ? erasure_approve(admin->store, erasure->id, 0, admin->now) : rc;
}

static void erase_one(struct admin *admin, const struct person *person)
{
    char due[DAY_ROOM];
    struct erasure erasure;
    enum rc rc = ask_and_approve(admin, person->id, &erasure);
    if (rc == RC_DENIED)
        admin_error(admin,
                    "%s: only customers are erased; guichet-api people set --role contact makes one of them",
                    person->email);
    else if (rc != RC_OK)
        admin_failed(admin, person->email, rc);
    else
        admin_done(admin, "%s: approved, to be erased from %s on by the server", person->email,
                   day_of(due, erasure.due_at));
}

void people_erase(struct admin *admin)
{
    struct known *all = admin_find_all(admin);
    for (size_t i = 0; all && i < json_array_size(admin->addresses); i++)
        erase_one(admin, &all[i].person);
}

static void keep_one(struct admin *admin, const struct person *person, const char *reason)
{
    struct erasure erasure;
    enum rc rc = erasure_last(admin->store, admin->arena, person->id, &erasure);
    if (rc == RC_OK)
        rc = erasure_decline(admin->store, erasure.id, 0, reason, admin->now);
    if (rc == RC_NOT_FOUND)
        admin_error(admin, "%s: has not asked; guichet-api people erasures lists who has", person->email);
    else if (rc == RC_CONFLICT)
        admin_error(admin, "%s: it has begun, and there is no way back", person->email);
    else if (rc != RC_OK)
        admin_failed(admin, person->email, rc);
    else
        admin_done(admin, "%s: declined", person->email);
}

void people_keep(struct admin *admin)
{
    const char *given = admin_option(admin, "--reason");
    const char *reason = given ? name_clean(admin->arena, given) : NULL;
    if (!reason || !*reason) {
        admin_error(admin, "--reason: want the reason, which the customer is told");
        return;
    }
    struct known *all = admin_find_all(admin);
    for (size_t i = 0; all && i < json_array_size(admin->addresses); i++)
        keep_one(admin, &all[i].person, reason);
}
