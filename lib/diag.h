/*
 * diag: what is wrong, where, and what to do about it; all of it at once.
 *
 * A program collects findings while it reads on, and prints them together,
 * sorted:
 *
 *     content/portal.json:14:15: error: "per_page": want a whole number from 1 to 100, got "ten"
 *     content/portal.json:20:3: error: unknown key "inboxs"; did you mean "inboxes"?
 *
 * lib/diag.c collects; how findings are printed, and which word was probably meant, is in lib/diag.
 *
 * Not thread-safe: each thread collects into its own and diag_merge() joins them.
 */
#ifndef GUICHET_DIAG_H
#define GUICHET_DIAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum diag_level { DIAG_ERROR, DIAG_WARNING };

/* A place in a file. Lines and columns count from 1, columns in characters (code points); 0: not known. */
struct place {
    const char *file; /* as the user may open it, relative to where the program was started; NULL: no file */
    unsigned line;
    unsigned col;
};

/* Where in a file's text `at` points. A byte that is no UTF-8 counts as a character. */
struct place diag_place(const char *file, const char *text, const char *at);

struct diag;

struct diag *diag_new(void);
void diag_free(struct diag *diag);

/* Add a finding. The text is one line without a closing full stop; place.file is copied. */
void diag_error(struct diag *diag, struct place place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void diag_warning(struct diag *diag, struct place place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Add that a file cannot be read: an errno value, and how many bytes were allowed (EFBIG). */
void diag_unread(struct diag *diag, const char *file, int error, size_t ceiling);

/* How many errors were added (warnings do not count). A phase succeeded when this did not grow. */
size_t diag_errors(const struct diag *diag);
size_t diag_warnings(const struct diag *diag);

/* Move every finding of `from` into `diag`; `from` is empty afterwards. */
void diag_merge(struct diag *diag, struct diag *from);

/*
 * Print every finding, the same one once only: warnings before errors, so that these are not scrolled away,
 * each sorted by file, line, column and text.
 */
void diag_print(const struct diag *diag, FILE *out);

/*
 * The same as one JSON array for an editor, a finding a line; what is not known is null:
 *
 *     [{"level":"error","file":"content/portal.json","line":14,"col":15,"message":"...","hint":"per_page"}]
 *
 * "level" is "error" or "warning"; "hint" is what the message asks "did you mean" of, or the nearest
 * colour that it names, to be put in place.
 */
void diag_print_json(const struct diag *diag, FILE *out);

/*
 * The candidate closest to `word` (edit distance, at most a third of its length and at least 1), for
 * "did you mean". NULL: none is near. `candidates` ends with NULL.
 */
const char *diag_nearest(const char *word, const char *const *candidates);

#endif
