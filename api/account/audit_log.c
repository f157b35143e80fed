#include "audit_log.h"

#include "../server/write.h"
#include "../store/people.h"

#include <stdlib.h>
#include <string.h>

#define DAY_MS INT64_C(86400000)
#define ROW_CEILING (64 * 1024)

static void write_who(struct buf *out, const struct audit_row *row)
{
    if (row->person_id == 0) {
        write_json(out, "person", "null");
        return;
    }
    write_begin(out, "person", '{');
    write_number(out, "id", row->person_id);
    write_text(out, "email", row->email);
    write_text(out, "first_name", row->first_name);
    write_text(out, "last_name", row->last_name);
    write_text(out, "role", row->role);
    write_end(out, '}');
}

void audit_log_json(struct buf *out, const struct audit_row *row)
{
    write_begin(out, NULL, '{');
    write_number(out, "id", row->id);
    write_time(out, "at", row->at);
    write_text(out, "action", row->action);
    write_who(out, row);
    write_text(out, "actor", row->actor);
    write_text(out, "place", row->place);
    if (row->number)
        write_number(out, "ticket", row->number);
    else
        write_json(out, "ticket", "null");
    write_text(out, "detail", row->detail);
    write_end(out, '}');
}

void audit_log_line(struct buf *out, const struct audit_row *row)
{
    struct buf line;
    buf_init(&line, ROW_CEILING);
    audit_log_json(&line, row);
    buf_addc(&line, '\n');
    if (buf_ok(&line))
        buf_add(out, line.data, line.len);
    else
        out->failed = true;
    buf_release(&line);
}

/* --- what is asked for -----------------------------------------------------------------------------------
 */

/* Exactly so many digits. -1: they are not. */
static int digits(const char *text, size_t count)
{
    int value = 0;
    for (size_t i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Days since 1970; -1: there is no such day. */
static int64_t day_of(int year, int month, int day)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int64_t days = 0;
    if (year < 1970 || month < 1 || month > 12 || day < 1 ||
        day > lengths[month - 1] + (month == 2 && is_leap(year)))
        return -1;
    for (int each = 1970; each < year; each++)
        days += 365 + is_leap(each);
    for (int each = 1; each < month; each++)
        days += lengths[each - 1] + (each == 2 && is_leap(year));
    return days + day - 1;
}

static bool has_form(const char *text, const char *form)
{
    if (strlen(text) != strlen(form))
        return false;
    for (size_t i = 0; form[i]; i++)
        if (form[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != form[i])
            return false;
    return true;
}

bool audit_log_time(const char *text, bool end, int64_t *ms)
{
    bool whole_day = has_form(text, "0000-00-00");
    if (!whole_day && !has_form(text, "0000-00-00T00:00:00Z"))
        return false;
    int64_t days = day_of(digits(text, 4), digits(text + 5, 2), digits(text + 8, 2));
    if (days < 0)
        return false;
    *ms = (days + (whole_day && end)) * DAY_MS;
    if (whole_day)
        return true;
    int hour = digits(text + 11, 2), minute = digits(text + 14, 2), second = digits(text + 17, 2);
    *ms += ((hour * 60 + minute) * 60 + second) * INT64_C(1000);
    return hour < 24 && minute < 60 && second < 60;
}

enum rc audit_log_person(struct store *store, struct arena *arena, const char *text, int64_t *id)
{
    struct known known;
    size_t len = strlen(text);
    if (len > 0 && len <= 15 && strspn(text, "0123456789") == len) {
        *id = strtoll(text, NULL, 10);
        return *id > 0 ? RC_OK : RC_NOT_FOUND;
    }
    enum rc rc = people_find(store, arena, text, &known);
    *id = rc == RC_OK ? known.person.id : 0;
    return rc;
}
