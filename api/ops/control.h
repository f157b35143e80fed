/*
 * control: how an administrator's verbs reach a server that runs.
 *
 * The server listens on DATA/control.sock, a socket of this machine that only its owner may open (mode 0600);
 * besides, the kernel says who calls, and whoever is neither the server's user nor root is sent away. Each
 * caller has a thread (crowd.h), so that a silent one keeps nobody waiting: a request and an answer, each a
 * JSON object behind its length in four bytes (most significant first), bounded in size and in time.
 *
 * Where no server runs, control_ask() opens the data folder itself and does the same work. So a verb never
 * writes beside a server, and works alike with and without one. A server that is just starting or ending
 * holds the folder and answers nobody for a moment; that is waited for. A folder without a store is an error.
 */
#ifndef GUICHET_CONTROL_H
#define GUICHET_CONTROL_H

#include "../server/snapshot.h"
#include "../store/store.h"
#include "config.h"

#include <jansson.h>

#define CONTROL_SOCKET "control.sock"
#define CONTROL_CEILING (16 * 1024 * 1024) /* of a request, and of an answer */
#define CONTROL_WAIT_SECONDS 5             /* for who holds the store to answer, or to let go of it */
#define CONTROL_SECONDS 10                 /* for a caller to say all of it, and to take the answer */

struct control;

/* Begin to answer; the store's lock is held, so a socket that is there is nobody's any more. NULL: an error
 * in `diag`. */
struct control *control_start(struct store *store, struct snapshots *snapshots, struct diag *diag);
/* Who has called by now is still answered. */
void control_stop(struct control *control);

/* What became of a request, as a new reference. NULL: nobody could do it; an error in `diag`. */
json_t *control_ask(const struct config *config, const json_t *request, struct diag *diag);

/*
 * The same for many requests, one after the other: the server that runs is asked each, and writes for others
 * in between; where none runs, the data folder is held until control_close(). NULL: an error in `diag`.
 */
struct control_line;
struct control_line *control_open(const struct config *config, struct diag *diag);
json_t *control_say(struct control_line *line, const json_t *request, struct diag *diag);
void control_close(struct control_line *line);

/* --- the two ends of the wire ----------------------------------------------------------------------------
 */

/* Send one message, or receive one, until the deadline (of store_now()). False, NULL: the other end is gone,
 * too slow, or speaks nonsense. */
bool control_send(int fd, const json_t *message, int64_t deadline);
json_t *control_receive(int fd, int64_t deadline);

#endif
