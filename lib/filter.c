#include "filter.h"

#include <stdlib.h>
#include <string.h>

const char *const property_types[] = {"text", "number", "date", "select", "multi_select", "checkbox", NULL};

const struct property_kind ticket_property_kinds[] = {
    {"subject", PROPERTY_TEXT},    {"requester", PROPERTY_TEXT},  {"company", PROPERTY_TEXT},
    {"created", PROPERTY_DATE},    {"owner", PROPERTY_TEXT},      {"last_activity", PROPERTY_DATE},
    {"status", PROPERTY_SELECT},   {"stage", PROPERTY_SELECT},    {"pipeline", PROPERTY_SELECT},
    {"priority", PROPERTY_SELECT}, {"category", PROPERTY_SELECT}, {"source", PROPERTY_SELECT},
    {"closed", PROPERTY_DATE},     {"number", PROPERTY_NUMBER},   {0},
};

const struct property_kind contact_property_kinds[] = {
    {"email", PROPERTY_TEXT},   {"first_name", PROPERTY_TEXT}, {"last_name", PROPERTY_TEXT},
    {"company", PROPERTY_TEXT}, {"language", PROPERTY_TEXT},   {0},
};

const char *const filter_tests[] = {"is_any_of", "is_none_of", "is_known",         "is_unknown",
                                    "contains",  "equals",     "greater_than",     "less_than",
                                    "before",    "after",      "in_the_last_days", NULL};

const struct property_kind *property_kind(const struct property_kind *kinds, const char *id)
{
    for (; kinds->id; kinds++) {
        if (strcmp(kinds->id, id) == 0)
            return kinds;
    }
    return NULL;
}

static enum filter_wants wants_of_text(enum filter_test test)
{
    switch (test) {
    case FILTER_IS_ANY_OF:
    case FILTER_IS_NONE_OF:
        return FILTER_WANTS_TEXTS;
    case FILTER_CONTAINS:
    case FILTER_EQUALS:
        return FILTER_WANTS_TEXT;
    default:
        return FILTER_REFUSES;
    }
}

static enum filter_wants wants_of_options(enum filter_test test, bool one)
{
    if (test == FILTER_IS_ANY_OF || test == FILTER_IS_NONE_OF)
        return FILTER_WANTS_TEXTS;
    return one && test == FILTER_EQUALS ? FILTER_WANTS_TEXT : FILTER_REFUSES;
}

static enum filter_wants wants_of_number(enum filter_test test)
{
    switch (test) {
    case FILTER_EQUALS:
    case FILTER_GREATER_THAN:
    case FILTER_LESS_THAN:
    case FILTER_FROM:
    case FILTER_TO:
        return FILTER_WANTS_NUMBER;
    default:
        return FILTER_REFUSES;
    }
}

static enum filter_wants wants_of_date(enum filter_test test)
{
    switch (test) {
    case FILTER_EQUALS:
    case FILTER_BEFORE:
    case FILTER_AFTER:
    case FILTER_FROM:
    case FILTER_TO:
        return FILTER_WANTS_DAY;
    case FILTER_IN_THE_LAST_DAYS:
        return FILTER_WANTS_DAYS;
    default:
        return FILTER_REFUSES;
    }
}

enum filter_wants filter_wants(enum property_type type, enum filter_test test)
{
    if (type == PROPERTY_CHECKBOX) /* one that nobody ticked is not ticked: there is no "unknown" */
        return test == FILTER_EQUALS ? FILTER_WANTS_FLAG : FILTER_REFUSES;
    if (test == FILTER_IS_KNOWN || test == FILTER_IS_UNKNOWN)
        return FILTER_WANTS_NOTHING;
    switch (type) {
    case PROPERTY_TEXT:
        return wants_of_text(test);
    case PROPERTY_NUMBER:
        return wants_of_number(test);
    case PROPERTY_DATE:
        return wants_of_date(test);
    default:
        return wants_of_options(test, type == PROPERTY_SELECT);
    }
}

static int month_length(long year, long month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return lengths[month - 1] + (month == 2 && leap);
}

/* Days from 1970-01-01 in the Gregorian calendar; the year begins in March, so that its leap day is its last.
 */
static long day_number(long year, long month, long day)
{
    year -= month <= 2;
    long era = year / 400, of_era = year % 400;
    long of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

bool filter_day(const char *text, long *days)
{
    static const char shape[] = "dddd-dd-dd";
    for (size_t i = 0; i < sizeof shape; i++) {
        bool digit = text[i] >= '0' && text[i] <= '9';
        if (shape[i] == 'd' ? !digit : text[i] != shape[i])
            return false;
    }
    long year = strtol(text, NULL, 10), month = strtol(text + 5, NULL, 10), day = strtol(text + 8, NULL, 10);
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > month_length(year, month))
        return false;
    *days = day_number(year, month, day);
    return true;
}
