/*
 * invite_csv: the people of a CSV file, for `guichet-api invite --csv FILE`.
 *
 * The columns are found by their names, in any order and case: email (or e-mail, mail, address), name, or
 * first name and last name, company, locale (or language), groups (or group), manager. Others are passed
 * over.
 */
#ifndef GUICHET_INVITE_CSV_H
#define GUICHET_INVITE_CSV_H

#include "../../lib/arena.h"
#include "../../lib/diag.h"

#include <jansson.h>

/*
 * A list of objects, one for each row; `*places` (in the arena) says where each one's address stands. NULL:
 * errors in `diag`.
 */
json_t *invite_csv(struct arena *arena, const char *file, struct place **places, struct diag *diag);

#endif
