/* Findings on their way out: sorted, for people or for an editor. */
#include "findings.h"

#include "../buf.h"
#include "../esc.h"

#include <stdlib.h>
#include <string.h>

#define LOST_FORMAT "out of memory: %zu more findings are not shown"

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
