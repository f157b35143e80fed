/* guichet-gen: the compiler of a portal. Its verbs; what the options mean is in cli/options.c. */
#include "build.h"
#include "cli/call.h"
#include "preview/preview.h"
#include "verbs/diff.h"
#include "verbs/init.h"
#include "verbs/lock.h"
#include "verbs/render.h"
#include "verbs/rollback.h"
#include "verbs/schema.h"

#include <string.h>

static const char *site_of(const struct call *call)
{
    return call->option[OPTION_SITE] ? call->option[OPTION_SITE] : ".";
}

static bool option_is(const struct call *call, enum option option, const char *value)
{
    return call->option[option] && strcmp(call->option[option], value) == 0;
}

static int build_or_check(const struct call *call, bool check_only)
{
    const struct build_options options = {.site = site_of(call),
                                          .out = call->option[OPTION_OUT],
                                          .themes = call->option[OPTION_THEMES],
                                          .check_only = check_only,
                                          .compress = call->option[OPTION_COMPRESS] != NULL,
                                          .json = option_is(call, OPTION_FORMAT, "json")};
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

static int verb_init(const struct call *call)
{
    const struct init_options options = {.dir = call->argument,
                                         .program = call->program,
                                         .name = call->option[OPTION_NAME],
                                         .locales = call->option[OPTION_LOCALES],
                                         .domain = call->option[OPTION_DOMAIN]};
    return init_run(&options, stdout, stderr);
}

static int verb_rollback(const struct call *call)
{
    return rollback_run(site_of(call), call->option[OPTION_OUT], stdout, stderr);
}

static int verb_diff(const struct call *call)
{
    const struct diff_options options = {.site = site_of(call),
                                         .out = call->option[OPTION_OUT],
                                         .themes = call->option[OPTION_THEMES],
                                         .json = option_is(call, OPTION_FORMAT, "json")};
    return diff_run(&options, stdout, stderr);
}

static int verb_lock(const struct call *call)
{
    const struct lock_options options = {.site = site_of(call),
                                         .themes = call->option[OPTION_THEMES],
                                         .theme = call->option[OPTION_THEME],
                                         .diff = call->option[OPTION_DIFF] != NULL};
    return lock_run(&options, stdout, stderr);
}

static int verb_preview(const struct call *call)
{
    const struct preview_options options = {
        .site = site_of(call), .themes = call->option[OPTION_THEMES], .port = call->option[OPTION_PORT]};
    return preview_run(&options, stdout, stderr);
}

static int verb_schema(const struct call *call)
{
    return schema_run(site_of(call), call->option[OPTION_THEMES], stdout, stderr);
}

static int verb_render(const struct call *call)
{
    const struct render_options options = {
        .file = call->argument,
        .data = call->option[OPTION_DATA],
        .partials = call->option[OPTION_PARTIALS],
        .how = {.escape = option_is(call, OPTION_ESCAPE, "none") ? TEMPLATE_PLAIN : TEMPLATE_HTML,
                .strict = call->option[OPTION_STRICT] != NULL}};
    return render_run(&options, stdout, stderr);
}

enum { OF_CHECK = TAKES(OPTION_SITE) | TAKES(OPTION_OUT) | TAKES(OPTION_THEMES) | TAKES(OPTION_FORMAT) };
enum { OF_BUILD = OF_CHECK | TAKES(OPTION_COMPRESS) };
enum { OF_INIT = TAKES(OPTION_NAME) | TAKES(OPTION_LOCALES) | TAKES(OPTION_DOMAIN) };
enum { OF_ROLLBACK = TAKES(OPTION_SITE) | TAKES(OPTION_OUT) };
enum { OF_LOCK = TAKES(OPTION_SITE) | TAKES(OPTION_THEMES) | TAKES(OPTION_THEME) | TAKES(OPTION_DIFF) };
enum { OF_PREVIEW = TAKES(OPTION_SITE) | TAKES(OPTION_THEMES) | TAKES(OPTION_PORT) };
enum { OF_SCHEMA = TAKES(OPTION_SITE) | TAKES(OPTION_THEMES) };
enum {
    OF_RENDER = TAKES(OPTION_DATA) | TAKES(OPTION_PARTIALS) | TAKES(OPTION_ESCAPE) | TAKES(OPTION_STRICT)
};

/* The first is meant when none is named. */
static const struct verb verbs[] = {
    {"build", NULL, OF_BUILD, 0, verb_build, "check everything, render every page, and put it in place"},
    {"check", NULL, OF_CHECK, 0, verb_check, "the same without writing"},
    {"preview", NULL, OF_PREVIEW, 0, verb_preview,
     "serve every page in every state to this machine, and build anew whenever a file changes"},
    {"diff", NULL, OF_CHECK, 0, verb_diff,
     "print what a build would change, without publishing it; exits as diff(1): 0 nothing, 1 something, 2 "
     "errors"},
    {"rollback", NULL, OF_ROLLBACK, 0, verb_rollback,
     "put back what the last build replaced; twice, and it is as it was"},
    {"lock", NULL, OF_LOCK, 0, verb_lock,
     "record what a theme's translations and replaced files were made from, for builds to tell what is "
     "stale"},
    {"init", "DIR", OF_INIT, 0, verb_init, "make a small portal in a new or empty folder"},
    {"schema", NULL, OF_SCHEMA, 0, verb_schema,
     "write JSON Schemas of the settings files for editors, and the reference article"},
    {"render", "TEMPLATE", OF_RENDER, TAKES(OPTION_DATA), verb_render,
     "print one template with the data of a JSON file"},
    {0},
};

int main(int argc, char **argv)
{
    struct call call;
    if (!call_parse(&call, verbs, argc, argv))
        return EXIT_USAGE;
    if (call.option[OPTION_HELP]) {
        call_help(verbs, call.verb, stdout);
        return 0;
    }
    if (call.option[OPTION_VERSION]) {
        puts("guichet-gen " GUICHET_VERSION);
        return 0;
    }
    return call.verb->run(&call);
}
