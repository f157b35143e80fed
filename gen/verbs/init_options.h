/*
 * init_options: are these values that a portal can have?
 */
#ifndef GUICHET_INIT_OPTIONS_H
#define GUICHET_INIT_OPTIONS_H

#include "../../lib/diag.h"
#include "init.h"
#include "starter.h"

/*
 * Fill all of `starter` but its arena, with the defaults for what is not given. False: errors in `diag`, by
 * the names of the options: values as content/portal.json would refuse them, a language named twice, and one
 * that the installed default theme does not have.
 */
bool init_options_check(const struct init_options *options, struct starter *starter, struct diag *diag);

#endif
