#include "inbound_loop.h"

#include "../store/inbound.h"

#define HOUR_MS INT64_C(3600000)

enum { ON_ONE_TICKET = 20 }; /* mails of one person in an hour */

enum rc inbound_loop(const struct inbound_rules *rules, const struct inbound_decision *decision,
                     const unsigned char *words, const char **reason)
{
    int64_t count = 0, alike = 0;
    *reason = NULL;
    if (rules->vouched)
        return RC_OK;
    enum rc rc = inbound_alike(rules->store, decision->person.id, decision->number, words,
                               rules->now - HOUR_MS, &count, &alike);
    if (rc == RC_OK && alike > 0)
        *reason = "automatic";
    else if (rc == RC_OK && count >= ON_ONE_TICKET)
        *reason = "too_many";
    return rc;
}
