/*
 * admin_tell: what became of an administrator's request, for people or for a program.
 */
#ifndef GUICHET_ADMIN_TELL_H
#define GUICHET_ADMIN_TELL_H

#include "../../lib/diag.h"
#include "invite_csv.h"

#include <jansson.h>
#include <stdbool.h>

/* Print an answer (admin.h) to stdout; as text, its errors go into `diag` instead. What is said of rows gets
 * its place in the file, also in the answer. */
void admin_tell_print(json_t *answer, const struct invite_csv *csv, bool json, struct diag *diag);

#endif
