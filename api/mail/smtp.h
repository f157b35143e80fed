/*
 * smtp: hands mails to a mail server (RFC 5321), by libcurl; the connection stays open between them.
 *
 * smtps:// speaks TLS from the first byte (RFC 8314), smtp:// after STARTTLS (RFC 3207): without it nothing
 * is sent, except to this very machine. The server's certificate is checked.
 */
#ifndef GUICHET_SMTP_H
#define GUICHET_SMTP_H

#include <stddef.h>

enum { SMTP_WHY_BYTES = 320 };

struct smtp_server {
    const char *url;      /* "smtp://mail.example.com:587" */
    const char *user;     /* "": nobody signs in */
    const char *password; /* NULL: none is known */
    const char *ca_file;  /* certificates to believe; "": the system's */
};

struct smtp_mail {
    const char *from, *to; /* addresses of the envelope */
    const char *bytes;     /* with CRLF line ends */
    size_t len;
};

enum smtp_answer {
    SMTP_TAKEN,
    SMTP_DOWN,    /* no mail can be sent now: the server is away, cannot be believed, or lets us not in */
    SMTP_LATER,   /* it does not take this mail now (4xx), or not from this sender */
    SMTP_REFUSED, /* it never takes this mail, or none to this recipient (5xx) */
};

struct smtp;

/* NULL: no memory. */
struct smtp *smtp_open(void);
void smtp_close(struct smtp *smtp);

/* At most a minute. `why`, unless it is taken: one line, what was done and what the server said to it. */
enum smtp_answer smtp_send(struct smtp *smtp, const struct smtp_server *server, const struct smtp_mail *mail,
                           char why[SMTP_WHY_BYTES]);

#endif
