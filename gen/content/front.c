#include "front.h"

#include "../../lib/json.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { TITLE_MAX = 150, SUMMARY_MAX = 400, ORDER_MAX = 1000000, EAST_OF_US = 14 * 60 * 60 };

struct reader {
    const char *file;
    const char *at, *end;    /* what is not read yet */
    unsigned line;           /* of the line read last */
    const char *const *keys; /* those it may have */
    struct arena *arena;
    struct diag *diag;
};

static const char *const article_keys[] = {"title", "summary", "order", "changed", "translated", NULL};
static const char *const title_keys[] = {"title", NULL};

struct span {
    const char *text;
    size_t len;
};

static struct place here(const struct reader *reader, unsigned col)
{
    return (struct place){reader->file, reader->line, col};
}

static bool next_line(struct reader *reader, struct span *line)
{
    if (reader->at == reader->end)
        return false;
    const char *newline = memchr(reader->at, '\n', (size_t)(reader->end - reader->at));
    const char *stop = newline ? newline : reader->end;
    *line = (struct span){reader->at, (size_t)(stop - reader->at)};
    if (line->len > 0 && line->text[line->len - 1] == '\r')
        line->len--;
    reader->at = newline ? newline + 1 : reader->end;
    reader->line++;
    return true;
}

static struct span trim(struct span span)
{
    while (span.len > 0 && (span.text[0] == ' ' || span.text[0] == '\t'))
        span = (struct span){span.text + 1, span.len - 1};
    while (span.len > 0 && (span.text[span.len - 1] == ' ' || span.text[span.len - 1] == '\t'))
        span.len--;
    return span;
}

/* Blanks behind it are not seen by who wrote them. */
static bool is_rule(struct span line)
{
    return line.len >= 3 && memcmp(line.text, "---", 3) == 0 && trim(line).len == 3;
}

/* The value as text. NULL: an error was reported. */
static const char *value_text(struct reader *reader, struct span value, unsigned col)
{
    if (value.len == 0 || value.text[0] != '"')
        return arena_strndup(reader->arena, value.text, value.len);
    json_error_t error;
    json_t *quoted = json_loadb(value.text, value.len, JSON_DECODE_ANY, &error);
    const char *text = quoted ? arena_strdup(reader->arena, json_string_value(quoted)) : NULL;
    json_decref(quoted);
    if (!text)
        diag_error(reader->diag, here(reader, col),
                   "a value that begins with a quote must be a whole string: %s", error.text);
    return text;
}

static size_t count_characters(const char *text)
{
    size_t count = 0;
    for (; *text; text++)
        count += ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

static void take_text(struct reader *reader, const char *key, const char *value, size_t max, unsigned col,
                      const char **into)
{
    size_t len = count_characters(value);
    if (len == 0 || len > max)
        diag_error(reader->diag, here(reader, col), "\"%s\": want 1 to %zu characters, got %zu", key, max,
                   len);
    else if (value[strspn(value, " ")] == '\0')
        diag_error(reader->diag, here(reader, col), "\"%s\": want a text, got only blanks", key);
    for (const char *c = value; *c; c++) {
        if ((unsigned char)*c < ' ') {
            diag_error(reader->diag, here(reader, col), "\"%s\": control characters are not text", key);
            break;
        }
    }
    *into = value;
}

static void take_order(struct reader *reader, const char *value, unsigned col, long *order)
{
    char *end;
    long number = strtol(value, &end, 10);
    if (end == value || *end != '\0' || number < 0 || number > ORDER_MAX)
        diag_error(reader->diag, here(reader, col), "\"order\": want a whole number from 0 to %d, got \"%s\"",
                   ORDER_MAX, value);
    *order = number;
}

static int two_digits(const char *text)
{
    return (text[0] - '0') * 10 + text[1] - '0';
}

static int days_of(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && leap);
}

static bool is_date(const char *text)
{
    static const char shape[] = "dddd-dd-dd";
    for (size_t i = 0; i < sizeof shape; i++) {
        bool digit = text[i] >= '0' && text[i] <= '9';
        if (shape[i] == 'd' ? !digit : text[i] != shape[i])
            return false;
    }
    int year = two_digits(text) * 100 + two_digits(text + 2);
    int month = two_digits(text + 5), day = two_digits(text + 8);
    return month >= 1 && month <= 12 && day >= 1 && day <= days_of(year, month);
}

/* The last day that anybody on earth may call today. */
static bool is_in_future(const char *date)
{
    char today[sizeof "2026-11-22"];
    time_t latest = time(NULL) + EAST_OF_US;
    struct tm parts;
    strftime(today, sizeof today, "%Y-%m-%d", gmtime_r(&latest, &parts));
    return strcmp(date, today) > 0;
}

static void take_date(struct reader *reader, const char *value, unsigned col, const char **into)
{
    if (!is_date(value))
        diag_error(reader->diag, here(reader, col), "\"changed\": want a date as 2026-11-22, got \"%s\"",
                   value);
    else if (is_in_future(value))
        diag_error(reader->diag, here(reader, col),
                   "\"changed\": %s is still to come; want the day on which the text was last changed",
                   value);
    *into = value;
}

static bool knows(const struct reader *reader, const char *key)
{
    const char *const *known = reader->keys;
    while (*known && strcmp(*known, key) != 0)
        known++;
    return *known != NULL;
}

static void complain_unknown(struct reader *reader, const char *key)
{
    const char *near = diag_nearest(key, reader->keys);
    diag_error(reader->diag, here(reader, 1), "unknown key \"%s\"%s%s%s", key,
               near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
}

static void take_translated(struct reader *reader, const char *value, unsigned col, bool *alone)
{
    if (strcmp(value, "no") != 0)
        diag_error(reader->diag, here(reader, col),
                   "\"translated\": want no, for an article that stands in one language only, got \"%s\"",
                   value);
    *alone = true;
}

static void take_value(struct reader *reader, struct front *front, const char *key, const char *value,
                       unsigned col)
{
    if (!knows(reader, key)) {
        complain_unknown(reader, key);
    } else if (strcmp(key, "title") == 0) {
        take_text(reader, key, value, TITLE_MAX, col, &front->title);
    } else if (strcmp(key, "summary") == 0) {
        take_text(reader, key, value, SUMMARY_MAX, col, &front->summary);
    } else if (strcmp(key, "order") == 0) {
        take_order(reader, value, col, &front->order);
    } else if (strcmp(key, "translated") == 0) {
        take_translated(reader, value, col, &front->alone);
    } else {
        take_date(reader, value, col, &front->changed);
    }
}

static bool seen_before(const struct front *front, const char *key)
{
    return (strcmp(key, "title") == 0 && front->title) || (strcmp(key, "summary") == 0 && front->summary) ||
           (strcmp(key, "changed") == 0 && front->changed) ||
           (strcmp(key, "translated") == 0 && front->alone) ||
           (strcmp(key, "order") == 0 && front->order != FRONT_NO_ORDER);
}

static void take_line(struct reader *reader, struct front *front, struct span line)
{
    if (trim(line).len == 0)
        return;
    const char *colon = memchr(line.text, ':', line.len);
    if (!colon) {
        diag_error(reader->diag, here(reader, 1), "want \"key: value\" on one line");
        return;
    }
    struct span name = trim((struct span){line.text, (size_t)(colon - line.text)});
    struct span rest = trim((struct span){colon + 1, line.len - (size_t)(colon + 1 - line.text)});
    const char *key = arena_strndup(reader->arena, name.text, name.len);
    unsigned col = (unsigned)(rest.text - line.text) + 1;
    if (seen_before(front, key)) {
        diag_error(reader->diag, here(reader, 1), "\"%s\" is there twice", key);
        return;
    }
    const char *value = value_text(reader, rest, col);
    if (value)
        take_value(reader, front, key, value, col);
}

/* Is there a second rule? Without one, lines of the text would be taken for front matter. */
static bool is_closed(struct reader reader)
{
    struct span line;
    while (next_line(&reader, &line)) {
        if (is_rule(line))
            return true;
    }
    return false;
}

static void take_lines(struct reader *reader, struct front *front)
{
    struct span line;
    while (next_line(reader, &line) && !is_rule(line))
        take_line(reader, front, line);
}

static void want_keys(const struct reader *reader, const struct front *front)
{
    if (!front->title)
        diag_error(reader->diag, here(reader, 1), "\"title\" is missing");
    if (!front->summary)
        diag_error(reader->diag, here(reader, 1), "\"summary\" is missing");
}

/* What stands between the rules; the first is read. False: there is no second one. */
static bool take_matter(struct reader *reader, struct front *front)
{
    if (is_closed(*reader)) {
        take_lines(reader, front);
        return true;
    }
    diag_error(reader->diag, here(reader, 1), "the front matter is not closed: want a second line \"---\"");
    return false;
}

static void end_front(const struct reader *reader, struct front *front, const char *text)
{
    front->body = (size_t)(reader->at - text);
    front->body_line = reader->line + 1;
}

bool front_parse(struct front *front, const char *file, const char *text, size_t len, struct arena *arena,
                 struct diag *diag)
{
    *front = (struct front){.order = FRONT_NO_ORDER};
    struct reader reader = {
        .file = file, .at = text, .end = text + len, .keys = article_keys, .arena = arena, .diag = diag};
    size_t before = diag_errors(diag);
    struct span line;
    if (!next_line(&reader, &line) || !is_rule(line))
        diag_error(diag, (struct place){file, 1, 1},
                   "an article begins with a line \"---\", its title and summary");
    else if (take_matter(&reader, front))
        want_keys(&reader, front);
    end_front(&reader, front, text);
    return diag_errors(diag) == before;
}

bool front_parse_title(struct front *front, const char *file, const char *text, size_t len,
                       struct arena *arena, struct diag *diag)
{
    *front = (struct front){.order = FRONT_NO_ORDER};
    const struct reader start = {
        .file = file, .at = text, .end = text + len, .keys = title_keys, .arena = arena, .diag = diag};
    struct reader reader = start;
    size_t before = diag_errors(diag);
    struct span line;
    if (next_line(&reader, &line) && is_rule(line))
        take_matter(&reader, front);
    else
        reader = start;
    end_front(&reader, front, text);
    return diag_errors(diag) == before;
}
