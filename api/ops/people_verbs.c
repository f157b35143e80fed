/* guichet-api people: list, add, set, disable, enable, two-step-off. */
#include "../../lib/settings/format.h"
#include "../account/name.h"
#include "../store/two_step.h"
#include "admin.h"

#include <string.h>

static const char *const role_words[] = {"contact", "agent", "admin", NULL};
static const char *const yes_no[] = {"yes", "no", NULL};

static const char *address_at(const struct admin *admin, size_t i)
{
    const char *address = json_string_value(json_array_get(admin->addresses, i));
    return address ? address : "";
}

/* One of some words, or nothing. */
static void want_word(struct admin *admin, const char *option, const char *const *words, const char **value)
{
    const char *given = admin_option(admin, option);
    *value = given;
    for (size_t i = 0; given && words[i]; i++) {
        if (strcmp(words[i], given) == 0)
            return;
    }
    if (given && words == yes_no)
        admin_error(admin, "%s: want yes or no, got \"%s\"", option, given);
    else if (given && words == role_words)
        admin_error(admin, "%s: want contact, agent or admin, got \"%s\"%s", option, given,
                    admin_hint(admin, given, words));
}

static void want_locale(struct admin *admin, const char **value)
{
    const struct portal *portal = admin->portal;
    const char *given = admin_option(admin, "--locale");
    *value = given;
    if (!given)
        return;
    const char **all = arena_alloc(admin->arena, (portal->locale_count + 1) * sizeof *all);
    for (size_t i = 0; all && i < portal->locale_count; i++) {
        if (strcmp(portal->locales[i], given) == 0)
            return;
        all[i] = portal->locales[i];
    }
    admin_error(admin, "--locale: the portal does not speak \"%s\"%s", given,
                all ? admin_hint(admin, given, all) : "");
}

static void want_name(struct admin *admin, struct people_change *change)
{
    const char *given = admin_option(admin, "--name");
    const char *name = given ? name_clean(admin->arena, given) : NULL;
    if (!given)
        return;
    if (!name || name_wrong(name))
        admin_error(admin, "--name: want a name of 1 to %d characters", NAME_MAX_CHARACTERS);
    else
        name_split(admin->arena, name, &change->first_name, &change->last_name);
}

static bool want_address(struct admin *admin, const char *where, const char *address)
{
    if (format_is_email(address))
        return true;
    admin_error(admin, "%s\"%s\": want an e-mail address, as in anna@acme.example", where, address);
    return false;
}

/* What the options say, all of them looked at. False: errors were added. */
static bool read_change(struct admin *admin, struct people_change *change)
{
    size_t before = json_array_size(admin->errors);
    const char *company = admin_option(admin, "--company");
    *change = (struct people_change){.email = admin_option(admin, "--email"), .company = company};
    if (admin_option(admin, "--no-company"))
        change->company = "";
    if (company && (!*company || admin_option(admin, "--no-company")))
        admin_error(admin, "--company: want a name; --no-company, alone, takes somebody out of theirs");
    if (change->email)
        want_address(admin, "--email: ", change->email);
    want_name(admin, change);
    want_word(admin, "--role", role_words, &change->role);
    want_word(admin, "--manager", yes_no, &change->manager);
    want_locale(admin, &change->locale);
    admin_groups(admin, "--group", &change->add, &change->add_count);
    const char *gone = admin_option(admin, "--no-group"); /* also one that the settings no longer have */
    if (gone)
        change->remove = admin_split(admin, gone, &change->remove_count);
    return json_array_size(admin->errors) == before;
}

static void tell_now(struct admin *admin, const char *address)
{
    struct known known;
    if (people_find(admin->store, admin->arena, address, &known) == RC_OK)
        admin_tell(admin, &known);
}

void people_list(struct admin *admin)
{
    struct people_query query = {.group = admin_option(admin, "--group"),
                                 .disabled = admin_option(admin, "--disabled") != NULL};
    size_t before = json_array_size(admin->errors);
    want_word(admin, "--role", role_words, &query.role);
    if (json_array_size(admin->errors) > before)
        return;
    enum rc rc = people_walk(admin->store, admin->arena, &query, admin_tell, admin);
    if (rc != RC_OK)
        admin_failed(admin, "people", rc);
}

void people_add_one(struct admin *admin)
{
    struct people_change change;
    int64_t id = 0;
    const char *address = address_at(admin, 0);
    bool good = want_address(admin, "", address);
    if (!read_change(admin, &change) || !good)
        return;
    change.email = address;
    if (!change.locale)
        change.locale = admin->portal->default_locale;
    enum rc rc = people_add(admin->store, &change, admin->now, &id);
    if (rc != RC_OK) {
        admin_failed(admin, address, rc);
        return;
    }
    admin_done(admin, "%s: added", address);
    tell_now(admin, address);
}

struct known *admin_find_all(struct admin *admin)
{
    size_t count = json_array_size(admin->addresses), before = json_array_size(admin->errors);
    struct known *all = arena_alloc(admin->arena, (count + 1) * sizeof *all);
    for (size_t i = 0; all && i < count; i++) {
        enum rc rc = people_find(admin->store, admin->arena, address_at(admin, i), &all[i]);
        if (rc != RC_OK)
            admin_failed(admin, address_at(admin, i), rc);
    }
    return json_array_size(admin->errors) == before ? all : NULL;
}

static bool changes_something(const struct people_change *change)
{
    return change->email || change->first_name || change->company || change->role || change->manager ||
           change->locale || change->add_count > 0 || change->remove_count > 0;
}

void people_set(struct admin *admin)
{
    struct people_change change;
    bool good = read_change(admin, &change);
    if (good && !changes_something(&change)) {
        admin_error(admin,
                    "want what to change: --name, --email, --company, --no-company, --manager, --role, "
                    "--locale, --group or --no-group");
        return;
    }
    size_t count = json_array_size(admin->addresses);
    struct known *all = admin_find_all(admin);
    if (!all || !good)
        return;
    if (change.email && count > 1) {
        admin_error(admin, "--email: want one person, not %zu", count);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        enum rc rc = people_change(admin->store, all[i].person.id, &change, admin->now);
        if (rc != RC_OK) {
            admin_failed(admin, rc == RC_CONFLICT ? change.email : all[i].person.email, rc);
            continue;
        }
        admin_done(admin, "%s: changed", all[i].person.email);
        tell_now(admin, change.email ? change.email : all[i].person.email);
    }
}

static void shut(struct admin *admin, bool disabled)
{
    struct known *all = admin_find_all(admin);
    for (size_t i = 0; all && i < json_array_size(admin->addresses); i++) {
        bool news = false;
        const char *email = all[i].person.email;
        enum rc rc = people_disable(admin->store, all[i].person.id, disabled, admin->now, &news);
        if (rc != RC_OK) {
            admin_failed(admin, email, rc);
            continue;
        }
        admin_done(admin, "%s: %s%s", email, news ? "" : "was ", disabled ? "disabled" : "enabled");
        tell_now(admin, email);
    }
}

void people_shut_out(struct admin *admin)
{
    shut(admin, true);
}

void people_let_in(struct admin *admin)
{
    shut(admin, false);
}

void people_two_step_off(struct admin *admin)
{
    struct known *all = admin_find_all(admin);
    for (size_t i = 0; all && i < json_array_size(admin->addresses); i++) {
        const char *email = all[i].person.email;
        enum rc rc = two_step_turn_off(admin->store, all[i].person.id, "admin", admin->now);
        if (rc != RC_OK && rc != RC_CONFLICT) {
            admin_failed(admin, email, rc);
            continue;
        }
        admin_done(admin, "%s: two-step sign-in %s off", email, rc == RC_OK ? "is" : "was");
        tell_now(admin, email);
    }
}
