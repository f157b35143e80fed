/* Who sees what, in the compiled portal. */
#include "read.h"

static void read_names(struct portal_reader *reader, const json_t *object, const char *key,
                       const char ***names, size_t *count)
{
    json_t *list = reader_list(reader, object, key, 0, names, sizeof **names, count);
    for (size_t i = 0; i < *count; i++) {
        const char *name = json_string_value(json_array_get(list, i));
        if (!name || !*name)
            reader_refuse(reader, object, key, "want texts");
        (*names)[i] = name ? name : "";
    }
}

static const json_t *object_at(struct portal_reader *reader, const json_t *root, const char *key)
{
    const json_t *object = json_object_get(root, key);
    if (!json_is_object(object))
        reader_refuse(reader, root, key, "want an object");
    return object;
}

static void read_inboxes(struct portal_reader *reader, struct portal *portal, const json_t *root)
{
    if (json_is_null(json_object_get(root, "visible_inboxes")))
        return;
    read_names(reader, root, "visible_inboxes", &portal->visible_inboxes, &portal->visible_inbox_count);
    if (portal->visible_inbox_count == 0)
        reader_refuse(reader, root, "visible_inboxes", "want inboxes, or null for all");
    for (size_t i = 0; i < portal->visible_inbox_count; i++) {
        if (!portal_inbox(portal, portal->visible_inboxes[i]))
            reader_refuse(reader, root, "visible_inboxes", "names no inbox");
    }
}

static void read_company_view(struct portal_reader *reader, struct portal *portal, const json_t *root)
{
    const json_t *view = object_at(reader, root, "company_view");
    portal->company_managers = reader_flag(reader, view, "managers");
    portal->company_contacts = portal_read_filter(reader, view, "contacts");
}

static void read_internal(struct portal_reader *reader, struct portal *portal, const json_t *root)
{
    struct portal_internal *internal = &portal->internal;
    const json_t *object = object_at(reader, root, "internal");
    read_names(reader, object, "channels", &internal->channels, &internal->channel_count);
    read_names(reader, object, "senders", &internal->senders, &internal->sender_count);
    internal->tickets = portal_read_filter(reader, object, "tickets");
}

void portal_read_visible(struct portal_reader *reader, struct portal *portal, const json_t *root)
{
    /* as the enums count */
    static const char *const permissions[] = {"own", "company", "matching", NULL};
    static const char *const threads[] = {"all", "latest", "original", NULL};
    portal->permission = (enum portal_permission)reader_choice(reader, root, "permission", permissions);
    read_company_view(reader, portal, root);
    portal->visible = portal_read_filter(reader, root, "visible");
    read_inboxes(reader, portal, root);
    portal->threads = (enum portal_threads)reader_choice(reader, root, "threads", threads);
    read_internal(reader, portal, root);
}
