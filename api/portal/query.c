#include "query.h"

#include "../../lib/utf8.h"
#include "cursor.h"
#include "query_filter.h"
#include "view.h"

#include <string.h>

enum { SEARCH_MAX = 200, EXTRA_MAX = 4, BASE = 5 };

/* All parameters that there are, as request_params() wants them; the values of filters stand in `filters`. */
struct reading {
    const char *view, *status, *q, *sort, *after;
    const char **filters;
    struct request_text *params;
};

static enum problem refuse(struct request *request, const char *field, const char *code)
{
    request_error(request, field, code);
    return PROBLEM_BAD_INPUT;
}

static bool name_params(struct request *request, struct reading *reading, const struct request_text *more)
{
    const struct portal *portal = request->portal;
    size_t count = BASE;
    reading->filters = arena_alloc(request->arena, (portal->filter_count + 1) * sizeof *reading->filters);
    reading->params =
        arena_alloc(request->arena, (BASE + portal->filter_count + EXTRA_MAX + 1) * sizeof *reading->params);
    if (!reading->filters || !reading->params)
        return false;
    const struct request_text base[BASE] = {{"view", &reading->view},
                                            {"status", &reading->status},
                                            {"q", &reading->q},
                                            {"sort", &reading->sort},
                                            {"after", &reading->after}};
    memcpy(reading->params, base, sizeof base);
    for (size_t i = 0; i < portal->filter_count; i++) {
        const char *name = arena_printf(request->arena, "f.%s", portal->filters[i]);
        if (!name)
            return false;
        reading->params[count++] = (struct request_text){name, &reading->filters[i]};
    }
    for (; more && more->name; more++)
        reading->params[count++] = *more;
    return true;
}

static bool is_column(const struct portal *portal, const char *id)
{
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
static bool hides_owner(const struct portal *portal, const char *id)
{
    return portal->owner_name == PORTAL_ALIAS && strcmp(id, "owner") == 0;
}

static enum problem read_order(struct request *request, const char *sort, struct ticket_order *order)
{
    bool falling = sort && *sort == '-';
    const char *id = falling ? sort + 1 : sort;
    if (!sort || strcmp(sort, "-last_activity") == 0)
        return PROBLEM_NONE;
    const struct portal_property *property = portal_property(request->portal, PORTAL_TICKET, id);
    if (!property || !is_column(request->portal, id) || hides_owner(request->portal, id))
        return refuse(request, "sort", "option");
    *order = (struct ticket_order){
        .property = query_shown_property(request, id), .type = property->type, .falling = falling};
    if (!order->property)
        return refuse(request, "sort", "option");
    return set_options(request, property, order) ? PROBLEM_NONE : PROBLEM_INTERNAL;
}

static enum problem read_filters(struct request *request, const struct reading *reading,
                                 struct ticket_query *query)
{
    const struct portal *portal = request->portal;
    struct portal_filter *all = arena_alloc(request->arena, sizeof *all);
    struct portal_filter *of = arena_alloc(request->arena, (portal->filter_count + 1) * sizeof *of);
    if (!all || !of)
        return PROBLEM_INTERNAL;
    *all = (struct portal_filter){.op = FILTER_ALL, .of = of};
    for (size_t i = 0; i < portal->filter_count; i++) {
        const struct portal_property *property = portal_property(portal, PORTAL_TICKET, portal->filters[i]);
        if (!reading->filters[i])
            continue;
        if (!property || !query_filter_make(request, property, reading->filters[i], &of[all->count++]))
            return refuse(request, reading->params[BASE + i].name, "option");
    }
    query->filter = all->count > 0 ? all : NULL;
    return PROBLEM_NONE;
}

static enum problem read_all(struct request *request, const struct reading *reading,
                             struct ticket_query *query)
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
