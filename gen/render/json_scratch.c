#include "json_scratch.h"

#include <jansson.h>
#include <stdlib.h>

static _Thread_local struct arena *scratch;

static void *take(size_t size)
{
    return scratch ? arena_alloc(scratch, size) : malloc(size);
}

static void give_back(void *bytes)
{
    if (!scratch)
        free(bytes);
}

void json_scratch_prepare(void)
{
    json_set_alloc_funcs(take, give_back);
}

void json_scratch_begin(struct arena *arena)
{
    scratch = arena;
}

void json_scratch_end(void)
{
    scratch = NULL;
}
