/*
 * return: where a sign-in leads back to. Only to pages of this portal (T27).
 */
#ifndef GUICHET_RETURN_H
#define GUICHET_RETURN_H

#include <stdbool.h>

/*
 * Is this a path of the portal whose slug is "/support/", perhaps with a query and a fragment? It begins with
 * the slug, has no empty part, no dot part, encoded or not, no backslash and no control character, and is at
 * most 1,000 bytes long.
 */
bool return_is_own(const char *slug, const char *path);

#endif
