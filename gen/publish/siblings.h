/*
 * siblings: beside each text of the site stand its packed forms, index.html.br and index.html.gz, so that no
 * server has to pack anything for a reader.
 *
 * A text of less than a kilobyte has none, nor one that packing does not make smaller. What the run before
 * packed from the same bytes is taken over: that costs an unpacking, not a packing.
 */
#ifndef GUICHET_SIBLINGS_H
#define GUICHET_SIBLINGS_H

#include "../parallel.h"
#include "publish.h"

/*
 * Write the siblings of all that was written below "site/" until now; `hashed` is the folder of what never
 * changes ("site/support/assets/"), which is packed with more effort. False: errors in `diag`.
 */
bool siblings_write(struct publish *publish, const char *hashed, struct parallel *parallel,
                    struct diag *diag);

#endif
