#include "call_outcome.h"

#include "../../lib/utf8.h"

#include <stdio.h>
#include <string.h>

enum { ANSWER_MAX = 64 * 1024, HEAD_MAX = 32 * 1024 };

static size_t take_head(char *bytes, size_t size, size_t count, void *context)
{
    (void)bytes;
    struct call_outcome *outcome = context;
    outcome->head += size * count;
    return outcome->head > HEAD_MAX ? 0 : size * count;
}

static size_t take_body(char *bytes, size_t size, size_t count, void *context)
{
    struct call_outcome *outcome = context;
    size_t len = size * count;
    if (outcome->body < sizeof outcome->answer) {
        size_t room = sizeof outcome->answer - outcome->body;
        memcpy(outcome->answer + outcome->body, bytes, len < room ? len : room);
    }
    outcome->body += len;
    outcome->cut = outcome->body > ANSWER_MAX;
    return outcome->cut ? 0 : len;
}

void call_outcome_listen(CURL *curl, struct call_outcome *outcome)
{
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_head);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, outcome);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, outcome);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, outcome->error);
}

static void copy_answer(const struct call_outcome *outcome, char answer[HOOK_ANSWER_BYTES + 1])
{
    size_t out = 0, len = outcome->body < sizeof outcome->answer ? outcome->body : sizeof outcome->answer;
    for (size_t at = 0; at < len;) {
        uint32_t code;
        size_t took = utf8_next(outcome->answer + at, len - at, &code);
        if (code == UTF8_BAD || utf8_is_control(code))
            answer[out++] = code == UTF8_BAD ? '?' : ' ';
        else
            out = (size_t)((char *)mempcpy(answer + out, outcome->answer + at, took) - answer);
        at += took;
    }
    answer[out] = '\0';
}

static void explain(const struct call_outcome *outcome, CURLcode code, struct call_end *end)
{
    if (*outcome->refused && code != CURLE_OK && end->status == 0)
        snprintf(end->why, sizeof end->why,
                 outcome->plain
                     ? "http:// is for networks that GUICHET_WEBHOOK_ALLOW names; %s is of none"
                     : "%s is no public address, and GUICHET_WEBHOOK_ALLOW does not name its network",
                 outcome->refused);
    else if (outcome->head > HEAD_MAX)
        snprintf(end->why, sizeof end->why, "the head of its answer is too long");
    else if (code != CURLE_OK && !outcome->cut)
        snprintf(end->why, sizeof end->why, "%s%s%.180s", curl_easy_strerror(code),
                 *outcome->error ? ": " : "", outcome->error);
    else if (end->status >= 300 && end->status < 400)
        snprintf(end->why, sizeof end->why, "it answered %d, and redirects are not followed", end->status);
    else if (end->status < 200 || end->status >= 300)
        snprintf(end->why, sizeof end->why, "it answered %d", end->status);
}

void call_outcome_tell(const struct call_outcome *outcome, CURL *curl, CURLcode code, struct call_end *end)
{
    long status = 0;
    curl_off_t took = 0, retry = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(curl, CURLINFO_TOTAL_TIME_T, &took);
    curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &retry);
    *end = (struct call_end){
        .took_ms = took / 1000,
        .status = (int)status,
        .retry_ms = retry > 0 && retry < 1000000 ? retry * 1000 : 0,
    };
    copy_answer(outcome, end->answer);
    explain(outcome, code, end);
}
