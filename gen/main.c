/* guichet-gen: the compiler of a portal. */
#include "build.h"

#include <string.h>

static const char usage[] = "usage: guichet-gen [build | check] [--site DIR] [--out DIR] [--themes DIR]\n";

static const char help[] =
    "\n"
    "  build          check everything, render every page, and put it in place (the default)\n"
    "  check          the same without writing\n"
    "\n"
    "  --site DIR     the portal's folder, which holds content/ (default: this one)\n"
    "  --out DIR      where site/ and portal/ are put (default: out/ in the portal's folder)\n"
    "  --themes DIR   where themes are (default: themes/ in the portal's folder)\n"
    "  --help         this text\n"
    "  --version      the version\n"
    "\n"
    "Errors are printed as file:line:col, all at once, and leave what was built before as it was.\n"
    "Exit codes: 0 done, 1 errors, 2 wrong usage.\n";

enum { EXIT_USAGE = 2 };

static int refuse(const char *what, const char *argument)
{
    fprintf(stderr, "guichet-gen: %s \"%s\"\n%s", what, argument, usage);
    return EXIT_USAGE;
}

static const char **option_named(struct build_options *options, const char *name, size_t len)
{
    const struct {
        const char *name;
        const char **value;
    } known[] = {{"--site", &options->site}, {"--out", &options->out}, {"--themes", &options->themes}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (strlen(known[i].name) == len && memcmp(known[i].name, name, len) == 0)
            return known[i].value;
    }
    return NULL;
}

/* "--site DIR" or "--site=DIR". 0: taken, and `*at` stands on the last argument of it. */
static int take_option(struct build_options *options, int argc, char **argv, int *at)
{
    const char *argument = argv[*at];
    size_t len = strcspn(argument, "=");
    const char **value = option_named(options, argument, len);
    if (!value)
        return refuse("unknown option", argument);
    if (argument[len] == '=')
        *value = argument + len + 1;
    else if (*at + 1 < argc)
        *value = argv[++*at];
    else
        return refuse("no value for", argument);
    return **value ? 0 : refuse("no value for", argument);
}

static int take_verb(struct build_options *options, const char *verb, bool *verb_given)
{
    if (*verb_given || (strcmp(verb, "build") != 0 && strcmp(verb, "check") != 0))
        return refuse(*verb_given ? "one verb at a time, not also" : "unknown verb", verb);
    options->check_only = strcmp(verb, "check") == 0;
    *verb_given = true;
    return 0;
}

int main(int argc, char **argv)
{
    struct build_options options = {.site = "."};
    bool verb_given = false;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0) {
            fputs(usage, stdout);
            fputs(help, stdout);
            return 0;
        }
        if (strcmp(argv[i], "--version") == 0) {
            puts("guichet-gen " GUICHET_VERSION);
            return 0;
        }
        int refused = argv[i][0] == '-' ? take_option(&options, argc, argv, &i)
                                        : take_verb(&options, argv[i], &verb_given);
        if (refused)
            return refused;
    }
    return build_run(&options, stdout, stderr);
}
