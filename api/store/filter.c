#include "filter.h"

#include <string.h>

enum { DAY_MS = 86400000, DAY_S = 86400, DEPTH_MAX = 12 };

/* What one test is made of. */
struct part {
    struct sql *sql;
    const struct portal_filter *filter;
    enum filter_subject subject;
    bool milliseconds; /* see filter_in_milliseconds() */
};

static void add_value(const struct part *part)
{
    filter_add_property(part->sql, part->filter->property, part->subject);
}

static void add_texts(const struct part *part)
{
    sql_add(part->sql, " IN (SELECT value FROM json_each(");
    sql_add_texts(part->sql, part->filter->values, part->filter->value_count);
    sql_add(part->sql, "))");
}

/* A text in small letters. */
static void add_small(const struct part *part)
{
    sql_add(part->sql, "small_letters(");
    add_value(part);
    sql_add(part->sql, ")");
}

/* Does one of the row's choices stand among the values? */
static void add_overlap(const struct part *part)
{
    sql_add(part->sql, "EXISTS (SELECT 1 FROM json_each");
    filter_add_place(part->sql, part->filter->property, part->subject);
    sql_add(part->sql, " AS choice WHERE choice.value");
    add_texts(part);
    sql_add(part->sql, ")");
}

static void add_any_of(const struct part *part)
{
    if (part->filter->type == PROPERTY_MULTI_SELECT) {
        add_overlap(part);
        return;
    }
    if (part->filter->type != PROPERTY_TEXT) {
        add_value(part);
        add_texts(part);
        return;
    }
    add_small(part);
    sql_add(part->sql, " IN (SELECT small_letters(value) FROM json_each(");
    sql_add_texts(part->sql, part->filter->values, part->filter->value_count);
    sql_add(part->sql, "))");
}

static void add_known(const struct part *part)
{
    if (part->filter->type == PROPERTY_MULTI_SELECT) {
        sql_add(part->sql, "coalesce(json_array_length");
        filter_add_place(part->sql, part->filter->property, part->subject);
        sql_add(part->sql, ", 0) > 0");
        return;
    }
    sql_add(part->sql, "coalesce(");
    add_value(part);
    sql_add(part->sql, ", '') <> ''");
}

static void add_not(const struct part *part, void add(const struct part *part))
{
    sql_add(part->sql, "((");
    add(part);
    sql_add(part->sql, ") IS NOT TRUE)");
}

static void add_contains(const struct part *part)
{
    sql_add(part->sql, "instr(");
    add_small(part);
    sql_add(part->sql, ", small_letters(");
    sql_add_text(part->sql, part->filter->values[0]);
    sql_add(part->sql, ")) > 0");
}

static void add_compared_text(const struct part *part, const char *operator)
{
    add_value(part);
    sql_add(part->sql, operator);
    sql_add_text(part->sql, part->filter->values[0]);
}

static void add_compared_number(const struct part *part, const char *operator, double number)
{
    add_value(part);
    sql_add(part->sql, operator);
    sql_add_number(part->sql, number);
}

/* The days of a row's own dates are texts that sort as days do. */
static void add_compared_day(const struct part *part)
{
    static const struct {
        const char *text;   /* how the day's text compares */
        const char *number; /* how its milliseconds do, */
        int later;          /* with the beginning of this day, or of the one after it */
    } how[] = {
        [FILTER_BEFORE] = {" < ", " < ", 0},
        [FILTER_FROM] = {" >= ", " >= ", 0},
        [FILTER_AFTER] = {" > ", " >= ", 1},
        [FILTER_TO] = {" <= ", " < ", 1},
    };
    enum filter_test test = part->filter->test;
    long day = 0;
    if (!part->milliseconds)
        add_compared_text(part, how[test].text);
    else if (filter_day(part->filter->values[0], &day))
        add_compared_number(part, how[test].number, (double)(day + how[test].later) * DAY_MS);
    else
        part->sql->failed = true;
}

static void add_same_day(const struct part *part)
{
    long day = 0;
    if (!part->milliseconds) {
        add_compared_text(part, " = ");
        return;
    }
    if (!filter_day(part->filter->values[0], &day))
        part->sql->failed = true;
    add_compared_number(part, " BETWEEN ", (double)day * DAY_MS);
    sql_add(part->sql, " AND ");
    sql_add_number(part->sql, (double)(day + 1) * DAY_MS - 1);
}

static void add_last_days(const struct part *part)
{
    add_value(part);
    if (part->milliseconds) {
        sql_add(part->sql, " BETWEEN :clock - ");
        sql_add_number(part->sql, part->filter->number * DAY_MS);
        sql_add(part->sql, " AND :clock");
        return;
    }
    sql_add(part->sql, " BETWEEN date(:clock / 1000 - ");
    sql_add_number(part->sql, part->filter->number * DAY_S);
    sql_add(part->sql, ", 'unixepoch') AND date(:clock / 1000, 'unixepoch')");
}

static void add_equals(const struct part *part)
{
    switch (part->filter->type) {
    case PROPERTY_CHECKBOX:
        sql_add(part->sql, "coalesce(");
        add_value(part);
        sql_add(part->sql, ", 0) = ");
        sql_add_number(part->sql, part->filter->number);
        break;
    case PROPERTY_NUMBER:
        add_compared_number(part, " = ", part->filter->number);
        break;
    case PROPERTY_DATE:
        add_same_day(part);
        break;
    case PROPERTY_TEXT:
        add_any_of(part);
        break;
    default:
        add_compared_text(part, " = ");
    }
}

static void add_bound(const struct part *part, const char *operator)
{
    if (part->filter->type == PROPERTY_DATE)
        add_compared_day(part);
    else
        add_compared_number(part, operator, part->filter->number);
}

static void add_test(const struct part *part)
{
    switch (part->filter->test) {
    case FILTER_IS_ANY_OF:
        add_any_of(part);
        break;
    case FILTER_IS_NONE_OF:
        add_not(part, add_any_of);
        break;
    case FILTER_IS_KNOWN:
        add_known(part);
        break;
    case FILTER_IS_UNKNOWN:
        add_not(part, add_known);
        break;
    case FILTER_CONTAINS:
        add_contains(part);
        break;
    case FILTER_EQUALS:
        add_equals(part);
        break;
    case FILTER_IN_THE_LAST_DAYS:
        add_last_days(part);
        break;
    case FILTER_GREATER_THAN:
    case FILTER_AFTER:
        add_bound(part, " > ");
        break;
    case FILTER_LESS_THAN:
    case FILTER_BEFORE:
        add_bound(part, " < ");
        break;
    case FILTER_FROM:
        add_bound(part, " >= ");
        break;
    case FILTER_TO:
        add_bound(part, " <= ");
        break;
    }
}

static bool has_its_value(const struct portal_filter *test)
{
    switch (filter_wants(test->type, test->test)) {
    case FILTER_REFUSES:
        return false;
    case FILTER_WANTS_TEXTS:
        return true;
    case FILTER_WANTS_TEXT:
    case FILTER_WANTS_DAY:
        return test->value_count == 1;
    default:
        return true;
    }
}

static void add_node(struct sql *sql, const struct portal_filter *filter, enum filter_subject subject,
                     int depth);

static void add_group(struct sql *sql, const struct portal_filter *filter, enum filter_subject subject,
                      int depth)
{
    for (size_t i = 0; i < filter->count; i++) {
        if (i > 0)
            sql_add(sql, filter->op == FILTER_ALL ? " AND " : " OR ");
        add_node(sql, &filter->of[i], subject, depth + 1);
    }
    if (filter->count == 0)
        sql_add(sql, filter->op == FILTER_ALL ? "1" : "0");
}

static void add_node(struct sql *sql, const struct portal_filter *filter, enum filter_subject subject,
                     int depth)
{
    sql_add(sql, "(");
    if (depth > DEPTH_MAX || (filter->op == FILTER_TEST && !has_its_value(filter))) {
        sql->failed = true;
    } else if (filter->op == FILTER_TEST) {
        const struct part part = {sql, filter, subject, filter_in_milliseconds(filter->property, subject)};
        add_test(&part);
    } else {
        add_group(sql, filter, subject, depth);
    }
    sql_add(sql, ")");
}

void filter_add(struct sql *sql, const struct portal_filter *filter, enum filter_subject subject)
{
    if (filter)
        add_node(sql, filter, subject, 0);
    else
        sql_add(sql, "(1)");
}
