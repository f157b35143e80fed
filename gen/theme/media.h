/*
 * media: the files that settings name: pictures and fonts, of the theme or of content/.
 */
#ifndef GUICHET_THEME_MEDIA_H
#define GUICHET_THEME_MEDIA_H

#include "theme.h"

/*
 * The value of an image or a font that is written as `text`: {"path", "file", "width", "height"} of a picture
 * (0 when not known), {"path", "file"} of a font's file, the name of a stack as it is. `path` is below the
 * assets' folder. What the admin names stands in content/ and is published with the assets. A new reference;
 * false after an error: the file is not there, too large, or not what its name says.
 */
json_t *theme_media_value(struct theme *theme, const struct site *site, const char *key,
                          const json_t *declared, const char *text, struct diag *diag);

#endif
