/*
 * style: can a style sheet stand in a cascade layer?
 *
 * Sheets of a theme that has a parent, and the admin's own, are put between braces. A brace too much would
 * end the layer and whatever follows would win over everything; a rule that has to stand at the top of a
 * sheet is dropped by browsers in silence.
 */
#ifndef GUICHET_STYLE_H
#define GUICHET_STYLE_H

#include "../../lib/diag.h"

/*
 * Errors with file, line and column: braces that open or close nothing, comments and strings without an end,
 * what is no rule at the end, and, when `layered`, @import, @charset and @namespace. `text` ends with a NUL.
 */
void style_check(const char *file, const char *text, bool layered, struct diag *diag);

#endif
