/*
 * rules: which passwords are refused, and why (T05).
 *
 * At least the portal's minimum of characters, never under 8; at most 1,024 bytes, all of which count. Not a
 * common one, nor the portal's name or the own address, also when digits and marks are put around them.
 */
#ifndef GUICHET_RULES_H
#define GUICHET_RULES_H

#include "../../lib/portal.h"

/*
 * The code of what is wrong with a password: "required", "password_short", "too_long", "password_common",
 * "password_personal" (the name or the address). NULL: it is good. `email` NULL: not known.
 */
const char *password_fault(const struct portal *portal, const char *email, const char *password);

#endif
