/* "properties" of people and tickets in a demo file. */
#include "../portal/property.h"
#include "demo_check.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { NAMES_MAX = 400, WANTS_MAX = 1000 };

/* A date may be said as so many days from now, {"in_days": 8}: then the example never grows old. */
static void settle_days(json_t *properties, time_t now)
{
    const char *id;
    json_t *value;
    json_object_foreach(properties, id, value)
    {
        const json_t *days = json_object_get(value, "in_days");
        struct tm day;
        char text[16];
        if (json_object_size(value) != 1 || !json_is_integer(days) || llabs(json_integer_value(days)) > 36500)
            continue;
        time_t then = now + (time_t)json_integer_value(days) * 24 * 60 * 60;
        if (gmtime_r(&then, &day) && strftime(text, sizeof text, "%Y-%m-%d", &day) > 0)
            json_object_set_new(properties, id, json_string(text));
    }
}

/* Takes those of every member of an object, or item of a list: by key, or by index as text. */
static json_t *take_from(json_t *many, struct arena *arena)
{
    json_t *taken = json_object(), *one;
    const char *key;
    size_t i;
    json_object_foreach(many, key, one)
    {
        json_object_set(taken, key, json_object_get(one, "properties"));
        json_object_del(one, "properties");
    }
    json_array_foreach(many, i, one)
    {
        json_object_set(taken, arena_printf(arena, "%zu", i), json_object_get(one, "properties"));
        json_object_del(one, "properties");
    }
    return taken;
}

static void give_to(json_t *many, const json_t *taken, struct arena *arena)
{
    json_t *one;
    const char *key;
    size_t i;
    json_object_foreach(many, key, one) json_object_set(one, "properties", json_object_get(taken, key));
    json_array_foreach(many, i, one)
        json_object_set(one, "properties", json_object_get(taken, arena_printf(arena, "%zu", i)));
}

static void settle_all(json_t *many)
{
    json_t *one;
    const char *key;
    size_t i;
    json_object_foreach(many, key, one) settle_days(json_object_get(one, "properties"), time(NULL));
    json_array_foreach(many, i, one) settle_days(json_object_get(one, "properties"), time(NULL));
}

json_t *demo_take_properties(json_t *root, struct arena *arena)
{
    settle_all(json_object_get(root, "people"));
    settle_all(json_object_get(root, "tickets"));
    return json_pack("{s:o, s:o}", "people", take_from(json_object_get(root, "people"), arena), "tickets",
                     take_from(json_object_get(root, "tickets"), arena));
}

void demo_give_properties(json_t *root, json_t *taken, struct arena *arena)
{
    give_to(json_object_get(root, "people"), json_object_get(taken, "people"), arena);
    give_to(json_object_get(root, "tickets"), json_object_get(taken, "tickets"), arena);
    json_decref(taken);
}

static const char *nearest(const struct portal *portal, enum portal_object of, const char *id)
{
    const char *names[NAMES_MAX + 1];
    size_t count = 0;
    for (size_t i = 0; i < portal->property_count && count < NAMES_MAX; i++)
        if (portal->properties[i].own && portal->properties[i].of == of)
            names[count++] = portal->properties[i].id;
    names[count] = NULL;
    return diag_nearest(id, names);
}

static void check_one(const struct portal *portal, enum portal_object of, const char *id, const json_t *value,
                      struct place place, struct diag *diag)
{
    char wants[WANTS_MAX];
    const struct portal_property *property = portal_property(portal, of, id);
    if (!property || !property->own) {
        const char *near = nearest(portal, of, id);
        diag_error(diag, place, "\"%s\": not one of the portal's own properties of %s%s%s%s", id,
                   of == PORTAL_TICKET ? "tickets" : "contacts", near ? "; did you mean \"" : "",
                   near ? near : "", near ? "\"?" : "");
    } else if (property_fault(property, value)) {
        property_wants(property, wants, sizeof wants);
        diag_error(diag, place, "\"%s\": want %s", id, wants);
    }
}

void demo_check_properties(const struct portal *portal, enum portal_object of, const json_t *one,
                           const char *at, const struct json_doc *doc, struct arena *arena, struct diag *diag)
{
    const json_t *properties = json_object_get(one, "properties");
    const char *id, *pointer = arena_printf(arena, "%s/properties", at);
    json_t *value;
    if (properties && !json_is_object(properties))
        diag_error(diag, json_doc_place(doc, pointer, JSON_AT_VALUE), "\"properties\": want an object");
    if (!portal)
        return;
    json_object_foreach((json_t *)properties, id, value)
    {
        const char *here = arena_printf(arena, "%s/%s", pointer, id);
        check_one(portal, of, id, value, json_doc_place(doc, here, JSON_AT_VALUE), diag);
    }
}
