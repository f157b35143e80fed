#include "moment.h"

#include <string.h>

/* So many digits, no more. False: something else. */
static bool take_digits(const char **at, int count, int *value)
{
    *value = 0;
    for (int i = 0; i < count; i++, ++*at) {
        if (**at < '0' || **at > '9')
            return false;
        *value = 10 * *value + (**at - '0');
    }
    return true;
}

static bool take(const char **at, char wanted)
{
    if (**at != wanted)
        return false;
    ++*at;
    return true;
}

static bool take_zone(const char **at, int *minutes)
{
    int hours, rest;
    if (take(at, 'Z')) {
        *minutes = 0;
        return true;
    }
    bool west = **at == '-';
    if (!take(at, '+') && !take(at, '-'))
        return false;
    if (!take_digits(at, 2, &hours))
        return false;
    take(at, ':');
    if (!take_digits(at, 2, &rest) || hours > 15 || rest > 59)
        return false;
    *minutes = (west ? -1 : 1) * (hours * 60 + rest);
    return true;
}

bool moment_zone(const char *text, int *minutes)
{
    return take_zone(&text, minutes) && !*text;
}

static int days_in(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

/* Days from 1970 to the beginning of that year. */
static int64_t days_before(int year)
{
    const int64_t y = year - 1;
    return 365 * y + y / 4 - y / 100 + y / 400 - 719162;
}

static bool take_day(const char **at, int64_t *days)
{
    int year, month, day;
    if (!take_digits(at, 4, &year) || !take(at, '-') || !take_digits(at, 2, &month) || !take(at, '-') ||
        !take_digits(at, 2, &day))
        return false;
    if (year < 1970 || month < 1 || month > 12 || day < 1 || day > days_in(year, month))
        return false;
    *days = days_before(year) + day - 1;
    for (int m = 1; m < month; m++)
        *days += days_in(year, m);
    return true;
}

/* Behind the point: of more than three digits the others are passed over. */
static bool take_fraction(const char **at, int *milliseconds)
{
    int scale = 100;
    *milliseconds = 0;
    if (!take(at, '.'))
        return true;
    if (**at < '0' || **at > '9')
        return false;
    for (; **at >= '0' && **at <= '9'; ++*at, scale /= 10)
        *milliseconds += scale * (**at - '0');
    return true;
}

static bool take_clock(const char **at, int64_t *ms)
{
    int hour, minute, second = 0, fraction = 0;
    if (!take_digits(at, 2, &hour) || !take(at, ':') || !take_digits(at, 2, &minute))
        return false;
    if (take(at, ':') && (!take_digits(at, 2, &second) || !take_fraction(at, &fraction)))
        return false;
    *ms = ((hour * 60 + minute) * 60 + second) * (int64_t)1000 + fraction;
    return hour < 24 && minute < 60 && second <= 60;
}

bool moment_read(const char *text, int zone_minutes, int64_t *at)
{
    int64_t days, ms = 0;
    if (!take_day(&text, &days))
        return false;
    if (*text) {
        if ((!take(&text, 'T') && !take(&text, ' ')) || !take_clock(&text, &ms))
            return false;
        take(&text, ' ');
        if (*text && !take_zone(&text, &zone_minutes))
            return false;
        if (*text)
            return false;
    }
    *at = days * 24 * 60 * 60 * 1000 + ms - zone_minutes * (int64_t)60 * 1000;
    return *at > 0;
}
