#include "log.h"

#include "buf.h"
#include "esc.h"
#include "utf8.h"

#include <errno.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { VALUE_MAX = 512 };

static atomic_int max_level = LOG_INFO;

void log_set_level(enum log_level level)
{
    atomic_store_explicit(&max_level, (int)level, memory_order_relaxed);
}

static void add_time(struct buf *line)
{
    struct timespec now;
    struct tm utc;
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &utc);
    buf_addf(line, "%04d-%02d-%02dT%02d:%02d:%02d.%03ldZ", utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday,
             utc.tm_hour, utc.tm_min, utc.tm_sec, now.tv_nsec / 1000000);
}

static void add_value(struct buf *line, const char *value)
{
    if (!value) {
        buf_addc(line, '-');
        return;
    }
    size_t len = strnlen(value, VALUE_MAX + 1);
    size_t shown = len;
    if (len > VALUE_MAX) {
        /* Not in the middle of a character. */
        for (shown = VALUE_MAX; shown > 0 && ((unsigned char)value[shown] & 0xC0) == 0x80;)
            shown--;
    }
    esc_log(line, value, shown);
    if (len > shown)
        buf_adds(line, "...");
}

/* A pair that the line has no room for is left out, and those after it. */
static void add_pair(struct buf *line, const char *key, const char *value)
{
    size_t before = line->len;
    buf_addc(line, ' ');
    buf_adds(line, key);
    buf_addc(line, '=');
    add_value(line, value);
    if (!buf_ok(line))
        buf_cut(line, before);
}

static void write_line(const struct buf *line)
{
    int before = errno;
    while (write(STDERR_FILENO, line->data, line->len) < 0 && errno == EINTR)
        ;
    errno = before;
}

void log_event(enum log_level level, const char *event, ...)
{
    static const char *const names[] = {"error", "warn ", "info ", "debug"};
    if ((int)level > atomic_load_explicit(&max_level, memory_order_relaxed))
        return;
    struct buf line;
    buf_init(&line, LOG_LINE_MAX - sizeof " ...\n");
    add_time(&line);
    buf_addf(&line, " %s %s", names[level], event);

    va_list pairs;
    va_start(pairs, event);
    for (const char *key; buf_ok(&line) && (key = va_arg(pairs, const char *));)
        add_pair(&line, key, va_arg(pairs, const char *));
    va_end(pairs);

    bool whole = buf_ok(&line);
    line.failed = false;
    line.ceiling = LOG_LINE_MAX;
    buf_adds(&line, whole ? "\n" : " ...\n");
    write_line(&line);
    buf_release(&line);
}
