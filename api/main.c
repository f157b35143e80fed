/*
 * guichet-api: serves tickets, sign-in and mail from a compiled portal and a data folder.
 */
#include "ops/admin_main.h"
#include "ops/admin_verbs.h"
#include "ops/audit.h"
#include "ops/backup.h"
#include "ops/config.h"
#include "ops/config_files.h"
#include "ops/demo.h"
#include "ops/explain.h"
#include "ops/help.h"
#include "ops/import.h"
#include "ops/mail_in.h"
#include "ops/restore.h"
#include "server/server.h"

#include <malloc.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

enum { EXIT_GOOD, EXIT_REFUSED, EXIT_USAGE };

static int verb_serve(const struct config *config, struct diag *diag)
{
    return server_run(config, diag) ? EXIT_GOOD : EXIT_REFUSED;
}

static int verb_demo(const struct config *config, const char *file, struct diag *diag)
{
    return demo_run(file, config->data, config->portal, diag) ? EXIT_GOOD : EXIT_REFUSED;
}

/* A copy that options can be taken out of. */
static char **copy_of(char *const *args, struct arena *arena)
{
    size_t count = 0;
    while (args[count])
        count++;
    char **copy = arena_alloc(arena, (count + 1) * sizeof *copy);
    return copy ? memcpy(copy, args, (count + 1) * sizeof *copy) : NULL;
}

/* Options of the verb's own were taken; those of the deployment are left. EXIT_GOOD: go on. */
static int read_rest(struct config *config, char *const *args, struct arena *arena, struct diag *diag)
{
    enum config_answer answer = config_read(config, arena, args, diag);
    if (answer != CONFIG_OK)
        return answer == CONFIG_USAGE ? EXIT_USAGE : EXIT_REFUSED;
    log_set_level((enum log_level)config->log);
    return EXIT_GOOD;
}

static int run_explain(char *const *args, struct arena *arena, struct diag *diag)
{
    struct config config;
    struct explain_wanted wanted;
    char **copy = copy_of(args, arena);
    if (!copy || !explain_take_options(copy, &wanted, diag))
        return copy ? EXIT_USAGE : EXIT_REFUSED;
    int status = read_rest(&config, copy, arena, diag);
    if (status != EXIT_GOOD)
        return status;
    return explain_run(&config, &wanted, stdout, diag) ? EXIT_GOOD : EXIT_REFUSED;
}

static int run_audit(char *const *args, struct arena *arena, struct diag *diag)
{
    struct config config;
    struct audit_wanted wanted;
    char **copy = copy_of(args, arena);
    if (!copy || !audit_take_options(copy, &wanted, diag))
        return copy ? EXIT_USAGE : EXIT_REFUSED;
    int status = read_rest(&config, copy, arena, diag);
    if (status != EXIT_GOOD)
        return status;
    return audit_run(&config, &wanted, stdout, diag) ? EXIT_GOOD : EXIT_REFUSED;
}

static int run_import(char *const *args, struct arena *arena, struct diag *diag)
{
    struct config config;
    struct import_wanted wanted;
    char **copy = copy_of(args, arena);
    if (!copy || !import_take_options(copy, &wanted, diag))
        return copy ? EXIT_USAGE : EXIT_REFUSED;
    int status = read_rest(&config, copy, arena, diag);
    if (status != EXIT_GOOD)
        return status;
    return import_run(&config, &wanted, diag) ? EXIT_GOOD : EXIT_REFUSED;
}

/* Take the first word that is no option and no value of one out of `args`. NULL: there is none. */
static const char *take_word(char **args)
{
    while (*args && **args == '-')
        args += args[1] && !strchr(*args, '=') ? 2 : 1;
    const char *word = *args;
    for (; *args; args++)
        *args = args[1];
    return word;
}

/* `backup` and `restore`: the verb, and a folder before or behind the options. */
static int run_copy(char *const *args, struct arena *arena, struct diag *diag)
{
    struct config config;
    const char *verb = args[0];
    bool restores = strcmp(verb, "restore") == 0;
    char **copy = copy_of(args + 1, arena);
    const char *folder = copy ? take_word(copy) : NULL;
    if (!folder) {
        diag_error(diag, (struct place){0}, "%s: want the folder %s; guichet-api %s --help", verb,
                   restores ? "of the backup" : "to make", verb);
        return EXIT_USAGE;
    }
    int status = read_rest(&config, copy, arena, diag);
    if (status != EXIT_GOOD)
        return status;
    bool done =
        restores ? restore_run(&config, folder, stdout, diag) : backup_run(&config, folder, stdout, diag);
    return done ? EXIT_GOOD : EXIT_REFUSED;
}

/* A verb with its options; `demo` may name its file before them. */
static int run_verb(const char *verb, char *const *args, struct arena *arena, struct diag *diag)
{
    struct config config;
    bool demo = strcmp(verb, "demo") == 0;
    const char *file = HELP_DEMO_FILE;
    if (demo && *args && **args != '-')
        file = *args++;
    enum config_answer answer = config_read(&config, arena, args, diag);
    bool files = demo || answer == CONFIG_USAGE || config_files_check(&config, arena, diag);
    if (answer != CONFIG_OK || !files)
        return answer == CONFIG_USAGE ? EXIT_USAGE : EXIT_REFUSED;
    log_set_level((enum log_level)config.log);
    if (!demo)
        config_environment_check();
    return demo ? verb_demo(&config, file, diag) : verb_serve(&config, diag);
}

/* What is wrong with the settings is the deployment's fault, and no reason to send a mail back. */
static int run_mail(char *const *args, struct arena *arena, struct diag *diag)
{
    struct config config;
    if (config_read(&config, arena, args, diag) != CONFIG_OK)
        return EX_TEMPFAIL;
    return mail_in_run(&config, STDIN_FILENO, diag);
}

static bool asks_for_help(char *const *args)
{
    for (; *args; args++)
        if (strcmp(*args, "--help") == 0 || strcmp(*args, "-h") == 0)
            return true;
    return false;
}

static int run(char *const *args, struct arena *arena, struct diag *diag)
{
    const char *verb = args[0] ? args[0] : "";
    if (admin_verbs_know(verb))
        return (int)admin_main(args, arena, diag);
    if (asks_for_help(args)) {
        if (!help_print_verb(verb, stdout))
            help_print_all(stdout);
        return EXIT_GOOD;
    }
    if (strcmp(verb, "--version") == 0) {
        puts("guichet-api " GUICHET_VERSION);
        return EXIT_GOOD;
    }
    if (strcmp(verb, "serve") == 0 || strcmp(verb, "demo") == 0)
        return run_verb(verb, args + 1, arena, diag);
    if (strcmp(verb, "mail") == 0)
        return run_mail(args + 1, arena, diag);
    if (strcmp(verb, "explain") == 0)
        return run_explain(args + 1, arena, diag);
    if (strcmp(verb, "audit") == 0)
        return run_audit(args + 1, arena, diag);
    if (strcmp(verb, "backup") == 0 || strcmp(verb, "restore") == 0)
        return run_copy(args, arena, diag);
    if (strcmp(verb, "import") == 0)
        return run_import(args + 1, arena, diag);
    if (*verb)
        fprintf(stderr, "guichet-api: unknown verb \"%s\"; guichet-api --help lists them\n", verb);
    else
        help_print_all(stderr);
    return EXIT_USAGE;
}

/* Hundreds of threads mostly wait: an arena of glibc's for each would keep what each once needed at most. */
enum { MALLOC_ARENAS = 2 };

int main(int argc, char **argv)
{
    mallopt(M_ARENA_MAX, MALLOC_ARENAS);
    struct arena *arena = arena_new(0);
    struct diag *diag = diag_new();
    int status = EXIT_REFUSED;
    if (arena && diag && argc > 0 && sodium_init() >= 0)
        status = run(argv + 1, arena, diag);
    if (diag)
        diag_print(diag, stderr);
    diag_free(diag);
    arena_free(arena);
    return status;
}
