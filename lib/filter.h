/*
 * filter: which tickets or contacts are meant: tests of their properties, joined by "all" and "any".
 *
 * In settings and in the compiled portal alike a filter is a tree. A leaf tests one property; which tests it
 * takes depends on the property's type. Properties are built in (the lists below) or the admin's own.
 */
#ifndef GUICHET_FILTER_H
#define GUICHET_FILTER_H

#include <stdbool.h>
#include <stddef.h>

enum property_type {
    PROPERTY_TEXT,
    PROPERTY_NUMBER,
    PROPERTY_DATE,
    PROPERTY_SELECT,
    PROPERTY_MULTI_SELECT,
    PROPERTY_CHECKBOX,
};

/* Their names in files, as the enum counts, ended by NULL: "text", "number", "date", "select", ... */
extern const char *const property_types[];

struct property_kind {
    const char *id;
    enum property_type type;
};

/*
 * What is built in, ended by a row without id. Of tickets: requester and owner are tested by their e-mail
 * address, the company by its name. Of contacts: email, first_name, last_name, company, language.
 */
extern const struct property_kind ticket_property_kinds[];
extern const struct property_kind contact_property_kinds[];

/* NULL: it is not built in. */
const struct property_kind *property_kind(const struct property_kind *kinds, const char *id);

enum filter_op { FILTER_ALL, FILTER_ANY, FILTER_TEST };

enum filter_test {
    FILTER_IS_ANY_OF,
    FILTER_IS_NONE_OF,
    FILTER_IS_KNOWN,
    FILTER_IS_UNKNOWN,
    FILTER_CONTAINS,
    FILTER_EQUALS,
    FILTER_GREATER_THAN,
    FILTER_LESS_THAN,
    FILTER_BEFORE, /* that day */
    FILTER_AFTER,
    FILTER_IN_THE_LAST_DAYS,
    FILTER_FROM, /* this number or day, or a later one; these two are for lists, not for settings */
    FILTER_TO,
};

/* Their names in files, as the enum counts up to IN_THE_LAST_DAYS, ended by NULL. */
extern const char *const filter_tests[];

struct portal_filter {
    enum filter_op op;
    const struct portal_filter *of; /* ALL, ANY: `count` of them; none: ALL holds, ANY does not */
    size_t count;
    const char *property; /* TEST: what follows, too */
    enum property_type type;
    enum filter_test test;
    const char **values; /* texts, options, days ("2026-11-22"): as many as the test wants */
    size_t value_count;
    double number; /* of a NUMBER; days of IN_THE_LAST_DAYS; a CHECKBOX's 0 or 1 */
};

/* What a test wants besides its property. */
enum filter_wants {
    FILTER_WANTS_NOTHING,
    FILTER_WANTS_TEXTS,
    FILTER_WANTS_TEXT,
    FILTER_WANTS_DAY,
    FILTER_WANTS_NUMBER,
    FILTER_WANTS_DAYS,
    FILTER_WANTS_FLAG,
    FILTER_REFUSES
};

/* FILTER_REFUSES: properties of this type do not take this test. TEXTS: one or more. */
enum filter_wants filter_wants(enum property_type type, enum filter_test test);

/* "2026-11-22": days since 1970 in *days. False: it is no day that there is. */
bool filter_day(const char *text, long *days);

#endif
