/* config_files: what a deployment's settings lead to and what may be a slip, looked at before a server
 * starts. */
#ifndef GUICHET_CONFIG_FILES_H
#define GUICHET_CONFIG_FILES_H

#include "config.h"

/*
 * Report every file of certificates, and every one that holds a secret, that cannot be read: found out only
 * when it is needed, it would be a mail server or a webhook that fails. False: there is one. Not for verbs
 * that others than the server's user call.
 */
bool config_files_check(const struct config *config, struct arena *arena, struct diag *diag);

/*
 * Log each setting of the environment that nobody knows but that nearly has the name of one: a slip there
 * would be passed over in silence, and others may have names of their own that begin like ours.
 */
void config_environment_check(void);

#endif
