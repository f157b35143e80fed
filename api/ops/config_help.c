#include "config.h"
#include "secret_setting.h"

#include <string.h>

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
    for (const struct config_row *row = config_rows(); row->name; row++) {
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
