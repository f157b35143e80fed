/*
 * schema: `guichet-gen schema` writes what editors and admins want to know of the settings files:
 * content/schemas/<name>.schema.json for each, and the reference, an article of the help centre.
 */
#ifndef GUICHET_VERB_SCHEMA_H
#define GUICHET_VERB_SCHEMA_H

#include <stdio.h>

/*
 * The article is written where the help centre has its section, content/help/en/running-the-portal/. Mistakes
 * in the portal do not matter: a theme that cannot be read has settings that nobody knows. 0: done, 1:
 * errors.
 */
int schema_run(const char *site, const char *themes, FILE *out, FILE *err);

struct diag;

/* Write the schemas only; how many, 0 after an error. */
size_t schema_write_all(const char *site, const char *themes, struct diag *diag);

#endif
