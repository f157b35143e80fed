/*
 * help_files: what stands where below content/help, before any of it is read.
 */
#ifndef GUICHET_HELP_FILES_H
#define GUICHET_HELP_FILES_H

#include "help.h"

/* List articles and images, and check that each stands where it can be. Unsorted; bodies are NULL. */
void help_list_files(struct help *help, const struct site *site, struct diag *diag);

/* "01-first-steps.md" -> "first-steps"; `order` becomes the number, or FRONT_NO_ORDER. */
const char *help_article_id(struct arena *arena, const char *file_name, long *order);

/* Does it end like an image that pages can show? */
bool help_is_image(const char *path);

#endif
