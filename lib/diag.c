#include "diag.h"

#include "buf.h"
#include "esc.h"
#include "utf8.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define LOST_FORMAT "out of memory: %zu more findings are not shown"

enum { TEXT_MAX = 2000, WORD_MAX = 64 };

struct finding {
    enum diag_level level;
    unsigned line, col;
    char *file; /* owned; NULL: none */
    char *text; /* owned */
};

struct diag {
    struct finding *findings;
    size_t count, cap;
    size_t errors, warnings;
    size_t lost; /* counted above, but there was no memory to keep them */
};

struct diag *diag_new(void)
{
    return calloc(1, sizeof(struct diag));
}

static void diag_clear(struct diag *diag)
{
    free(diag->findings);
    *diag = (struct diag){0};
}

void diag_free(struct diag *diag)
{
    if (!diag)
        return;
    for (size_t i = 0; i < diag->count; i++) {
        free(diag->findings[i].file);
        free(diag->findings[i].text);
    }
    diag_clear(diag);
    free(diag);
}

static bool reserve(struct diag *diag, size_t more)
{
    size_t need = diag->count + more;
    if (need <= diag->cap)
        return true;
    size_t cap = diag->cap * 2 > need ? diag->cap * 2 : need + 16;
    struct finding *findings = realloc(diag->findings, cap * sizeof *findings);
    if (!findings)
        return false;
    diag->findings = findings;
    diag->cap = cap;
    return true;
}

/* A file's name on one line: nobody keeps people from calling a file "a\nb". */
static char *shown_name(const char *file)
{
    struct buf name;
    buf_init(&name, strlen(file) * 4 + 1);
    esc_line(&name, file, strlen(file));
    return buf_take(&name, NULL);
}

/* One line that a terminal can show, whatever the file that it quotes from holds. */
__attribute__((format(printf, 1, 0))) static char *one_line(const char *format, va_list args)
{
    char raw[TEXT_MAX];
    int len = vsnprintf(raw, sizeof raw, format, args);
    struct buf line;
    buf_init(&line, sizeof raw * 4);
    if (len < 0) {
        buf_adds(&line, format);
    } else if ((size_t)len < sizeof raw) {
        esc_line(&line, raw, (size_t)len);
    } else {
        esc_line(&line, raw, utf8_prefix(raw, sizeof raw - 8, sizeof raw));
        buf_adds(&line, "...");
    }
    return buf_take(&line, NULL);
}

__attribute__((format(printf, 4, 0))) static void add(struct diag *diag, enum diag_level level,
                                                      struct place place, const char *format, va_list args)
{
    struct finding finding = {level, place.line, place.col, NULL, one_line(format, args)};
    if (place.file)
        finding.file = shown_name(place.file);
    *(level == DIAG_ERROR ? &diag->errors : &diag->warnings) += 1;
    if (!finding.text || (place.file && !finding.file) || !reserve(diag, 1)) {
        free(finding.text);
        free(finding.file);
        diag->lost++;
        return;
    }
    diag->findings[diag->count++] = finding;
}

void diag_error(struct diag *diag, struct place place, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add(diag, DIAG_ERROR, place, format, args);
    va_end(args);
}

void diag_warning(struct diag *diag, struct place place, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add(diag, DIAG_WARNING, place, format, args);
    va_end(args);
}

void diag_unread(struct diag *diag, const char *file, int error, size_t ceiling)
{
    struct place place = {file, 0, 0};
    if (error == ENOENT)
        diag_error(diag, place, "not found");
    else if (error == EISDIR)
        diag_error(diag, place, "a folder stands here; want a file");
    else if (error == ENOTSUP)
        diag_error(diag, place, "is a pipe, a socket or a device; want a file");
    else if (error == EFBIG)
        diag_error(diag, place, "too large: at most %zu bytes are read", ceiling);
    else
        diag_error(diag, place, "cannot be read: %s", strerror(error));
}

size_t diag_errors(const struct diag *diag)
{
    return diag->errors;
}

size_t diag_warnings(const struct diag *diag)
{
    return diag->warnings;
}

void diag_merge(struct diag *diag, struct diag *from)
{
    if (diag == from)
        return;
    diag->errors += from->errors;
    diag->warnings += from->warnings;
    diag->lost += from->lost;
    if (reserve(diag, from->count)) {
        if (from->count > 0)
            memcpy(diag->findings + diag->count, from->findings, from->count * sizeof *from->findings);
        diag->count += from->count;
    } else {
        diag->lost += from->count;
        for (size_t i = 0; i < from->count; i++) {
            free(from->findings[i].file);
            free(from->findings[i].text);
        }
    }
    diag_clear(from);
}

static int by_place(const void *left, const void *right)
{
    const struct finding *a = *(const struct finding *const *)left;
    const struct finding *b = *(const struct finding *const *)right;
    int order = (a->level == DIAG_ERROR) - (b->level == DIAG_ERROR);
    if (order == 0)
        order = strcmp(a->file ? a->file : "", b->file ? b->file : "");
    if (order == 0)
        order = (a->line > b->line) - (a->line < b->line);
    if (order == 0)
        order = (a->col > b->col) - (a->col < b->col);
    return order != 0 ? order : strcmp(a->text, b->text);
}

static const char *level_name(const struct finding *finding)
{
    return finding->level == DIAG_ERROR ? "error" : "warning";
}

static void print_one(const struct finding *finding, FILE *out)
{
    if (finding->file) {
        fputs(finding->file, out);
        if (finding->line > 0)
            fprintf(out, ":%u", finding->line);
        if (finding->line > 0 && finding->col > 0)
            fprintf(out, ":%u", finding->col);
        fputs(": ", out);
    }
    fprintf(out, "%s: %s\n", level_name(finding), finding->text);
}

static void add_json_text(struct buf *line, const char *key, const char *text)
{
    buf_addf(line, "\"%s\":", key);
    if (text)
        esc_json(line, text, strlen(text));
    else
        buf_adds(line, "null");
}

static void add_json_number(struct buf *line, const char *key, unsigned number)
{
    if (number > 0)
        buf_addf(line, "\"%s\":%u,", key, number);
    else
        buf_addf(line, "\"%s\":null,", key);
}

/* What the message asks "did you mean" of: an editor can put it in place. */
/* What a message offers to be put in place: a word, or the colour that it ends with. NULL: nothing. */
static const char *hint_of(const char *message, size_t *len)
{
    static const char asks[] = "did you mean \"";
    const char *start = strstr(message, asks);
    const char *end = start ? strstr(start + strlen(asks), "\"?") : NULL;
    const char *nearest = strstr(message, "; the nearest that passes");
    const char *color = nearest ? strrchr(nearest, '#') : NULL;
    *len = end ? (size_t)(end - start) - strlen(asks) : color ? strlen(color) : 0;
    return end ? start + strlen(asks) : color;
}

static void add_json_hint(struct buf *line, const char *message)
{
    size_t len;
    const char *hint = hint_of(message, &len);
    buf_adds(line, ",\"hint\":");
    if (hint)
        esc_json(line, hint, len);
    else
        buf_adds(line, "null");
}

/* False: there was no memory for it, and nothing was printed. */
static bool print_one_json(const struct finding *finding, bool first, FILE *out)
{
    struct buf line;
    buf_init(&line, (size_t)1024 * 1024);
    buf_addf(&line, "%s{\"level\":\"%s\",", first ? "\n" : ",\n", level_name(finding));
    add_json_text(&line, "file", finding->file);
    buf_addc(&line, ',');
    add_json_number(&line, "line", finding->line);
    add_json_number(&line, "col", finding->col);
    add_json_text(&line, "message", finding->text);
    add_json_hint(&line, finding->text);
    buf_addc(&line, '}');
    bool good = buf_ok(&line);
    if (good)
        fputs(line.data, out);
    buf_release(&line);
    return good;
}

/*
 * Every finding once, sorted: `*count` of them, to be freed. NULL: no memory, they are to be taken as they
 * came.
 */
static const struct finding **sorted_findings(const struct diag *diag, size_t *count)
{
    const struct finding **sorted = calloc(diag->count + 1, sizeof(const struct finding *));
    *count = diag->count;
    if (!sorted)
        return NULL;
    for (size_t i = 0; i < diag->count; i++)
        sorted[i] = &diag->findings[i];
    qsort(sorted, diag->count, sizeof *sorted, by_place);
    *count = 0;
    for (size_t i = 0; i < diag->count; i++) {
        if (*count == 0 || by_place(&sorted[*count - 1], &sorted[i]) != 0)
            sorted[(*count)++] = sorted[i];
    }
    return sorted;
}

void diag_print(const struct diag *diag, FILE *out)
{
    size_t count;
    const struct finding **sorted = sorted_findings(diag, &count);
    for (size_t i = 0; i < count; i++)
        print_one(sorted ? sorted[i] : &diag->findings[i], out);
    if (diag->lost > 0)
        fprintf(out, "error: " LOST_FORMAT "\n", diag->lost);
    free(sorted);
}

void diag_print_json(const struct diag *diag, FILE *out)
{
    size_t count, lost = diag->lost;
    bool first = true;
    const struct finding **sorted = sorted_findings(diag, &count);
    fputc('[', out);
    for (size_t i = 0; i < count; i++) {
        if (print_one_json(sorted ? sorted[i] : &diag->findings[i], first, out))
            first = false;
        else
            lost++;
    }
    if (lost > 0)
        fprintf(out,
                "%s{\"level\":\"error\",\"file\":null,\"line\":null,\"col\":null,\"message\":\"" LOST_FORMAT
                "\"}",
                first ? "\n" : ",\n", lost);
    fputs(first && lost == 0 ? "]\n" : "\n]\n", out);
    free(sorted);
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Edit distance in which two neighbours changing places count as one edit, as fingers do it. */
static size_t distance(const char *a, size_t alen, const char *b, size_t blen)
{
    size_t rows[3][WORD_MAX + 1];
    for (size_t j = 0; j <= blen; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= alen; i++) {
        size_t *now = rows[i % 3], *above = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= blen; j++) {
            size_t change = above[j - 1] + (a[i - 1] != b[j - 1]);
            now[j] = least(change, least(above[j], now[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = least(now[j], before[j - 2] + 1);
        }
    }
    return rows[alen % 3][blen];
}

const char *diag_nearest(const char *word, const char *const *candidates)
{
    size_t len = strlen(word);
    size_t best = len / 3 > 0 ? len / 3 : 1;
    const char *nearest = NULL;
    if (len > WORD_MAX)
        return NULL;
    for (; *candidates; candidates++) {
        size_t other = strlen(*candidates);
        if (other > WORD_MAX || (other > len ? other - len : len - other) > best)
            continue;
        size_t edits = distance(word, len, *candidates, other);
        if (edits < best || (edits == best && !nearest)) {
            best = edits;
            nearest = *candidates;
        }
    }
    return nearest;
}
