/* guichet-api invite: who gets the mail with the link to set a password. */
#include "invite_check.h"

#include <string.h>

static const char *const state_ids[] = {"bad", "new", "invited", "has_access", "disabled"};
static const char *const state_words[] = {
    [STATE_NEW] = "new",
    [STATE_INVITED] = "known, has no password yet",
    [STATE_HAS_ACCESS] = "has access already, gets no mail",
    [STATE_DISABLED] = "is disabled, gets no mail",
};

/* --- who is meant ----------------------------------------------------------------------------------------
 */

/* Without an address they are told as one that is wrong. */
static bool add_guest(struct invite *invite, const char *email, const json_t *row, long number)
{
    if (invite->count == invite->room)
        return false;
    email = email ? email : "";
    invite->guests[invite->count++] = (struct guest){.email = email, .row = row, .number = number};
    return true;
}

static bool add_member(void *context, const struct known *known)
{
    struct invite *invite = context;
    if (invite->count == invite->room) {
        size_t room = 2 * invite->room + 64;
        struct guest *more = arena_alloc(invite->admin->arena, room * sizeof *more);
        if (!more)
            return false;
        if (invite->count > 0)
            memcpy(more, invite->guests, invite->count * sizeof *more);
        invite->guests = more;
        invite->room = room;
    }
    return add_guest(invite, known->person.email, NULL, -1);
}

static void collect(struct invite *invite)
{
    struct admin *admin = invite->admin;
    const char *group = admin_option(admin, "--group");
    size_t i;
    json_t *one;
    invite->room = json_array_size(admin->rows) + json_array_size(admin->addresses);
    invite->guests = arena_alloc(admin->arena, (invite->room + 1) * sizeof *invite->guests);
    if (!invite->guests)
        return;
    json_array_foreach(admin->rows, i, one)
        add_guest(invite, json_string_value(json_object_get(one, "email")), one, (long)i);
    json_array_foreach(admin->addresses, i, one) add_guest(invite, json_string_value(one), NULL, -1);
    if (group && people_walk(admin->store, admin->arena, &(struct people_query){.group = group}, add_member,
                             invite) != RC_OK)
        admin_failed(admin, group, RC_INTERNAL);
}

/* --- the mails -------------------------------------------------------------------------------------------
 */

static void tell(struct invite *invite, bool sent)
{
    size_t counts[STATE_COUNT] = {0};
    struct admin *admin = invite->admin;
    for (size_t i = 0; i < invite->count; i++) {
        const struct guest *guest = &invite->guests[i];
        bool mail = guest->state != STATE_BAD && guest->invitation.mail;
        counts[guest->state]++;
        json_array_append_new(admin->people, json_pack("{s:s, s:s, s:b}", "email", guest->email, "state",
                                                       state_ids[guest->state], "mail", (int)mail));
        if (mail)
            admin_done(admin, "%s: %s (%s)", guest->email, sent ? "invited" : "would be invited",
                       state_words[guest->state]);
        else if (guest->state != STATE_BAD)
            admin_done(admin, "%s: %s", guest->email, state_words[guest->state]);
    }
    admin_done(admin, "%zu %s mail (%zu of them new), %zu have access already, %zu disabled, %zu wrong",
               counts[STATE_NEW] + counts[STATE_INVITED], sent ? "get" : "would get", counts[STATE_NEW],
               counts[STATE_HAS_ACCESS], counts[STATE_DISABLED], counts[STATE_BAD]);
}

static enum rc send(struct invite *invite)
{
    size_t count = 0;
    struct admin *admin = invite->admin;
    struct people_invitation *all = arena_alloc(admin->arena, (invite->count + 1) * sizeof *all);
    for (size_t i = 0; all && i < invite->count; i++) {
        const struct guest *guest = &invite->guests[i];
        if (guest->state != STATE_BAD && guest->state != STATE_DISABLED)
            all[count++] = guest->invitation;
    }
    return all ? people_invite(admin->store, all, count, admin->now) : RC_INTERNAL;
}

static const char **locales_of(struct admin *admin)
{
    const struct portal *portal = admin->portal;
    const char **all = arena_alloc(admin->arena, (portal->locale_count + 1) * sizeof *all);
    for (size_t i = 0; all && i < portal->locale_count; i++)
        all[i] = portal->locales[i];
    return all;
}

/* What is wrong is told, and is no error any more. */
static void skip_bad(struct admin *admin, size_t wrong)
{
    json_array_extend(admin->skipped, admin->errors);
    json_array_clear(admin->errors);
    if (wrong > 0)
        admin_done(admin, "%zu skipped: mend what is said of them, and invite them again", wrong);
}

static size_t count_wrong(const struct invite *invite)
{
    size_t wrong = 0;
    for (size_t i = 0; i < invite->count; i++)
        wrong += invite->guests[i].state == STATE_BAD;
    return wrong;
}

static void invite_all(struct invite *invite)
{
    struct admin *admin = invite->admin;
    const bool dry = admin_option(admin, "--dry-run") != NULL;
    for (size_t i = 0; i < invite->count; i++)
        invite_check(invite, &invite->guests[i]);
    invite_check_twice(invite);
    if (admin_option(admin, "--skip-bad"))
        skip_bad(admin, count_wrong(invite));
    bool wrong = json_array_size(admin->errors) > 0, go = !dry && !wrong;
    enum rc rc = go ? send(invite) : RC_OK;
    if (rc != RC_OK)
        admin_failed(admin, "invite", rc);
    tell(invite, go && rc == RC_OK);
    if (!admin->portal->open)
        admin_done(admin, "the portal is closed (\"open\" is false): until it opens, the link leads to the "
                          "page that says so");
    if (wrong && !dry)
        admin_error(admin, "nothing was sent; mend these, or add --skip-bad to invite the others");
}

void admin_invite(struct admin *admin)
{
    struct invite invite = {
        .admin = admin, .locale = admin->portal->default_locale, .locales = locales_of(admin)};
    const char *const *group;
    size_t count;
    admin_groups(admin, "--into", &invite.into, &invite.into_count);
    admin_groups(admin, "--group", &group, &count);
    if (!invite.locales)
        admin_failed(admin, "invite", RC_INTERNAL);
    if (json_array_size(admin->errors) > 0)
        return;
    collect(&invite);
    if (invite.count == 0 && !admin_option(admin, "--group"))
        admin_error(admin, "nobody is named; want addresses, or rows below the header of the file");
    if (json_array_size(admin->errors) == 0)
        invite_all(&invite);
}
