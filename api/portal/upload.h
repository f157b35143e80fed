/*
 * upload: a form with files as it comes in: texts into memory, files straight to the store, both counted.
 *
 *     upload_begin   what the form has
 *     upload_read    the body, to its end; files are temporary
 *     upload_keep    files are on disk under their final names
 *     (the store commits its rows: set `committed`)
 *     upload_end     always: what was not committed is removed
 */
#ifndef GUICHET_UPLOAD_H
#define GUICHET_UPLOAD_H

#include "../server/request.h"
#include "../store/file.h"
#include "form.h"

#include <sodium.h>

#define UPLOAD_FIELDS_MAX 50 /* as many as a form may have */

struct upload_file {
    struct file_writer *writer; /* NULL once it is kept */
    const char *name;
    bool named; /* the sender gave it a name */
    int64_t size;
    char id[23];
    char *head; /* its first bytes, for the media type */
    size_t head_len;
};

struct upload {
    struct request *request;
    struct form_value values[UPLOAD_FIELDS_MAX];
    size_t value_count;
    struct upload_file *files;
    struct file *kept; /* as the store wants them, once they are kept */
    size_t file_count;
    size_t file_parts;         /* with the empty ones that are no files */
    size_t file_max;           /* how many the portal allows */
    bool committed;            /* set by whoever committed the rows */
    unsigned char content[32]; /* a hash of all that was sent, for the idempotency key */

    /* while it is read */
    crypto_generichash_state hash;
    struct buf text;
    struct form_value *value; /* the current part's; NULL: none */
    struct upload_file *file; /* the current part's; NULL: it is a text */
    enum problem problem;     /* why the parse was stopped */
};

/* `upload` may be ended after this, whatever the answer. */
enum problem upload_begin(struct upload *upload, struct request *request, const struct portal_field *fields,
                          size_t count);

/* What else tells this submission from another with the same body. Before it is read. */
void upload_count_in(struct upload *upload, const char *text);

/*
 * Read the body. PROBLEM_BAD_INPUT: an unknown or repeated field, malformed; PROBLEM_TOO_LARGE: a file or
 * their number (T31); PROBLEM_INVALID: the request's errors say what (see form.h). Files that the form does
 * not ask for are dropped.
 */
enum problem upload_read(struct upload *upload);

/* Keep the files: `kept` and `file_count` then are what the store wants. */
enum problem upload_keep(struct upload *upload);

void upload_end(struct upload *upload);

#endif
