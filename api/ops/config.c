#include "config.h"

#include "../../lib/buf.h"
#include "../../lib/fs.h"
#include "../webhook/address.h"
#include "secret_setting.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define FILE_CEILING (64 * 1024)
#define ROW_MAX 40

#define AT(member) offsetof(struct config, member)

static const struct config_row rows[] = {
    {"GUICHET_LISTEN", "--listen", "ADDRESS:PORT", "127.0.0.1:8080",
     "where to listen; port 0 takes any free one", CONFIG_TEXT, 0, 0, AT(listen)},
    {"GUICHET_DATA", "--data", "DIR", "data", "the data folder: tickets, files, mail", CONFIG_TEXT, 0, 0,
     AT(data)},
    {"GUICHET_PORTAL", "--portal", "DIR", "out/portal", "the compiled portal that guichet-gen wrote",
     CONFIG_TEXT, 0, 0, AT(portal)},
    {"GUICHET_SITE", "--site", "DIR", "out/site", "the pages to serve on the same port; empty: the API only",
     CONFIG_TEXT, 0, 0, AT(site)},
    {"GUICHET_ORIGIN", "--origin", "URL", "",
     "the address people use, for links in mail (default: https:// and the portal's first domain);\n"
     "http://localhost:PORT is for development",
     CONFIG_TEXT, 0, 0, AT(origin)},
    {"GUICHET_PROXY", "--proxy", "ADDRESSES", "",
     "IP addresses of proxies whose X-Forwarded-For is believed, separated by commas", CONFIG_ADDRESSES, 0, 0,
     AT(proxy)},
    {"GUICHET_THREADS", "--threads", "NUMBER", "256", "connections that are served at once", CONFIG_NUMBER, 4,
     4096, AT(threads)},
    {"GUICHET_SIGN_IN_ATTEMPTS", "--sign-in-attempts", "NUMBER", "10",
     "wrong passwords for one account from one place before it has to wait", CONFIG_NUMBER, 3, 1000000,
     AT(sign_in_attempts)},
    {"GUICHET_TICKETS_PER_HOUR", "--tickets-per-hour", "NUMBER", "60", "tickets that one customer may file",
     CONFIG_NUMBER, 1, 1000000, AT(tickets_per_hour)},
    {"GUICHET_REPLIES_PER_HOUR", "--replies-per-hour", "NUMBER", "240", "replies that one customer may send",
     CONFIG_NUMBER, 1, 1000000, AT(replies_per_hour)},
    {"GUICHET_SHARES_PER_HOUR", "--shares-per-hour", "NUMBER", "60",
     "people that one customer may try to add to tickets", CONFIG_NUMBER, 1, 1000000, AT(shares_per_hour)},
    {"GUICHET_FILES_PER_DAY", "--files-per-day", "MEGABYTES", "2000",
     "how much one customer may send in files", CONFIG_NUMBER, 1, 10000000, AT(file_mebibytes_per_day)},
    {"GUICHET_SYNC_PER_MINUTE", "--sync-per-minute", "NUMBER", "120",
     "requests that one token of the sync API may make", CONFIG_NUMBER, 1, 60000, AT(sync_per_minute)},
    {"GUICHET_OIDC_CA", "--oidc-ca", "FILE", "",
     "certificates that providers of single sign-on may have, besides the system's", CONFIG_TEXT, 0, 0,
     AT(oidc_ca)},
    {"GUICHET_SMTP", "--smtp", "URL", "",
     "the mail server: smtp://HOST:587 (then TLS by STARTTLS) or smtps://HOST:465;\n"
     "empty: mail becomes files in DATA/mail",
     CONFIG_MAIL_SERVER, 0, 0, AT(smtp)},
    {"GUICHET_SMTP_USER", "--smtp-user", "NAME", "",
     "who signs in at the mail server; the password: " SMTP_PASSWORD_NAME ", below", CONFIG_TEXT, 0, 0,
     AT(smtp_user)},
    {"GUICHET_SMTP_CA", "--smtp-ca", "FILE", "",
     "certificates that the mail server's is held against (default: the system's)", CONFIG_TEXT, 0, 0,
     AT(smtp_ca)},
    {"GUICHET_MAIL_RETRY", "--mail-retry", "SECONDS", "30",
     "when to try again what the mail server did not take; longer each time, six hours at most",
     CONFIG_NUMBER, 1, 3600, AT(mail_retry)},
    {"GUICHET_REPLY_ADDRESS", "--reply-address", "ADDRESS", "",
     "where mails are answered to: support@reply.example.com has answers go to\n"
     "support+TOKEN@reply.example.com, and from there to guichet-api mail; empty: nowhere",
     CONFIG_MAILBOX, 0, 0, AT(reply_address)},
    {"GUICHET_MAIL_AUTHSERV", "--mail-authserv", "NAME", "",
     "the name in the Authentication-Results of the mail server that receives; those of others are not\n"
     "believed; empty: nobody's, so that the team cannot answer by mail",
     CONFIG_TEXT, 0, 0, AT(mail_authserv)},
    {"GUICHET_MAIL_UNKNOWN", "--mail-unknown", "WHAT", "quarantine",
     "mail from an address that nobody has: refuse, quarantine, or create (a ticket, when the mail\n"
     "server vouches for the sender; else quarantine)",
     CONFIG_UNKNOWN, 0, 0, AT(mail_unknown)},
    {"GUICHET_IMAP", "--imap", "URL", "",
     "a mailbox that mail is fetched from: imaps://HOST or imap://HOST (then TLS by STARTTLS), perhaps with\n"
     "/FOLDER; empty: none",
     CONFIG_IMAP, 0, 0, AT(imap)},
    {"GUICHET_IMAP_USER", "--imap-user", "NAME", "",
     "whose mailbox it is; the password: " IMAP_PASSWORD_NAME ", below", CONFIG_TEXT, 0, 0, AT(imap_user)},
    {"GUICHET_IMAP_CA", "--imap-ca", "FILE", "",
     "certificates that the mailbox's server is held against (default: the system's)", CONFIG_TEXT, 0, 0,
     AT(imap_ca)},
    {"GUICHET_IMAP_INTERVAL", "--imap-interval", "SECONDS", "60", "how often the mailbox is looked into",
     CONFIG_NUMBER, 1, 86400, AT(imap_interval)},
    {"GUICHET_WEBHOOK_ALLOW", "--webhook-allow", "NETWORKS", "",
     "networks that webhooks may lead to besides the public internet, and by plain http, too:\n"
     "10.1.0.0/16, ::1; empty: none",
     CONFIG_NETWORKS, 0, 0, AT(webhook_allow)},
    {"GUICHET_WEBHOOK_CA", "--webhook-ca", "FILE", "",
     "certificates that receivers of webhooks may have, besides the system's", CONFIG_TEXT, 0, 0,
     AT(webhook_ca)},
    {"GUICHET_WEBHOOK_RETRY", "--webhook-retry", "SECONDS", "30",
     "when to try again what a webhook did not take; longer each time, six hours at most", CONFIG_NUMBER, 1,
     3600, AT(webhook_retry)},
    {"GUICHET_WEBHOOK_GIVE_UP", "--webhook-give-up", "SECONDS", "259200",
     "how long that is tried before it is given up", CONFIG_NUMBER, 1, 2592000, AT(webhook_give_up)},
    {"GUICHET_LOG", "--log", "LEVEL", "info", "error, warning, info (a line for each request) or debug",
     CONFIG_LEVEL, 0, 0, AT(log)},
    {0},
};

static const char *const levels[] = {
    [LOG_ERROR] = "error", [LOG_WARNING] = "warning", [LOG_INFO] = "info", [LOG_DEBUG] = "debug", NULL};

static const char *const unknowns[] = {[MAIL_UNKNOWN_REFUSE] = "refuse",
                                       [MAIL_UNKNOWN_QUARANTINE] = "quarantine",
                                       [MAIL_UNKNOWN_CREATE] = "create",
                                       NULL};

/* Where a value came from, for messages. */
struct source {
    struct place place;
    const char *key; /* as the user wrote it */
};

const struct config_row *config_rows(void)
{
    return rows;
}

static const struct config_row *row_by_name(const char *name)
{
    for (const struct config_row *row = rows; row->name; row++)
        if (strcmp(row->name, name) == 0)
            return row;
    return NULL;
}

static const struct config_row *row_by_option(const char *option, size_t len)
{
    for (const struct config_row *row = rows; row->name; row++)
        if (strlen(row->option) == len && memcmp(row->option, option, len) == 0)
            return row;
    return NULL;
}

static const char *nearest(const char *word, bool option)
{
    const char *candidates[ROW_MAX + 1];
    size_t count = 0;
    for (const struct config_row *row = rows; row->name && count < ROW_MAX; row++)
        candidates[count++] = option ? row->option : row->name;
    candidates[count] = NULL;
    return diag_nearest(word, candidates);
}

static void report_unknown(struct diag *diag, struct place place, const char *what, const char *word,
                           bool option)
{
    const char *near = nearest(word, option);
    if (near)
        diag_error(diag, place, "unknown %s \"%s\"; did you mean \"%s\"?", what, word, near);
    else
        diag_error(diag, place, "unknown %s \"%s\"", what, word);
}

static bool number_parse(const char *text, long *value)
{
    char *end;
    errno = 0;
    *value = strtol(text, &end, 10);
    return errno == 0 && end != text && *end == '\0' && text[0] != ' ';
}

static bool choice_parse(const char *const *choices, const char *text, long *value)
{
    for (*value = 0; choices[*value]; (*value)++)
        if (strcmp(choices[*value], text) == 0)
            return true;
    return false;
}

/* What is no address would match no peer, and silently make all customers one place. */
static bool are_addresses(const char *list)
{
    static const char blank_or_comma[] = ", \t";
    for (list += strspn(list, blank_or_comma); *list; list += strspn(list, blank_or_comma)) {
        char item[INET6_ADDRSTRLEN];
        unsigned char bytes[16];
        size_t len = strcspn(list, blank_or_comma);
        snprintf(item, sizeof item, "%.*s", (int)len, list);
        if (len >= sizeof item ||
            (inet_pton(AF_INET, item, bytes) != 1 && inet_pton(AF_INET6, item, bytes) != 1))
            return false;
        list += len;
    }
    return true;
}

/* A host, perhaps a port, and nothing else: who signs in, and how, stands elsewhere. */
static bool is_mail_server(const char *url)
{
    static const char *const schemes[] = {"smtp://", "smtps://", NULL};
    for (const char *const *scheme = schemes; *scheme; scheme++) {
        size_t len = strlen(*scheme);
        if (strncmp(url, *scheme, len) == 0)
            return url[len] != '\0' && !strpbrk(url + len, "/@?#\\ \t\r\n");
    }
    return *url == '\0';
}

/* One mailbox, to whose name something can be added; the whole of a local part is 64 bytes long at most. */
static bool is_mailbox(const char *address)
{
    const char *at = strchr(address, '@');
    if (!*address)
        return true;
    return at && at > address && at - address <= 12 && at[1] && !strchr(at + 1, '@') &&
           strlen(address) <= 200 && !strpbrk(address, " \t\r\n<>()[],;:\\\"+");
}

/* A host, perhaps a port, perhaps a folder of plain characters. */
static bool is_imap_server(const char *url)
{
    static const char *const schemes[] = {"imap://", "imaps://", NULL};
    for (const char *const *scheme = schemes; *scheme; scheme++) {
        size_t len = strlen(*scheme);
        if (strncmp(url, *scheme, len) != 0)
            continue;
        size_t host = strcspn(url + len, "/");
        const char *folder = url + len + host;
        return host > 0 && strcspn(url + len, "@?#%;\\ \t\r\n") == strlen(url + len) &&
               (!*folder || folder[1]);
    }
    return *url == '\0';
}

static void row_set(const struct config_row *row, struct config *config, const char *text,
                    const struct source *source, struct diag *diag)
{
    void *member = (char *)config + row->offset;
    long value;
    switch (row->type) {
    case CONFIG_TEXT:
        *(const char **)member = text;
        return;
    case CONFIG_ADDRESSES:
        if (!are_addresses(text))
            diag_error(diag, source->place, "%s: want IP addresses, separated by commas, got \"%s\"",
                       source->key, text);
        else
            *(const char **)member = text;
        return;
    case CONFIG_NETWORKS:
        if (!address_list_is_valid(text))
            diag_error(diag, source->place,
                       "%s: want IP addresses or networks (10.1.0.0/16), separated by commas, got \"%s\"",
                       source->key, text);
        else
            *(const char **)member = text;
        return;
    case CONFIG_MAILBOX:
        if (!is_mailbox(text))
            diag_error(diag, source->place,
                       "%s: want a plain address with at most 12 characters before the @, without a +, "
                       "as support@reply.example.com, got \"%s\"",
                       source->key, text);
        else
            *(const char **)member = text;
        return;
    case CONFIG_IMAP:
        if (!is_imap_server(text))
            diag_error(diag, source->place,
                       "%s: want imaps://HOST or imap://HOST, perhaps with :PORT and /FOLDER, got \"%s\"",
                       source->key, text);
        else
            *(const char **)member = text;
        return;
    case CONFIG_UNKNOWN:
        if (choice_parse(unknowns, text, &value))
            *(long *)member = value;
        else
            diag_error(diag, source->place, "%s: want refuse, quarantine or create, got \"%s\"", source->key,
                       text);
        return;
    case CONFIG_MAIL_SERVER:
        if (!is_mail_server(text))
            diag_error(diag, source->place, "%s: want smtp://HOST:PORT or smtps://HOST:PORT, got \"%s\"",
                       source->key, text);
        else
            *(const char **)member = text;
        return;
    case CONFIG_NUMBER:
        if (!number_parse(text, &value) || value < row->min || value > row->max)
            diag_error(diag, source->place, "%s: want a whole number from %ld to %ld, got \"%s\"",
                       source->key, row->min, row->max, text);
        else
            *(long *)member = value;
        return;
    case CONFIG_LEVEL:
        if (!choice_parse(levels, text, &value))
            diag_error(diag, source->place, "%s: want error, warning, info or debug, got \"%s\"", source->key,
                       text);
        else
            *(long *)member = value;
        return;
    }
}

static char *trimmed(char *text)
{
    text += strspn(text, " \t\r");
    size_t len = strlen(text);
    while (len > 0 && strchr(" \t\r", text[len - 1]))
        text[--len] = '\0';
    return text;
}

static void keep_secret(struct config *config, struct arena *arena, const char *name, const char *value)
{
    struct config_secret *secret = arena_alloc(arena, sizeof *secret);
    if (!secret)
        return;
    *secret = (struct config_secret){name, value, config->secrets};
    config->secrets = secret;
}

static void file_line(struct config *config, struct arena *arena, const char *path, unsigned number,
                      char *line, struct diag *diag)
{
    struct place place = {path, number, 1};
    char *key = trimmed(line);
    if (*key == '\0' || *key == '#')
        return;
    char *equals = strchr(key, '=');
    if (!equals) {
        diag_error(diag, place, "want NAME=VALUE, got \"%s\"", key);
        return;
    }
    *equals = '\0';
    key = trimmed(key);
    const struct config_row *row = row_by_name(key);
    if (row)
        row_set(row, config, trimmed(equals + 1), &(struct source){place, key}, diag);
    else if (secret_setting_is_name(key))
        keep_secret(config, arena, key, trimmed(equals + 1));
    else
        report_unknown(diag, place, "setting", key, false);
}

static void read_file(struct config *config, struct arena *arena, const char *path, struct diag *diag)
{
    struct buf text;
    buf_init(&text, FILE_CEILING);
    int error = fs_read(path, &text);
    char *copy = error ? NULL : arena_strndup(arena, text.data, text.len);
    buf_release(&text);
    if (!copy) {
        diag_unread(diag, path, error ? error : ENOMEM, FILE_CEILING);
        return;
    }
    unsigned number = 1;
    for (char *line = copy, *next; line; line = next, number++) {
        next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        file_line(config, arena, path, number, line, diag);
    }
}

static void read_environment(struct config *config, struct diag *diag)
{
    for (const struct config_row *row = rows; row->name; row++) {
        const char *value = getenv(row->name);
        if (value)
            row_set(row, config, value, &(struct source){.key = row->name}, diag);
    }
}

/* One option with its value: "--data DIR" or "--data=DIR". Returns the next argument; NULL: a usage error. */
static char *const *read_option(struct config *config, struct arena *arena, char *const *args,
                                struct diag *diag)
{
    size_t len = strcspn(args[0], "=");
    const struct config_row *row = row_by_option(args[0], len);
    if (!row) {
        const char *word = arena_strndup(arena, args[0], len);
        report_unknown(diag, (struct place){0}, args[0][0] == '-' ? "option" : "argument", word ? word : "",
                       true);
        return NULL;
    }
    bool joined = args[0][len] == '=';
    const char *value = joined ? args[0] + len + 1 : args[1];
    if (!value) {
        diag_error(diag, (struct place){0}, "%s wants a value: %s", row->option, row->value);
        return NULL;
    }
    row_set(row, config, value, &(struct source){.key = row->option}, diag);
    return args + (joined ? 1 : 2);
}

enum config_answer config_read(struct config *config, struct arena *arena, char *const *args,
                               struct diag *diag)
{
    size_t before = diag_errors(diag);
    memset(config, 0, sizeof *config);
    for (const struct config_row *row = rows; row->name; row++)
        row_set(row, config, row->fallback, &(struct source){.key = row->name}, diag);
    const char *file = getenv("GUICHET_CONFIG");
    if (file && *file)
        read_file(config, arena, file, diag);
    read_environment(config, diag);
    while (args && *args) {
        args = read_option(config, arena, args, diag);
        if (!args)
            return CONFIG_USAGE;
    }
    return diag_errors(diag) == before ? CONFIG_OK : CONFIG_REFUSED;
}

static void print_wrapped(FILE *out, const char *help)
{
    for (const char *line = help; line;) {
        size_t len = strcspn(line, "\n");
        fprintf(out, "      %.*s\n", (int)len, line);
        line = line[len] ? line + len + 1 : NULL;
    }
}

static bool is_one_of(const char *option, const char *const *options)
{
    for (; options && *options; options++) {
        if (strcmp(*options, option) == 0)
            return true;
    }
    return !options;
}

static void print_secrets(FILE *out)
{
    fputs("  " SMTP_PASSWORD_NAME ", or " SMTP_PASSWORD_NAME "_FILE\n"
          "      the password at the mail server, or the file that holds it; no option: others would read it "
          "there\n",
          out);
    fputs("  " IMAP_PASSWORD_NAME ", or " IMAP_PASSWORD_NAME "_FILE\n"
          "      the same at the mailbox's server\n",
          out);
    fputs("  GUICHET_OIDC_<ID>_SECRET, or GUICHET_OIDC_<ID>_SECRET_FILE\n"
          "      the secret of the provider <ID> of single sign-on (\"acme-id\": "
          "GUICHET_OIDC_ACME_ID_SECRET), or "
          "the file that holds it\n",
          out);
}

void config_print_help(FILE *out, const char *const *options)
{
    for (const struct config_row *row = rows; row->name; row++) {
        if (!is_one_of(row->option, options))
            continue;
        fprintf(out, "  %s %s, %s", row->option, row->value, row->name);
        if (*row->fallback)
            fprintf(out, " (%s)", row->fallback);
        fputc('\n', out);
        print_wrapped(out, row->help);
    }
    if (!options)
        print_secrets(out);
    fprintf(out, "  GUICHET_CONFIG names a file of NAME=VALUE lines; options win over the environment, "
                 "the environment over it.\n");
}
