/*
 * contrast: can people with weak eyes tell a theme's colours apart? (WCAG 2.2, 1.4.3 and 1.4.11)
 *
 * A theme lists the pairs that meet on its pages ("contrast" of theme.json); each has to reach its ratio in
 * both schemes, with the admin's values in place.
 */
#ifndef GUICHET_CONTRAST_H
#define GUICHET_CONTRAST_H

#include "../theme/palette.h"

/*
 * Check the pairs of all of the chain. An error stands at the value that is to change: the admin's, if one of
 * the two is or what it is mixed from, otherwise the text's. It lists all pairs that this value is the cause
 * of with the ratio that was found and wanted, and ends with the nearest colour of the same hue with which
 * every pair that it takes part in passes, or these at least. `palette` is computed.
 */
void contrast_check(const struct theme *theme, struct palette *palette, struct diag *diag);

/*
 * The colour next in lightness to `color`, of the same hue, that `fits` takes, as it is written. False: none
 * does.
 */
bool contrast_nearest(struct rgb color, bool (*fits)(struct rgb candidate, void *context), void *context,
                      struct rgb *found);

#endif
