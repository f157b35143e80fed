/*
 * import_files: the records of files, in the order in which they can be applied: all companies, then
 * contacts, tickets and messages, whatever the order of the files and in them.
 *
 * CSV files are read by a mapping (import_sheet.h). JSON lines are records as api/sync/record.h has them;
 * the messages of a ticket may stand in it ("messages", and "text" for the first). Of Zendesk's JSON export
 * each line is an organisation, a user or a ticket with its comments (import_zendesk.h).
 */
#ifndef GUICHET_IMPORT_FILES_H
#define GUICHET_IMPORT_FILES_H

#include "../../lib/buf.h"
#include "import_sheet.h"

enum import_shape { IMPORT_CSV, IMPORT_LINES, IMPORT_ZENDESK };

struct import_file {
    const char *path;
    enum import_shape shape;
    struct buf text;
    struct csv_row *head; /* of CSV */
    struct import_sheet sheet;
    unsigned kinds; /* of lines: a bit for each kind that stands in them */
};

/* Where a record comes from. */
struct import_origin {
    const struct import_file *file;
    const struct csv_row *row; /* of CSV */
    const char *line;          /* of lines */
    size_t len;
    unsigned number; /* of the line, from 1 */
    int inner;       /* the message of the ticket that stands there; -1: the line itself */
};

/* A new reference is given. False: enough. */
typedef bool import_visit(void *context, json_t *record, const struct import_origin *origin);

/* Read a file, in the arena. False: nothing of it can be used, with errors in `diag`. `mapping` is of CSV. */
bool import_file_open(struct import_file *file, struct arena *arena, const char *path,
                      enum import_shape shape, const struct import_mapping *mapping, struct diag *diag);
void import_file_close(struct import_file *file);

/* Visit all records. Lines that are no JSON are errors in `diag`, once, and counted. False: `visit` had
 * enough. */
bool import_files_walk(struct import_file *files, size_t count, import_visit *visit, void *context,
                       long long *unread, struct diag *diag);

/* The place of a member ("email", "properties/product"). */
struct place import_place(const struct import_origin *origin, const char *field);

#endif
