#include "csv_read.h"

#include "../../lib/utf8.h"

#include <string.h>

struct reader {
    struct arena *arena;
    struct diag *diag;
    const char *file;
    const char *at, *end;
    const char *line_start;
    unsigned line;
    char separator;
};

static struct place here(const struct reader *reader, const char *at, unsigned line)
{
    unsigned col = 1;
    for (const char *byte = reader->line_start; byte < at; byte++)
        col += (*byte & 0xc0) != 0x80; /* characters, not bytes */
    return (struct place){.file = reader->file, .line = line, .col = col};
}

static char find_separator(const char *at, const char *end)
{
    static const char candidates[] = ",;\t";
    size_t counts[3] = {0};
    bool quoted = false;
    for (; at < end && (quoted || *at != '\n'); at++) {
        const char *found = strchr(candidates, *at);
        if (*at == '"')
            quoted = !quoted;
        else if (!quoted && *at && found)
            counts[found - candidates]++;
    }
    size_t most = 0;
    for (size_t i = 1; i < 3; i++)
        most = counts[i] > counts[most] ? i : most;
    return candidates[most];
}

static void next_line(struct reader *reader)
{
    reader->line++;
    reader->line_start = reader->at;
}

static bool ends_cell(const struct reader *reader, const char *at)
{
    return at >= reader->end || *at == reader->separator || *at == '\n' ||
           (*at == '\r' && (at + 1 >= reader->end || at[1] == '\n'));
}

/* The quote that closes; the end: there is none. */
static const char *closing_quote(const char *at, const char *end)
{
    for (; at < end; at++) {
        if (*at != '"')
            continue;
        if (at + 1 >= end || at[1] != '"')
            return at;
        at++;
    }
    return end;
}

/* Behind the opening quote. */
static bool read_quoted(struct reader *reader, struct csv_cell *cell)
{
    const char *close = closing_quote(reader->at, reader->end);
    if (close == reader->end) {
        diag_error(reader->diag, here(reader, reader->at - 1, reader->line),
                   "a quote opens here and never closes");
        return false;
    }
    char *out = arena_alloc(reader->arena, (size_t)(close - reader->at) + 1);
    cell->text = out;
    while (out && reader->at < close) {
        char c = *reader->at++;
        reader->at += c == '"';
        *out++ = c;
        if (c == '\n')
            next_line(reader);
    }
    reader->at = close + 1;
    return out != NULL;
}

static bool read_plain(struct reader *reader, struct csv_cell *cell)
{
    const char *from = reader->at;
    while (!ends_cell(reader, reader->at))
        reader->at++;
    const char *to = reader->at;
    while (to > from && (to[-1] == ' ' || to[-1] == '\t'))
        to--;
    cell->text = arena_strndup(reader->arena, from, (size_t)(to - from));
    return cell->text != NULL;
}

static bool read_cell(struct reader *reader, struct csv_cell *cell)
{
    while (reader->at < reader->end && *reader->at == ' ')
        reader->at++;
    struct place place = here(reader, reader->at, reader->line);
    *cell = (struct csv_cell){.line = place.line, .col = place.col};
    if (reader->at >= reader->end || *reader->at != '"')
        return read_plain(reader, cell);
    reader->at++;
    if (!read_quoted(reader, cell))
        return false;
    while (reader->at < reader->end && *reader->at == ' ')
        reader->at++;
    if (ends_cell(reader, reader->at))
        return true;
    diag_error(reader->diag, here(reader, reader->at, reader->line),
               "want a separator after the closing quote; a quote within quotes is doubled (\"\")");
    return false;
}

/* False: it cannot be read on. */
static bool read_row(struct reader *reader, struct csv_row *row)
{
    struct csv_cell cells[CSV_COLUMNS_MAX];
    for (row->count = 0; row->count < CSV_COLUMNS_MAX;) {
        if (!read_cell(reader, &cells[row->count++]))
            return false;
        if (reader->at >= reader->end || *reader->at != reader->separator)
            break;
        reader->at++;
    }
    if (!ends_cell(reader, reader->at) || (reader->at < reader->end && *reader->at == reader->separator)) {
        diag_error(reader->diag, here(reader, reader->at, reader->line), "want at most %d columns",
                   CSV_COLUMNS_MAX);
        return false;
    }
    if (reader->at < reader->end && *reader->at == '\r')
        reader->at++;
    if (reader->at < reader->end) {
        reader->at++;
        next_line(reader);
    }
    row->cells = arena_alloc(reader->arena, row->count * sizeof cells[0]);
    if (row->cells)
        memcpy(row->cells, cells, row->count * sizeof cells[0]);
    return row->cells != NULL;
}

static bool is_empty(const struct csv_row *row)
{
    for (size_t i = 0; i < row->count; i++) {
        if (*row->cells[i].text)
            return false;
    }
    return true;
}

/* What is no text is told with the place where it stops being it. */
static bool check_bytes(struct reader *reader, const char *text, size_t len)
{
    struct place place = {.file = reader->file, .line = 1, .col = 1};
    uint32_t code;
    for (size_t at = 0; at < len; place.col++) {
        at += utf8_next(text + at, len - at, &code);
        if (code == UTF8_BAD || code == 0) {
            diag_error(reader->diag, place, "want UTF-8 text; spreadsheets offer it as \"CSV UTF-8\"");
            return false;
        }
        if (code == '\n')
            place = (struct place){reader->file, place.line + 1, 0};
    }
    return true;
}

struct csv_row *csv_read(struct arena *arena, const char *file, const char *text, size_t len,
                         struct diag *diag)
{
    static const char mark[] = "\xef\xbb\xbf";
    struct csv_row *first = NULL, **last = &first;
    struct reader reader = {
        .arena = arena, .diag = diag, .file = file, .line = 1, .at = text, .end = text + len};
    if (!check_bytes(&reader, text, len))
        return NULL;
    if (len >= 3 && memcmp(text, mark, 3) == 0)
        reader.at += 3;
    reader.line_start = reader.at;
    reader.separator = find_separator(reader.at, reader.end);
    while (reader.at < reader.end) {
        struct csv_row *row = arena_alloc(arena, sizeof *row);
        if (!row || !read_row(&reader, row))
            return NULL;
        if (is_empty(row))
            continue;
        *last = row;
        last = &row->next;
    }
    if (!first)
        diag_error(diag, (struct place){.file = file},
                   "is empty; want a first row that names the columns, with \"email\"");
    return first;
}
