#include "admin_main.h"

#include "../store/hook.h"
#include "../store/sync_token.h"
#include "admin_tell.h"
#include "config.h"
#include "control.h"
#include "invite_csv.h"

#include <string.h>

enum {
    LIST = 1,
    ADD = 2,
    SET = 4,
    DISABLE = 8,
    ENABLE = 16,
    INVITE = 32,
    MAILS = 64,
    RESEND = 128,
    LINK = 256,
    TWO_STEP_OFF = 512,
    WAITING = 1024,
    ONE_WAITING = 2048,
    DECIDE = 4096,
    ERASURES = 8192,
    ERASE = 16384,
    KEEP = 32768,
    HOOK_ADD = 1 << 16,
    HOOK_LIST = 1 << 17,
    HOOK_LOG = 1 << 18,
    HOOKS = 1 << 19,
    DELIVERIES = 1 << 20,
    TOKEN_ADD = 1 << 21,
    TOKEN_LIST = 1 << 22,
    TOKENS = 1 << 23
};

struct verb {
    const char *word, *second; /* "people", "add" */
    const char *usage, *help;
    unsigned bit;
    size_t least, most; /* addresses */
};

static const struct verb verbs[] = {
    {"people", "list", "", "tell who is known, with role, company and access groups", LIST, 0, 0},
    {"people", "add", "ADDRESS", "add a customer or somebody of the team", ADD, 1, 1},
    {"people", "set", "ADDRESS...", "change what is known of people", SET, 1, 10000},
    {"people", "disable", "ADDRESS...", "shut people out: they are signed out at once, and cannot come back",
     DISABLE, 1, 10000},
    {"people", "enable", "ADDRESS...", "let the disabled in again", ENABLE, 1, 10000},
    {"people", "link", "ADDRESS", "print a link for choosing a password, where no mail can be sent", LINK, 1,
     1},
    {"people", "two-step-off", "ADDRESS...",
     "turn two-step sign-in off for who lost their phone and their recovery codes", TWO_STEP_OFF, 1, 10000},
    {"people", "erasures", "", "tell who wants what is held about them erased", ERASURES, 0, 0},
    {"people", "erase", "ADDRESS...",
     "approve that, also for customers who asked by letter; it is done when the time to think it over has "
     "passed",
     ERASE, 1, 10000},
    {"people", "keep", "ADDRESS...", "decline it; they get a mail with the reason", KEEP, 1, 10000},
    {"invite", "", "[ADDRESS...]",
     "mail people a link to set their first password; who is not known yet is added", INVITE, 0, 10000},
    {"outbox", "list", "", "tell the mail that waits to be sent, or was given up, and why", MAILS, 0, 0},
    {"outbox", "resend", "NUMBER...", "send what was given up after all", RESEND, 1, 10000},
    {"webhooks", "add", "URL", "have this address told what happens; its secret is shown once", HOOK_ADD, 1,
     1},
    {"webhooks", "list", "", "tell which webhooks there are", HOOK_LIST, 0, 0},
    {"webhooks", "remove", "NUMBER...", "tell them no more, and forget what they were owed", HOOKS, 1, 100},
    {"webhooks", "test", "NUMBER...", "tell them \"test\"", HOOKS, 1, 100},
    {"webhooks", "log", "", "tell what was delivered, waits or was given up, the newest first", HOOK_LOG, 0,
     0},
    {"webhooks", "resend", "NUMBER...", "deliver what was given up after all", DELIVERIES, 1, 10000},
    {"tokens", "add", "NAME", "make a token for a program that uses the sync API; it is shown once",
     TOKEN_ADD, 1, 1},
    {"tokens", "list", "", "tell which there are, what they may do, and when they were used", TOKEN_LIST, 0,
     0},
    {"tokens", "revoke", "NUMBER...", "have them open nothing any more", TOKENS, 1, 100},
    {"quarantine", "list", "", "tell the mail that came in and waits for a decision, and why", WAITING, 0, 0},
    {"quarantine", "show", "NUMBER", "tell what such a mail says", ONE_WAITING, 1, 1},
    {"quarantine", "accept", "NUMBER...",
     "answer for its sender: it becomes a reply, or a new ticket of theirs", DECIDE, 1, 10000},
    {"quarantine", "discard", "NUMBER...", "throw it away", DECIDE, 1, 10000},
    {0},
};

static const struct option {
    const char *name, *value; /* NULL: it stands for itself */
    const char *help;
    unsigned verbs;
} options[] = {
    {"--name", "NAME", "first and last name", ADD | SET},
    {"--role", "ROLE", "contact (a customer), agent or admin (of the team)", LIST | ADD | SET},
    {"--company", "NAME", "of this company, which is made when there is none of that name", ADD | SET},
    {"--no-company", NULL, "of no company any more", SET},
    {"--manager", "yes|no", "sees their company's tickets where only managers do", ADD | SET},
    {"--locale", "TAG", "the language of their mail (default: the portal's)", ADD | SET},
    {"--csv", "FILE", "the people of this file; its first row names the columns, see below", INVITE},
    {"--group", "ID", "everybody who is in this access group", INVITE},
    {"--into", "ID,...", "put them into these access groups", INVITE},
    {"--dry-run", NULL, "only tell who would get mail", INVITE},
    {"--skip-bad", NULL, "leave out with whom something is wrong, invite the others", INVITE},
    {"--group", "ID,...", "in these access groups", LIST | ADD | SET},
    {"--no-group", "ID,...", "out of these", SET},
    {"--email", "ADDRESS", "a new address; what was mailed to the old one opens nothing any more", SET},
    {"--reason", "TEXT", "why it is declined; the customer is told", KEEP},
    {"--disabled", NULL, "only the disabled", LIST},
    {"--failed", NULL, "only what was given up", MAILS | HOOK_LOG},
    {"--events", "NAME,...", "only of these, see below (default: all but note.added)", HOOK_ADD},
    {"--scopes", "NAME,...", "what it may do, see below", TOKEN_ADD},
    {"--source", "ID", "whose ids it speaks of, as of an import (default: api)", TOKEN_ADD},
    {"--days", "COUNT", "how long it holds (default: until it is revoked)", TOKEN_ADD},
    {"--webhook", "NUMBER", "only of this one", HOOK_LOG},
    {"--last", "COUNT", "so many (default: 50; 1000 at most)", HOOK_LOG},
    {"--format", "text|json", "how to tell it (default: text)", ~0U},
};

#define OPTION_COUNT (sizeof options / sizeof options[0])

bool admin_knows(const char *word)
{
    for (const struct verb *verb = verbs; verb->word; verb++) {
        if (strcmp(verb->word, word) == 0)
            return true;
    }
    return false;
}

static const char *const of_deployment[] = {"--data", "--portal", "--origin", "--log", NULL};

static void print_head(const struct verb *verb, const char *before, FILE *out)
{
    fprintf(out, "%s guichet-api %s%s%s%s%s [OPTION...]\n", before, verb->word, *verb->second ? " " : "",
            verb->second, *verb->usage ? " " : "", verb->usage);
}

void admin_print_usage(FILE *out)
{
    for (const struct verb *verb = verbs; verb->word; verb++) {
        print_head(verb, "      ", out);
        fprintf(out, "%12s%s\n", "", verb->help);
    }
}

static void print_words(const char *what, const char *const *words)
{
    printf("\n%s:", what);
    for (const char *const *word = words; *word; word++)
        printf("%s %s", word == words ? "" : ",", *word);
    putchar('\n');
}

static void print_help(const struct verb *only, const char *word)
{
    const char *before = "usage:";
    for (const struct verb *verb = verbs; verb->word; verb++) {
        if (strcmp(verb->word, word) != 0 || (only && verb != only))
            continue;
        print_head(verb, before, stdout);
        before = "\nusage:";
        printf("    %s\n", verb->help);
        for (size_t i = 0; i < OPTION_COUNT; i++) {
            char left[40];
            if (!(options[i].verbs & verb->bit))
                continue;
            snprintf(left, sizeof left, "%s %s", options[i].name, options[i].value ? options[i].value : "");
            printf("    %-24s %s\n", left, options[i].help);
        }
        if (verb->bit == INVITE)
            invite_csv_print_columns(stdout);
        if (verb->bit == HOOK_ADD)
            print_words("events", hook_kinds);
        if (verb->bit == TOKEN_ADD)
            print_words("scopes", sync_scopes);
    }
    puts("\nA server that runs does it, else the data folder is opened; it must hold a store. Exit: 0 done,\n"
         "1 refused, 2 usage.\n\noptions of the deployment:");
    config_print_help(stdout, of_deployment);
}

/* --- the command line ------------------------------------------------------------------------------------
 */

static const struct verb *find_verb(const char *word, const char *second, struct diag *diag)
{
    const char *known[sizeof verbs / sizeof verbs[0]] = {0};
    size_t count = 0;
    for (const struct verb *verb = verbs; verb->word; verb++) {
        if (strcmp(verb->word, word) != 0)
            continue;
        if (!*verb->second || (second && strcmp(verb->second, second) == 0))
            return verb;
        known[count++] = verb->second;
    }
    const char *near = second ? diag_nearest(second, known) : NULL;
    if (near)
        diag_error(diag, (struct place){0}, "%s: unknown verb \"%s\"; did you mean \"%s\"?", word, second,
                   near);
    else
        diag_error(diag, (struct place){0}, "%s: want what to do; guichet-api %s --help lists it", word,
                   word);
    return NULL;
}

static const struct option *find_option(const char *arg, const struct verb *verb)
{
    size_t len = strcspn(arg, "=");
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if ((options[i].verbs & verb->bit) && strlen(options[i].name) == len &&
            memcmp(options[i].name, arg, len) == 0)
            return &options[i];
    }
    return NULL;
}

static bool is_of_deployment(const char *arg)
{
    size_t len = strcspn(arg, "=");
    for (const struct config_row *row = config_rows(); row->name; row++) {
        if (strlen(row->option) == len && memcmp(row->option, arg, len) == 0)
            return true;
    }
    return false;
}

static void say_unknown(const char *arg, const struct verb *verb, struct diag *diag)
{
    const char *known[OPTION_COUNT + 1] = {0};
    size_t count = 0;
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if (options[i].verbs & verb->bit)
            known[count++] = options[i].name;
    }
    const char *near = diag_nearest(arg, known);
    diag_error(diag, (struct place){0}, "unknown option \"%s\"%s%s%s; guichet-api %s %s --help lists them",
               arg, near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "", verb->word,
               verb->second);
}

struct line {
    const struct verb *verb;
    json_t *given, *addresses;
    struct invite_csv csv;
    struct diag *diag;
};

/* How many arguments it took; 0: a usage error. */
static size_t take_option(struct line *line, const struct option *option, char *const *args)
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

/* What stands behind the verb, in words. */
static const char *wanted_by(const struct verb *verb)
{
    if (verb->bit & (HOOK_ADD | TOKEN_ADD))
        return verb->bit == HOOK_ADD ? "one URL" : "one name";
    if (verb->bit & (HOOKS | DELIVERIES | TOKENS))
        return "at least one number";
    if (verb->bit & (MAILS | RESEND | WAITING | ONE_WAITING | DECIDE | HOOK_LIST | HOOK_LOG | TOKEN_LIST))
        return verb->most ? "numbers of mails" : "nothing";
    if (verb->most <= 1)
        return verb->most == 0 ? "no address" : "one e-mail address";
    return "at least one e-mail address";
}

/* What is ours is taken; the options of the deployment stay in `args`, in place. */
static bool take(struct line *line, char **args)
{
    char **kept = args;
    size_t before = diag_errors(line->diag);
    while (*args) {
        const struct option *option = find_option(*args, line->verb);
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
            say_unknown(*args++, line->verb, line->diag);
        } else {
            bool joined = strchr(*args, '=') != NULL;
            *kept++ = *args++;
            if (!joined && *args)
                *kept++ = *args++;
        }
    }
    *kept = NULL;
    size_t count = json_array_size(line->addresses);
    if (line->verb->bit == INVITE && count == 0 && !json_object_get(line->given, "--csv") &&
        !json_object_get(line->given, "--group"))
        diag_error(line->diag, (struct place){0},
                   "invite: want whom: addresses, --csv FILE or --group ID; guichet-api invite --help");
    if (diag_errors(line->diag) == before && (count < line->verb->least || count > line->verb->most))
        diag_error(line->diag, (struct place){0}, "%s %s: want %s, got %zu; guichet-api %s %s --help",
                   line->verb->word, line->verb->second, wanted_by(line->verb), count, line->verb->word,
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
        print_help(NULL, word);
        return ADMIN_GOOD;
    }
    struct line line = {.verb = find_verb(word, args[1], diag), .diag = diag};
    if (!line.verb)
        return ADMIN_USAGE;
    for (char *const *arg = args; *arg; arg++, count++) {
        if (is_help(*arg)) {
            print_help(line.verb, word);
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
