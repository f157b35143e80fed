#include "admin_main.h"

#include "admin_tell.h"
#include "admin_verbs.h"
#include "config.h"
#include "control.h"
#include "invite_csv.h"

#include <string.h>

/* --- the command line ------------------------------------------------------------------------------------
 */

static bool is_of_deployment(const char *arg)
{
    size_t len = strcspn(arg, "=");
    for (const struct config_row *row = config_rows(); row->name; row++) {
        if (strlen(row->option) == len && memcmp(row->option, arg, len) == 0)
            return true;
    }
    return false;
}

struct line {
    const struct admin_verb *verb;
    json_t *given, *addresses;
    struct invite_csv csv;
    struct diag *diag;
};

/* How many arguments it took; 0: a usage error. */
static size_t take_option(struct line *line, const struct admin_option_row *option, char *const *args)
{
    const char *joined = strchr(args[0], '=');
    const char *value = joined ? joined + 1 : option->value ? args[1] : "yes";
    if (!value || (joined && !option->value))
        diag_error(line->diag, (struct place){0}, value ? "%s: wants no value" : "%s: want a value after it",
                   option->name);
    else if (json_object_get(line->given, option->name))
        diag_error(line->diag, (struct place){0}, "%s: given twice", option->name);
    else if (json_object_set_new(line->given, option->name, json_string(value)) != 0)
        diag_error(line->diag, (struct place){0}, "%s: want UTF-8", option->name);
    return value ? (joined || !option->value ? 1 : 2) : 0;
}

/* What is ours is taken; the options of the deployment stay in `args`, in place. */
static bool take(struct line *line, char **args)
{
    char **kept = args;
    size_t before = diag_errors(line->diag);
    while (*args) {
        const struct admin_option_row *option = admin_verb_option(*args, line->verb);
        if (option) {
            size_t taken = take_option(line, option, args);
            if (taken == 0)
                break;
            args += taken;
        } else if (**args != '-') {
            if (json_array_append_new(line->addresses, json_string(*args)) != 0)
                diag_error(line->diag, (struct place){0}, "an address is no UTF-8");
            args++;
        } else if (!is_of_deployment(*args)) {
            admin_verb_unknown_option(*args++, line->verb, line->diag);
        } else {
            bool joined = strchr(*args, '=') != NULL;
            *kept++ = *args++;
            if (!joined && *args)
                *kept++ = *args++;
        }
    }
    *kept = NULL;
    size_t count = json_array_size(line->addresses);
    if (admin_verb_invites(line->verb) && count == 0 && !json_object_get(line->given, "--csv") &&
        !json_object_get(line->given, "--group"))
        diag_error(line->diag, (struct place){0},
                   "invite: want whom: addresses, --csv FILE or --group ID; guichet-api invite --help");
    if (diag_errors(line->diag) == before && (count < line->verb->least || count > line->verb->most))
        diag_error(line->diag, (struct place){0}, "%s %s: want %s, got %zu; guichet-api %s %s --help",
                   line->verb->word, line->verb->second, line->verb->wants, count, line->verb->word,
                   line->verb->second);
    return diag_errors(line->diag) == before;
}

/* --- asking ----------------------------------------------------------------------------------------------
 */

/* What is wrong with the file's columns keeps everybody from being invited; what its rows say is still
 * checked, so that all is told at once. */
static bool read_csv(struct line *line, struct arena *arena)
{
    const char *file = json_string_value(json_object_get(line->given, "--csv"));
    size_t before = diag_errors(line->diag);
    if (!file)
        return true;
    invite_csv_read(&line->csv, arena, file, line->diag);
    if (line->csv.rows && diag_errors(line->diag) > before)
        json_object_set_new(line->given, "--dry-run", json_string("yes"));
    return line->csv.rows != NULL;
}

static enum admin_exit ask(struct line *line, const struct config *config, struct arena *arena)
{
    const char *given = json_string_value(json_object_get(line->given, "--format"));
    const char *format = given ? given : "";
    bool json = strcmp(format, "json") == 0;
    if (*format && !json && strcmp(format, "text") != 0) {
        diag_error(line->diag, (struct place){0}, "--format: want text or json, got \"%s\"", format);
        return ADMIN_USAGE;
    }
    char verb[64];
    if (!read_csv(line, arena))
        return ADMIN_REFUSED;
    snprintf(verb, sizeof verb, "%s%s%s", line->verb->word, *line->verb->second ? " " : "",
             line->verb->second);
    json_t *request =
        json_pack("{s:s, s:O, s:O}", "verb", verb, "addresses", line->addresses, "options", line->given);
    if (line->csv.rows)
        json_object_set(request, "rows", line->csv.rows);
    json_t *answer = request ? control_ask(config, request, line->diag) : NULL;
    json_decref(request);
    if (!answer)
        return ADMIN_REFUSED;
    bool good = json_array_size(json_object_get(answer, "errors")) == 0 && diag_errors(line->diag) == 0;
    admin_tell_print(answer, &line->csv, json, line->diag);
    json_decref(answer);
    return good ? ADMIN_GOOD : ADMIN_REFUSED;
}

static enum admin_exit run(struct line *line, char **args, struct arena *arena)
{
    struct config config;
    if (!take(line, args))
        return ADMIN_USAGE;
    enum config_answer answer = config_read(&config, arena, args, line->diag);
    if (answer != CONFIG_OK)
        return answer == CONFIG_USAGE ? ADMIN_USAGE : ADMIN_REFUSED;
    log_set_level((enum log_level)config.log);
    return ask(line, &config, arena);
}

static bool is_help(const char *word)
{
    return word && (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0);
}

enum admin_exit admin_main(char *const *args, struct arena *arena, struct diag *diag)
{
    size_t count = 0;
    const char *word = args[0];
    if (is_help(args[1])) {
        admin_verb_print_help(NULL, word);
        return ADMIN_GOOD;
    }
    struct line line = {.verb = admin_verb_find(word, args[1], diag), .diag = diag};
    if (!line.verb)
        return ADMIN_USAGE;
    for (char *const *arg = args; *arg; arg++, count++) {
        if (is_help(*arg)) {
            admin_verb_print_help(line.verb, word);
            return ADMIN_GOOD;
        }
    }
    char **copy = arena_alloc(arena, (count + 1) * sizeof *copy);
    if (!copy)
        return ADMIN_REFUSED;
    memcpy(copy, args, (count + 1) * sizeof *copy);
    line.given = json_object();
    line.addresses = json_array();
    enum admin_exit exit = run(&line, copy + (*line.verb->second ? 2 : 1), arena);
    json_decref(line.csv.rows);
    json_decref(line.given);
    json_decref(line.addresses);
    return exit;
}
