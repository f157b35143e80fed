/*
 * scene: what is served at the moment: what a build made, and what the theme's fixtures say of its states.
 *
 * Immutable once made. Everything is its own: the build that it came from is over.
 */
#ifndef GUICHET_PREVIEW_SCENE_H
#define GUICHET_PREVIEW_SCENE_H

#include "../build.h"

#include "../../lib/arena.h"

#include <jansson.h>

struct scene_page {
    const char *id;     /* "tickets" */
    const char *locale; /* "en" */
    const char *url;    /* "/support/en/tickets/" */
};

struct scene {
    struct arena *arena;
    const char *slug, *api, *default_locale;
    const char *assets; /* "/support/assets/" */
    const char *hash;   /* of the assets */
    const char *name;   /* the portal's, in its main language */
    const char **locales;
    const char **names; /* the portal's, by language */
    size_t locale_count;
    struct scene_page *pages; /* one of each kind and language */
    size_t page_count;
    json_t *states;       /* owned; see fixtures.h */
    json_t *variants;     /* owned; the "settings" of states, each once */
    json_t *mails;        /* owned; as compiled, by language and id */
    json_t *style;        /* owned; see style_view.h */
    char states_hash[33]; /* changes when the pages, the states or the style controls do */
};

/* Of a build that is done. NULL: no memory. */
struct scene *scene_new(const struct build_result *result);
void scene_free(struct scene *scene);

/* The page of that kind in a language (NULL: any). NULL: there is none. */
const struct scene_page *scene_page(const struct scene *scene, const char *id, const char *locale);

/* The page at an address. NULL: there is none, or it is one of those that another stands for. */
const struct scene_page *scene_page_at(const struct scene *scene, const char *url);

/* Which of the variants a state is shown in; -1: the portal as it is. */
int scene_variant(const struct scene *scene, const json_t *state);

/* A state by its id; of NULL the usual one. Borrowed. NULL: there is none. */
const json_t *scene_state(const struct scene *scene, const char *id);

#endif
