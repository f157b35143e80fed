/*
 * manifest: the web manifest, with which a phone puts the portal on its first screen.
 *
 * One for each language. Colours are the theme's: theme_color is its setting "accent", background_color its
 * setting "background", each in its light value and left out when the theme has no such colour.
 */
#ifndef GUICHET_MANIFEST_H
#define GUICHET_MANIFEST_H

#include "../render/render.h"

/* "/support/fr/manifest.webmanifest", in the arena. */
const char *manifest_url(struct arena *arena, const char *slug, const char *locale);

/* Append that of a language. */
void manifest_add(const struct render *render, size_t locale, struct buf *out);

#endif
