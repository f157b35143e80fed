#include "explain_words.h"

#include "../store/access.h"

static const char *value_words(struct arena *arena, const struct portal_filter *test)
{
    const char *text = "";
    switch (filter_wants(test->type, test->test)) {
    case FILTER_WANTS_FLAG:
        return test->number > 0 ? " true" : " false";
    case FILTER_WANTS_NUMBER:
    case FILTER_WANTS_DAYS:
        return arena_printf(arena, " %g", test->number);
    default:
        for (size_t i = 0; i < test->value_count; i++)
            text = arena_printf(arena, "%s%s \"%s\"", text, i > 0 ? "," : "", test->values[i]);
        return text;
    }
}

const char *explain_filter_words(struct arena *arena, const struct portal_filter *filter)
{
    if (filter->op == FILTER_TEST)
        return arena_printf(arena, "%s %s%s", filter->property, filter_tests[filter->test],
                            value_words(arena, filter));
    return filter->op == FILTER_ALL ? "all of these:" : "any of these:";
}

const char *explain_company_view(struct arena *arena, const struct portal *portal,
                                 const struct viewer *viewer, bool manager)
{
    switch (portal->permission) {
    case PORTAL_OWN:
        return "\"permission\" is \"own\"";
    case PORTAL_COMPANY:
        return "\"permission\" is \"company\"";
    default:
        break;
    }
    bool by_mark = portal->company_managers && manager;
    return arena_printf(arena, "\"permission\" is \"matching\", and they %s",
                        by_mark                   ? "are a manager"
                        : viewer->company_id != 0 ? "match \"company_view\""
                        : manager ? "do not match \"company_view\"; that they are a manager does not count"
                                  : "neither are a manager nor match \"company_view\"");
}

static const char *role_words(const struct explain *explain)
{
    if (explain->viewer.staff)
        return "of the team";
    return explain->person.company_name
               ? arena_printf(explain->arena, "a contact of %s", explain->person.company_name)
               : "a contact of no company";
}

/* What keeps them out altogether, each with what ends it. False: nothing does. */
static bool print_shut_out(const struct explain *explain)
{
    const struct person *person = &explain->person;
    bool closed = !explain->viewer.staff && !explain->portal->open;
    bool stranger = !person_may_enter(person, explain->portal);
    if (explain->disabled)
        fprintf(explain->out,
                "is not let in: disabled; \"guichet-api people enable %s\" lets them in again\n",
                person->email);
    if (stranger)
        fprintf(
            explain->out,
            "is not let in: in none of the access groups (\"access\": {\"groups\"}); \"guichet-api people "
            "set %s --group ID\" puts them into one\n",
            person->email);
    if (closed)
        fputs("is not let in: the portal is closed (\"open\" is false)\n", explain->out);
    return explain->disabled || stranger || closed;
}

static void print_what(const struct explain *explain)
{
    const struct person *person = &explain->person;
    FILE *out = explain->out;
    if (explain->viewer.staff) {
        fputs("sees every ticket and every message\n", out);
        return;
    }
    fputs(explain->portal->participants
              ? "sees their own tickets, and those shared with them\n"
              : "sees their own tickets; none is shared (\"participants\" is false)\n",
          out);
    if (person->company_id != 0)
        fprintf(out, "%s those of %s: %s\n", explain->viewer.company_id != 0 ? "sees" : "does not see",
                person->company_name, explain->company_view);
}

void explain_print_person(const struct explain *explain)
{
    const struct person *person = &explain->person;
    fprintf(explain->out, "%s: %s%s%s, %s\n", person->email, person->first_name,
            *person->last_name ? " " : "", person->last_name, role_words(explain));
    if (print_shut_out(explain))
        fputs("sees nothing now; if they were let in, this would hold:\n", explain->out);
    print_what(explain);
}
