#include "invite_csv.h"

#include "../../lib/buf.h"
#include "../../lib/fs.h"

#include <string.h>
#include <strings.h>

#define FILE_CEILING (8 * 1024 * 1024)
#define ROWS_MAX 100000

enum { NAMES_MAX = 5, COLUMN_LIST_MAX = 256 };

/* Of each key its names in files, the one that is shown first. */
static const struct column {
    const char *key;
    const char *names[NAMES_MAX + 1];
    const char *help;
} columns[] = {
    {"email", {"email", "e-mail", "mail", "address", "email address"}, "must be there"},
    {"name", {"name"}, "first and last name in one"},
    {"first_name", {"first name", "first_name"}, NULL},
    {"last_name", {"last name", "last_name"}, NULL},
    {"company", {"company", "company name"}, "made when there is none of that name"},
    {"locale", {"language", "locale"}, "of their mail: fr"},
    {"groups", {"groups", "group"}, "access groups"},
    {"manager", {"manager"}, "yes or no"},
};

#define COLUMN_COUNT (sizeof columns / sizeof columns[0])

/* NULL: a column that is none of ours. */
static const char *key_of(const char *name)
{
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        for (const char *const *one = columns[i].names; *one; one++) {
            if (strcasecmp(*one, name) == 0)
                return columns[i].key;
        }
    }
    return NULL;
}

/* The cell of the head that has this key; the count: none has. */
static size_t find(const struct csv_row *head, const char *key)
{
    for (size_t i = 0; i < head->count; i++) {
        const char *other = key_of(head->cells[i].text);
        if (other && strcmp(other, key) == 0)
            return i;
    }
    return head->count;
}

void invite_csv_print_columns(FILE *out)
{
    fputs("    columns of the CSV file, in any order and case:\n", out);
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        const struct column *column = &columns[i];
        fprintf(out, "      %-14s", column->names[0]);
        for (const char *const *name = column->names + 1; *name; name++)
            fprintf(out, "%s%s", name == column->names + 1 ? " or " : ", ", *name);
        if (column->help)
            fprintf(out, "%s%s", column->names[1] ? "; " : " ", column->help);
        fputc('\n', out);
    }
}

/* --- the first row ---------------------------------------------------------------------------------------
 */

static struct place place_of(const char *file, const struct csv_cell *cell)
{
    return (struct place){file, cell->line, cell->col};
}

static const char *list_columns(char list[COLUMN_LIST_MAX])
{
    size_t len = 0;
    for (size_t i = 0; i < COLUMN_COUNT && len < COLUMN_LIST_MAX; i++)
        len += (size_t)snprintf(list + len, COLUMN_LIST_MAX - len, "%s%s", i > 0 ? ", " : "",
                                columns[i].names[0]);
    return list;
}

static void say_unknown(const struct invite_csv *csv, const struct csv_cell *cell, struct diag *diag)
{
    const char *known[COLUMN_COUNT * NAMES_MAX + 1];
    size_t count = 0;
    char list[COLUMN_LIST_MAX];
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        for (const char *const *name = columns[i].names; *name; name++)
            known[count++] = *name;
    }
    known[count] = NULL;
    const char *near = diag_nearest(cell->text, known);
    diag_error(diag, place_of(csv->file, cell), "unknown column \"%s\"%s%s%s %s; take others out", cell->text,
               near ? "; did you mean \"" : "", near ? near : "", near ? "\"? Want" : "; want",
               list_columns(list));
}

static void check_column(const struct invite_csv *csv, size_t i, struct diag *diag)
{
    const struct csv_cell *cells = csv->head->cells;
    const char *key = key_of(cells[i].text);
    size_t first = key ? find(csv->head, key) : i, whole = find(csv->head, "name");
    if (!key && *cells[i].text)
        say_unknown(csv, &cells[i], diag);
    else if (first < i)
        diag_error(diag, place_of(csv->file, &cells[i]), "\"%s\" and \"%s\" both name the same column",
                   cells[first].text, cells[i].text);
    else if (key && whole < csv->head->count &&
             (i == find(csv->head, "first_name") || i == find(csv->head, "last_name")))
        diag_error(diag, place_of(csv->file, &cells[i]),
                   "\"%s\" and \"%s\" both say the name; want \"name\", or \"first name\" and \"last name\"",
                   cells[whole].text, cells[i].text);
}

/* False: nobody has an address. */
static bool check_head(const struct invite_csv *csv, struct diag *diag)
{
    for (size_t i = 0; i < csv->head->count; i++)
        check_column(csv, i, diag);
    if (find(csv->head, "email") < csv->head->count)
        return true;
    diag_error(diag, (struct place){csv->file, 1, 1},
               "want a first row that names the columns, among them \"email\"; there is none of that name");
    return false;
}

/* --- the others ------------------------------------------------------------------------------------------
 */

/* What has no column of a name would be lost. */
static json_t *fault_of(const struct csv_row *head, const struct csv_row *row)
{
    if (row->count > head->count)
        return json_sprintf("the row has %zu cells, the first one names %zu columns", row->count,
                            head->count);
    for (size_t i = 0; i < row->count; i++) {
        if (!*head->cells[i].text && *row->cells[i].text)
            return json_sprintf("the first row names no column for \"%s\"", row->cells[i].text);
    }
    return NULL;
}

static json_t *read_row(const struct csv_row *head, const struct csv_row *row)
{
    json_t *one = json_object(), *fault = fault_of(head, row);
    json_object_set_new(one, "email", json_string(""));
    for (size_t i = 0; i < head->count && i < row->count; i++) {
        const char *key = key_of(head->cells[i].text);
        if (key)
            json_object_set_new(one, key, json_string(row->cells[i].text));
    }
    if (fault)
        json_object_set_new(one, INVITE_CSV_FAULT, fault);
    return one;
}

static void read_rows(struct invite_csv *csv, struct arena *arena, struct diag *diag)
{
    size_t count = 0;
    for (const struct csv_row *row = csv->head->next; row; row = row->next)
        count++;
    if (count > ROWS_MAX) {
        diag_error(diag, (struct place){.file = csv->file}, "has %zu rows; want at most %d at once", count,
                   ROWS_MAX);
        return;
    }
    csv->places = arena_alloc(arena, (count + 1) * sizeof *csv->places);
    csv->rows = csv->places ? json_array() : NULL;
    for (const struct csv_row *row = csv->head->next; csv->rows && row; row = row->next) {
        csv->places[json_array_size(csv->rows)] = row;
        if (json_array_append_new(csv->rows, read_row(csv->head, row)) != 0)
            break;
    }
}

void invite_csv_read(struct invite_csv *csv, struct arena *arena, const char *file, struct diag *diag)
{
    struct buf text;
    *csv = (struct invite_csv){.file = file};
    buf_init(&text, FILE_CEILING);
    int error = fs_read(file, &text);
    if (error)
        diag_unread(diag, file, error, FILE_CEILING);
    else
        csv->head = csv_read(arena, file, text.data ? text.data : "", text.len, diag);
    if (csv->head && check_head(csv, diag))
        read_rows(csv, arena, diag);
    buf_release(&text);
}

struct place invite_csv_place(const struct invite_csv *csv, size_t row, const char *key, const char **name)
{
    const struct csv_row *head = csv->head, *at = csv->places[row];
    size_t i = find(head, key);
    if (i == head->count)
        i = find(head, "email");
    *name = head->cells[i].text;
    if (strcmp(key, INVITE_CSV_FAULT) == 0) {
        *name = "";
        for (i = 0; i < at->count && i < head->count && (*head->cells[i].text || !*at->cells[i].text); i++)
            ;
    }
    return place_of(csv->file, &at->cells[i < at->count ? i : at->count - 1]);
}
