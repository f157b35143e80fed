/*
 * style: what the style controls say, between the pages that have them and the loop that builds. Thread-safe.
 *
 * It lives as long as the preview runs; nothing of it is written anywhere. What it says is as overlay.h has
 * it.
 */
#ifndef GUICHET_PREVIEW_STYLE_H
#define GUICHET_PREVIEW_STYLE_H

#include <jansson.h>

struct style;

struct style *style_new(void);
void style_free(struct style *style);

/* Say `overlay`, whose reference is taken, instead of what was said before. The number of this change. */
long style_put(struct style *style, json_t *overlay);

/* Becomes readable when something was said: for poll(). */
int style_fd(const struct style *style);

/* What is said at the moment, and the number of the latest change. A copy; new reference. NULL: no memory. */
json_t *style_now(struct style *style, long *number);

/* The same for the loop: style_fd() is not readable any more until the next change. */
json_t *style_take(struct style *style, long *number);

/* Forget what changes nothing any more, as after it was written into content/portal.json. */
void style_forget_idle(struct style *style, const json_t *settings, const json_t *given);

#endif
