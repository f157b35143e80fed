/* erasure: how somebody's own request stands that what is held about them be erased. */
#ifndef GUICHET_OWN_ERASURE_H
#define GUICHET_OWN_ERASURE_H

#include "../server/request.h"

/* Write it as an object under this key; null: they may not ask. */
enum problem erasure_write_own(struct request *request, const char *key);

#endif
