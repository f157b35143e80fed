/*
 * handle: from the head of a request to its answer: it is checked, refused, or handed to the program.
 */
#ifndef GUICHET_HTTP_HANDLE_H
#define GUICHET_HTTP_HANDLE_H

#include "internal.h"

/* What a request is before its head was understood, and stays when it is refused. Its connection, its server
 * and its client's address are set by the caller. */
void request_begin(struct http_request *request);

/* Check request->head, which may be anything: framing, Host, target. False: it is to be refused so. */
bool request_read(struct http_request *request, struct refusal *refusal);

/* Have the program answer. Whatever it does, the request has been answered afterwards. */
void request_handle(struct http_request *request);

/* Answer with a refusal; the connection is closed after it. */
void request_refuse(struct http_request *request, struct refusal refusal);

#endif
