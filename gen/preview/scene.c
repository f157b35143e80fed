#include "scene.h"

#include "../render/render.h"

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

static void take_site(struct scene *scene, const struct site *site)
{
    struct arena *arena = scene->arena;
    scene->slug = arena_strdup(arena, site->slug);
    scene->api = arena_strdup(arena, site->api);
    scene->default_locale = arena_strdup(arena, site->default_locale);
    scene->assets = arena_printf(arena, "%sassets/", site->slug);
    scene->locale_count = site->locale_count;
    scene->locales = arena_alloc(arena, (site->locale_count + 1) * sizeof *scene->locales);
    for (size_t i = 0; i < site->locale_count; i++)
        scene->locales[i] = arena_strdup(arena, site->locales[i]);
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
    take_site(scene, result->site);
    take_pages(scene, result->site, result->pages);
    return scene;
}

void scene_free(struct scene *scene)
{
    if (scene)
        arena_free(scene->arena);
}
