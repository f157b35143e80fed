#include "diag.h"

#include "buf.h"
#include "diag/findings.h"
#include "esc.h"
#include "utf8.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX = 2000 };

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
