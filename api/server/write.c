#include "write.h"

#include "../../lib/esc.h"

#include <string.h>

#define DAY_MS INT64_C(86400000)

static void write_key(struct buf *out, const char *key)
{
    size_t len = key ? strlen(key) : 0;
    char last = out->len > 0 ? out->data[out->len - 1] : '[';
    char *room = buf_room(out, len + 4);
    if (!room)
        return;
    char *at = room;
    if (last != '{' && last != '[')
        *at++ = ',';
    if (key) {
        *at++ = '"';
        at = mempcpy(at, key, len);
        *at++ = '"';
        *at++ = ':';
    }
    buf_filled(out, (size_t)(at - room));
}

void write_begin(struct buf *out, const char *key, char bracket)
{
    write_key(out, key);
    buf_addc(out, bracket);
}

void write_end(struct buf *out, char bracket)
{
    buf_addc(out, bracket);
}

void write_json(struct buf *out, const char *key, const char *json)
{
    write_key(out, key);
    buf_adds(out, json);
}

void write_text(struct buf *out, const char *key, const char *text)
{
    write_key(out, key);
    if (text)
        esc_json(out, text, strlen(text));
    else
        buf_add(out, "null", 4);
}

/* The decimal digits of a number into the end of `room`; returns where they begin. */
static char *digits(char *end, uint64_t number)
{
    do
        *--end = (char)('0' + number % 10);
    while (number /= 10);
    return end;
}

void write_number(struct buf *out, const char *key, int64_t number)
{
    char room[20];
    uint64_t magnitude = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    char *begin = digits(room + sizeof room, magnitude);
    write_key(out, key);
    if (number < 0)
        buf_addc(out, '-');
    buf_add(out, begin, (size_t)(room + sizeof room - begin));
}

void write_bool(struct buf *out, const char *key, bool value)
{
    write_key(out, key);
    buf_adds(out, value ? "true" : "false");
}

static void two(char *at, unsigned value)
{
    at[0] = (char)('0' + value / 10 % 10);
    at[1] = (char)('0' + value % 10);
}

/* Days since 1970 to year, month and day, in years that begin on 1 March: leap days then come last. */
static void write_date(char *at, int64_t days)
{
    days += 719468; /* from 0000-03-01 */
    unsigned era = (unsigned)(days / 146097);
    unsigned day_of_era = (unsigned)(days % 146097);
    unsigned year = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    unsigned day = day_of_era - (365 * year + year / 4 - year / 100);
    unsigned month = (5 * day + 2) / 153;
    day -= (153 * month + 2) / 5;
    month = month < 10 ? month + 3 : month - 9;
    year += era * 400 + (month <= 2);
    two(at, year / 100);
    two(at + 2, year);
    two(at + 5, month);
    two(at + 8, day + 1);
}

void write_moment(struct buf *out, int64_t ms)
{
    char text[] = "0000-00-00T00:00:00.000Z";
    unsigned rest = (unsigned)(ms % DAY_MS);
    write_date(text, ms / DAY_MS);
    two(text + 11, rest / 3600000);
    two(text + 14, rest / 60000 % 60);
    two(text + 17, rest / 1000 % 60);
    text[20] = (char)('0' + rest / 100 % 10);
    two(text + 21, rest);
    buf_add(out, text, sizeof text - 1);
}

void write_time(struct buf *out, const char *key, int64_t ms)
{
    write_key(out, key);
    if (ms <= 0) {
        buf_add(out, "null", 4);
        return;
    }
    buf_addc(out, '"');
    write_moment(out, ms);
    buf_addc(out, '"');
}
