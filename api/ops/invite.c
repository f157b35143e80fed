/* guichet-api invite: who gets the mail with the link to set a password. */
#include "../../lib/settings/format.h"
#include "../account/name.h"
#include "../store/access.h"
#include "admin.h"

#include <string.h>
#include <strings.h>

enum state { STATE_BAD, STATE_NEW, STATE_INVITED, STATE_HAS_ACCESS, STATE_DISABLED, STATE_COUNT };

static const char *const state_ids[] = {"bad", "new", "invited", "has_access", "disabled"};
static const char *const state_words[] = {
    [STATE_NEW] = "new",
    [STATE_INVITED] = "known, has no password yet",
    [STATE_HAS_ACCESS] = "has access already, gets no mail",
    [STATE_DISABLED] = "is disabled, gets no mail",
};

struct guest {
    const char *email;
    const json_t *row; /* NULL: from the command line */
    long number;       /* of the row; -1 */
    enum state state;
    struct known known;
    struct people_invitation invitation;
};

struct invite {
    struct admin *admin;
    const char *locale;      /* of who is new and has none of their own */
    const char *const *into; /* groups for everybody */
    size_t into_count;
    struct guest *guests;
    size_t count, room;
};

/* --- who is meant ----------------------------------------------------------------------------------------
 */

static bool add_guest(struct invite *invite, const char *email, const json_t *row, long number)
{
    if (invite->count == invite->room || !email)
        return false;
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

/* --- what is said of them --------------------------------------------------------------------------------
 */

static const char *cell(const struct guest *guest, const char *key)
{
    const char *text = json_string_value(json_object_get(guest->row, key));
    return text && *text ? text : NULL;
}

static void read_name(struct invite *invite, struct guest *guest)
{
    struct people_change *change = &guest->invitation.change;
    struct arena *arena = invite->admin->arena;
    const char *whole = cell(guest, "name");
    const char *first = cell(guest, "first_name"), *last = cell(guest, "last_name");
    const char *name =
        name_clean(arena, whole ? whole : arena_printf(arena, "%s %s", first ? first : "", last ? last : ""));
    const char *fault = name && *name ? name_wrong(name) : NULL;
    if (fault)
        admin_row_error(invite->admin, guest->number, "%s: want a name of at most %d characters",
                        guest->email, NAME_MAX_CHARACTERS);
    else if (whole && name)
        name_split(arena, name, &change->first_name, &change->last_name);
    else {
        change->first_name = first ? name_clean(arena, first) : "";
        change->last_name = last ? name_clean(arena, last) : "";
    }
}

static void read_locale(struct invite *invite, struct guest *guest)
{
    const struct portal *portal = invite->admin->portal;
    const char *tag = cell(guest, "locale");
    guest->invitation.change.locale = tag ? tag : invite->locale;
    for (size_t i = 0; tag && i < portal->locale_count; i++) {
        if (strcasecmp(portal->locales[i], tag) != 0)
            continue;
        guest->invitation.change.locale = portal->locales[i];
        return;
    }
    if (tag)
        admin_row_error(invite->admin, guest->number, "%s: the portal does not speak \"%s\"", guest->email,
                        tag);
}

static void read_manager(struct invite *invite, struct guest *guest)
{
    static const char *const yes[] = {"yes", "true", "1", NULL}, *const no[] = {"no", "false", "0", NULL};
    const char *text = cell(guest, "manager");
    for (size_t i = 0; text && yes[i]; i++) {
        if (strcasecmp(text, yes[i]) == 0)
            guest->invitation.change.manager = "yes";
        if (strcasecmp(text, yes[i]) == 0 || strcasecmp(text, no[i]) == 0)
            return;
    }
    if (text)
        admin_row_error(invite->admin, guest->number, "%s: manager: want yes or no, got \"%s\"", guest->email,
                        text);
}

static void read_groups(struct invite *invite, struct guest *guest)
{
    struct people_change *change = &guest->invitation.change;
    const char *const *own = NULL;
    size_t count = 0;
    admin_groups_in(invite->admin, guest->email, guest->number, cell(guest, "groups"), &own, &count);
    const char **all = arena_alloc(invite->admin->arena, (count + invite->into_count + 1) * sizeof *all);
    for (size_t i = 0; all && i < count; i++)
        all[change->add_count++] = own[i];
    for (size_t i = 0; all && i < invite->into_count; i++)
        all[change->add_count++] = invite->into[i];
    change->add = all;
}

static bool will_be_let_in(const struct invite *invite, const struct guest *guest)
{
    const struct portal *portal = invite->admin->portal;
    if (guest->invitation.change.add_count > 0 || portal->group_count == 0)
        return true;
    return guest->invitation.id && person_may_enter(&guest->known.person, portal);
}

static void look_up(struct invite *invite, struct guest *guest)
{
    struct admin *admin = invite->admin;
    enum rc rc = people_find(admin->store, admin->arena, guest->email, &guest->known);
    guest->state = STATE_NEW;
    if (rc == RC_OK) {
        guest->invitation.id = guest->known.person.id;
        guest->state = guest->known.disabled       ? STATE_DISABLED
                       : guest->known.has_password ? STATE_HAS_ACCESS
                                                   : STATE_INVITED;
    } else if (rc != RC_NOT_FOUND) {
        admin_row_error(admin, guest->number, "%s: the store cannot be read", guest->email);
    }
    guest->invitation.change.email = guest->email;
    guest->invitation.change.company = cell(guest, "company");
    guest->invitation.mail = guest->state == STATE_NEW || guest->state == STATE_INVITED;
}

static void check(struct invite *invite, struct guest *guest)
{
    struct admin *admin = invite->admin;
    size_t before = json_array_size(admin->errors);
    if (!format_is_email(guest->email)) {
        admin_row_error(admin, guest->number, "\"%s\": want an e-mail address, as in anna@acme.example",
                        guest->email);
        return;
    }
    look_up(invite, guest);
    read_name(invite, guest);
    read_locale(invite, guest);
    read_manager(invite, guest);
    read_groups(invite, guest);
    if (guest->invitation.mail && !will_be_let_in(invite, guest))
        admin_row_error(admin, guest->number,
                        "%s: would not be let in, being in no access group; --into ID puts them into one",
                        guest->email);
    if (json_array_size(admin->errors) > before)
        guest->state = STATE_BAD;
}

/* By address, without case: whoever stands there a second time. */
static void check_twice(struct invite *invite)
{
    json_t *seen = json_object();
    for (size_t i = 0; seen && i < invite->count; i++) {
        struct guest *guest = &invite->guests[i];
        char *key = arena_strdup(invite->admin->arena, guest->email);
        for (char *at = key; at && *at; at++)
            *at = (char)(*at >= 'A' && *at <= 'Z' ? *at + 32 : *at);
        if (!key || guest->state == STATE_BAD)
            continue;
        if (json_object_get(seen, key)) {
            admin_row_error(invite->admin, guest->number, "%s: is listed twice", guest->email);
            guest->state = STATE_BAD;
        }
        json_object_set_new(seen, key, json_true());
    }
    json_decref(seen);
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

void admin_invite(struct admin *admin)
{
    struct invite invite = {.admin = admin, .locale = admin->portal->default_locale};
    const char *const *group;
    size_t count;
    admin_groups(admin, "--into", &invite.into, &invite.into_count);
    admin_groups(admin, "--group", &group, &count);
    if (json_array_size(admin->errors) > 0)
        return;
    collect(&invite);
    for (size_t i = 0; i < invite.count; i++)
        check(&invite, &invite.guests[i]);
    check_twice(&invite);
    bool wrong = json_array_size(admin->errors) > 0;
    bool go = !admin_option(admin, "--dry-run") && (!wrong || admin_option(admin, "--skip-bad"));
    enum rc rc = go ? send(&invite) : RC_OK;
    if (rc != RC_OK)
        admin_failed(admin, "invite", rc);
    tell(&invite, go && rc == RC_OK);
    if (!admin->portal->open)
        admin_done(admin, "the portal is closed (\"open\" is false): until it opens, the link leads to the "
                          "page that says so");
    if (wrong && !go && !admin_option(admin, "--dry-run"))
        admin_error(admin, "nothing was sent; mend these, or add --skip-bad to invite the others");
}
