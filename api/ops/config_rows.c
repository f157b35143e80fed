#include "config.h"
#include "secret_setting.h"

#define AT(member) offsetof(struct config, member)

static const struct config_row rows[] = {
    {"GUICHET_LISTEN", "--listen", "ADDRESS:PORT", "127.0.0.1:8080",
     "where to listen; port 0 takes any free one", CONFIG_LISTEN, 0, 0, AT(listen)},
    {"GUICHET_DATA", "--data", "DIR", "data", "the data folder: tickets, files, mail", CONFIG_TEXT, 0, 0,
     AT(data)},
    {"GUICHET_PORTAL", "--portal", "DIR", "out/portal", "the compiled portal that guichet-gen wrote",
     CONFIG_TEXT, 0, 0, AT(portal)},
    {"GUICHET_SITE", "--site", "DIR", "out/site", "the pages to serve on the same port; empty: the API only",
     CONFIG_TEXT, 0, 0, AT(site)},
    {"GUICHET_ORIGIN", "--origin", "URL", "",
     "the address people use, for links in mail (default: https:// and the portal's first domain);\n"
     "http://localhost:PORT is for development",
     CONFIG_ORIGIN, 0, 0, AT(origin)},
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
     "certificates that providers of single sign-on may have, besides the system's", CONFIG_FILE, 0, 0,
     AT(oidc_ca)},
    {"GUICHET_SMTP", "--smtp", "URL", "",
     "the mail server: smtp://HOST:587 (then TLS by STARTTLS) or smtps://HOST:465;\n"
     "empty: mail becomes files in DATA/mail",
     CONFIG_MAIL_SERVER, 0, 0, AT(smtp)},
    {"GUICHET_SMTP_USER", "--smtp-user", "NAME", "",
     "who signs in at the mail server; the password: " SMTP_PASSWORD_NAME ", below", CONFIG_TEXT, 0, 0,
     AT(smtp_user)},
    {"GUICHET_SMTP_CA", "--smtp-ca", "FILE", "",
     "certificates that the mail server's is held against (default: the system's)", CONFIG_FILE, 0, 0,
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
     "certificates that the mailbox's server is held against (default: the system's)", CONFIG_FILE, 0, 0,
     AT(imap_ca)},
    {"GUICHET_IMAP_INTERVAL", "--imap-interval", "SECONDS", "60", "how often the mailbox is looked into",
     CONFIG_NUMBER, 1, 86400, AT(imap_interval)},
    {"GUICHET_WEBHOOK_ALLOW", "--webhook-allow", "NETWORKS", "",
     "networks that webhooks may lead to besides the public internet, and by plain http, too:\n"
     "10.1.0.0/16, ::1; empty: none",
     CONFIG_NETWORKS, 0, 0, AT(webhook_allow)},
    {"GUICHET_WEBHOOK_CA", "--webhook-ca", "FILE", "",
     "certificates that receivers of webhooks may have, besides the system's", CONFIG_FILE, 0, 0,
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

const struct config_row *config_rows(void)
{
    return rows;
}
