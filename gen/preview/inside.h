/* What the files that answer share; see serve.h. */
#ifndef GUICHET_PREVIEW_INSIDE_H
#define GUICHET_PREVIEW_INSIDE_H

#include "address.h"
#include "serve.h"

void send_bytes(struct http_request *request, int status, const char *type, const char *cache,
                const void *bytes, size_t len);
void send_text(struct http_request *request, int status, const char *text);

/*
 * Take the lock for reading, once what the address shows besides the portal itself, the pseudo-language or a
 * variant, is built as its files are now. While they change without end, what there is (portal.c).
 */
void desk_hold(struct desk *desk, const struct address *address);

/* A page or asset of the portal (portal.c). */
void send_portal(struct http_request *request, struct desk *desk, const struct address *address);

/* What the API would answer; `path` is below it (portal_api.c). */
void send_api(struct http_request *request, struct desk *desk, const struct address *address,
              const char *path);

/* A mail in a state (letter_page.c); `path` begins with its language. */
void send_letter(struct http_request *request, struct desk *desk, const struct address *address,
                 const char *path);

/* All pages in all states (grid.c). */
void send_grid(struct http_request *request, struct desk *desk);

/* What the style controls say (style_api.c). */
void send_style(struct http_request *request, struct desk *desk);

/* Markup for the head of a page: live reload, and with a state what it needs. In the arena. */
const char *head_for(struct desk *desk, const struct address *address, struct arena *arena);

/* The same for a mail, which a changed style alone makes another, too: its styles are within. */
const char *head_of_letter(struct desk *desk, struct arena *arena);

#endif
