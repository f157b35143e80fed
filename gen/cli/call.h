/*
 * call: the command line, taken apart; verbs and options are tables.
 *
 *     guichet-gen [VERB [ARGUMENT]] [--option VALUE | --option=VALUE | --switch]...
 *
 * An option means the same with every verb that takes it (the table in options.c); each verb says which ones
 * it takes (the table in main.c). Options may stand anywhere; of one given twice the last counts.
 */
#ifndef GUICHET_CALL_H
#define GUICHET_CALL_H

#include <stdbool.h>
#include <stdio.h>

/* A verb returns 0 (done) or 1 (errors, which it has printed); a command line that makes no sense is 2. */
enum { EXIT_USAGE = 2 };

enum option {
    OPTION_SITE,
    OPTION_OUT,
    OPTION_THEMES,
    OPTION_FORMAT,
    OPTION_COMPRESS,
    OPTION_NAME,
    OPTION_LOCALES,
    OPTION_DOMAIN,
    OPTION_DATA,
    OPTION_PARTIALS,
    OPTION_ESCAPE,
    OPTION_STRICT,
    OPTION_PORT,
    OPTION_THEME,
    OPTION_DIFF,
    OPTION_HELP,
    OPTION_VERSION,
    OPTION_COUNT
};

/* A set of options: TAKES(OPTION_SITE) | TAKES(OPTION_OUT). */
#define TAKES(option) (1u << (option))

struct call {
    const char *program;              /* as it was called */
    const struct verb *verb;          /* with --help NULL when none is named */
    const char *argument;             /* NULL: the verb takes none */
    const char *option[OPTION_COUNT]; /* the value, never empty; the name of a switch; NULL: not given */
};

struct verb {
    const char *name;     /* NULL ends a table; the first of a table is the default */
    const char *argument; /* what stands for the argument in the help; NULL: it takes none */
    unsigned takes;       /* --help and --version are everyone's */
    unsigned needs;       /* those that must be given, of those that it takes */
    int (*run)(const struct call *call);
    const char *help; /* one line */
};

struct option_row {
    const char *name;           /* without the dashes */
    const char *value;          /* what stands for its value in the help; NULL: a switch */
    const char *const *choices; /* NULL-terminated; NULL: any text */
    const char *help;           /* one line */
};

extern const struct option_row option_rows[OPTION_COUNT];

/*
 * Take the command line apart. False: it makes no sense, which was said on standard error, with "did you
 * mean". With --help or --version nothing else need make sense.
 */
bool call_parse(struct call *call, const struct verb *verbs, int argc, char **argv);

/* Every verb and every option; of `verb` alone, unless that is NULL. */
void call_help(const struct verb *verbs, const struct verb *verb, FILE *out);

#endif
