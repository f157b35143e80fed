/*
 * read: the compiled portal's members, in the order in which later ones refer to earlier ones.
 */
#ifndef GUICHET_PORTAL_READ_H
#define GUICHET_PORTAL_READ_H

#include "../portal.h"
#include "reader.h"

/* Fill `portal` from the reader's document. False: one error was reported. */
bool portal_read(struct portal_reader *reader, struct portal *portal);

#endif
