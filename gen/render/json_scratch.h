/*
 * json_scratch: JSON that is made, looked at and forgotten, without asking for and giving back each piece.
 *
 * Between begin and end all that this thread makes with jansson comes from the arena, and what it releases is
 * not given back. So nothing made in between may be kept or be put into what was made before, and nothing
 * that was made before may be released.
 */
#ifndef GUICHET_JSON_SCRATCH_H
#define GUICHET_JSON_SCRATCH_H

#include "../../lib/arena.h"

/* Once, while there is one thread. */
void json_scratch_prepare(void);

void json_scratch_begin(struct arena *arena);
void json_scratch_end(void);

#endif
