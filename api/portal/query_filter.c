#include "query_filter.h"

#include "query.h"

#include "../../lib/utf8.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX = 200, OPTIONS_MAX = 50 };

const char *query_shown_property(const struct request *request, const char *id)
{
    static const char *const owners[] = {[PORTAL_FIRST_NAME] = "owner.first",
                                         [PORTAL_LAST_NAME] = "owner.last",
                                         [PORTAL_FULL_NAME] = "owner.full",
                                         [PORTAL_ALIAS] = NULL};
    if (strcmp(id, "requester") == 0)
        return "requester.name";
    if (strcmp(id, "owner") != 0)
        return id;
    return query_is_desk(request) ? "owner.full" : owners[request->portal->owner_name];
}

static struct portal_filter a_test(const struct portal_filter *filter, enum filter_test test)
{
    return (struct portal_filter){
        .op = FILTER_TEST, .property = filter->property, .type = filter->type, .test = test};
}

static bool set_text(struct request *request, struct portal_filter *filter, const char *value)
{
    const char **values = arena_alloc(request->arena, sizeof *values);
    if (!values)
        return false;
    values[0] = value;
    filter->values = values;
    filter->value_count = 1;
    return true;
}

/* "a,b": any of them. An option that the settings do not know (any more) may still stand in old tickets. */
static bool make_options(struct request *request, const struct portal_property *property, const char *value,
                         struct portal_filter *filter)
{
    const char **values = arena_alloc(request->arena, OPTIONS_MAX * sizeof *values);
    *filter = a_test(filter, FILTER_IS_ANY_OF);
    filter->values = values;
    for (const char *at = value; values && *at; at += *at == ',') {
        size_t len = strcspn(at, ",");
        if (len == 0 || filter->value_count == OPTIONS_MAX)
            return false;
        const char *option = arena_strndup(request->arena, at, len);
        if (!option || (property->own && !portal_option(property, option)))
            return false;
        values[filter->value_count++] = option;
        at += len;
    }
    return filter->value_count > 0;
}

static bool set_bound(struct request *request, struct portal_filter *filter, const char *text)
{
    long day;
    char *end;
    if (filter->type == PROPERTY_DATE)
        return filter_day(text, &day) && set_text(request, filter, text);
    filter->number = strtod(text, &end);
    return *end == '\0' && strspn(text, "0123456789.-") == strlen(text) && isfinite(filter->number);
}

/* "from..to"; one alone, without "..", is both. */
static bool make_range(struct request *request, const char *value, struct portal_filter *filter)
{
    const char *dots = strstr(value, "..");
    const char *bounds[2] = {dots ? arena_strndup(request->arena, value, (size_t)(dots - value)) : value,
                             dots ? dots + 2 : value};
    struct portal_filter *of = arena_alloc(request->arena, 2 * sizeof *of);
    size_t count = 0;
    for (int i = 0; of && bounds[0] && i < 2; i++) {
        if (!*bounds[i])
            continue;
        of[count] = a_test(filter, i == 0 ? FILTER_FROM : FILTER_TO);
        if (!set_bound(request, &of[count++], bounds[i]))
            return false;
    }
    *filter = (struct portal_filter){.op = FILTER_ALL, .of = of, .count = count};
    return count > 0;
}

static bool make_flag(const char *value, struct portal_filter *filter)
{
    bool yes = strcmp(value, "yes") == 0;
    *filter = a_test(filter, FILTER_EQUALS);
    filter->number = yes;
    return yes || strcmp(value, "no") == 0;
}

bool query_filter_make(struct request *request, const struct portal_property *property, const char *value,
                       struct portal_filter *filter)
{
    *filter = (struct portal_filter){.property = query_shown_property(request, property->id),
                                     .type = property->type};
    if (!filter->property || !*value || utf8_count(value, strlen(value)) > TEXT_MAX)
        return false;
    switch (property->type) {
    case PROPERTY_SELECT:
    case PROPERTY_MULTI_SELECT:
        return make_options(request, property, value, filter);
    case PROPERTY_NUMBER:
    case PROPERTY_DATE:
        return make_range(request, value, filter);
    case PROPERTY_CHECKBOX:
        return make_flag(value, filter);
    default:
        *filter = a_test(filter, FILTER_CONTAINS);
        return set_text(request, filter, value);
    }
}
