#include "admin_verbs.h"

#include "../store/hook.h"
#include "../store/sync_token.h"
#include "config.h"
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

#define NOTHING "nothing"
#define NUMBERS "at least one number"
#define MAIL_NUMBERS "numbers of mails"
#define NO_ADDRESS "no address"
#define ONE_ADDRESS "one e-mail address"
#define ADDRESSES "at least one e-mail address"

static const struct admin_verb verbs[] = {
    {"people", "list", "", "tell who is known, with role, company and access groups", LIST, NO_ADDRESS, 0, 0},
    {"people", "add", "ADDRESS", "add a customer or somebody of the team", ADD, ONE_ADDRESS, 1, 1},
    {"people", "set", "ADDRESS...", "change what is known of people", SET, ADDRESSES, 1, 10000},
    {"people", "disable", "ADDRESS...", "shut people out: they are signed out at once, and cannot come back",
     DISABLE, ADDRESSES, 1, 10000},
    {"people", "enable", "ADDRESS...", "let the disabled in again", ENABLE, ADDRESSES, 1, 10000},
    {"people", "link", "ADDRESS", "print a link for choosing a password, where no mail can be sent", LINK,
     ONE_ADDRESS, 1, 1},
    {"people", "two-step-off", "ADDRESS...",
     "turn two-step sign-in off for who lost their phone and their recovery codes", TWO_STEP_OFF, ADDRESSES,
     1, 10000},
    {"people", "erasures", "", "tell who wants what is held about them erased", ERASURES, NO_ADDRESS, 0, 0},
    {"people", "erase", "ADDRESS...",
     "approve that, also for customers who asked by letter; it is done when the time to think it over has "
     "passed",
     ERASE, ADDRESSES, 1, 10000},
    {"people", "keep", "ADDRESS...", "decline it; they get a mail with the reason", KEEP, ADDRESSES, 1,
     10000},
    {"invite", "", "[ADDRESS...]",
     "mail people a link to set their first password; who is not known yet is added", INVITE, ADDRESSES, 0,
     10000},
    {"outbox", "list", "", "tell the mail that waits to be sent, or was given up, and why", MAILS, NOTHING, 0,
     0},
    {"outbox", "resend", "NUMBER...", "send what was given up after all", RESEND, MAIL_NUMBERS, 1, 10000},
    {"webhooks", "add", "URL", "have this address told what happens; its secret is shown once", HOOK_ADD,
     "one URL", 1, 1},
    {"webhooks", "list", "", "tell which webhooks there are", HOOK_LIST, NOTHING, 0, 0},
    {"webhooks", "remove", "NUMBER...", "tell them no more, and forget what they were owed", HOOKS, NUMBERS,
     1, 100},
    {"webhooks", "test", "NUMBER...", "tell them \"test\"", HOOKS, NUMBERS, 1, 100},
    {"webhooks", "log", "", "tell what was delivered, waits or was given up, the newest first", HOOK_LOG,
     NOTHING, 0, 0},
    {"webhooks", "resend", "NUMBER...", "deliver what was given up after all", DELIVERIES, NUMBERS, 1, 10000},
    {"tokens", "add", "NAME", "make a token for a program that uses the sync API; it is shown once",
     TOKEN_ADD, "one name", 1, 1},
    {"tokens", "list", "", "tell which there are, what they may do, and when they were used", TOKEN_LIST,
     NOTHING, 0, 0},
    {"tokens", "revoke", "NUMBER...", "have them open nothing any more", TOKENS, NUMBERS, 1, 100},
    {"quarantine", "list", "", "tell the mail that came in and waits for a decision, and why", WAITING,
     NOTHING, 0, 0},
    {"quarantine", "show", "NUMBER", "tell what such a mail says", ONE_WAITING, MAIL_NUMBERS, 1, 1},
    {"quarantine", "accept", "NUMBER...",
     "answer for its sender: it becomes a reply, or a new ticket of theirs", DECIDE, MAIL_NUMBERS, 1, 10000},
    {"quarantine", "discard", "NUMBER...", "throw it away", DECIDE, MAIL_NUMBERS, 1, 10000},
    {0},
};

static const struct admin_option_row options[] = {
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

const struct admin_verb *admin_verb_find(const char *word, const char *second, struct diag *diag)
{
    const char *known[sizeof verbs / sizeof verbs[0]] = {0};
    size_t count = 0;
    for (const struct admin_verb *verb = verbs; verb->word; verb++) {
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
    else if (second && *second != '-')
        diag_error(diag, (struct place){0}, "%s: unknown verb \"%s\"; guichet-api %s --help lists them", word,
                   second, word);
    else
        diag_error(diag, (struct place){0}, "%s: want what to do; guichet-api %s --help lists it", word,
                   word);
    return NULL;
}

const struct admin_option_row *admin_verb_option(const char *arg, const struct admin_verb *verb)
{
    size_t len = strcspn(arg, "=");
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if ((options[i].verbs & verb->bit) && strlen(options[i].name) == len &&
            memcmp(options[i].name, arg, len) == 0)
            return &options[i];
    }
    return NULL;
}

void admin_verb_unknown_option(const char *arg, const struct admin_verb *verb, struct diag *diag)
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

bool admin_verbs_know(const char *word)
{
    for (const struct admin_verb *verb = verbs; verb->word; verb++) {
        if (strcmp(verb->word, word) == 0)
            return true;
    }
    return false;
}

static const char *const of_deployment[] = {"--data", "--portal", "--origin", "--log", NULL};

static void print_head(const struct admin_verb *verb, const char *before, FILE *out)
{
    fprintf(out, "%s guichet-api %s%s%s%s%s [OPTION...]\n", before, verb->word, *verb->second ? " " : "",
            verb->second, *verb->usage ? " " : "", verb->usage);
}

void admin_verbs_print_usage(FILE *out)
{
    for (const struct admin_verb *verb = verbs; verb->word; verb++) {
        print_head(verb, "      ", out);
        fprintf(out, "%12s%s\n", "", verb->help);
    }
}

bool admin_verb_invites(const struct admin_verb *verb)
{
    return verb->bit == INVITE;
}

static void print_words(const char *what, const char *const *words)
{
    printf("\n%s:", what);
    for (const char *const *word = words; *word; word++)
        printf("%s %s", word == words ? "" : ",", *word);
    putchar('\n');
}

void admin_verb_print_help(const struct admin_verb *only, const char *word)
{
    const char *before = "usage:";
    for (const struct admin_verb *verb = verbs; verb->word; verb++) {
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
