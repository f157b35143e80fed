/*
 * findings: what a build found, with the lines of the files that it speaks of.
 */
#ifndef GUICHET_PREVIEW_FINDINGS_H
#define GUICHET_PREVIEW_FINDINGS_H

#include "../build.h"

/*
 * A JSON array as diag_print_json() writes it, errors before warnings, each with "source": the line of the
 * file without its end, or null, and what control.h adds. At most 100 of them. To be freed; NULL: no memory.
 */
char *findings_text(const struct build_result *result);

#endif
