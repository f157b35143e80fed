/* guichet-api outbox: list, resend. */
#include "../store/outbox.h"
#include "admin.h"

static bool tell(void *context, const struct outbox_entry *entry)
{
    struct admin *admin = context;
    json_t *one = json_pack("{s:I, s:s, s:s?, s:o, s:o, s:i, s:s?, s:s?, s:o}", "id", (json_int_t)entry->id,
                            "kind", entry->kind, "to", entry->address, "created_at",
                            admin_moment(entry->created_at), "due_at", admin_moment(entry->due_at),
                            "attempts", entry->attempts, "waits", outbox_waits_word(entry->waits), "why",
                            entry->why, "failed_at", admin_moment(entry->failed_at));
    if (one && entry->number)
        json_object_set_new(one, "ticket", json_integer(entry->number));
    return one && json_array_append_new(admin->mails, one) == 0;
}

void outbox_list(struct admin *admin)
{
    const struct outbox_wanted wanted = {
        .waiting = !admin_option(admin, "--failed"), .failed = true, .limit = -1, .now = admin->now};
    enum rc rc = outbox_walk(admin->store, admin->arena, &wanted, tell, admin);
    if (rc != RC_OK)
        admin_failed(admin, "outbox", rc);
}

static void resend(struct admin *admin, const char *text)
{
    int64_t id = admin_number(text);
    enum rc rc = id ? outbox_resend(admin->store, id, 0, admin->now) : RC_NOT_FOUND;
    if (rc == RC_OK)
        admin_done(admin, "%s: will be sent", text);
    else if (rc == RC_NOT_FOUND)
        admin_error(admin,
                    "\"%s\": want the number of a mail that was given up, and that is not owed anew; "
                    "guichet-api outbox list --failed tells them",
                    text ? text : "");
    else
        admin_failed(admin, text, rc);
}

void outbox_send_again(struct admin *admin)
{
    size_t i;
    json_t *one;
    json_array_foreach((json_t *)admin->addresses, i, one) resend(admin, json_string_value(one));
}
