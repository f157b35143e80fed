#include "call.h"

#include "../../lib/diag.h"

#include <stdarg.h>
#include <string.h>

enum { VERBS_MAX = 16 };

__attribute__((format(printf, 1, 2))) static bool refuse(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("guichet-gen: ", stderr);
    vfprintf(stderr, format, args);
    va_end(args);
    fputs("\nusage: guichet-gen [VERB] [OPTION...]; guichet-gen --help lists all\n", stderr);
    return false;
}

/* refuse(), with the one of `names` that is near. */
static bool refuse_word(const char *what, const char *word, const char *bare, const char *dashes,
                        const char *const *names)
{
    const char *near = diag_nearest(bare, names);
    return refuse("%s \"%s\"%s%s%s%s", what, word, near ? "; did you mean \"" : "", near ? dashes : "",
                  near ? near : "", near ? "\"?" : "");
}

static const struct verb *verb_named(const struct verb *verbs, const char *name)
{
    const char *names[VERBS_MAX + 1] = {NULL};
    for (size_t i = 0; i < VERBS_MAX && verbs[i].name; i++) {
        if (strcmp(verbs[i].name, name) == 0)
            return &verbs[i];
        names[i] = verbs[i].name;
    }
    refuse_word("unknown verb", name, name, "", names);
    return NULL;
}

/* The first word is the verb, the second its argument. */
static bool take_word(struct call *call, const struct verb *verbs, const char *word)
{
    if (!call->verb) {
        call->verb = verb_named(verbs, word);
        return call->verb != NULL;
    }
    if (!call->verb->argument)
        return refuse("one verb at a time, not also \"%s\"", word);
    if (call->argument)
        return refuse("%s takes one %s, not also \"%s\"", call->verb->name, call->verb->argument, word);
    call->argument = word;
    return true;
}

static bool takes(const struct verb *verb, int option)
{
    return option == OPTION_HELP || option == OPTION_VERSION || !verb || (verb->takes & TAKES(option));
}

/* -1: there is none, which was said. One dash or two: what is near is told either way. */
static int option_named(const struct verb *verb, const char *argument, size_t len)
{
    const char *names[OPTION_COUNT + 1] = {NULL};
    size_t count = 0;
    for (int i = 0; i < OPTION_COUNT; i++) {
        const char *name = option_rows[i].name;
        if (len == 2 + strlen(name) && strncmp(argument, "--", 2) == 0 &&
            memcmp(argument + 2, name, len - 2) == 0)
            return i;
        if (takes(verb, i))
            names[count++] = name;
    }
    char word[64];
    snprintf(word, sizeof word, "%.*s", (int)len, argument);
    refuse_word("unknown option", word, word + strspn(word, "-"), "--", names);
    return -1;
}

static bool check_choice(const struct option_row *row, const char *value)
{
    const char *const *choice = row->choices;
    while (choice && *choice && strcmp(*choice, value) != 0)
        choice++;
    if (!choice || *choice)
        return true;
    return refuse("--%s: want %s, got \"%s\"", row->name, row->value, value);
}

/* "--site DIR", "--site=DIR" or "--strict"; `*at` is left on the last argument of it. */
static bool take_option(struct call *call, int argc, char **argv, int *at)
{
    const char *argument = argv[*at];
    size_t len = strcspn(argument, "=");
    int option = option_named(call->verb, argument, len);
    if (option < 0)
        return false;
    const struct option_row *row = &option_rows[option];
    const char *value = argument[len] ? argument + len + 1 : NULL;
    if (!row->value && value)
        return refuse("--%s takes no value, not \"%s\"", row->name, value);
    if (!row->value)
        value = row->name;
    else if (!value && *at + 1 < argc)
        value = argv[++*at];
    if (!value || !*value)
        return refuse("no value for \"%s\"", argument);
    call->option[option] = value;
    return check_choice(row, value);
}

/* Another verb's option; one of this verb's may be meant. */
static bool refuse_option(const struct verb *verb, const char *name)
{
    const char *names[OPTION_COUNT + 1] = {NULL};
    size_t count = 0;
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (takes(verb, i))
            names[count++] = option_rows[i].name;
    }
    const char *near = diag_nearest(name, names);
    return refuse("%s takes no --%s%s%s%s", verb->name, name, near ? "; did you mean \"--" : "",
                  near ? near : "", near ? "\"?" : "");
}

static bool check_call(const struct call *call)
{
    const struct verb *verb = call->verb;
    if (verb->argument && !call->argument)
        return refuse("%s wants a %s", verb->name, verb->argument);
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (call->option[i] && !takes(verb, i))
            return refuse_option(verb, option_rows[i].name);
        if (!call->option[i] && (verb->needs & TAKES(i)))
            return refuse("%s wants --%s %s", verb->name, option_rows[i].name, option_rows[i].value);
    }
    return true;
}

bool call_parse(struct call *call, const struct verb *verbs, int argc, char **argv)
{
    *call = (struct call){.program = argc > 0 ? argv[0] : "guichet-gen"};
    for (int i = 1; i < argc; i++) {
        bool taken = argv[i][0] == '-' ? take_option(call, argc, argv, &i) : take_word(call, verbs, argv[i]);
        if (!taken)
            return false;
    }
    if (!call->verb && !call->option[OPTION_HELP])
        call->verb = verbs;
    return call->option[OPTION_HELP] || call->option[OPTION_VERSION] || check_call(call);
}
