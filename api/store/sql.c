#include "sql.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct sql sql_begin(struct arena *arena, char prefix)
{
    return (struct sql){.arena = arena, .prefix = prefix, .text = arena_strdup(arena, "")};
}

void sql_add(struct sql *sql, const char *piece)
{
    size_t len = strlen(piece);
    if (sql->len + len >= sql->room) {
        size_t room = (sql->len + len + 1) * 2;
        char *text = arena_alloc(sql->arena, room);
        if (!text || !sql->text) {
            sql->failed = true;
            return;
        }
        memcpy(text, sql->text, sql->len);
        sql->text = text;
        sql->room = room;
    }
    memcpy(sql->text + sql->len, piece, len + 1);
    sql->len += len;
}

static void add_value(struct sql *sql, struct sql_value value)
{
    char name[32];
    if (sql->count == sql->value_room) {
        size_t room = sql->value_room ? sql->value_room * 2 : 8;
        struct sql_value *values = arena_alloc(sql->arena, room * sizeof *values);
        if (!values || sql->count >= SQL_VALUES_MAX) {
            sql->failed = true;
            return;
        }
        if (sql->count > 0)
            memcpy(values, sql->values, sql->count * sizeof *values);
        sql->values = values;
        sql->value_room = room;
    }
    snprintf(name, sizeof name, ":%c%zu", sql->prefix, sql->count);
    sql->values[sql->count++] = value;
    sql_add(sql, name);
}

void sql_add_text(struct sql *sql, const char *text)
{
    add_value(sql, (struct sql_value){.text = text});
}

void sql_add_number(struct sql *sql, double number)
{
    add_value(sql, (struct sql_value){.number = number});
}

void sql_add_texts(struct sql *sql, const char *const *texts, size_t count)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, json_string(texts[i]));
    char *dump = json_array_size(list) == count ? json_dumps(list, JSON_COMPACT) : NULL;
    char *text = dump ? arena_strdup(sql->arena, dump) : NULL;
    free(dump);
    json_decref(list);
    if (text)
        sql_add_text(sql, text);
    else
        sql->failed = true;
}
