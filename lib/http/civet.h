/*
 * civet: civetweb, the web server underneath. civet.c is the only file of the project that knows it: it reads
 * heads off connections, each in a thread of its own, and calls handle.h with what it has read. The other
 * files of this room read and write through the conn_ functions of internal.h.
 *
 * civetweb is told to do nothing by itself: no files, no decoding, no passwords. What it still refuses on its
 * own (http.h tells what) comes by here, too, so that it is answered in the program's own words.
 */
#ifndef GUICHET_HTTP_CIVET_H
#define GUICHET_HTTP_CIVET_H

#include "listen.h"
#include "server.h"

/* Begin to serve: `server->context` is set. False: one error in `diag`, and nothing is left behind. */
bool civet_start(struct http_server *server, const struct listen_address *address, struct diag *diag);

/* The port it listens on; 0: not known. */
int civet_port(const struct http_server *server);

/* Accept nothing more, end all threads. What is being sent is cut off: wait for it before. Knocks at
 * `server->at`, see knock.h. */
void civet_stop(struct http_server *server);

#endif
