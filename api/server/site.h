/*
 * site: the generated pages in memory, so that no request ever touches the disk or names a path of it.
 *
 * A site is immutable once loaded: many threads may look things up in it.
 */
#ifndef GUICHET_SITE_H
#define GUICHET_SITE_H

#include "../../lib/diag.h"
#include "encoding.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct site;

struct site_file {
    const char *path; /* below the site's folder: "support/en/index.html" */
    const char *body;
    size_t len;
    const char *type; /* the media type, by its ending */
    char etag[26];    /* of the bytes, with its quotes */
    bool immutable;   /* below a folder named by its content's hash: may be kept for ever */
    bool sibling;     /* a packed form, which has no address of its own */
    const struct site_file *packed[ENCODING_COUNT]; /* NULL: there is none */
};

/*
 * Read a folder. `slug` is the portal's: its assets/ folder is what is immutable. NULL: one clear error in
 * `diag`. Pages that were fetched a moment ago ask for the assets of then: those of `dir`/../previous/site
 * (as gen/publish leaves them beside the folder) are there, too; their addresses are never used again for
 * anything else.
 */
struct site *site_load(const char *dir, const char *slug, struct diag *diag);
void site_free(struct site *site);

/* The form of a file that is sent to who says Accept-Encoding so (NULL: nothing). */
const struct site_file *site_form(const struct site_file *file, const char *accept, const char **encoding);

/* Has the file more than one form? */
bool site_has_forms(const struct site_file *file);

/* How many files, packed forms and those of before included. */
size_t site_count(const struct site *site);

/*
 * The file for a URL's path: itself, or the index.html of a folder. NULL: none. `*slash` is then true when
 * the path names a folder and only lacks the closing slash.
 */
const struct site_file *site_find(const struct site *site, const char *path, bool *slash);

/*
 * The page for what is not there, in the language whose folder (below the slug) the path names, else in the
 * default one. NULL: the site has none.
 */
const struct site_file *site_not_found(const struct site *site, const char *path);

/* The media type for a name, by its ending. */
const char *site_type(const char *name);

/*
 * A number that changes when a file below the folder is added, removed, replaced or written to. 0: there is
 * no such folder.
 */
uint64_t site_signature(const char *dir);

#endif
