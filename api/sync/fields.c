#include "fields.h"

#include <string.h>

enum { NAME_MAX_CHARACTERS = 200, BODY_MAX = 200000, FIELDS_MAX = 24 };

static const struct sync_field of_company[] = {
    {"id", SYNC_NAME, true, NAME_MAX_CHARACTERS, "what it is called there"},
    {"name", SYNC_LINE, true, 200, NULL},
    {"created_at", SYNC_TIME, false, 0, NULL},
    {0},
};

static const struct sync_field of_contact[] = {
    {"id", SYNC_NAME, true, NAME_MAX_CHARACTERS, "what they are called there"},
    {"email", SYNC_EMAIL, true, 254, "who has it here already is taken for the same person"},
    {"name", SYNC_LINE, false, 200, "first and last name in one"},
    {"first_name", SYNC_LINE, false, 100, NULL},
    {"last_name", SYNC_LINE, false, 100, NULL},
    {"company", SYNC_NAME, false, NAME_MAX_CHARACTERS, "the id of a company"},
    {"company_name", SYNC_LINE, false, 200, "a company by its name, made when there is none of that name"},
    {"locale", SYNC_NAME, false, 35, "the language of their mail"},
    {"manager", SYNC_TRUTH, false, 0, "of their company"},
    {"role", SYNC_NAME, false, 20, "\"contact\" or \"agent\""},
    {"created_at", SYNC_TIME, false, 0, NULL},
    {"properties", SYNC_OBJECT, false, 0, "of the portal's own"},
    {0},
};

static const struct sync_field of_ticket[] = {
    {"id", SYNC_NAME, true, NAME_MAX_CHARACTERS, "what it is called there"},
    {"subject", SYNC_LINE, true, 500, NULL},
    {"requester", SYNC_NAME, true, 254, "the id of a contact, or an e-mail address"},
    {"owner", SYNC_NAME, false, 254, "the id or the address of somebody of the team"},
    {"participants", SYNC_LIST, false, 0, "contacts who see it besides"},
    {"inbox", SYNC_NAME, false, 64, "of the portal's; the default inbox when it is not said"},
    {"pipeline", SYNC_NAME, false, 64, "of the portal's; the first one when it is not said"},
    {"stage", SYNC_LINE, false, 200, "its id, or what it is called"},
    {"status", SYNC_NAME, false, 20,
     "\"open\" or \"closed\", for the first stage that is so, when no stage is said"},
    {"category", SYNC_NAME, false, 64, NULL},
    {"priority", SYNC_NAME, false, 64, NULL},
    {"source", SYNC_NAME, false, 64, "\"email\"; \"import\" when it is not said"},
    {"created_at", SYNC_TIME, true, 0, NULL},
    {"closed_at", SYNC_TIME, false, 0, "of a closed one; when it was filed, if it is not said"},
    {"text", SYNC_TEXT, false, BODY_MAX, "its first message, of the requester"},
    {"messages", SYNC_OBJECT, false, 0, "a list of messages without \"ticket\""},
    {"properties", SYNC_OBJECT, false, 0, "of the portal's own"},
    {0},
};

static const struct sync_field of_message[] = {
    {"id", SYNC_NAME, true, NAME_MAX_CHARACTERS, "what it is called there"},
    {"ticket", SYNC_NAME, true, NAME_MAX_CHARACTERS, "the id of a ticket"},
    {"author", SYNC_NAME, true, 254, "the id of a contact, or an e-mail address"},
    {"text", SYNC_TEXT, true, BODY_MAX, NULL},
    {"internal", SYNC_TRUTH, false, 0, "only the team sees it"},
    {"channel", SYNC_NAME, false, 64, "\"email\": a conversation of its own"},
    {"created_at", SYNC_TIME, true, 0, NULL},
    {0},
};

const char *const sync_kind_names[SYNC_KINDS + 1] = {"company", "contact", "ticket", "message", NULL};

const struct sync_field *sync_fields(enum sync_kind kind)
{
    static const struct sync_field *const all[SYNC_KINDS] = {of_company, of_contact, of_ticket, of_message};
    return all[kind];
}

const struct sync_field *sync_field(enum sync_kind kind, const char *key)
{
    for (const struct sync_field *field = sync_fields(kind); field->key; field++) {
        if (strcmp(field->key, key) == 0)
            return field;
    }
    return NULL;
}

const char *const *sync_field_names(enum sync_kind kind)
{
    static _Thread_local const char *names[FIELDS_MAX];
    size_t count = 0;
    for (const struct sync_field *field = sync_fields(kind); field->key; field++)
        names[count++] = field->key;
    names[count] = NULL;
    return names;
}

enum sync_kind sync_kind_of(const json_t *record)
{
    const char *type = json_string_value(json_object_get(record, "type"));
    for (size_t i = 0; type && i < SYNC_KINDS; i++) {
        if (strcmp(type, sync_kind_names[i]) == 0)
            return (enum sync_kind)i;
    }
    return SYNC_KINDS;
}
