/*
 * secret_setting: settings of a deployment that are secret.
 *
 * NAME, or NAME_FILE, the name of a file that holds it: in the environment, or else in the file that
 * GUICHET_CONFIG names. There is no option: others would read it in the list of processes. A file is read
 * when it is needed, so that a new secret counts at once.
 */
#ifndef GUICHET_SECRET_SETTING_H
#define GUICHET_SECRET_SETTING_H

#include "config.h"

#define SMTP_PASSWORD_NAME "GUICHET_SMTP_PASSWORD"
#define IMAP_PASSWORD_NAME "GUICHET_IMAP_PASSWORD"

/* Is this the name of such a setting? */
bool secret_setting_is_name(const char *name);

/* The secret, in the arena; NULL: there is none, or the file cannot be read or is empty. */
const char *secret_setting(const struct config *config, struct arena *arena, const char *name);

/* Report each of them whose file, as the environment or the settings' file names it, cannot be read or is
 * empty. False: there is one. */
bool secret_setting_check(const struct config *config, struct arena *arena, struct diag *diag);

#endif
