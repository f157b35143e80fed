#include "filter_property.h"

#include <string.h>

struct expression {
    const char *id;
    const char *sql;
    bool milliseconds; /* a DATE that is a number */
};

#define PERSON(what, id) "(SELECT " what " FROM person AS somebody WHERE somebody.id = " id ")"
#define FULL_NAME "trim(somebody.first_name || ' ' || somebody.last_name)"
#define COMPANY(id) "(SELECT firm.name FROM company AS firm WHERE firm.id = " id ")"

static const struct expression of_tickets[] = {
    {"subject", "ticket.subject", false},
    {"requester", PERSON("somebody.email", "ticket.requester_id"), false},
    {"requester.name", PERSON(FULL_NAME, "ticket.requester_id"), false},
    {"company", COMPANY("ticket.company_id"), false},
    {"created", "ticket.created_at", true},
    {"owner", PERSON("somebody.email", "ticket.owner_id"), false},
    {"owner.first", PERSON("somebody.first_name", "ticket.owner_id"), false},
    {"owner.last", PERSON("somebody.last_name", "ticket.owner_id"), false},
    {"owner.full", PERSON(FULL_NAME, "ticket.owner_id"), false},
    {"last_activity", "ticket.last_activity_at", true},
    {"status", "CASE ticket.open WHEN 1 THEN 'open' ELSE 'closed' END", false},
    {"stage", "ticket.stage", false},
    {"pipeline", "ticket.pipeline", false},
    {"priority", "ticket.priority", false},
    {"category", "ticket.category", false},
    {"source", "ticket.source", false},
    {"closed", "ticket.closed_at", true},
    {"number", "ticket.number", false},
    {"inbox", "ticket.inbox", false},
    {0},
};

static const struct expression of_contacts[] = {
    {"email", "person.email", false},         {"first_name", "person.first_name", false},
    {"last_name", "person.last_name", false}, {"company", COMPANY("person.company_id"), false},
    {"language", "person.locale", false},     {0},
};

static const struct expression *find(const char *property, enum filter_subject subject)
{
    const struct expression *at = subject == FILTER_TICKETS ? of_tickets : of_contacts;
    for (; at->id; at++) {
        if (strcmp(at->id, property) == 0)
            return at;
    }
    return NULL;
}

static void add_path(struct sql *sql, const char *property)
{
    const char *path = arena_printf(sql->arena, "$.\"%s\"", property);
    if (!path || strpbrk(property, "\"\\"))
        sql->failed = true;
    else
        sql_add_text(sql, path);
}

void filter_add_place(struct sql *sql, const char *property, enum filter_subject subject)
{
    sql_add(sql, subject == FILTER_TICKETS ? "(ticket.properties, " : "(person.properties, ");
    add_path(sql, property);
    sql_add(sql, ")");
}

void filter_add_property(struct sql *sql, const char *property, enum filter_subject subject)
{
    const struct expression *built_in = find(property, subject);
    sql_add(sql, built_in ? built_in->sql : "json_extract");
    if (!built_in)
        filter_add_place(sql, property, subject);
}

bool filter_in_milliseconds(const char *property, enum filter_subject subject)
{
    const struct expression *built_in = find(property, subject);
    return built_in && built_in->milliseconds;
}
