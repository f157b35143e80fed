/* The options of all verbs, and the text of --help. */
#include "call.h"

#include <ctype.h>
#include <string.h>

enum { HELP_COLUMN = 24 };

static const char *const formats[] = {"text", "json", NULL};
static const char *const escapes[] = {"html", "none", NULL};

const struct option_row option_rows[OPTION_COUNT] = {
    [OPTION_SITE] = {"site", "DIR", NULL, "the portal's folder, which holds content/ (default: this one)"},
    [OPTION_OUT] = {"out", "DIR", NULL,
                    "where site/ and portal/ are put (default: out/ in the portal's folder)"},
    [OPTION_THEMES] = {"themes", "DIR", NULL,
                       "where themes are (default: themes/ in the portal's folder, then the installed ones)"},
    [OPTION_FORMAT] = {"format", "text|json", formats,
                       "how findings are printed; json: one array on standard output, for editors"},
    [OPTION_COMPRESS] = {"compress", NULL, NULL,
                         "write .br and .gz beside pages and assets, for servers that pass them on"},
    [OPTION_NAME] = {"name", "NAME", NULL, "what the portal is called (default: Support)"},
    [OPTION_LOCALES] = {"locales", "TAG,TAG", NULL, "its languages, the main one first (default: en)"},
    [OPTION_DOMAIN] = {"domain", "HOST", NULL, "where it is reached (default: support.example.com)"},
    [OPTION_DATA] = {"data", "FILE", NULL, "the data, as JSON"},
    [OPTION_PARTIALS] = {"partials", "DIR", NULL,
                         "every .html and .txt below it, named by its path without ending"},
    [OPTION_ESCAPE] = {"escape", "html|none", escapes, "what {{name}} does to its value (default: html)"},
    [OPTION_STRICT] = {"strict", NULL, NULL,
                       "unknown names and partials are errors; otherwise they are empty"},
    [OPTION_PORT] = {"port", "N", NULL,
                     "the port of the preview on this machine; 0: any free one (default: 8090)"},
    [OPTION_THEME] = {"theme", "NAME", NULL, "the theme (default: the portal's)"},
    [OPTION_DIFF] = {"diff", NULL, NULL, "only print what changed in the files of its parents since"},
    [OPTION_HELP] = {"help", NULL, NULL, "this text"},
    [OPTION_VERSION] = {"version", NULL, NULL, "the version"},
};

static const char heading[] = "usage: guichet-gen [VERB] [OPTION...]\n\n";

static const char closing[] =
    "\n"
    "Errors are printed as file:line:col, all at once, and leave what was built before as it was.\n"
    "Exit codes: 0 done, 1 errors, 2 wrong usage; of diff: 0 no difference, 1 some, 2 errors.\n";

static int print_option(const struct option_row *row, FILE *out)
{
    return fprintf(out, "--%s%s%s", row->name, row->value ? " " : "", row->value ? row->value : "");
}

/* Those that must be given stand without brackets. */
static void print_taken(const struct verb *verb, FILE *out)
{
    fprintf(out, "%*s", HELP_COLUMN - 1, "");
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (!(verb->takes & TAKES(i)))
            continue;
        bool needed = verb->needs & TAKES(i);
        fputs(needed ? " " : " [", out);
        print_option(&option_rows[i], out);
        fputs(needed ? "" : "]", out);
    }
    fputc('\n', out);
}

static void print_verb(const struct verb *verb, bool is_default, FILE *out)
{
    const char *argument = verb->argument ? verb->argument : "";
    int width = HELP_COLUMN - 3 - (int)strlen(verb->name);
    fprintf(out, "  %s %-*s%s%s\n", verb->name, width, argument, verb->help,
            is_default ? " (the default)" : "");
    print_taken(verb, out);
}

static void print_options(const struct verb *verb, FILE *out)
{
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (verb && !(verb->takes & TAKES(i)))
            continue;
        fputs("  ", out);
        int width = 2 + print_option(&option_rows[i], out);
        fprintf(out, "%*s%s\n", width < HELP_COLUMN ? HELP_COLUMN - width : 1, "", option_rows[i].help);
    }
}

static void print_one(const struct verb *verb, FILE *out)
{
    fprintf(out, "usage: guichet-gen %s%s%s", verb->name, verb->argument ? " " : "",
            verb->argument ? verb->argument : "");
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (!(verb->needs & TAKES(i)))
            continue;
        fputc(' ', out);
        print_option(&option_rows[i], out);
    }
    fprintf(out, "%s\n\n%c%s.\n\n", verb->takes & ~verb->needs ? " [OPTION...]" : "",
            toupper((unsigned char)*verb->help), verb->help + 1);
    print_options(verb, out);
    fputs("\nguichet-gen --help lists all verbs.\n", out);
}

void call_help(const struct verb *verbs, const struct verb *verb, FILE *out)
{
    if (verb) {
        print_one(verb, out);
        return;
    }
    fputs(heading, out);
    for (verb = verbs; verb->name; verb++)
        print_verb(verb, verb == verbs, out);
    fputc('\n', out);
    print_options(NULL, out);
    fputs(closing, out);
}
