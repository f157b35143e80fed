#include "invite_check.h"

#include "../../lib/settings/format.h"
#include "../account/name.h"
#include "../store/access.h"

#include <string.h>
#include <strings.h>

static const char *cell(const struct guest *guest, const char *key)
{
    const char *text = json_string_value(json_object_get(guest->row, key));
    return text && *text ? text : NULL;
}

static struct admin_cell at(const struct guest *guest, const char *key)
{
    return (struct admin_cell){guest->number, key};
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
        admin_cell_error(invite->admin,
                         at(guest, whole   ? "name"
                                   : first ? "first_name"
                                           : "last_name"),
                         "%s: want a name of at most %d characters", guest->email, NAME_MAX_CHARACTERS);
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
        admin_cell_error(invite->admin, at(guest, "locale"), "%s: the portal does not speak \"%s\"%s",
                         guest->email, tag, admin_hint(invite->admin, tag, invite->locales));
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
        admin_cell_error(invite->admin, at(guest, "manager"), "%s: want yes or no, got \"%s\"", guest->email,
                         text);
}

static void read_groups(struct invite *invite, struct guest *guest)
{
    struct people_change *change = &guest->invitation.change;
    const char *const *own = NULL;
    size_t count = 0;
    admin_groups_in(invite->admin, guest->email, at(guest, "groups"), cell(guest, "groups"), &own, &count);
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
        admin_cell_error(admin, at(guest, "email"), "%s: the store cannot be read", guest->email);
    }
    guest->invitation.change.email = guest->email;
    guest->invitation.change.company = cell(guest, "company");
    guest->invitation.mail = guest->state == STATE_NEW || guest->state == STATE_INVITED;
}

void invite_check(struct invite *invite, struct guest *guest)
{
    struct admin *admin = invite->admin;
    const char *fault = cell(guest, "fault");
    size_t before = json_array_size(admin->errors);
    bool found = format_is_email(guest->email);
    if (fault)
        admin_cell_error(admin, at(guest, "fault"), "%s: %s", guest->email, fault);
    if (found)
        look_up(invite, guest);
    else
        admin_cell_error(admin, at(guest, "email"), "\"%s\": want an e-mail address, as in anna@acme.example",
                         guest->email);
    read_name(invite, guest);
    read_locale(invite, guest);
    read_manager(invite, guest);
    read_groups(invite, guest);
    if (found && guest->invitation.mail && !will_be_let_in(invite, guest))
        admin_cell_error(admin, at(guest, "groups"),
                         "%s: would not be let in, being in no access group; --into ID puts them into one",
                         guest->email);
    if (json_array_size(admin->errors) > before)
        guest->state = STATE_BAD;
}

void invite_check_twice(struct invite *invite)
{
    json_t *seen = json_object();
    for (size_t i = 0; seen && i < invite->count; i++) {
        struct guest *guest = &invite->guests[i];
        char *key = arena_strdup(invite->admin->arena, guest->email);
        for (char *c = key; c && *c; c++)
            *c = (char)(*c >= 'A' && *c <= 'Z' ? *c + 32 : *c);
        if (!key || !*key)
            continue;
        if (json_object_get(seen, key)) {
            admin_cell_error(invite->admin, at(guest, "email"), "%s: is listed twice", guest->email);
            guest->state = STATE_BAD;
        }
        json_object_set_new(seen, key, json_true());
    }
    json_decref(seen);
}
