/* guichet-api quarantine: list, show, accept, discard. */
#include "../mail/inbound_handle.h"
#include "../mail/letter.h"
#include "../mail/spool.h"
#include "../server/write.h"
#include "../store/inbound.h"
#include "admin.h"

#include <stdlib.h>
#include <string.h>

static json_t *told(const struct inbound_row *row)
{
    struct buf text;
    buf_init(&text, 64);
    write_moment(&text, row->received_at);
    json_t *one = json_pack("{s:I, s:s#, s:s, s:s, s:s, s:I}", "id", (json_int_t)row->id, "received_at",
                            text.data, (int)text.len, "sender", row->sender, "subject", row->subject,
                            "reason", row->reason, "bytes", (json_int_t)row->size);
    buf_release(&text);
    return one;
}

static bool tell(void *context, const struct inbound_row *row)
{
    struct admin *admin = context;
    json_t *one = told(row);
    return one && json_array_append_new(admin->mails, one) == 0;
}

void quarantine_list(struct admin *admin)
{
    enum rc rc = inbound_walk(admin->store, admin->arena, tell, admin);
    if (rc != RC_OK)
        admin_failed(admin, "quarantine", rc);
}

static void say_unknown(struct admin *admin, const char *text, enum rc rc)
{
    if (rc == RC_NOT_FOUND)
        admin_error(admin,
                    "\"%s\": want the number of a mail that waits; guichet-api quarantine list tells them",
                    text ? text : "");
    else
        admin_failed(admin, text ? text : "", rc);
}

/* What it says, as the ticket would have it. */
static bool add_words(struct admin *admin, json_t *one, const char *raw, size_t len)
{
    struct inbound inbound;
    struct inbound_mail *mail;
    enum inbound_answer answer = inbound_open(&mail, &inbound, admin->arena, raw, len, "");
    if (answer == INBOUND_READ)
        json_object_set_new(one, "text", json_string(inbound.text));
    inbound_close(mail);
    return answer == INBOUND_READ;
}

void quarantine_show(struct admin *admin)
{
    struct inbound_row row;
    const char *raw = NULL, *text = json_string_value(json_array_get(admin->addresses, 0));
    size_t len = 0;
    int64_t id = admin_number(text);
    enum rc rc = id ? inbound_get(admin->store, admin->arena, id, &row, &raw, &len) : RC_NOT_FOUND;
    json_t *one = rc == RC_OK ? told(&row) : NULL;
    if (!one) {
        say_unknown(admin, text, rc);
        return;
    }
    letter_init();
    if (!add_words(admin, one, raw, len))
        admin_error(admin, "%s: it cannot be read", text);
    letter_shutdown();
    json_array_append_new(admin->mails, one);
}

static void say_result(struct admin *admin, const char *text, const struct inbound_result *result)
{
    if (result->number)
        admin_done(admin, "%s: now on ticket %lld", text, (long long)result->number);
    else
        admin_error(admin, "%s: it cannot be accepted (%s), and goes on waiting", text,
                    result->decision.reason);
}

static void accept_one(struct admin *admin, const struct inbound_task *task, const char *text)
{
    struct inbound_result result;
    int64_t id = admin_number(text);
    enum rc rc = id ? inbound_accept(task, admin->arena, id, 0, &result) : RC_NOT_FOUND;
    if (rc == RC_OK)
        say_result(admin, text, &result);
    else
        say_unknown(admin, text, rc);
}

void quarantine_accept(struct admin *admin)
{
    size_t i;
    json_t *one;
    struct reply_key key;
    if (!reply_key_load(&key, store_dir(admin->store))) {
        admin_error(admin, "%s/" REPLY_KEY_FILE ": cannot be read", store_dir(admin->store));
        return;
    }
    const struct inbound_task task = {
        .rules = {admin->store, admin->portal, &key, MAIL_UNKNOWN_QUARANTINE, admin->now, true},
        .visible = visible_rule_make(admin->arena, admin->portal),
        .authserv = "",
    };
    letter_init();
    json_array_foreach((json_t *)admin->addresses, i, one) accept_one(admin, &task, json_string_value(one));
    letter_shutdown();
}

void quarantine_discard(struct admin *admin)
{
    size_t i;
    json_t *one;
    json_array_foreach((json_t *)admin->addresses, i, one)
    {
        const char *text = json_string_value(one);
        int64_t id = admin_number(text);
        enum rc rc = id ? inbound_decide(admin->store, id, "discarded", 0, 0, 0, admin->now) : RC_NOT_FOUND;
        if (rc == RC_OK)
            admin_done(admin, "%s: discarded", text);
        else
            say_unknown(admin, text, rc);
    }
}
