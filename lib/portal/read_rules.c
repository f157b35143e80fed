#include "read.h"

void portal_read_rules(struct portal_reader *reader, struct portal *portal, const json_t *root)
{
    static const char *const statuses[] = {"open_closed", "stages", NULL};
    /* as enum portal_owner_name */
    static const char *const names[] = {"first", "last", "full", "alias", NULL};
    portal->status_stages = reader_choice(reader, root, "status", statuses) == 1;
    portal->owner_name = (enum portal_owner_name)reader_choice(reader, root, "owner_name", names);
    if (portal->owner_name == PORTAL_ALIAS || !json_is_null(json_object_get(root, "owner_alias")))
        portal->owner_alias = reader_texts(reader, root, "owner_alias");
    if (!json_is_null(json_object_get(root, "follow_up_days")))
        portal->follow_up_days = reader_number(reader, root, "follow_up_days", 1, 3650);
}
