/*
 * call_outcome: what comes of a call while it is under way: how much of an answer there is, its first bytes,
 * and what went wrong; and how people are told of it. Only the parts of call include this: it speaks libcurl.
 */
#ifndef GUICHET_WEBHOOK_CALL_OUTCOME_H
#define GUICHET_WEBHOOK_CALL_OUTCOME_H

#include "call.h"

#include <curl/curl.h>
#include <netinet/in.h>

struct call_outcome {
    bool plain;                     /* http:// */
    char refused[INET6_ADDRSTRLEN]; /* an address that may not be called; "": none */
    size_t head, body;              /* bytes of the answer that came */
    bool cut;                       /* its body was longer than is read */
    char answer[HOOK_ANSWER_BYTES]; /* its first bytes */
    char error[CURL_ERROR_SIZE];    /* what libcurl says; "": nothing */
};

/* Have libcurl tell it what comes, of which no more is read than 32 KiB of head and 64 KiB of body. The
 * outcome outlives the handle, or is told nothing more. */
void call_outcome_listen(CURL *curl, struct call_outcome *outcome);

/* The end of a call, as far as its answer goes: all of `end` but the ids. `code`: how libcurl says it ended.
 */
void call_outcome_tell(const struct call_outcome *outcome, CURL *curl, CURLcode code, struct call_end *end);

#endif
