#include "import.h"

#include "../../lib/fs.h"
#include "../../lib/settings/format.h"
#include "../sync/apply.h"
#include "control.h"
#include "import_names.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BATCH_BYTES (4 * 1024 * 1024)
enum { SAY_EVERY_MS = 100 };

struct importing {
    const struct import_wanted *wanted;
    const char *source;
    int zone;
    struct control_line *line;
    struct diag *diag;   /* what ends all */
    struct diag *report; /* what was refused */
    json_t *records;     /* of this batch */
    size_t bytes;
    struct import_origin origins[SYNC_BATCH_MAX];
    json_t *would;           /* dry: {"contact c-1": true} of what would be known by then */
    json_t *ids;             /* {"contact c-1": ..} of all that has come so far */
    json_t *refused_tickets; /* by id: their messages are left out, and not told one by one */
    enum sync_kind kind;     /* of this batch */
    long long created, changed, same, refused, seen, unread, left_out;
    int64_t said_at;
    bool tty;
};

/* --- what became of a batch ------------------------------------------------------------------------------
 */

/* Of a dry run nothing stays, so what is not known may be what came in an earlier batch. */
static bool would_be_known(const struct importing *importing, const json_t *error)
{
    char key[300];
    const json_t *unknown = json_object_get(error, "unknown");
    if (!importing->wanted->dry || !unknown)
        return false;
    snprintf(key, sizeof key, "%s %s", json_string_value(json_array_get(unknown, 0)),
             json_string_value(json_array_get(unknown, 1)));
    return json_object_get(importing->would, key) != NULL;
}

static void note_one(struct importing *importing, const json_t *record, const char *member)
{
    char key[300], before[20];
    snprintf(before, sizeof before, "%s ", sync_kind_names[importing->kind]);
    if (import_name(key, sizeof key, before, json_object_get(record, member)))
        json_object_set_new(importing->would, key, json_true());
}

static void note_refused(struct importing *importing, const bool *refused)
{
    char id[300];
    size_t i;
    json_t *record;
    json_array_foreach(importing->records, i, record)
    {
        if (refused[i] && importing->kind == SYNC_TICKET &&
            import_name(id, sizeof id, "", json_object_get(record, "id")))
            json_object_set_new(importing->refused_tickets, id, json_true());
    }
}

/* Of a dry run: what this batch would have made known. */
static void note_would(struct importing *importing, const bool *refused)
{
    size_t i;
    json_t *record;
    json_array_foreach(importing->records, i, record)
    {
        if (refused[i])
            continue;
        note_one(importing, record, "id");
        note_one(importing, record, "email");
    }
}

static void tell_errors(struct importing *importing, const json_t *answer)
{
    bool refused[SYNC_BATCH_MAX] = {false}, excused[SYNC_BATCH_MAX] = {false};
    size_t i, n;
    json_t *error;
    json_array_foreach(json_object_get(answer, "errors"), i, error)
    {
        n = (size_t)json_integer_value(json_object_get(error, "record"));
        const char *field = json_string_value(json_object_get(error, "field"));
        if (n >= SYNC_BATCH_MAX)
            continue;
        bool known = would_be_known(importing, error);
        excused[n] |= known;
        refused[n] |= !known;
        if (!known)
            diag_error(importing->report, import_place(&importing->origins[n], field ? field : ""), "%s",
                       json_string_value(json_object_get(error, "message")));
    }
    for (n = 0; n < SYNC_BATCH_MAX; n++) {
        importing->refused += refused[n];
        importing->created += excused[n] && !refused[n];
    }
    note_refused(importing, refused);
    if (importing->wanted->dry)
        note_would(importing, refused);
}

static void tell_progress(struct importing *importing, bool end)
{
    int64_t now = store_now();
    if (!importing->tty || (!end && now < importing->said_at + SAY_EVERY_MS))
        return;
    importing->said_at = now;
    fprintf(stderr, "\r\x1b[K");
    if (!end)
        fprintf(stderr, "import: %lld records, %lld refused", importing->seen, importing->refused);
    fflush(stderr);
}

static bool take_answer(struct importing *importing, const json_t *answer)
{
    const json_t *done = json_array_get(json_object_get(answer, "done"), 0);
    size_t i;
    json_t *error;
    json_array_foreach(json_object_get(answer, "errors"), i, error)
        diag_error(importing->diag, (struct place){0}, "%s", json_string_value(error));
    if (!done)
        return false;
    importing->created += json_integer_value(json_object_get(done, "created"));
    importing->changed += json_integer_value(json_object_get(done, "changed"));
    importing->same += json_integer_value(json_object_get(done, "same"));
    importing->seen += (long long)json_array_size(importing->records);
    tell_errors(importing, done);
    tell_progress(importing, false);
    return true;
}

/* --- batches ---------------------------------------------------------------------------------------------
 */

static bool send_batch(struct importing *importing)
{
    char zone[16];
    snprintf(zone, sizeof zone, "%d", importing->zone);
    if (json_array_size(importing->records) == 0)
        return true;
    json_t *request =
        json_pack("{s:s, s:O, s:[], s:{s:s, s:s}}", "verb", "import", "rows", importing->records, "addresses",
                  "options", "source", importing->source, "zone", zone);
    if (importing->wanted->dry)
        json_object_set_new(json_object_get(request, "options"), "dry", json_string("yes"));
    json_t *answer = request ? control_say(importing->line, request, importing->diag) : NULL;
    bool good = answer && take_answer(importing, answer);
    json_decref(answer);
    json_decref(request);
    json_array_clear(importing->records);
    importing->bytes = 0;
    return good;
}

static size_t size_of(const struct import_origin *origin)
{
    size_t bytes = origin->len;
    for (size_t i = 0; origin->row && i < origin->row->count; i++)
        bytes += strlen(origin->row->cells[i].text);
    return bytes;
}

static bool is_of_refused(const struct importing *importing, const json_t *record)
{
    char id[300];
    return sync_kind_of(record) == SYNC_MESSAGE &&
           import_name(id, sizeof id, "", json_object_get(record, "ticket")) &&
           json_object_get(importing->refused_tickets, id);
}

/* A batch is of one kind: what became of the tickets is known before their messages come. */
static bool add_record(void *context, json_t *record, const struct import_origin *origin)
{
    struct importing *importing = context;
    enum sync_kind kind = sync_kind_of(record);
    size_t bytes = size_of(origin);
    bool full =
        json_array_size(importing->records) == SYNC_BATCH_MAX || importing->bytes + bytes > BATCH_BYTES;
    bool good = !(full || kind != importing->kind) || send_batch(importing);
    bool left_out = good && is_of_refused(importing, record);
    bool doubled = good && !left_out && import_is_double(importing->ids, record, origin, importing->report);
    importing->left_out += left_out;
    importing->refused += doubled;
    importing->kind = kind;
    if (!good || left_out || doubled) {
        json_decref(record);
        return good;
    }
    importing->origins[json_array_size(importing->records)] = *origin;
    importing->bytes += bytes;
    return json_array_append_new(importing->records, record) == 0;
}

/* --- all of it -------------------------------------------------------------------------------------------
 */

static bool write_report(const struct importing *importing)
{
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    if (!out)
        return false;
    diag_print_json(importing->report, out);
    int error = fclose(out) == 0 ? fs_write(importing->wanted->report, text, len, false) : ENOMEM;
    free(text);
    if (error)
        diag_error(importing->diag, (struct place){.file = importing->wanted->report},
                   "cannot be written: %s", strerror(error));
    return error == 0;
}

static void tell_all(struct importing *importing)
{
    tell_progress(importing, true);
    printf("%snew: %lld  changed: %lld  as before: %lld  refused: %lld\n",
           importing->wanted->dry ? "would be " : "", importing->created, importing->changed, importing->same,
           importing->refused + importing->unread);
    if (importing->left_out)
        printf("left out with their tickets: %lld messages\n", importing->left_out);
    if (importing->wanted->report && write_report(importing))
        printf("what was refused, and why: %s\n", importing->wanted->report);
    else
        diag_merge(importing->diag, importing->report);
}

static bool run_files(struct importing *importing, const struct config *config, struct import_file *files)
{
    size_t count = importing->wanted->count;
    importing->line = control_open(config, importing->diag);
    importing->records = json_array();
    importing->would = json_object();
    importing->ids = json_object();
    importing->refused_tickets = json_object();
    importing->report = diag_new();
    importing->tty = isatty(STDERR_FILENO);
    bool good =
        importing->line && importing->report &&
        import_files_walk(files, count, add_record, importing, &importing->unread, importing->report) &&
        send_batch(importing);
    bool clean = good && diag_errors(importing->report) == 0;
    if (importing->line && importing->report)
        tell_all(importing);
    control_close(importing->line);
    diag_free(importing->report);
    json_decref(importing->would);
    json_decref(importing->ids);
    json_decref(importing->refused_tickets);
    json_decref(importing->records);
    return clean;
}

static bool open_all(struct import_file *files, const struct import_wanted *wanted, struct arena *arena,
                     const struct import_mapping *mapping, struct diag *diag)
{
    bool good = true;
    enum import_shape shape = wanted->mapping                        ? IMPORT_CSV
                              : strcmp(wanted->from, "zendesk") == 0 ? IMPORT_ZENDESK
                                                                     : IMPORT_LINES;
    for (size_t i = 0; i < wanted->count; i++)
        good &= import_file_open(&files[i], arena, wanted->files[i], shape, mapping, diag);
    return good;
}

bool import_run(const struct config *config, const struct import_wanted *wanted, struct diag *diag)
{
    struct import_mapping mapping = {0};
    struct import_file files[IMPORT_FILES_MAX] = {0};
    struct importing *importing = calloc(1, sizeof *importing);
    struct arena *arena = arena_new(0);
    bool good =
        importing && arena && (!wanted->mapping || import_mapping_load(&mapping, wanted->mapping, diag));
    if (wanted->source && !format_is_id(wanted->source)) {
        diag_error(diag, (struct place){0}, "--source: want an id (a-z, 0-9, \"-\" and \"_\"), got \"%s\"",
                   wanted->source);
        good = false;
    }
    if (good && open_all(files, wanted, arena, &mapping, diag)) {
        *importing = (struct importing){.wanted = wanted, .zone = mapping.zone, .diag = diag};
        importing->source = wanted->source ? wanted->source : wanted->mapping ? mapping.source : wanted->from;
        good = run_files(importing, config, files);
    } else {
        good = false;
    }
    for (size_t i = 0; i < wanted->count; i++)
        import_file_close(&files[i]);
    import_mapping_release(&mapping);
    arena_free(arena);
    free(importing);
    return good;
}
