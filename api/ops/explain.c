#include "explain.h"

#include "../../lib/portal.h"
#include "../store/explain.h"
#include "../store/people.h"
#include "../store/visible_rule.h"
#include "explain_words.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { NUMBER_DIGITS = 18 };

static bool read_number(const char *text, int64_t *number)
{
    char *end;
    if (*text == '#')
        text++;
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > NUMBER_DIGITS || text[digits] != '\0')
        return false;
    *number = strtoll(text, &end, 10);
    return *number > 0;
}

static bool take_one(const char *option, const char *value, struct explain_wanted *wanted, struct diag *diag)
{
    bool as = strcmp(option, "--as") == 0;
    if (!value)
        diag_error(diag, (struct place){0}, "%s: want %s after it", option,
                   as ? "an e-mail address" : "a ticket's number");
    else if (as)
        wanted->address = value;
    else if (!read_number(value, &wanted->number))
        diag_error(diag, (struct place){0}, "--ticket: want a ticket's number, got \"%s\"", value);
    return value != NULL;
}

bool explain_take_options(char **args, struct explain_wanted *wanted, struct diag *diag)
{
    size_t before = diag_errors(diag);
    char **kept = args;
    *wanted = (struct explain_wanted){0};
    for (; *args; args++) {
        bool ours = strcmp(*args, "--as") == 0 || strcmp(*args, "--ticket") == 0;
        if (!ours)
            *kept++ = *args;
        else if (take_one(args[0], args[1], wanted, diag))
            args++;
    }
    *kept = NULL;
    if (!wanted->address && diag_errors(diag) == before)
        diag_error(diag, (struct place){0}, "explain: want whose eyes to look through: --as ADDRESS");
    return diag_errors(diag) == before;
}

/* --- one ticket ----------------------------------------------------------------------------------------- */

static const char *yes(bool answer)
{
    return answer ? "yes" : "no";
}

static enum rc print_filter(const struct explain *explain, const struct portal_filter *filter,
                            enum portal_object of, int64_t id, int depth)
{
    bool matches = false;
    enum rc rc = explain_filter(explain->store, explain->arena, filter, of, id, explain->now, &matches);
    if (rc != RC_OK)
        return rc;
    fprintf(explain->out, "%*s%-4s%s\n", 4 + 2 * depth, "", yes(matches),
            explain_filter_words(explain->arena, filter));
    for (size_t i = 0; rc == RC_OK && filter->op != FILTER_TEST && i < filter->count; i++)
        rc = print_filter(explain, &filter->of[i], of, id, depth + 1);
    return rc;
}

static bool shows_inbox(const struct portal *portal, const char *inbox)
{
    for (size_t i = 0; i < portal->visible_inbox_count; i++) {
        if (strcmp(portal->visible_inboxes[i], inbox) == 0)
            return true;
    }
    return portal->visible_inbox_count == 0;
}

static const char *shared_words(const struct explain *explain, const struct explained *ticket)
{
    if (!ticket->is_shared)
        return "no";
    if (!explain->portal->participants)
        return "no (\"participants\" is false)";
    return ticket->is_of_company ? "yes" : "no (it was, but they are not of its company)";
}

static void print_ways(const struct explain *explain, const struct explained *ticket)
{
    FILE *out = explain->out;
    bool company = ticket->is_of_company && explain->viewer.company_id != 0;
    fprintf(out, "  requester: %s (%s)\n", yes(ticket->is_requester), ticket->requester);
    fprintf(out, "  company: %s (%s%s)\n", yes(company), ticket->company ? ticket->company : "none",
            ticket->is_of_company ? arena_printf(explain->arena, "; %s", explain->company_view) : "");
    fprintf(out, "  shared with them: %s\n", shared_words(explain, ticket));
}

static enum rc print_settings(const struct explain *explain, const struct explained *ticket, int64_t number)
{
    const struct portal *portal = explain->portal;
    bool matches = true;
    enum rc rc = RC_OK;
    if (portal->visible_inbox_count > 0)
        fprintf(explain->out, "  \"inboxes\": %s (%s)\n", yes(shows_inbox(portal, ticket->inbox)),
                ticket->inbox);
    if (!portal->visible)
        return RC_OK;
    rc = explain_filter(explain->store, explain->arena, portal->visible, PORTAL_TICKET, number, explain->now,
                        &matches);
    if (rc != RC_OK)
        return rc;
    fprintf(explain->out, "  \"visible\": %s\n", yes(matches));
    return print_filter(explain, portal->visible, PORTAL_TICKET, number, 0);
}

static enum rc print_messages(const struct explain *explain, int64_t number)
{
    struct message *all, *seen;
    size_t count = 0, shown = 0, notes = 0;
    const struct viewer staff = {.staff = true, .now = explain->now};
    enum rc rc = ticket_messages(explain->store, explain->arena, &staff, number, &all, &count);
    if (rc == RC_OK)
        rc = ticket_messages(explain->store, explain->arena, &explain->viewer, number, &seen, &shown);
    if (rc != RC_OK)
        return rc;
    for (size_t i = 0; i < count; i++)
        notes += all[i].internal;
    fprintf(explain->out, "  messages: %zu of %zu show", shown, count);
    if (shown < count)
        fprintf(explain->out, " (notes of the team: %zu; by \"threads\" or \"internal\": %zu)", notes,
                count - shown - notes);
    fputc('\n', explain->out);
    return RC_OK;
}

static enum rc print_one(const struct explain *explain, int64_t number)
{
    struct explained ticket;
    struct ticket seen;
    enum rc rc = explain_ticket(explain->store, explain->arena, &explain->person, number, &ticket);
    if (rc != RC_OK)
        return rc;
    rc = ticket_get(explain->store, explain->arena, &explain->viewer, number, &seen);
    bool shows = rc == RC_OK;
    if (rc != RC_OK && rc != RC_NOT_FOUND)
        return rc;
    fprintf(explain->out, "#%lld %s: %s\n", (long long)number, shows ? "shows" : "is hidden", ticket.subject);
    if (explain->viewer.staff)
        return RC_OK;
    print_ways(explain, &ticket);
    rc = print_settings(explain, &ticket, number);
    return rc == RC_OK && shows ? print_messages(explain, number) : rc;
}

/* --- all of them ---------------------------------------------------------------------------------------- */

struct walk {
    const struct explain *explain;
    struct arena *arena; /* for one ticket at a time */
    size_t shown, hidden;
    enum rc rc;
};

/* The first setting that hides it, by its name. */
static enum rc find_reason(const struct walk *walk, const struct explained *ticket, int64_t number,
                           const char **why)
{
    const struct explain *explain = walk->explain;
    bool matches = true;
    enum rc rc = RC_OK;
    if (explain->portal->visible)
        rc = explain_filter(explain->store, walk->arena, explain->portal->visible, PORTAL_TICKET, number,
                            explain->now, &matches);
    *why = !shows_inbox(explain->portal, ticket->inbox)               ? "hidden by \"inboxes\""
           : !matches                                                 ? "hidden by \"visible\""
           : ticket->is_requester                                     ? "requester"
           : ticket->is_of_company && explain->viewer.company_id != 0 ? "company"
           : explain->portal->participants                            ? "shared"
                                                                      : "hidden by \"participants\"";
    return rc;
}

static bool print_listed(void *context, const struct ticket *ticket)
{
    struct walk *walk = context;
    struct explained explained;
    struct ticket seen;
    const struct explain *explain = walk->explain;
    const char *why = "staff";
    arena_reset(walk->arena);
    enum rc rc = ticket_get(explain->store, walk->arena, &explain->viewer, ticket->number, &seen);
    bool shows = rc == RC_OK;
    if (rc == RC_NOT_FOUND)
        rc = RC_OK;
    if (rc == RC_OK && !explain->viewer.staff) {
        rc = explain_ticket(explain->store, walk->arena, &explain->person, ticket->number, &explained);
        if (rc == RC_OK)
            rc = find_reason(walk, &explained, ticket->number, &why);
    }
    walk->rc = rc;
    walk->shown += shows;
    walk->hidden += !shows;
    if (rc == RC_OK)
        fprintf(explain->out, "#%-8lld%-22s%s\n", (long long)ticket->number, why, ticket->subject);
    return rc == RC_OK;
}

/* All that they have a way to, whatever the settings say; each is then asked by the rule. */
static enum rc print_all(const struct explain *explain)
{
    struct viewer unruled = explain->viewer;
    const struct ticket_query all = {.status = TICKET_ANY};
    struct walk walk = {.explain = explain, .arena = arena_new(0)};
    if (!walk.arena)
        return RC_INTERNAL;
    unruled.rule = NULL;
    enum rc rc = ticket_walk(explain->store, &unruled, &all, print_listed, &walk);
    arena_free(walk.arena);
    if (rc == RC_OK)
        rc = walk.rc;
    if (rc == RC_OK)
        fprintf(explain->out, "%zu show, %zu hidden\n", walk.shown, walk.hidden);
    return rc;
}

/* --- the verb ------------------------------------------------------------------------------------------- */

static enum rc look(struct explain *explain, const struct explain_wanted *wanted)
{
    bool manager = false;
    enum rc rc = explain_manager(explain->store, explain->person.id, &manager);
    if (rc == RC_OK)
        rc = visible_viewer(explain->store, explain->rule, &explain->person, explain->now, &explain->viewer);
    if (rc != RC_OK)
        return rc;
    explain->company_view = explain_company_view(explain->arena, explain->portal, &explain->viewer, manager);
    explain_print_person(explain);
    if (explain->viewer.company_id == 0 && explain->person.company_id != 0 &&
        explain->portal->company_contacts)
        rc = print_filter(explain, explain->portal->company_contacts, PORTAL_CONTACT, explain->person.id, 0);
    if (rc != RC_OK)
        return rc;
    return wanted->number ? print_one(explain, wanted->number) : print_all(explain);
}

static bool say(struct diag *diag, const struct explain_wanted *wanted, enum rc rc, bool found)
{
    if (rc == RC_NOT_FOUND && !found)
        diag_error(diag, (struct place){0},
                   "--as: nobody has the address \"%s\"; guichet-api people list shows who is there",
                   wanted->address);
    else if (rc == RC_NOT_FOUND)
        diag_error(diag, (struct place){0}, "--ticket: there is no ticket %lld", (long long)wanted->number);
    else if (rc != RC_OK)
        diag_error(diag, (struct place){0}, "the store cannot be read; the log above says why");
    return rc == RC_OK;
}

static bool with_portal(struct explain *explain, const struct explain_wanted *wanted, struct diag *diag)
{
    explain->rule = visible_rule_make(explain->arena, explain->portal);
    if (!explain->rule)
        return say(diag, wanted, RC_INTERNAL, false);
    struct known known;
    enum rc rc = people_find(explain->store, explain->arena, wanted->address, &known);
    bool found = rc == RC_OK;
    if (found) {
        explain->person = known.person;
        explain->disabled = known.disabled;
    }
    if (found)
        rc = look(explain, wanted);
    return say(diag, wanted, rc, found);
}

bool explain_run(const struct config *config, const struct explain_wanted *wanted, FILE *out,
                 struct diag *diag)
{
    const struct store_options options = {.look = true};
    bool good = false;
    struct explain explain = {.out = out, .arena = arena_new(0), .now = store_now()};
    explain.portal = explain.arena ? portal_load(config->portal, diag) : NULL;
    explain.store = explain.portal ? store_open(config->data, &options, diag) : NULL;
    if (explain.store)
        good = with_portal(&explain, wanted, diag);
    store_close(explain.store);
    portal_free((struct portal *)explain.portal);
    arena_free(explain.arena);
    return good;
}
