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

void explain_print_person(const struct explain *explain)
{
    const struct person *person = &explain->person;
    FILE *out = explain->out;
    fprintf(out, "%s: %s %s, %s\n", person->email, person->first_name, person->last_name,
            role_words(explain));
    if (explain->viewer.staff) {
        fputs("sees every ticket and every message\n", out);
        return;
    }
    if (!explain->portal->open)
        fputs("sees nothing now: the portal is closed (\"open\" is false)\n", out);
    if (!person_may_enter(person, explain->portal))
        fputs("sees nothing now: they are in none of the groups that are let in (\"access\": {\"groups\"})\n",
              out);
    fputs(explain->portal->participants
              ? "sees their own tickets, and those shared with them\n"
              : "sees their own tickets; none is shared (\"participants\" is false)\n",
          out);
    if (person->company_id != 0)
        fprintf(out, "%s those of %s: %s\n", explain->viewer.company_id != 0 ? "sees" : "does not see",
                person->company_name, explain->company_view);
}
