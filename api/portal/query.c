#include "query.h"

#include "../../lib/utf8.h"
#include "../server/route.h"
#include "cursor.h"
#include "query_filter.h"
#include "view.h"

#include <string.h>

enum { SEARCH_MAX = 200, EXTRA_MAX = 4, BASE = 5 };

/* All parameters that there are, as request_params() wants them; the values of filters stand in `filters`. */
struct reading {
    const char *view, *status, *q, *sort, *after;
    const struct portal_property **by; /* what it may be filtered by, `count` of them */
    size_t count;
    const char **filters;
    struct request_text *params;
};

static const struct portal_property inbox = {.id = "inbox", .of = PORTAL_TICKET, .type = PROPERTY_SELECT};

bool query_is_desk(const struct request *request)
{
    return request->route->who == WHO_STAFF;
}

static enum problem refuse(struct request *request, const char *field, const char *code)
{
    request_error(request, field, code);
    return PROBLEM_BAD_INPUT;
}

static bool list_filters(struct request *request, struct reading *reading)
{
    const struct portal *portal = request->portal;
    bool desk = query_is_desk(request);
    size_t most = (desk ? portal->property_count : portal->filter_count) + 1;
    reading->by = arena_alloc(request->arena, most * sizeof *reading->by);
    for (size_t i = 0; reading->by && i < most - 1; i++) {
        const struct portal_property *property =
            desk ? &portal->properties[i] : portal_property(portal, PORTAL_TICKET, portal->filters[i]);
        if (property && property->of == PORTAL_TICKET)
            reading->by[reading->count++] = property;
    }
    if (reading->by && desk)
        reading->by[reading->count++] = &inbox;
    return reading->by != NULL;
}

static bool name_params(struct request *request, struct reading *reading, const struct request_text *more)
{
    size_t count = BASE;
    if (!list_filters(request, reading))
        return false;
    reading->filters = arena_alloc(request->arena, (reading->count + 1) * sizeof *reading->filters);
    reading->params =
        arena_alloc(request->arena, (BASE + reading->count + EXTRA_MAX + 1) * sizeof *reading->params);
    if (!reading->filters || !reading->params)
        return false;
    const struct request_text base[BASE] = {{"view", &reading->view},
                                            {"status", &reading->status},
                                            {"q", &reading->q},
                                            {"sort", &reading->sort},
                                            {"after", &reading->after}};
    memcpy(reading->params, base, sizeof base);
    for (size_t i = 0; i < reading->count; i++) {
        const char *name = arena_printf(request->arena, "f.%s", reading->by[i]->id);
        if (!name)
            return false;
        reading->params[count++] = (struct request_text){name, &reading->filters[i]};
    }
    for (; more && more->name; more++)
        reading->params[count++] = *more;
    return true;
}

static bool may_sort(const struct request *request, const char *id)
{
    const struct portal *portal = request->portal;
    if (query_is_desk(request))
        return true;
    for (size_t i = 0; i < portal->column_count; i++)
        if (strcmp(portal->columns[i].property, id) == 0)
            return true;
    return strcmp(id, "last_activity") == 0;
}

static bool set_options(struct request *request, const struct portal_property *property,
                        struct ticket_order *order)
{
    const char **values = arena_alloc(request->arena, (property->option_count + 1) * sizeof *values);
    for (size_t i = 0; values && i < property->option_count; i++)
        values[i] = property->options[i].value;
    order->values = values;
    order->value_count = property->option_count;
    return values != NULL;
}

/* Who has one name for all must not tell them apart by the order. */
static bool hides_owner(const struct request *request, const char *id)
{
    return request->portal->owner_name == PORTAL_ALIAS && strcmp(id, "owner") == 0 && !query_is_desk(request);
}

static enum problem read_order(struct request *request, const char *sort, struct ticket_order *order)
{
    bool falling = sort && *sort == '-';
    const char *id = falling ? sort + 1 : sort;
    if (!sort || strcmp(sort, "-last_activity") == 0)
        return PROBLEM_NONE;
    const struct portal_property *property = portal_property(request->portal, PORTAL_TICKET, id);
    if (!property || !may_sort(request, id) || hides_owner(request, id))
        return refuse(request, "sort", "option");
    *order = (struct ticket_order){
        .property = query_shown_property(request, id), .type = property->type, .falling = falling};
    if (!order->property)
        return refuse(request, "sort", "option");
    return set_options(request, property, order) ? PROBLEM_NONE : PROBLEM_INTERNAL;
}

/* "nobody" is a view of the desk alone. */
static void add_nobody(struct reading *reading, struct portal_filter *all, struct portal_filter *of)
{
    if (!reading->view || strcmp(reading->view, "nobody") != 0)
        return;
    reading->view = NULL;
    of[all->count++] = (struct portal_filter){
        .op = FILTER_TEST, .property = "owner", .type = PROPERTY_TEXT, .test = FILTER_IS_UNKNOWN};
}

static enum problem read_filters(struct request *request, struct reading *reading, struct ticket_query *query)
{
    struct portal_filter *all = arena_alloc(request->arena, sizeof *all);
    struct portal_filter *of = arena_alloc(request->arena, (reading->count + 1) * sizeof *of);
    if (!all || !of)
        return PROBLEM_INTERNAL;
    *all = (struct portal_filter){.op = FILTER_ALL, .of = of};
    for (size_t i = 0; i < reading->count; i++) {
        if (!reading->filters[i])
            continue;
        if (!query_filter_make(request, reading->by[i], reading->filters[i], &of[all->count++]))
            return refuse(request, reading->params[BASE + i].name, "option");
    }
    if (query_is_desk(request))
        add_nobody(reading, all, of);
    query->filter = all->count > 0 ? all : NULL;
    return PROBLEM_NONE;
}

static enum problem read_all(struct request *request, struct reading *reading, struct ticket_query *query)
{
    if (!view_status(reading->status, &query->status))
        return refuse(request, "status", "option");
    if (reading->q && utf8_count(reading->q, strlen(reading->q)) > SEARCH_MAX)
        return refuse(request, "q", "too_long");
    query->search = reading->q && *reading->q ? reading->q : NULL;
    enum problem problem = read_order(request, reading->sort, &query->order);
    if (problem == PROBLEM_NONE)
        problem = read_filters(request, reading, query);
    if (problem != PROBLEM_NONE)
        return problem;
    if (reading->after && !cursor_read(request->arena, reading->after, query))
        return refuse(request, "after", "option");
    return view_choose(request, reading->view, &query->view);
}

enum problem query_read(struct request *request, struct ticket_query *query, const struct request_text *more)
{
    struct reading reading = {0};
    *query = (struct ticket_query){0};
    if (!name_params(request, &reading, more))
        return PROBLEM_INTERNAL;
    enum problem problem = request_params(request, reading.params);
    return problem == PROBLEM_NONE ? read_all(request, &reading, query) : problem;
}
