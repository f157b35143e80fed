#include "invite_csv.h"

#include "../../lib/buf.h"
#include "../../lib/fs.h"
#include "csv_read.h"

#include <string.h>
#include <strings.h>

#define FILE_CEILING (8 * 1024 * 1024)
#define ROWS_MAX 100000

static const char *const names[][2] = {
    {"email", "email"},           {"e-mail", "email"},          {"mail", "email"},
    {"address", "email"},         {"email address", "email"},   {"name", "name"},
    {"first name", "first_name"}, {"first_name", "first_name"}, {"last name", "last_name"},
    {"last_name", "last_name"},   {"company", "company"},       {"company name", "company"},
    {"locale", "locale"},         {"language", "locale"},       {"groups", "groups"},
    {"group", "groups"},          {"manager", "manager"},
};

/* NULL: a column that is none of ours. */
static const char *key_of(const char *name)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcasecmp(names[i][0], name) == 0)
            return names[i][1];
    }
    return NULL;
}

/* Which of its cells is the address; the count: none is, and an error says so. */
static size_t find_address(const struct csv_row *head, const char *file, struct diag *diag)
{
    size_t found = head->count;
    for (size_t i = 0; i < head->count; i++) {
        const char *key = key_of(head->cells[i].text);
        struct place place = {file, head->cells[i].line, head->cells[i].col};
        for (size_t j = 0; key && j < i; j++) {
            const char *other = key_of(head->cells[j].text);
            if (other && strcmp(other, key) == 0)
                diag_error(diag, place, "\"%s\" and \"%s\" both name the same column", head->cells[j].text,
                           head->cells[i].text);
        }
        if (key && strcmp(key, "email") == 0)
            found = i;
    }
    if (found == head->count)
        diag_error(
            diag, (struct place){file, 1, 1},
            "want a first row that names the columns, among them \"email\"; there is none of that name");
    return found;
}

static json_t *read_row(const struct csv_row *head, const struct csv_row *row, size_t address,
                        const char *file, struct place *place, struct diag *diag)
{
    json_t *one = json_object();
    const struct csv_cell *at = &row->cells[address < row->count ? address : 0];
    *place = (struct place){file, at->line, at->col};
    if (row->count > head->count)
        diag_error(diag, (struct place){file, row->cells[head->count].line, row->cells[head->count].col},
                   "the row has %zu cells, the first one names %zu columns", row->count, head->count);
    json_object_set_new(one, "email", json_string(""));
    for (size_t i = 0; i < head->count && i < row->count; i++) {
        const char *key = key_of(head->cells[i].text);
        if (key)
            json_object_set_new(one, key, json_string(row->cells[i].text));
    }
    return one;
}

static json_t *read_rows(struct arena *arena, const struct csv_row *head, const char *file,
                         struct place **places, struct diag *diag)
{
    size_t before = diag_errors(diag), count = 0;
    size_t address = find_address(head, file, diag);
    for (const struct csv_row *row = head->next; row; row = row->next)
        count++;
    if (count > ROWS_MAX)
        diag_error(diag, (struct place){.file = file}, "has %zu rows; want at most %d at once", count,
                   ROWS_MAX);
    *places = arena_alloc(arena, (count + 1) * sizeof **places);
    json_t *rows = *places && diag_errors(diag) == before ? json_array() : NULL;
    size_t i = 0;
    for (const struct csv_row *row = head->next; rows && row; row = row->next)
        json_array_append_new(rows, read_row(head, row, address, file, &(*places)[i++], diag));
    if (diag_errors(diag) == before)
        return rows;
    json_decref(rows);
    return NULL;
}

json_t *invite_csv(struct arena *arena, const char *file, struct place **places, struct diag *diag)
{
    struct buf text;
    json_t *rows = NULL;
    buf_init(&text, FILE_CEILING);
    int error = fs_read(file, &text);
    if (error) {
        diag_unread(diag, file, error, FILE_CEILING);
    } else {
        struct csv_row *head = csv_read(arena, file, text.data ? text.data : "", text.len, diag);
        rows = head ? read_rows(arena, head, file, places, diag) : NULL;
    }
    buf_release(&text);
    return rows;
}
