/* config_value: one value of a deployment's settings, checked and put where it belongs. */
#ifndef GUICHET_CONFIG_VALUE_H
#define GUICHET_CONFIG_VALUE_H

#include "config.h"

/* Where a value came from, for messages. */
struct config_source {
    struct place place;
    const char *key; /* as the user wrote it */
};

/* Set the row's member of `config`, or report what is wanted there. A text is not copied. */
void config_value_set(struct config *config, const struct config_row *row, const char *text,
                      const struct config_source *source, struct diag *diag);

#endif
