/*
 * config: the settings of a deployment, in one table.
 *
 * What belongs to a machine and not to the portal: addresses, folders, limits. Each row has an environment
 * variable, an option of the command line, a default and a line of help. Strongest first: the option, the
 * environment, the file that GUICHET_CONFIG names (lines of KEY=VALUE, '#' begins a comment), the default.
 */
#ifndef GUICHET_CONFIG_H
#define GUICHET_CONFIG_H

#include "../../lib/arena.h"
#include "../../lib/diag.h"
#include "../../lib/log.h"

#include <stddef.h>
#include <stdio.h>

/* A setting that is secret: see secret_setting.h. */
struct config_secret {
    const char *name;
    const char *value;
    const struct config_secret *next;
};

struct config {
    const char *listen;
    const char *data;
    const char *portal;
    const char *site;   /* "": the API only */
    const char *origin; /* "": https:// and the portal's first domain */
    const char *proxy;  /* addresses of proxies, separated by commas; "": none */
    long threads;
    long sign_in_attempts;
    long tickets_per_hour; /* of one customer, as the next two */
    long replies_per_hour;
    long shares_per_hour;
    long file_mebibytes_per_day;
    long sync_per_minute;                /* requests of one token */
    const char *smtp;                    /* the mail server's URL; "": mail becomes files */
    const char *smtp_user;               /* "": nobody signs in there */
    const char *oidc_ca;                 /* a file; "": what the system believes */
    const char *smtp_ca;                 /* a file; "": what the system believes */
    long mail_retry;                     /* seconds */
    const char *reply_address;           /* where mails are answered to; "": nowhere */
    const char *mail_authserv;           /* whose Authentication-Results are believed; "": nobody's */
    long mail_unknown;                   /* an enum mail_unknown */
    const char *imap;                    /* the mailbox's URL; "": mail is fetched from nowhere */
    const char *imap_user, *imap_ca;     /* as of smtp */
    long imap_interval;                  /* seconds */
    const char *webhook_allow;           /* networks that webhooks may lead to; "": none but the public one */
    const char *webhook_ca;              /* a file; "": what the system believes */
    long webhook_retry, webhook_give_up; /* seconds */
    long log;                            /* an enum log_level */
    const struct config_secret *secrets; /* of the file; those of the environment stay there */
};

enum config_type {
    CONFIG_TEXT,
    CONFIG_FILE, /* a text; config_files.h looks whether it can be read */
    CONFIG_LISTEN,
    CONFIG_ORIGIN,
    CONFIG_NUMBER,
    CONFIG_LEVEL,
    CONFIG_ADDRESSES,
    CONFIG_NETWORKS,
    CONFIG_MAIL_SERVER,
    CONFIG_MAILBOX,
    CONFIG_IMAP,
    CONFIG_UNKNOWN
};

/* What becomes of mail from somebody whom nobody knows. */
enum mail_unknown { MAIL_UNKNOWN_REFUSE, MAIL_UNKNOWN_QUARANTINE, MAIL_UNKNOWN_CREATE };

struct config_row {
    const char *name;   /* GUICHET_LISTEN */
    const char *option; /* --listen */
    const char *value;  /* what to write for its value in the help: ADDRESS:PORT */
    const char *fallback;
    const char *help;
    enum config_type type;
    long min, max; /* NUMBER */
    size_t offset; /* of the member in struct config: a const char * for TEXT, else a long */
};

/* The table (config_rows.c), ended by a row without name. */
const struct config_row *config_rows(void);

enum config_answer {
    CONFIG_OK,
    CONFIG_REFUSED, /* a value or the file is wrong */
    CONFIG_USAGE,   /* the command line is */
};

/*
 * Fill `config` from `args` (options only, ended by NULL), the environment and its file. Texts are in the
 * arena or belong to the environment and the arguments. Reports every error.
 */
enum config_answer config_read(struct config *config, struct arena *arena, char *const *args,
                               struct diag *diag);

/* The rows as lines for --help (config_help.c): of these options, ended by NULL; NULL: all, and where else
 * they are read. */
void config_print_help(FILE *out, const char *const *options);

#endif
