/* What the verb "import" asks of whoever holds the store: one batch. */
#include "../sync/apply.h"
#include "admin.h"

#include <stdlib.h>

void import_batch(struct admin *admin)
{
    enum rc rc;
    const char *source = admin_option(admin, "source"), *zone = admin_option(admin, "zone");
    struct sync_wanted wanted = {
        .source = source ? source : "import",
        .zone = zone ? (int)strtol(zone, NULL, 10) : 0,
        .dry = admin_option(admin, "dry") != NULL,
    };
    json_t *answer = sync_apply(admin->store, admin->portal, &wanted, admin->rows, &rc);
    if (answer)
        json_array_append_new(admin->done, answer);
    else
        admin_error(admin, "import: %s",
                    rc == RC_FULL ? "the disk is full" : "the store cannot be written; its log says why");
}
