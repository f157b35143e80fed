/* The command line of the verb "import". */
#include "import.h"

#include <stdio.h>
#include <string.h>

static const char **place_of_option(struct import_wanted *wanted, const char *option)
{
    if (strcmp(option, "--mapping") == 0)
        return &wanted->mapping;
    if (strcmp(option, "--from") == 0)
        return &wanted->from;
    if (strcmp(option, "--source") == 0)
        return &wanted->source;
    return strcmp(option, "--report") == 0 ? &wanted->report : NULL;
}

static bool is_of_deployment(const char *arg)
{
    for (const struct config_row *row = config_rows(); row->name; row++) {
        if (strcmp(row->option, arg) == 0)
            return true;
    }
    return false;
}

static void check_options(const struct import_wanted *wanted, struct diag *diag)
{
    static const char *const shapes[] = {"lines", "zendesk", NULL};
    const char *from = wanted->from;
    if (wanted->count == 0)
        diag_error(diag, (struct place){0}, "import: want files to read; guichet-api import --help");
    if (!from == !wanted->mapping)
        diag_error(diag, (struct place){0},
                   "import: want how to read the files: --mapping FILE for CSV, or --from lines, or --from "
                   "zendesk%s",
                   from ? "; got both" : "");
    if (!from || strcmp(from, shapes[0]) == 0 || strcmp(from, shapes[1]) == 0)
        return;
    const char *near = diag_nearest(from, shapes);
    diag_error(diag, (struct place){0}, "--from: want lines or zendesk, got \"%s\"%s%s%s", from,
               near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
}

bool import_take_options(char **args, struct import_wanted *wanted, struct diag *diag)
{
    size_t before = diag_errors(diag);
    char **kept = args;
    *wanted = (struct import_wanted){0};
    for (; *args; args++) {
        const char **place = place_of_option(wanted, *args);
        if (strcmp(*args, "--dry-run") == 0)
            wanted->dry = true;
        else if (place && args[1])
            *place = *++args;
        else if (place)
            diag_error(diag, (struct place){0}, "%s: want a value after it", *args);
        else if (**args != '-' && wanted->count < IMPORT_FILES_MAX)
            wanted->files[wanted->count++] = *args;
        else if (is_of_deployment(*args) && args[1])
            *kept++ = *args++, *kept++ = *args;
        else
            *kept++ = *args; /* --data=DIR, or what config_read() refuses */
    }
    *kept = NULL;
    check_options(wanted, diag);
    return diag_errors(diag) == before;
}
