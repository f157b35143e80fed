/* Companies and contacts. */
#include "apply.h"

#include "../portal/property.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

int64_t sync_put_company(struct turn *turn)
{
    return sync_company(turn->sync, turn->local, record_text(&turn->record, "name"),
                        record_time(&turn->record, "created_at", turn->now));
}

/* --- properties of the portal's own ----------------------------------------------------------------------
 */

static json_t *choices(const char *text)
{
    json_t *list = json_array();
    while (*text) {
        size_t len = strcspn(text, ";"), begin = strspn(text, " ");
        size_t end = len;
        while (end > begin && text[end - 1] == ' ')
            end--;
        if (end > begin)
            json_array_append_new(list, json_stringn(text + begin, end - begin));
        text += len + (text[len] == ';');
    }
    return list;
}

static json_t *truth(const char *text)
{
    if (strcmp(text, "yes") == 0 || strcmp(text, "true") == 0)
        return json_true();
    return strcmp(text, "no") == 0 || strcmp(text, "false") == 0 ? json_false() : json_string(text);
}

/* A cell of a spreadsheet as the property wants it. A new reference. */
static json_t *typed(const struct portal_property *property, json_t *value)
{
    double number;
    const char *text = json_string_value(value);
    if (!text)
        return json_incref(value);
    switch (property->type) {
    case PROPERTY_NUMBER:
        return property_read_number(text, &number) ? json_real(number) : json_incref(value);
    case PROPERTY_CHECKBOX:
        return truth(text);
    case PROPERTY_MULTI_SELECT:
        return choices(text);
    default:
        return json_incref(value);
    }
}

static const char *place_of(struct turn *turn, const char *id)
{
    return arena_printf(turn->record.arena, "properties/%s", id);
}

static void say_unknown(struct turn *turn, enum portal_object of, const char *id)
{
    const struct portal *portal = turn->portal;
    const char **names = arena_alloc(turn->record.arena, (portal->property_count + 1) * sizeof *names);
    size_t count = 0;
    for (size_t i = 0; names && i < portal->property_count; i++) {
        if (portal->properties[i].own && portal->properties[i].of == of)
            names[count++] = portal->properties[i].id;
    }
    const char *near = names ? diag_nearest(id, names) : NULL;
    record_error(&turn->record, place_of(turn, id),
                 "\"%s\": not one of the portal's own properties of %s%s%s%s", id,
                 of == PORTAL_TICKET ? "tickets" : "contacts", near ? "; did you mean \"" : "",
                 near ? near : "", near ? "\"?" : "");
}

static void take_property(struct turn *turn, enum portal_object of, const char *id, json_t *said,
                          json_t *values)
{
    char wants[500];
    const struct portal_property *property = portal_property(turn->portal, of, id);
    const char *text = json_string_value(said);
    if (!property || !property->own) {
        say_unknown(turn, of, id);
        return;
    }
    if (json_is_null(said) || (text && !*text))
        return;
    json_t *value = typed(property, said);
    if (property_fault(property, value)) {
        property_wants(property, wants, sizeof wants);
        record_error(&turn->record, place_of(turn, id), "\"%s\": want %s", id, wants);
    }
    json_object_set_new(values, id, value);
}

const char *sync_properties(struct turn *turn, enum portal_object of)
{
    const char *id;
    json_t *value, *values = json_object(), *said = json_object_get(turn->record.json, "properties");
    json_object_foreach(said, id, value) take_property(turn, of, id, value, values);
    char *text = json_object_size(values) > 0 ? json_dumps(values, JSON_COMPACT) : NULL;
    const char *copy = text ? arena_strdup(turn->record.arena, text) : NULL;
    free(text);
    json_decref(values);
    return copy;
}

/* --- contacts --------------------------------------------------------------------------------------------
 */

/* "Anna Maria Berg": the last word is the last name. */
static void read_names(struct turn *turn, struct person *person)
{
    const char *first = record_text(&turn->record, "first_name"),
               *last = record_text(&turn->record, "last_name");
    const char *name = first || last ? NULL : record_text(&turn->record, "name");
    const char *blank = name ? strrchr(name, ' ') : NULL;
    if (blank)
        first = arena_strndup(turn->record.arena, name, (size_t)(blank - name));
    else if (name)
        first = name;
    person->first_name = first ? first : "";
    person->last_name = blank ? blank + 1 : last ? last : "";
}

/* By its id there; of one that did not come along itself by its name, when that is said, too. */
static int64_t company_of(struct turn *turn)
{
    const char *id = sync_first(turn, "company"), *name = record_text(&turn->record, "company_name");
    if (id && (!name || sync_knows(turn, SYNC_COMPANY, id)))
        return sync_refer(turn, "company", SYNC_COMPANY, id);
    if (name && turn->wanted->no_companies && !sync_company_known(turn->sync, name)) {
        record_error(
            &turn->record, "company_name",
            "\"company_name\": there is no company \"%s\", and to make one wants the scope companies:write",
            name);
        return 0;
    }
    return name ? sync_company_named(turn->sync, name, turn->now) : 0;
}

/* The portal's own language that is meant: "en-US" is "en" where there is no other. NULL: none. */
static const char *locale_of(struct turn *turn)
{
    const char *said = record_text(&turn->record, "locale");
    const struct portal *portal = turn->portal;
    for (size_t len = said ? strlen(said) : 0; len > 0; len--) {
        for (size_t i = 0;
             (said[len] == '\0' || said[len] == '-' || said[len] == '_') && i < portal->locale_count; i++) {
            if (strlen(portal->locales[i]) == len && strncasecmp(portal->locales[i], said, len) == 0)
                return portal->locales[i];
        }
    }
    return turn->local ? NULL : portal->default_locale;
}

static enum role role_of(struct turn *turn)
{
    const char *said = record_text(&turn->record, "role");
    if (said && strcmp(said, "agent") != 0 && strcmp(said, "contact") != 0)
        record_error(&turn->record, "role",
                     "\"role\": want \"contact\" or \"agent\", got \"%s\"; administrators are "
                     "made with guichet-api people set ADDRESS --role admin",
                     said);
    else if (said && turn->wanted->no_team && strcmp(said, "agent") == 0)
        record_error(&turn->record, "role",
                     "\"role\": a token makes nobody of the team; guichet-api people add does, or an import");
    return said && strcmp(said, "agent") == 0 ? ROLE_AGENT : ROLE_CONTACT;
}

int64_t sync_put_contact(struct turn *turn)
{
    struct record *record = &turn->record;
    bool staff = false;
    const char *email = record_text(record, "email");
    int64_t holder = sync_person_by_email(turn->sync, email, &staff);
    if (turn->local && holder && holder != turn->local)
        record_error(record, "email", "\"%s\": somebody else has this address here", email);
    int64_t id = turn->local ? turn->local : holder;
    if (id && sync_is_staff(turn->sync, id)) /* who is of the team is only known again */
        return record->bad ? 0 : id;
    turn->local = id;
    struct person person = {.id = id, .role = role_of(turn), .email = email, .locale = locale_of(turn)};
    read_names(turn, &person);
    person.properties = sync_properties(turn, PORTAL_CONTACT);
    person.company_id = record->bad ? 0 : company_of(turn); /* which may make one */
    if (record->bad)
        return 0;
    return sync_person(turn->sync, &person, record_truth(record, "manager", id ? -1 : 0),
                       record_time(record, "created_at", turn->now));
}
