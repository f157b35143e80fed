#include "demo.h"

#include "../../lib/fs.h"
#include "../account/password.h"
#include "demo_check.h"
#include "demo_fill.h"

#include <stdlib.h>
#include <string.h>

int64_t demo_id(const struct demo *demo, const char *map, const char *name)
{
    return name ? json_integer_value(json_object_get(json_object_get(demo->ids, map), name)) : 0;
}

static void note_id(struct demo *demo, const char *map, const char *name, int64_t id)
{
    json_object_set_new(json_object_get(demo->ids, map), name, json_integer(id));
}

/* When the oldest message was written: everybody was there already. */
static int64_t beginning(const struct demo *demo)
{
    int64_t oldest = 0;
    size_t index;
    json_t *ticket;
    json_array_foreach(json_object_get(demo->root, "tickets"), index, ticket)
    {
        int64_t age = demo_age(json_array_get(json_object_get(ticket, "messages"), 0));
        oldest = age > oldest ? age : oldest;
    }
    return demo->now - oldest;
}

static enum rc add_companies(struct demo *demo)
{
    const char *key;
    json_t *name;
    enum rc rc = RC_OK;
    json_object_foreach(json_object_get(demo->root, "companies"), key, name)
    {
        int64_t id = 0;
        rc = import_company(demo->import, json_string_value(name), beginning(demo), &id);
        if (rc != RC_OK)
            break;
        note_id(demo, "companies", key, id);
    }
    return rc;
}

/* As the store wants them. NULL: none. */
const char *demo_properties_of(const struct demo *demo, const json_t *one)
{
    const json_t *properties = json_object_get(one, "properties");
    char *text = properties ? json_dumps(properties, JSON_COMPACT) : NULL;
    const char *copy = text ? arena_strdup(demo->arena, text) : NULL;
    free(text);
    return copy;
}

static enum role role_of(const char *word)
{
    return strcmp(word, "admin") == 0 ? ROLE_ADMIN : strcmp(word, "agent") == 0 ? ROLE_AGENT : ROLE_CONTACT;
}

static enum rc add_person(struct demo *demo, const char *key, const json_t *one)
{
    char hash[crypto_pwhash_STRBYTES];
    int64_t id = 0;
    if (!password_hash(demo_text(demo->root, "password"), hash))
        return RC_INTERNAL;
    struct person person = {
        .role = role_of(demo_text(one, "role")),
        .email = demo_text(one, "email"),
        .first_name = demo_text(one, "first_name"),
        .last_name = demo_text(one, "last_name"),
        .locale = demo_text(one, "locale"),
        .company_id = demo_id(demo, "companies", demo_text(one, "company")),
        .password = hash,
        .properties = demo_properties_of(demo, one),
        .manager = json_is_true(json_object_get(one, "manager")),
    };
    enum rc rc = import_person(demo->import, &person, beginning(demo), &id);
    note_id(demo, "people", key, id);
    return rc;
}

static enum rc add_people(struct demo *demo)
{
    const char *key;
    json_t *one;
    enum rc rc = RC_OK;
    json_object_foreach(json_object_get(demo->root, "people"), key, one)
    {
        rc = add_person(demo, key, one);
        if (rc != RC_OK)
            break;
    }
    return rc;
}

static enum rc fill(struct demo *demo)
{
    demo->ids = json_pack("{s{}s{}}", "companies", "people");
    demo->import = demo->ids ? import_begin(demo->store) : NULL;
    if (!demo->import)
        return RC_INTERNAL;
    enum rc rc = add_companies(demo);
    if (rc == RC_OK)
        rc = add_people(demo);
    if (rc == RC_OK)
        rc = demo_add_tickets(demo);
    enum rc ended = import_end(demo->import, rc == RC_OK, demo->now);
    return rc == RC_OK ? ended : rc;
}

static const char *explain(enum rc rc)
{
    switch (rc) {
    case RC_CONFLICT:
        return "two people have the same address";
    case RC_FULL:
        return "the disk is full";
    default:
        return "the store cannot be written; the log above says why";
    }
}

static bool make(struct demo *demo, const char *data_dir, struct diag *diag)
{
    bool was_there = fs_is_dir(data_dir);
    struct store_options options = {.create = true, .fresh = true};
    demo->store = store_open(data_dir, &options, diag);
    if (!demo->store)
        return false;
    enum rc rc = fill(demo);
    json_decref(demo->ids);
    store_close(demo->store);
    if (rc == RC_OK)
        return true;
    if (!was_there)
        fs_remove_tree(data_dir);
    diag_error(diag, (struct place){.file = data_dir}, "%s", explain(rc));
    return false;
}

bool demo_run(const char *file, const char *data_dir, const char *portal_dir, struct diag *diag)
{
    bool made = false;
    struct arena *arena = arena_new(0);
    json_t *root = arena ? demo_check(file, portal_dir, arena, diag) : NULL;
    if (root) {
        struct demo demo = {.file = file, .root = root, .arena = arena, .now = store_now()};
        made = make(&demo, data_dir, diag);
    }
    json_decref(root);
    arena_free(arena);
    return made;
}
