/*
 * imap: fetches mail from a mailbox (RFC 9051), by libcurl; the connection stays open in between.
 *
 * imaps:// speaks TLS from the first byte, imap:// after STARTTLS: without it nobody signs in, except on this
 * very machine. The server's certificate is checked.
 */
#ifndef GUICHET_IMAP_H
#define GUICHET_IMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { IMAP_WHY_BYTES = 320, IMAP_FOUND_MAX = 100 };

struct imap_server {
    const char *url; /* "imaps://mail.example.com", or with a folder: "imaps://mail.example.com/Support" */
    const char *user;
    const char *password; /* NULL: none is known */
    const char *ca_file;  /* certificates to believe; "": the system's */
};

enum imap_answer {
    IMAP_DONE,
    IMAP_FAILED,   /* not now: the server is away, cannot be believed, or lets us not in */
    IMAP_GONE,     /* there is no such mail any more */
    IMAP_TOO_LARGE /* larger than mail may be */
};

struct imap;

/* NULL: no memory. */
struct imap *imap_open(void);
void imap_close(struct imap *imap);

/* The UIDs of mails that nobody has seen, as many as fit at most. `why`, unless it is done: one line. */
enum imap_answer imap_unseen(struct imap *imap, const struct imap_server *server,
                             uint32_t found[IMAP_FOUND_MAX], size_t *count, char why[IMAP_WHY_BYTES]);

/* One mail into a file descriptor. The server counts it as seen then, whatever becomes of us. */
enum imap_answer imap_fetch(struct imap *imap, const struct imap_server *server, uint32_t uid, int fd,
                            char why[IMAP_WHY_BYTES]);

#endif
