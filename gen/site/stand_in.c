#include "stand_in.h"

#include "../../lib/locale.h"
#include "properties.h"

#include <string.h>

static json_t *anything(const struct setting *row, const char *locale);

static json_t *group_of(const struct setting *rows, const char *locale)
{
    json_t *group = json_object();
    for (; rows->key; rows++) {
        if (rows->required)
            json_object_set_new(group, rows->key, anything(rows, locale));
    }
    return group;
}

static json_t *list_of(const struct setting *row, const char *locale)
{
    json_t *list = json_array();
    for (long i = 0; i < row->min; i++)
        json_array_append_new(list, anything(row->fields, locale));
    return list;
}

/* A text that a row takes. */
static const char *word(const struct setting *row, const char *locale)
{
    switch (row->type) {
    case SETTING_CHOICE:
        return row->choices[0];
    case SETTING_SLUG:
        return "/portal/";
    case SETTING_HOST:
        return "portal.example";
    case SETTING_EMAIL:
        return "team@portal.example";
    case SETTING_URL:
    case SETTING_ISSUER:
        return "https://portal.example/";
    case SETTING_LOCALE:
        return locale;
    case SETTING_COLOR:
        return "#000000";
    case SETTING_LENGTH:
        return "0";
    default:
        return "anything";
    }
}

/* A raw value that a row takes, of which no default is known. */
static json_t *anything(const struct setting *row, const char *locale)
{
    switch (row->type) {
    case SETTING_BOOL:
        return json_false();
    case SETTING_INT:
        return json_integer(row->min);
    case SETTING_NUMBER:
        return json_real(row->least);
    case SETTING_GROUP:
        return group_of(row->fields, locale);
    case SETTING_LIST:
        return list_of(row, locale);
    case SETTING_MAP:
        return json_pack("{s:o}", "anything", anything(row->fields, locale));
    default:
        return json_string(word(row, locale));
    }
}

static bool mend(const struct setting *row, json_t *raw, const json_t *draft, const char *locale);

static void mend_fields(const struct setting *rows, json_t *raw, const json_t *draft, const char *locale)
{
    const char *key;
    void *next;
    json_t *value;
    json_object_foreach_safe(raw, next, key, value)
    {
        const struct setting *row = rows;
        while (row->key && strcmp(row->key, key) != 0)
            row++;
        if (!row->key || !mend(row, value, json_object_get(draft, key), locale))
            json_object_del(raw, key);
    }
    for (; rows->key; rows++) {
        if (rows->required && !json_object_get(raw, rows->key))
            json_object_set_new(raw, rows->key, anything(rows, locale));
    }
}

static bool mend_list(const struct setting *row, json_t *raw, const json_t *draft, const char *locale)
{
    for (size_t i = json_array_size(raw); i-- > 0;) {
        if (!mend(row->fields, json_array_get(raw, i), json_array_get(draft, i), locale))
            json_array_remove(raw, i);
    }
    return json_array_size(raw) >= (size_t)row->min;
}

static bool mend_map(const struct setting *row, json_t *raw, const json_t *draft, const char *locale)
{
    const char *key;
    void *next;
    json_t *value;
    json_object_foreach_safe(raw, next, key, value)
    {
        if (!settings_is_id(key) || !mend(row->fields, value, json_object_get(draft, key), locale))
            json_object_del(raw, key);
    }
    return json_object_size(raw) >= (size_t)row->min;
}

/* What `draft` knows to be good stays in `raw`. False: nothing of it does. */
static bool mend(const struct setting *row, json_t *raw, const json_t *draft, const char *locale)
{
    if (!draft || json_is_null(draft) || json_is_null(raw))
        return false;
    switch (row->type) {
    case SETTING_GROUP:
        mend_fields(row->fields, raw, draft, locale);
        return true;
    case SETTING_LIST:
        return mend_list(row, raw, draft, locale);
    case SETTING_MAP:
        return mend_map(row, raw, draft, locale);
    case SETTING_LOCAL:
        if (json_is_object(raw) && !row->partial && !locale_pick(raw, locale, NULL))
            json_object_set_new(raw, locale, json_string("anything"));
        return true;
    default:
        return true;
    }
}

bool stand_in_for_file(struct settings_file *file, const struct setting *table, const char *locale)
{
    struct diag *unheard = diag_new();
    json_t *raw = json_is_object(file->doc.root) ? json_deep_copy(file->doc.root) : json_object();
    struct json_doc doc = file->doc;
    mend_fields(table, raw, file->draft, locale);
    doc.root = raw;
    json_t *value = unheard ? settings_check(table, &doc, unheard) : NULL;
    json_decref(raw);
    diag_free(unheard);
    json_decref(file->value);
    json_decref(file->draft);
    file->table = table;
    file->value = value;
    file->draft = json_incref(value);
    return value != NULL;
}

/* What names something of another setting's may name nothing. */
static void forget_references(json_t *portal)
{
    static const char *const of_tickets[] = {"columns",       "page",       "filters",      "visible",
                                             "inboxes",       "internal",   "company_view", "closed_stages",
                                             "reopen_stages", "owner_name", "owner_alias",  NULL};
    for (const char *const *key = of_tickets; *key; key++)
        json_object_del(json_object_get(portal, "tickets"), *key);
    json_object_del(portal, "default_inbox");
    json_object_del(portal, "default_locale");
    json_object_del(portal, "ticket_name");
    json_object_del(portal, "consent");
}

bool stand_in_for_site(struct site *site)
{
    const char *locale = site->default_locale;
    static const struct setting nothing[] = {{0}};
    forget_references(site->portal.draft);
    if (!stand_in_for_file(&site->portal, portal_settings, locale) ||
        !stand_in_for_file(&site->properties, property_settings, locale) ||
        !stand_in_for_file(&site->pipelines, site->pipelines.table ? site->pipelines.table : nothing, locale))
        return false;
    site_borrow(site);
    return true;
}
