/*
 * control: which setting of the theme a finding is about, so that it can stand beside its style control.
 */
#ifndef GUICHET_PREVIEW_CONTROL_H
#define GUICHET_PREVIEW_CONTROL_H

#include "../build.h"

#include <jansson.h>

/*
 * Add to a finding, as diag_print_json() writes it, "control": the id of a setting, by where its value or
 * default stands, and "member": which part of it, such as "light"; null: of none, or of no part. What speaks
 * of the style controls themselves loses its line and column, which nobody wrote.
 */
void control_add(json_t *finding, const struct build_result *result);

#endif
