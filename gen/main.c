/* guichet-gen: the compiler of a portal. Its verbs; what the options mean is in cli/options.c. */
#include "build.h"
#include "cli/call.h"

static int build_or_check(const struct call *call, bool check_only)
{
    const struct build_options options = {.site = call->option[OPTION_SITE] ? call->option[OPTION_SITE] : ".",
                                          .out = call->option[OPTION_OUT],
                                          .themes = call->option[OPTION_THEMES],
                                          .check_only = check_only};
    return build_run(&options, stdout, stderr);
}

static int verb_build(const struct call *call)
{
    return build_or_check(call, false);
}

static int verb_check(const struct call *call)
{
    return build_or_check(call, true);
}

enum { OF_BUILD = TAKES(OPTION_SITE) | TAKES(OPTION_OUT) | TAKES(OPTION_THEMES) };

/* The first is meant when none is named. */
static const struct verb verbs[] = {
    {"build", NULL, OF_BUILD, 0, verb_build, "check everything, render every page, and put it in place"},
    {"check", NULL, OF_BUILD, 0, verb_check, "the same without writing"},
    {0},
};

int main(int argc, char **argv)
{
    struct call call;
    if (!call_parse(&call, verbs, argc, argv))
        return EXIT_USAGE;
    if (call.option[OPTION_HELP]) {
        call_help(verbs, stdout);
        return 0;
    }
    if (call.option[OPTION_VERSION]) {
        puts("guichet-gen " GUICHET_VERSION);
        return 0;
    }
    return call.verb->run(&call);
}
