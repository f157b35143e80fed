/* erase_inside: what the files behind erase.h share. */
#ifndef GUICHET_STORE_ERASE_INSIDE_H
#define GUICHET_STORE_ERASE_INSIDE_H

#include "erase.h"
#include "inside.h"

/* Run a statement that wants nothing but :person. */
void erase_run(struct conn *conn, enum statement statement, int64_t person_id);

/* The next ticket that they asked for or wrote in. RC_NOT_FOUND: there is none any more. RC_CONFLICT: others
 * were writing just then, try again. */
enum rc erase_ticket(struct store *store, int64_t person_id, const struct erase_words *words, int64_t now);

/* Delete the mails in the data folder that were about them, to them or from them. */
enum rc erase_mail_files(struct store *store, int64_t person_id);

#endif
