#include "internal.h"

#include <string.h>

/* Unicode CLDR, "Language Plural Rules", for whole numbers (there: v = 0). */

enum { ZERO, ONE, TWO, FEW, MANY, OTHER };

static const char *const categories[] = {"zero", "one", "two", "few", "many", "other", NULL};

/* Which categories a rule gives, in CLDR's order. */
static const char *const used[PLURAL_RULES][7] = {
    [PLURAL_NONE] = {"other"},
    [PLURAL_ONE] = {"one", "other"},
    [PLURAL_ZERO] = {"one", "other"},
    [PLURAL_ONE_M] = {"one", "many", "other"},
    [PLURAL_ZERO_M] = {"one", "many", "other"},
    [PLURAL_CZECH] = {"one", "few", "other"},
    [PLURAL_POLISH] = {"one", "few", "many"},
    [PLURAL_EAST_SLAVIC] = {"one", "few", "many"},
    [PLURAL_SOUTH_SLAVIC] = {"one", "few", "other"},
    [PLURAL_SLOVENE] = {"one", "two", "few", "other"},
    [PLURAL_MACEDONIAN] = {"one", "other"},
    [PLURAL_LITHUANIAN] = {"one", "few", "other"},
    [PLURAL_LATVIAN] = {"zero", "one", "other"},
    [PLURAL_ROMANIAN] = {"one", "few", "other"},
    [PLURAL_ARABIC] = {"zero", "one", "two", "few", "many", "other"},
    [PLURAL_HEBREW] = {"one", "two", "other"},
    [PLURAL_IRISH] = {"one", "two", "few", "many", "other"},
    [PLURAL_WELSH] = {"zero", "one", "two", "few", "many", "other"},
};

static bool within(unsigned long n, unsigned long low, unsigned long high)
{
    return low <= n && n <= high;
}

/* Slavic few: 2 to 4, 22 to 24, but not 12 to 14. */
static bool is_slavic_few(unsigned long n)
{
    return within(n % 10, 2, 4) && !within(n % 100, 12, 14);
}

/* 1, 21, 31, but not 11. */
static bool ends_in_one(unsigned long n)
{
    return n % 10 == 1 && n % 100 != 11;
}

static bool is_whole_millions(unsigned long n)
{
    return n != 0 && n % 1000000 == 0;
}

static int arabic(unsigned long n)
{
    if (n <= 2)
        return (int)n; /* ZERO, ONE, TWO */
    return within(n % 100, 3, 10) ? FEW : within(n % 100, 11, 99) ? MANY : OTHER;
}

static int lithuanian(unsigned long n)
{
    if (within(n % 100, 11, 19) || n % 10 == 0)
        return OTHER;
    return n % 10 == 1 ? ONE : FEW;
}

static int latvian(unsigned long n)
{
    if (n % 10 == 0 || within(n % 100, 11, 19))
        return ZERO;
    return ends_in_one(n) ? ONE : OTHER;
}

static int slovene(unsigned long n)
{
    return n % 100 == 1 ? ONE : n % 100 == 2 ? TWO : within(n % 100, 3, 4) ? FEW : OTHER;
}

static int romanian(unsigned long n)
{
    return n == 1 ? ONE : n == 0 || within(n % 100, 1, 19) ? FEW : OTHER;
}

static int irish(unsigned long n)
{
    return n == 1 ? ONE : n == 2 ? TWO : within(n, 3, 6) ? FEW : within(n, 7, 10) ? MANY : OTHER;
}

static int welsh(unsigned long n)
{
    return n <= 2 ? (int)n : n == 3 ? FEW : n == 6 ? MANY : OTHER;
}

static int category(enum plural_rule rule, unsigned long n)
{
    switch (rule) {
    case PLURAL_ONE:
        return n == 1 ? ONE : OTHER;
    case PLURAL_ZERO:
        return n <= 1 ? ONE : OTHER;
    case PLURAL_ONE_M:
        return n == 1 ? ONE : is_whole_millions(n) ? MANY : OTHER;
    case PLURAL_ZERO_M:
        return n <= 1 ? ONE : is_whole_millions(n) ? MANY : OTHER;
    case PLURAL_CZECH:
        return n == 1 ? ONE : within(n, 2, 4) ? FEW : OTHER;
    case PLURAL_POLISH:
        return n == 1 ? ONE : is_slavic_few(n) ? FEW : MANY;
    case PLURAL_EAST_SLAVIC:
        return ends_in_one(n) ? ONE : is_slavic_few(n) ? FEW : MANY;
    case PLURAL_SOUTH_SLAVIC:
        return ends_in_one(n) ? ONE : is_slavic_few(n) ? FEW : OTHER;
    case PLURAL_SLOVENE:
        return slovene(n);
    case PLURAL_MACEDONIAN:
        return ends_in_one(n) ? ONE : OTHER;
    case PLURAL_LITHUANIAN:
        return lithuanian(n);
    case PLURAL_LATVIAN:
        return latvian(n);
    case PLURAL_ROMANIAN:
        return romanian(n);
    case PLURAL_ARABIC:
        return arabic(n);
    case PLURAL_HEBREW:
        return n == 1 ? ONE : n == 2 ? TWO : OTHER;
    case PLURAL_IRISH:
        return irish(n);
    case PLURAL_WELSH:
        return welsh(n);
    default:
        return OTHER;
    }
}

static enum plural_rule rule_of(const char *tag)
{
    const struct language *language = locale_language(tag);
    return language ? language->plural : PLURAL_NONE;
}

const char *locale_plural(const char *tag, unsigned long n)
{
    return categories[category(rule_of(tag), n)];
}

const char *const *locale_plurals(const char *tag)
{
    return used[rule_of(tag)];
}

bool locale_is_rare(const char *tag, const char *name)
{
    enum plural_rule rule = rule_of(tag);
    return (rule == PLURAL_ONE_M || rule == PLURAL_ZERO_M) && strcmp(name, categories[MANY]) == 0;
}

bool locale_is_category(const char *name)
{
    for (const char *const *known = categories; *known; known++)
        if (strcmp(*known, name) == 0)
            return true;
    return false;
}
