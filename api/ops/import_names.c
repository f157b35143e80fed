#include "import_names.h"

#include "../sync/record.h"

#include <stdio.h>
#include <stdlib.h>

bool import_name(char *out, size_t size, const char *before, const json_t *name)
{
    if (json_is_integer(name))
        snprintf(out, size, "%s%lld", before, (long long)json_integer_value(name));
    else if (json_is_string(name))
        snprintf(out, size, "%s%s", before, json_string_value(name));
    return json_is_integer(name) || json_is_string(name);
}

/* FNV-1a of all that it says: enough to know again what was repeated word by word. */
static json_int_t sum_of(const json_t *record)
{
    uint64_t sum = 14695981039346656037u;
    char *text = json_dumps(record, JSON_COMPACT | JSON_SORT_KEYS);
    for (const char *c = text; c && *c; c++)
        sum = (sum ^ (unsigned char)*c) * 1099511628211u;
    free(text);
    return (json_int_t)(sum >> 1);
}

static void tell(const json_t *first, const json_t *record, const struct import_origin *origin,
                 struct diag *report)
{
    char id[300];
    import_name(id, sizeof id, "", json_object_get(record, "id"));
    diag_error(report, import_place(origin, "id"),
               "\"id\": \"%s\" stands in %s:%lld already, and says something else there; want each once", id,
               json_string_value(json_object_get(first, "file")),
               (long long)json_integer_value(json_object_get(first, "line")));
}

bool import_is_double(json_t *seen, const json_t *record, const struct import_origin *origin,
                      struct diag *report)
{
    char key[300], before[20];
    enum sync_kind kind = sync_kind_of(record);
    if (kind == SYNC_KINDS || kind == SYNC_MESSAGE)
        return false;
    snprintf(before, sizeof before, "%s ", sync_kind_names[kind]);
    if (!import_name(key, sizeof key, before, json_object_get(record, "id")))
        return false;
    json_int_t sum = sum_of(record);
    const json_t *first = json_object_get(seen, key);
    if (!first) {
        const struct place place = import_place(origin, "id");
        json_object_set_new(
            seen, key,
            json_pack("{s:s, s:I, s:I}", "file", place.file, "line", (json_int_t)place.line, "sum", sum));
        return false;
    }
    if (json_integer_value(json_object_get(first, "sum")) == sum)
        return false;
    tell(first, record, origin, report);
    return true;
}
