/*
 * letter: one mail as bytes, its text plain and, if there is any, as HTML (RFC 5322, MIME). The only file
 * that knows GMime is letter.c.
 *
 * Names, subject and addresses may hold anything: nothing in them can begin another header or recipient
 * (T28).
 */
#ifndef GUICHET_LETTER_H
#define GUICHET_LETTER_H

#include "../../lib/buf.h"

#include <stdbool.h>
#include <stdint.h>

struct letter {
    const char *from_name;
    const char *from_address;
    const char *reply_to; /* an address; NULL: none */
    const char *to_name;  /* NULL: none */
    const char *to_address;
    const char *subject;
    const char *text;        /* UTF-8, lines end with \n */
    const char *html;        /* the same as a page, for programs that show it; NULL: none */
    const char *locale;      /* of subject and text */
    const char *message_id;  /* without angle brackets: "17.abc@support.example.com" */
    const char *unsubscribe; /* an address that ends mails of this kind when it is posted to; NULL: none */
    const char *thread_id;   /* what mails on the same matter refer to; NULL: none */
    const char *const *references; /* the mails that it belongs to, the last one answered; what is none is
                                      left out; NULL: only the thread */
    size_t reference_count;
    int64_t sent_at; /* ms */
};

/* Before the first and after the last letter, or mail that is read; from any thread. */
void letter_init(void);
void letter_shutdown(void);

/* May this be a Message-ID, without angle brackets, as a header can hold it (T28)? */
bool letter_is_id(const char *id);

/* Append the mail with CRLF line ends. False: an address that is none. */
bool letter_write(const struct letter *letter, struct buf *out);

#endif
