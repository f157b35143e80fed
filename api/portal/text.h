/*
 * text: what people type, made fit to keep. Input is valid UTF-8 without NUL; results are in the arena, NULL
 * when it has no memory.
 */
#ifndef GUICHET_TEXT_H
#define GUICHET_TEXT_H

#include "../../lib/arena.h"

#define REPLY_MAX 20000 /* characters of a reply, and of what else is said about a ticket */

/* One line: controls and line ends become blanks; marks that turn round what follows go, and blanks of any
 * kind around it (T28). */
char *text_line(struct arena *arena, const char *text);

/* Many lines: every line end becomes \n; other controls but the tab go, and so do blank lines around it. */
char *text_lines(struct arena *arena, const char *text);

/*
 * A file's name as a label: without folders, controls and direction or zero-width marks, at most 200
 * characters of which the ending is kept; "file" when nothing is left (T30).
 */
char *text_file_name(struct arena *arena, const char *name);

#endif
