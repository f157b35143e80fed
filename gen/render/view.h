/*
 * view: what templates see, put together fast. It is done anew for every page, so nothing is asked twice:
 * keys are ours, and texts were found to be UTF-8 when they were read.
 */
#ifndef GUICHET_RENDER_VIEW_H
#define GUICHET_RENDER_VIEW_H

#include <jansson.h>

/* The view owns `value` from now on. */
static inline void view_set(json_t *view, const char *key, json_t *value)
{
    json_object_set_new_nocheck(view, key, value);
}

/* NULL: an empty text. */
static inline void view_text(json_t *view, const char *key, const char *text)
{
    view_set(view, key, json_string_nocheck(text ? text : ""));
}

#endif
