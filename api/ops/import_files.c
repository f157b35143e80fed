#include "import_files.h"

#include "../../lib/fs.h"
#include "../../lib/json.h"
#include "../sync/unfold.h"
#include "import_zendesk.h"

#include <stdio.h>
#include <string.h>

#define FILE_CEILING ((size_t)1024 * 1024 * 1024)

bool import_file_open(struct import_file *file, struct arena *arena, const char *path,
                      enum import_shape shape, const struct import_mapping *mapping, struct diag *diag)
{
    *file = (struct import_file){.path = path, .shape = shape, .kinds = ~0U};
    buf_init(&file->text, FILE_CEILING);
    int error = fs_read(path, &file->text);
    if (error) {
        diag_unread(diag, path, error, FILE_CEILING);
        return false;
    }
    if (shape != IMPORT_CSV)
        return true;
    file->head = csv_read(arena, path, file->text.data, file->text.len, diag);
    buf_release(&file->text);
    return file->head && import_sheet_read(mapping, arena, path, file->head, &file->sheet, diag);
}

void import_file_close(struct import_file *file)
{
    buf_release(&file->text);
}

/* --- walking ---------------------------------------------------------------------------------------------
 */

struct walk {
    import_visit *visit;
    void *context;
    struct diag *diag;
    long long unread;
    enum sync_kind kind; /* of this pass */
};

static bool visit_messages(struct walk *walk, const json_t *ticket, struct import_origin *origin)
{
    size_t i;
    json_t *one;
    json_t *text = unfold_text(ticket);
    if (text && !walk->visit(walk->context, text, origin))
        return false;
    json_array_foreach(json_object_get(ticket, "messages"), i, one)
    {
        origin->inner = (int)i;
        if (!walk->visit(walk->context, unfold_message(ticket, one), origin))
            return false;
    }
    return true;
}

/* Takes the record over. */
static bool visit_record(struct walk *walk, json_t *record, struct import_origin *origin)
{
    enum sync_kind kind = sync_kind_of(record);
    bool wanted = kind == walk->kind || (kind == SYNC_KINDS && walk->kind == 0), more = true;
    if (kind == SYNC_TICKET && walk->kind == SYNC_MESSAGE)
        more = visit_messages(walk, record, origin);
    if (!wanted) {
        json_decref(record);
        return more;
    }
    if (kind == SYNC_TICKET)
        unfold_rest(record);
    return walk->visit(walk->context, record, origin);
}

static bool walk_rows(struct walk *walk, const struct import_file *file)
{
    if (file->sheet.kind != walk->kind && !(file->sheet.kind == SYNC_TICKET && walk->kind == SYNC_MESSAGE))
        return true;
    for (const struct csv_row *row = file->head->next; row; row = row->next) {
        struct import_origin origin = {.file = file, .row = row, .inner = -1};
        if (!visit_record(walk, import_sheet_record(&file->sheet, row), &origin))
            return false;
    }
    return true;
}

static unsigned bits_of(const json_t *record)
{
    enum sync_kind kind = sync_kind_of(record);
    return kind == SYNC_TICKET ? 1U << SYNC_TICKET | 1U << SYNC_MESSAGE : 1U << kind;
}

/* What a line says as a record; NULL: nothing that can be read, which the first pass says. */
static json_t *read_line(struct walk *walk, const struct import_origin *origin)
{
    const char *why = NULL;
    json_t *line = json_parse_body(origin->line, origin->len, &why);
    if (!json_is_object(line)) {
        if (walk->kind == 0) {
            walk->unread++;
            diag_error(walk->diag, (struct place){origin->file->path, origin->number, 1},
                       "want one JSON object a line%s%s", line ? "" : ": ", line ? "" : why);
        }
        json_decref(line);
        return NULL;
    }
    if (origin->file->shape == IMPORT_LINES)
        return line;
    json_t *record = import_zendesk_record(line);
    json_decref(line);
    return record;
}

static bool walk_lines(struct walk *walk, struct import_file *file)
{
    const char *at = file->text.data, *end = at + file->text.len;
    unsigned number = 0, seen = 0;
    if (!(file->kinds & 1U << walk->kind))
        return true;
    while (at < end) {
        number++;
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        struct import_origin origin = {.file = file,
                                       .line = at,
                                       .len = (size_t)((stop ? stop : end) - at),
                                       .number = number,
                                       .inner = -1};
        at = stop ? stop + 1 : end;
        bool empty = origin.len == 0 || (origin.len == 1 && *origin.line == '\r');
        json_t *record = empty ? NULL : read_line(walk, &origin);
        seen |= record ? bits_of(record) : 0;
        if (record && !visit_record(walk, record, &origin))
            return false;
    }
    if (walk->kind == 0)
        file->kinds = seen;
    return true;
}

bool import_files_walk(struct import_file *files, size_t count, import_visit *visit, void *context,
                       long long *unread, struct diag *diag)
{
    struct walk walk = {.visit = visit, .context = context, .diag = diag};
    for (int kind = 0; kind < SYNC_KINDS; kind++) {
        walk.kind = (enum sync_kind)kind;
        for (size_t i = 0; i < count; i++) {
            if (files[i].shape == IMPORT_CSV ? !walk_rows(&walk, &files[i]) : !walk_lines(&walk, &files[i]))
                return false;
        }
        *unread = walk.unread;
    }
    return true;
}

/* --- where it stands -------------------------------------------------------------------------------------
 */

static struct place place_in_line(const struct import_origin *origin, const char *field)
{
    struct json_doc doc;
    char pointer[300];
    struct place place = {origin->file->path, origin->number, 1};
    const char *list = origin->file->shape == IMPORT_ZENDESK ? "comments" : "messages";
    struct diag *unheard = diag_new();
    if (origin->inner >= 0)
        snprintf(pointer, sizeof pointer, "/%s/%d/%s", list, origin->inner, field);
    else
        snprintf(pointer, sizeof pointer, "/%s", field);
    if (unheard && json_doc_parse(&doc, origin->file->path, origin->line, origin->len, unheard)) {
        place.col = json_doc_place(&doc, pointer, JSON_AT_VALUE).col;
        json_doc_release(&doc);
    }
    diag_free(unheard);
    return place;
}

struct place import_place(const struct import_origin *origin, const char *field)
{
    if (!origin->row)
        return place_in_line(origin, field);
    const struct csv_cell *cell = import_sheet_cell(&origin->file->sheet, origin->row, field);
    return (struct place){origin->file->path, cell->line, cell->col};
}
