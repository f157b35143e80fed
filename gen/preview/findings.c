#include "findings.h"

#include "../../lib/diag.h"
#include "../../lib/fs.h"
#include "control.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { FINDINGS_MAX = 100, SOURCE_MAX = 400, FILE_CEILING = 16 * 1024 * 1024 };

/* The line `number` of a text; NULL: it has no such line. */
static const char *line_of(const char *text, json_int_t number, size_t *len)
{
    while (text && --number > 0) {
        text = strchr(text, '\n');
        text = text ? text + 1 : NULL;
    }
    *len = text ? strcspn(text, "\r\n") : 0;
    return text;
}

/* So much of a line as is worth showing, ending with a whole character. */
static json_t *source_of(const char *file, json_int_t number)
{
    struct buf text;
    size_t len = 0;
    json_t *source = NULL;
    buf_init(&text, FILE_CEILING);
    const char *line = fs_read(file, &text) == 0 ? line_of(text.data, number, &len) : NULL;
    if (len > SOURCE_MAX) {
        for (len = SOURCE_MAX; len > 0 && ((unsigned char)line[len] & 0xc0) == 0x80;)
            len--;
    }
    if (line)
        source = json_stringn(line, len);
    buf_release(&text);
    return source ? source : json_null();
}

static json_t *parsed(const struct diag *diag)
{
    char *text = NULL;
    size_t len = 0;
    FILE *stream = open_memstream(&text, &len);
    if (!stream)
        return NULL;
    diag_print_json(diag, stream);
    fclose(stream);
    json_t *list = json_loadb(text, len, 0, NULL);
    free(text);
    return list;
}

/* Those of a level, with their lines, as long as there is room. */
static void add_level(json_t *out, const json_t *list, const char *level, const struct build_result *result)
{
    size_t i;
    json_t *finding;
    json_array_foreach(list, i, finding)
    {
        const char *file = json_string_value(json_object_get(finding, "file"));
        json_int_t line = json_integer_value(json_object_get(finding, "line"));
        if (strcmp(json_string_value(json_object_get(finding, "level")), level) != 0 ||
            json_array_size(out) == FINDINGS_MAX)
            continue;
        control_add(finding, result);
        json_object_set_new(finding, "source", file && line > 0 ? source_of(file, line) : json_null());
        json_array_append(out, finding);
    }
}

char *findings_text(const struct build_result *result)
{
    json_t *list = parsed(result->diag);
    json_t *out = json_array();
    add_level(out, list, "error", result);
    add_level(out, list, "warning", result);
    char *text = json_dumps(out, JSON_COMPACT);
    json_decref(list);
    json_decref(out);
    return text;
}
