/*
 * filter_values: what a test of a filter may ask for, by the type of its property.
 */
#ifndef GUICHET_FILTER_VALUES_H
#define GUICHET_FILTER_VALUES_H

#include "../../lib/filter.h"
#include "filters.h"

/* A filter as its checks look at it. */
struct filter_checked {
    const struct site *site;
    const json_t *offered; /* by forms, of what is built in; NULL: not known */
    enum portal_object of;
    struct diag *diag;
    size_t tests;
};

const char *filter_path(const struct filter_checked *checked, const char *pointer, const char *key);

/* An error about a member of what stands at a JSON Pointer; "": about that itself. */
#define FILTER_COMPLAIN(checked, pointer, key, ...)                                                          \
    settings_file_error(&(checked)->site->portal, (checked)->diag, filter_path(checked, pointer, key),       \
                        __VA_ARGS__)

/* "tickets" or "contacts" */
const char *filter_of_whom(enum portal_object of);

/* The number of a test by its name; -1: there is none such. */
int filter_find_test(const char *key);

/* The tests that a type takes, as a message lists them. */
const char *filter_tests_of(struct arena *arena, enum property_type type);

/* One test, named by `key`, of a property that there is. */
void filter_check_value(const struct filter_checked *checked, const char *pointer, const char *property,
                        enum property_type type, const char *key, const json_t *value);

#endif
