#include "demo_check.h"

#include "../../lib/fs.h"
#include "../../lib/settings.h"

#include <stdlib.h>
#include <string.h>

enum { FILE_CEILING = 16 * 1024 * 1024, NAMES_MAX = 1000 };

static const struct setting line = {.type = SETTING_TEXT};
static const struct setting file_name = {.type = SETTING_TEXT, .min = 1, .max = 200};
static const struct setting company = {.type = SETTING_TEXT, .min = 1, .max = 200};

static const struct setting message_fields[] = {
    {.key = "author", .type = SETTING_ID, .required = true},
    {.key = "days_ago", .type = SETTING_INT, .fallback = "0", .min = 0, .max = 10000},
    {.key = "hours_ago", .type = SETTING_INT, .fallback = "0", .min = 0, .max = 10000},
    {.key = "minutes_ago", .type = SETTING_INT, .fallback = "0", .min = 0, .max = 10000},
    {.key = "internal", .type = SETTING_BOOL, .fallback = "false"},
    {.key = "channel", .type = SETTING_ID},
    {.key = "text", .type = SETTING_LIST, .required = true, .min = 1, .max = 1000, .fields = &line},
    {.key = "files", .type = SETTING_LIST, .fallback = "[]", .min = 0, .max = 10, .fields = &file_name},
    {0},
};
static const struct setting message = {.type = SETTING_GROUP, .fields = message_fields};

static const struct setting participant = {.type = SETTING_ID};

static const struct setting ticket_fields[] = {
    {.key = "subject", .type = SETTING_TEXT, .required = true, .min = 1, .max = 200},
    {.key = "requester", .type = SETTING_ID, .required = true},
    {.key = "owner", .type = SETTING_ID},
    {.key = "inbox", .type = SETTING_ID, .required = true},
    {.key = "pipeline", .type = SETTING_ID, .required = true},
    {.key = "stage", .type = SETTING_ID, .required = true},
    {.key = "closed", .type = SETTING_BOOL, .fallback = "false"},
    {.key = "category", .type = SETTING_ID},
    {.key = "priority", .type = SETTING_ID},
    {.key = "source", .type = SETTING_ID, .fallback = "\"portal\""},
    {.key = "participants", .type = SETTING_LIST, .fallback = "[]", .max = 20, .fields = &participant},
    {.key = "messages", .type = SETTING_LIST, .required = true, .min = 1, .max = 1000, .fields = &message},
    {0},
};
static const struct setting ticket = {.type = SETTING_GROUP, .fields = ticket_fields};

static const char *const roles[] = {"contact", "agent", "admin", NULL};

static const struct setting person_fields[] = {
    {.key = "role", .type = SETTING_CHOICE, .required = true, .choices = roles},
    {.key = "email", .type = SETTING_EMAIL, .required = true},
    {.key = "first_name", .type = SETTING_TEXT, .required = true, .min = 1, .max = 100},
    {.key = "last_name", .type = SETTING_TEXT, .required = true, .min = 0, .max = 100},
    {.key = "locale", .type = SETTING_LOCALE, .required = true},
    {.key = "company", .type = SETTING_ID},
    {.key = "manager", .type = SETTING_BOOL, .fallback = "false"},
    {0},
};
static const struct setting person = {.type = SETTING_GROUP, .fields = person_fields};

static const struct setting demo_fields[] = {
    {.key = "password", .type = SETTING_TEXT, .required = true, .min = 8, .max = 128},
    {.key = "companies", .type = SETTING_MAP, .required = true, .fields = &company},
    {.key = "people", .type = SETTING_MAP, .required = true, .fields = &person},
    {.key = "tickets", .type = SETTING_LIST, .required = true, .fields = &ticket},
    {0},
};

struct check {
    const struct json_doc *doc;
    const json_t *root;
    const struct portal *portal; /* NULL: not compiled yet */
    struct arena *arena;
    struct diag *diag;
};

const char *demo_text(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

int64_t demo_age(const json_t *said)
{
    const int64_t minute = 60 * 1000;
    return json_integer_value(json_object_get(said, "days_ago")) * 24 * 60 * minute +
           json_integer_value(json_object_get(said, "hours_ago")) * 60 * minute +
           json_integer_value(json_object_get(said, "minutes_ago")) * minute;
}

const char *demo_file_path(struct arena *arena, const char *file, const char *name)
{
    const char *slash = strrchr(file, '/');
    int len = slash ? (int)(slash - file) + 1 : 0;
    return arena_printf(arena, "%.*sfiles/%s", len, file, name);
}

/* The place of a value: where(check, "/tickets/%zu/owner", 3). */
static struct place where(const struct check *check, const char *at, const char *key)
{
    const char *pointer = arena_printf(check->arena, "%s/%s", at, key);
    return json_doc_place(check->doc, pointer ? pointer : "", JSON_AT_VALUE);
}

static const char *nearest_key(const char *word, const json_t *map)
{
    const char *keys[NAMES_MAX + 1];
    size_t count = 0;
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)map, key, value)
    {
        if (count < NAMES_MAX)
            keys[count++] = key;
    }
    keys[count] = NULL;
    return diag_nearest(word, keys);
}

/* The member of root[map] that object[key] names. NULL: none is named, or an error was said. */
static const json_t *check_name(const struct check *check, const json_t *object, const char *at,
                                const char *key, const char *map)
{
    const char *name = demo_text(object, key);
    const json_t *all = json_object_get(check->root, map);
    const json_t *found = name ? json_object_get(all, name) : NULL;
    if (!name || found)
        return found;
    const char *near = nearest_key(name, all);
    diag_error(check->diag, where(check, at, key), "\"%s\": not one of the %s%s%s%s", name, map,
               near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
    return NULL;
}

static bool is_staff(const json_t *one)
{
    return strcmp(demo_text(one, "role"), "contact") != 0;
}

static void check_files(const struct check *check, const json_t *said, const char *at)
{
    size_t index;
    json_t *name;
    json_array_foreach(json_object_get(said, "files"), index, name)
    {
        const char *text = json_string_value(name);
        const char *path = demo_file_path(check->arena, check->doc->file, text);
        if (!path || !fs_is_safe_path(text) || strchr(text, '/') || !fs_is_file(path))
            diag_error(check->diag, where(check, at, "files"), "\"%s\": no such file in files/", text);
    }
}

static void check_messages(const struct check *check, const json_t *one, const char *at)
{
    int64_t before = INT64_MAX;
    size_t index;
    json_t *said;
    json_array_foreach(json_object_get(one, "messages"), index, said)
    {
        const char *here = arena_printf(check->arena, "%s/messages/%zu", at, index);
        const json_t *author = check_name(check, said, here, "author", "people");
        bool internal = json_is_true(json_object_get(said, "internal"));
        if (internal && author && !is_staff(author))
            diag_error(check->diag, where(check, here, "internal"), "only the team writes internal notes");
        if (internal && index == 0)
            diag_error(check->diag, where(check, here, "internal"), "a ticket begins with a public message");
        if (demo_age(said) > before)
            diag_error(check->diag, where(check, here, "days_ago"), "older than the message before it");
        before = demo_age(said);
        check_files(check, said, here);
    }
}

static void check_participants(const struct check *check, const json_t *one, const char *at)
{
    const json_t *people = json_object_get(check->root, "people");
    size_t index;
    json_t *name;
    json_array_foreach(json_object_get(one, "participants"), index, name)
    {
        const char *here = arena_printf(check->arena, "%s/participants", at);
        const char *key = arena_printf(check->arena, "%zu", index);
        const json_t *found = json_object_get(people, json_string_value(name));
        if (!found)
            diag_error(check->diag, where(check, here, key), "\"%s\": not one of the people",
                       json_string_value(name));
        else if (is_staff(found))
            diag_error(check->diag, where(check, here, key), "the team sees every ticket as it is");
    }
}

static void check_stage(const struct check *check, const json_t *one, const char *at)
{
    if (!check->portal)
        return;
    const char *inbox = demo_text(one, "inbox"), *stage_id = demo_text(one, "stage");
    const char *pipeline_id = demo_text(one, "pipeline");
    if (!portal_inbox(check->portal, inbox))
        diag_error(check->diag, where(check, at, "inbox"), "\"%s\": not one of the portal's inboxes", inbox);
    const struct portal_pipeline *pipeline = portal_pipeline(check->portal, pipeline_id);
    if (!pipeline) {
        diag_error(check->diag, where(check, at, "pipeline"), "\"%s\": not one of the portal's pipelines",
                   pipeline_id);
        return;
    }
    const struct portal_stage *stage = portal_stage(pipeline, stage_id);
    if (!stage)
        diag_error(check->diag, where(check, at, "stage"), "\"%s\": not a stage of the pipeline \"%s\"",
                   stage_id, pipeline_id);
    else if (stage->closed != json_is_true(json_object_get(one, "closed")))
        diag_error(check->diag, where(check, at, "stage"),
                   "the stage \"%s\" is %s, \"closed\" says otherwise", stage_id,
                   stage->closed ? "closed" : "open");
}

static void check_all(const struct check *check)
{
    const char *key;
    json_t *one;
    size_t index;
    json_object_foreach(json_object_get(check->root, "people"), key, one)
    {
        const char *at = arena_printf(check->arena, "/people/%s", key);
        check_name(check, one, at, "company", "companies");
        demo_check_properties(check->portal, PORTAL_CONTACT, one, at, check->doc, check->arena, check->diag);
    }
    json_array_foreach(json_object_get(check->root, "tickets"), index, one)
    {
        const char *at = arena_printf(check->arena, "/tickets/%zu", index);
        check_name(check, one, at, "requester", "people");
        const json_t *owner = check_name(check, one, at, "owner", "people");
        if (owner && !is_staff(owner))
            diag_error(check->diag, where(check, at, "owner"), "only the team owns tickets");
        check_stage(check, one, at);
        check_participants(check, one, at);
        demo_check_properties(check->portal, PORTAL_TICKET, one, at, check->doc, check->arena, check->diag);
        check_messages(check, one, at);
    }
}

/* True also when nothing is compiled: then there is nothing to compare with. */
static bool load_portal(const char *dir, struct arena *arena, struct portal **portal, struct diag *diag)
{
    const char *path = dir ? fs_join(arena, dir, "portal.json") : NULL;
    *portal = path && fs_is_file(path) ? portal_load(dir, diag) : NULL;
    return *portal || !path || !fs_is_file(path);
}

json_t *demo_check(const char *file, const char *portal_dir, struct arena *arena, struct diag *diag)
{
    struct json_doc doc;
    struct portal *portal;
    size_t before = diag_errors(diag);
    if (!json_doc_load(&doc, file, FILE_CEILING, diag))
        return NULL;
    json_t *properties = demo_take_properties(doc.root, arena);
    json_t *root = settings_check(demo_fields, &doc, diag);
    demo_give_properties(root, properties, arena);
    if (root && load_portal(portal_dir, arena, &portal, diag)) {
        check_all(&(struct check){.doc = &doc, .root = root, .portal = portal, .arena = arena, .diag = diag});
        portal_free(portal);
    }
    json_doc_release(&doc);
    if (diag_errors(diag) == before)
        return root;
    json_decref(root);
    return NULL;
}
