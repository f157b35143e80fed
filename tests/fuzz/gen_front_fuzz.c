/*
 * Any bytes as an article's front matter: every refusal is a printable line at a place in the text, and what
 * is taken keeps its limits and leaves a body that lies in the text.
 */
#include "../../gen/content/front.h"
#include "../../lib/utf8.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define must(holds) ((holds) ? (void)0 : abort())

static void swallow(struct diag *diag)
{
    FILE *out = fopen("/dev/null", "w");
    must(out);
    diag_print(diag, out);
    diag_print_json(diag, out);
    fclose(out);
}

static void check_text(const char *text, size_t most)
{
    size_t len = strlen(text);
    must(len > 0 && utf8_count(text, len) <= most && text[strspn(text, " ")]);
    for (const char *c = text; *c; c++)
        must((unsigned char)*c >= ' ');
}

static void check_place(const struct front *front, const char *text, size_t len)
{
    unsigned lines = 1;
    must(front->body <= len);
    for (size_t i = 0; i < front->body; i++)
        lines += text[i] == '\n';
    must(front->body_line >= lines && front->body_line <= lines + 1);
}

static void parse(const char *text, size_t len, bool whole)
{
    struct arena *arena = arena_new(0);
    struct diag *diag = diag_new();
    struct front front;
    bool good = whole ? front_parse(&front, "a.md", text, len, arena, diag)
                      : front_parse_title(&front, "a.md", text, len, arena, diag);
    must(good == (diag_errors(diag) == 0));
    if (good) {
        check_place(&front, text, len);
        if (whole)
            check_text(front.title, 150), check_text(front.summary, 400);
        must(!front.changed || strlen(front.changed) == 10);
        must(front.order == FRONT_NO_ORDER || (front.order >= 0 && front.order <= 1000000));
    }
    swallow(diag);
    diag_free(diag);
    arena_free(arena);
}

/* Articles are UTF-8 without NUL before anybody reads their front matter. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    must(text);
    if (size > 0)
        memcpy(text, data, size);
    text[size] = '\0';
    if (!memchr(text, '\0', size) && utf8_is_valid(text, size)) {
        parse(text, size, true);
        parse(text, size, false);
    }
    free(text);
    return 0;
}
