/*
 * variants: are the templates that an admin chose for system pages among those of the theme?
 */
#ifndef GUICHET_VARIANTS_H
#define GUICHET_VARIANTS_H

#include "../theme/theme.h"

/* An error for each that is not, with those that are. Both must have been loaded. */
void variants_check(const struct site *site, const struct theme *theme, struct diag *diag);

#endif
