#include "help.h"

#include "admin_verbs.h"
#include "config.h"

#include <string.h>

static const char *const of_folder[] = {"--data", "--portal", "--log", NULL};

static const struct verb {
    const char *name, *arguments;
    const char *brief;          /* for the list of all */
    const char *text;           /* for its own help: what it does, its arguments and options */
    const char *const *options; /* of the deployment; NULL: all */
} verbs[] = {
    {"serve", "[OPTION...]", "serve the portal until SIGTERM",
     "Answers requests for tickets, sign-in and mail, and serves the pages, until SIGTERM or SIGINT.\n"
     "A data folder that is not there yet is made.\n",
     NULL},
    {"demo", "[FILE] [OPTION...]",
     "make a data folder with the example people and tickets of FILE (" HELP_DEMO_FILE ")",
     "Makes a new data folder with example people and tickets, to try a portal out. A folder that holds a\n"
     "store already is left alone.\n"
     "\n"
     "  FILE\n"
     "      the people and tickets, as JSON (" HELP_DEMO_FILE ")\n",
     of_folder},
    {"explain", "--as ADDRESS [--ticket N] [OPTION...]",
     "tell which tickets somebody sees, or why not this one",
     "Tells whether somebody is let in, which tickets they see, and by which rule or setting. Reads the "
     "data\n"
     "folder beside a running server or without one, and changes nothing.\n"
     "\n"
     "  --as ADDRESS\n"
     "      the e-mail address of whose eyes to look through\n"
     "  --ticket N\n"
     "      go through this one ticket, rule by rule (default: list all that they have a way to)\n",
     of_folder},
    {"mail", "[OPTION...]", "take one mail on standard input, for a mail server's pipe",
     "Takes one mail on standard input and keeps it in the data folder, where the server deals with it: at "
     "once\n"
     "while it runs, else when it starts. Exit: 0 it is kept; 75 not now, try again; 65 it is too large.\n",
     of_folder},
    {"audit", "[--since DAY] [--until DAY] [--action WORD] [--person ADDRESS] [--json] [OPTION...]",
     "tell what was done and by whom, the newest first",
     "Tells what was done, when, by whom and from where, the newest first. Reads the data folder beside a\n"
     "running server or without one, and changes nothing.\n"
     "\n"
     "  --since DAY, --until DAY\n"
     "      only from this day on, up to it: 2026-11-22, or a moment, 2026-11-22T10:15:03Z; in UTC\n"
     "  --action WORD\n"
     "      only actions whose names begin like this: session\n"
     "  --person ADDRESS\n"
     "      only what is told of this person\n"
     "  --json\n"
     "      one JSON object a line\n",
     of_folder},
    {"backup", "DIR [OPTION...]", "copy the data folder into a new one, DIR, while the server runs",
     "Copies the data folder as one moment has it, beside a running server or without one, and changes\n"
     "nothing. The copy is a data folder itself; \"restore\" goes back to it.\n"
     "\n"
     "  DIR\n"
     "      the folder to make; it must not be there yet\n",
     of_folder},
    {"restore", "DIR [OPTION...]",
     "put the backup DIR in the place of the data folder, once it has been checked",
     "Copies a backup, checks the copy (the database, its references, every file of a message), puts what is "
     "in\n"
     "the data folder aside, and the copy in its place. What is wrong is told, and then nothing is changed.\n"
     "The server must not run.\n"
     "\n"
     "  DIR\n"
     "      the backup; it stays as it is\n",
     of_folder},
    {"import", "FILE... --mapping FILE | --from SHAPE [--source ID] [--dry-run] [--report FILE] [OPTION...]",
     "bring along companies, contacts, tickets and messages of another system",
     "Brings along what another system has. Run again, it changes only what has changed there, and goes on\n"
     "where it was broken off. A server that runs does it, batch by batch, else the data folder is opened.\n"
     "Nobody is written to. What is refused is told with its file, line and column; the rest comes in.\n"
     "\n"
     "  --mapping FILE\n"
     "      the files are CSV, and this one says which column is what (content/import/hubspot.json)\n"
     "  --from SHAPE\n"
     "      the files are JSON, one object a line: zendesk (its export of organisations, users and tickets\n"
     "      with comments), or lines (our own shape)\n"
     "  --source ID\n"
     "      what the other system is called (default: as the mapping says, or SHAPE)\n"
     "  --dry-run\n"
     "      change nothing, and tell what would be\n"
     "  --report FILE\n"
     "      write what is refused into this file, as JSON\n",
     of_folder},
};

#define VERB_COUNT (sizeof verbs / sizeof verbs[0])

bool help_print_verb(const char *name, FILE *out)
{
    for (size_t i = 0; i < VERB_COUNT; i++) {
        const struct verb *verb = &verbs[i];
        if (strcmp(verb->name, name) != 0)
            continue;
        fprintf(out, "usage: guichet-api %s %s\n\n%s\noptions of the deployment:\n", verb->name,
                verb->arguments, verb->text);
        config_print_help(out, verb->options);
        if (strcmp(name, "mail") != 0)
            fputs("\nExit: 0 done, 1 refused, 2 usage.\n", out);
        return true;
    }
    return false;
}

void help_print_all(FILE *out)
{
    for (size_t i = 0; i < VERB_COUNT; i++)
        fprintf(out, "%s guichet-api %s %s\n%12s%s\n", i == 0 ? "usage:" : "      ", verbs[i].name,
                verbs[i].arguments, "", verbs[i].brief);
    fputs("       guichet-api --help | --version\n\n"
          "for administrators, beside a running server or without one:\n",
          out);
    admin_verbs_print_usage(out);
    fputs("\nguichet-api VERB --help tells of one.\n\noptions of the deployment:\n", out);
    config_print_help(out, NULL);
}
