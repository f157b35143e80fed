/*
 * cursor: where a page of the list ended, as an opaque text. It names a place, not a right: what may be seen
 * is asked anew for every page.
 */
#ifndef GUICHET_CURSOR_H
#define GUICHET_CURSOR_H

#include "../store/ticket.h"

#define CURSOR_TEXT_LEN 22

void cursor_write(char text[CURSOR_TEXT_LEN + 1], const struct ticket_cursor *cursor);

/* False: no cursor of ours. */
bool cursor_read(const char *text, struct ticket_cursor *cursor);

#endif
