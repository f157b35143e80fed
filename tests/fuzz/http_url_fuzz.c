/*
 * Targets, forms, cookies and heads: what is taken keeps the promises of lib/http.h. The input is a head:
 * lines that each end with a newline; the first is the target, the others "Name:value".
 */
#include "../../lib/http/url.h"
#include "../../lib/utf8.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define must(holds) ((holds) ? (void)0 : abort())

static void text_check(const char *text)
{
    must(!text || utf8_is_valid(text, strlen(text)));
}

static void path_check(struct arena *arena, const char *raw)
{
    const char *path = url_path(arena, raw);
    if (!path)
        return;
    text_check(path);
    must(path[0] == '/' && path[1] != '/' && strlen(path) <= strlen(raw));
    must(!strchr(path, '\\') && !strstr(path, "/../") && !strstr(path, "/./"));
    for (; *path; path++)
        must((unsigned char)*path >= 0x20 && *path != 0x7f);
}

static void head_check(struct arena *arena, const struct http_head *head)
{
    struct framing framing;
    struct refusal refusal = {0};
    bool taken = framing_check(head, &framing, &refusal);
    must(taken == (refusal.status == 0));
    if (!taken)
        return;
    must(framing.length >= -1 && framing.host[0] != '\0');
    must((framing.length == -1) == (head_field(head, "Transfer-Encoding") != NULL));
    must(!head_field(head, "Transfer-Encoding") || !head_field(head, "Content-Length"));
    for (size_t i = 0; i < head->count; i++)
        text_check(head->fields[i].value);
    text_check(url_cookie(arena, head, "id"));
}

/* Cut the text into lines in place; NULL when it holds a field without a colon or too many. */
static const char *head_split(char *text, struct http_head *head)
{
    char *target = strsep(&text, "\n"), *line;
    while ((line = strsep(&text, "\n")) && *line) {
        char *value = strchr(line, ':');
        if (!value || head->count == HTTP_FIELDS_MAX)
            return NULL;
        *value = '\0';
        head->fields[head->count++] = (struct http_field){line, value + 1};
    }
    return target;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct http_head head = {.method = "POST", .path = "/", .query = "", .version = "1.1"};
    struct arena *arena = arena_new(0);
    char *text = arena_strndup(arena, (const char *)data, size);
    text_check(url_param(arena, text, "p"));
    const char *target = head_split(text, &head);
    if (target) {
        path_check(arena, target);
        url_query_is_sane(target);
        head_check(arena, &head);
    }
    arena_free(arena);
    return 0;
}
