#include "portal.h"

#include "fs.h"
#include "json.h"
#include "portal/read.h"

#include <string.h>

#define PORTAL_CEILING (8 * 1024 * 1024)

/* What a caller sees as a portal, with the memory of its lists. */
struct loaded {
    struct portal portal; /* first: a pointer to it is a pointer to this */
    struct arena *arena;
};

static bool load_doc(struct json_doc *doc, const char *dir, struct arena *arena, struct diag *diag)
{
    const char *path = fs_join(arena, dir, "portal.json");
    if (!path)
        return false;
    if (fs_is_file(path))
        return json_doc_load(doc, path, PORTAL_CEILING, diag);
    diag_error(diag, (struct place){.file = path}, "not found; run guichet-gen first");
    return false;
}

/* A file of another format is not looked into: what its members mean is not known here. */
static bool check_format(struct portal_reader *reader, const json_t *root)
{
    const json_t *format = json_object_get(root, "format");
    if (!json_is_integer(format) || json_integer_value(format) != PORTAL_FORMAT)
        reader_refuse(reader, root, "format", "is a format that this version does not read");
    return !reader->failed;
}

static struct portal *read_doc(const struct json_doc *doc, struct arena *arena, struct diag *diag)
{
    struct loaded *loaded = arena_alloc(arena, sizeof *loaded);
    if (!loaded)
        return NULL;
    loaded->arena = arena;
    loaded->portal.root = doc->root;
    struct portal_reader reader = {.doc = doc, .diag = diag, .arena = arena};
    if (!check_format(&reader, doc->root) || !portal_read(&reader, &loaded->portal))
        return NULL;
    json_incref(doc->root);
    return &loaded->portal;
}

struct portal *portal_load(const char *dir, struct diag *diag)
{
    struct portal *portal = NULL;
    struct arena *arena = arena_new(0);
    struct json_doc doc = {0};
    if (arena && load_doc(&doc, dir, arena, diag)) {
        portal = read_doc(&doc, arena, diag);
        json_doc_release(&doc);
    }
    if (!portal)
        arena_free(arena);
    return portal;
}

void portal_free(struct portal *portal)
{
    if (!portal)
        return;
    json_decref(portal->root);
    arena_free(((struct loaded *)portal)->arena);
}

const struct portal_inbox *portal_inbox(const struct portal *portal, const char *id)
{
    for (size_t i = 0; i < portal->inbox_count; i++) {
        if (strcmp(portal->inboxes[i].id, id) == 0)
            return &portal->inboxes[i];
    }
    return NULL;
}

const struct portal_group *portal_group(const struct portal *portal, const char *id)
{
    for (size_t i = 0; i < portal->group_count; i++) {
        if (strcmp(portal->groups[i].id, id) == 0)
            return &portal->groups[i];
    }
    return NULL;
}

const struct portal_pipeline *portal_pipeline(const struct portal *portal, const char *id)
{
    for (size_t i = 0; i < portal->pipeline_count; i++) {
        if (strcmp(portal->pipelines[i].id, id) == 0)
            return &portal->pipelines[i];
    }
    return NULL;
}

const struct portal_stage *portal_stage(const struct portal_pipeline *pipeline, const char *id)
{
    for (size_t i = 0; i < pipeline->stage_count; i++) {
        if (strcmp(pipeline->stages[i].id, id) == 0)
            return &pipeline->stages[i];
    }
    return NULL;
}

const struct portal_provider *portal_provider(const struct portal *portal, const char *id)
{
    for (size_t i = 0; i < portal->provider_count; i++) {
        if (strcmp(portal->providers[i].id, id) == 0)
            return &portal->providers[i];
    }
    return NULL;
}

const char *portal_mail(const struct portal *portal, const char *locale, const char *mail, const char *part)
{
    const json_t *own = json_object_get(json_object_get(portal->root, "mail"), locale);
    return json_string_value(json_object_get(json_object_get(own, mail), part));
}

const char *portal_word(const struct portal *portal, const char *locale, const char *word)
{
    const json_t *words = json_object_get(portal->root, "words");
    const json_t *own = json_object_get(words, locale);
    if (!own)
        own = json_object_get(words, portal->default_locale);
    const char *text = json_string_value(json_object_get(own, word));
    return text ? text : "";
}

const char *portal_consent(const struct portal *portal, const char *version)
{
    return json_string_value(json_object_get(portal->consent, version));
}

const char *portal_name(const struct portal *portal, const char *locale)
{
    const char *name = json_string_value(json_object_get(portal->name, locale));
    if (!name)
        name = json_string_value(json_object_get(portal->name, portal->default_locale));
    return name ? name : "";
}

static bool is_listed(const struct portal_condition *condition, const char *answer)
{
    for (size_t i = 0; i < condition->value_count; i++) {
        if (strcmp(condition->values[i], answer) == 0)
            return true;
    }
    return false;
}

bool portal_condition_holds(const struct portal_condition *condition, const char *const *answers,
                            size_t count)
{
    bool listed = false;
    for (size_t i = 0; i < count; i++)
        listed = listed || is_listed(condition, answers[i]);
    switch (condition->test) {
    case PORTAL_IS:
        return listed;
    case PORTAL_IS_NOT:
        return !listed;
    case PORTAL_KNOWN:
        return count > 0;
    case PORTAL_UNKNOWN:
        return count == 0;
    }
    return true;
}
