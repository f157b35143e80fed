#include "scene.h"

#include "../render/render.h"
#include "style_view.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

const struct scene_page *scene_page(const struct scene *scene, const char *id, const char *locale)
{
    for (size_t i = 0; i < scene->page_count; i++) {
        const struct scene_page *page = &scene->pages[i];
        if (strcmp(page->id, id) == 0 && (!locale || strcmp(page->locale, locale) == 0))
            return page;
    }
    return NULL;
}

const struct scene_page *scene_page_at(const struct scene *scene, const char *url)
{
    for (size_t i = 0; i < scene->page_count; i++) {
        if (strcmp(scene->pages[i].url, url) == 0)
            return &scene->pages[i];
    }
    return NULL;
}

const json_t *scene_state(const struct scene *scene, const char *id)
{
    size_t i;
    json_t *state;
    json_array_foreach(scene->states, i, state)
    {
        bool usual = !id && json_object_size(json_object_get(state, "pages")) > 0;
        if (usual || (id && strcmp(json_string_value(json_object_get(state, "id")), id) == 0))
            return state;
    }
    return NULL;
}

int scene_variant(const struct scene *scene, const json_t *state)
{
    const json_t *settings = json_object_get(state, "settings");
    for (size_t i = 0; settings && i < json_array_size(scene->variants); i++) {
        if (json_equal(json_array_get(scene->variants, i), settings))
            return (int)i;
    }
    return -1;
}

static void take_variants(struct scene *scene)
{
    size_t i;
    json_t *state;
    scene->variants = json_array();
    json_array_foreach(scene->states, i, state)
    {
        if (json_object_get(state, "settings") && scene_variant(scene, state) < 0)
            json_array_append(scene->variants, json_object_get(state, "settings"));
    }
}

static void take_site(struct scene *scene, const struct site *site)
{
    struct arena *arena = scene->arena;
    scene->slug = arena_strdup(arena, site->slug);
    scene->api = arena_strdup(arena, site->api);
    scene->default_locale = arena_strdup(arena, site->default_locale);
    scene->assets = arena_printf(arena, "%sassets/", site->slug);
    scene->locale_count = site->locale_count;
    scene->locales = arena_alloc(arena, (site->locale_count + 1) * sizeof *scene->locales);
    scene->names = arena_alloc(arena, (site->locale_count + 1) * sizeof *scene->names);
    for (size_t i = 0; i < site->locale_count; i++) {
        scene->locales[i] = arena_strdup(arena, site->locales[i]);
        scene->names[i] = arena_strdup(arena, site_name(site, site->locales[i]));
    }
}

/* The first of each kind: one article stands for all. */
static void take_pages(struct scene *scene, const struct site *site, const struct page_list *list)
{
    scene->pages = arena_alloc(scene->arena, (list->count + 1) * sizeof *scene->pages);
    for (size_t i = 0; i < list->count; i++) {
        const struct page *page = &list->pages[i];
        const char *locale = scene->locales[page->locale];
        if (page->locale >= site->locale_count || scene_page(scene, page->kind->id, locale))
            continue;
        scene->pages[scene->page_count++] = (struct scene_page){
            arena_strdup(scene->arena, page->kind->id), locale, arena_strdup(scene->arena, page->url)};
    }
}

static void hash_json(crypto_generichash_state *hash, json_t *value)
{
    char *text = json_dumps(value, JSON_COMPACT);
    if (text)
        crypto_generichash_update(hash, (const unsigned char *)text, strlen(text));
    free(text);
    json_decref(value);
}

/* What the page with all pages says of each mail. */
static json_t *subjects_of(const json_t *mails)
{
    json_t *subjects = json_array();
    const char *locale, *id;
    json_t *own, *mail;
    json_object_foreach((json_t *)mails, locale, own) json_object_foreach(own, id, mail)
        json_array_append(subjects, json_object_get(mail, "subject"));
    return subjects;
}

/* What the page with all pages is made of. */
static void hash_states(struct scene *scene)
{
    unsigned char digest[16];
    crypto_generichash_state hash;
    crypto_generichash_init(&hash, NULL, 0, sizeof digest);
    for (size_t i = 0; i < scene->page_count; i++)
        crypto_generichash_update(&hash, (const unsigned char *)scene->pages[i].url,
                                  strlen(scene->pages[i].url) + 1);
    hash_json(&hash, json_incref(scene->states));
    hash_json(&hash, subjects_of(scene->mails));
    hash_json(&hash, style_panel(scene->style));
    crypto_generichash_final(&hash, digest, sizeof digest);
    sodium_bin2hex(scene->states_hash, sizeof scene->states_hash, digest, sizeof digest);
}

struct scene *scene_new(const struct build_result *result)
{
    struct arena *arena = arena_new(0);
    struct scene *scene = arena ? arena_alloc(arena, sizeof *scene) : NULL;
    if (!scene) {
        arena_free(arena);
        return NULL;
    }
    scene->arena = arena;
    scene->hash = arena_strdup(arena, result->assets->hash);
    scene->name = arena_strdup(arena, site_name(result->site, result->site->default_locale));
    take_site(scene, result->site);
    take_pages(scene, result->site, result->pages);
    scene->states = json_incref(result->states);
    scene->mails = json_incref(result->mails);
    take_variants(scene);
    scene->style = style_describe(result);
    hash_states(scene);
    return scene;
}

void scene_free(struct scene *scene)
{
    if (!scene)
        return;
    json_decref(scene->states);
    json_decref(scene->variants);
    json_decref(scene->mails);
    json_decref(scene->style);
    arena_free(scene->arena);
}
