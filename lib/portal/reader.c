#include "reader.h"

#include "../buf.h"

#include <stdio.h>
#include <string.h>

/* The JSON Pointer of an object that is somewhere in `at`; only looked for when there is an error. */
static bool find_pointer(const json_t *at, const json_t *object, struct buf *pointer)
{
    size_t before = pointer->len;
    if (at == object)
        return true;
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)at, key, value)
    {
        buf_addf(pointer, "/%s", key);
        if (find_pointer(value, object, pointer))
            return true;
        buf_cut(pointer, before);
    }
    size_t i;
    json_array_foreach((json_t *)at, i, value)
    {
        buf_addf(pointer, "/%zu", i);
        if (find_pointer(value, object, pointer))
            return true;
        buf_cut(pointer, before);
    }
    return false;
}

void reader_refuse(struct portal_reader *reader, const json_t *object, const char *key, const char *wanted)
{
    if (reader->failed)
        return;
    reader->failed = true;
    struct buf pointer;
    buf_init(&pointer, 64 * 1024);
    find_pointer(reader->doc->root, object, &pointer);
    if (key)
        buf_addf(&pointer, "/%s", key);
    diag_error(reader->diag, json_doc_place(reader->doc, pointer.data, JSON_AT_VALUE),
               "\"%s\": %s; run guichet-gen again", pointer.data, wanted);
    buf_release(&pointer);
}

const char *reader_text(struct portal_reader *reader, const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    if (!text || !*text)
        reader_refuse(reader, object, key, "want a text");
    return text ? text : "";
}

const char *reader_form(struct portal_reader *reader, const json_t *object, const char *key,
                        bool has_form(const char *text), const char *wanted)
{
    const char *text = reader_text(reader, object, key);
    if (!reader->failed && !has_form(text))
        reader_refuse(reader, object, key, wanted);
    return text;
}

bool reader_flag(struct portal_reader *reader, const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (!json_is_boolean(value))
        reader_refuse(reader, object, key, "want true or false");
    return json_is_true(value);
}

long reader_number(struct portal_reader *reader, const json_t *object, const char *key, long min, long max)
{
    const json_t *value = json_object_get(object, key);
    json_int_t number = json_integer_value(value);
    if (json_is_integer(value) && number >= min && number <= max)
        return (long)number;
    char wanted[80];
    snprintf(wanted, sizeof wanted, "want a whole number from %ld to %ld", min, max);
    reader_refuse(reader, object, key, wanted);
    return min;
}

const json_t *reader_texts(struct portal_reader *reader, const json_t *object, const char *key)
{
    const json_t *texts = json_object_get(object, key);
    if (!json_is_object(texts))
        reader_refuse(reader, object, key, "want an object by language");
    for (size_t i = 0; i < reader->locale_count; i++) {
        if (!json_is_string(json_object_get(texts, reader->locales[i])))
            reader_refuse(reader, object, key, "want a text in every language of the portal");
    }
    return texts;
}

int reader_choice(struct portal_reader *reader, const json_t *object, const char *key,
                  const char *const *choices)
{
    const char *text = json_string_value(json_object_get(object, key));
    for (int i = 0; text && choices[i]; i++) {
        if (strcmp(choices[i], text) == 0)
            return i;
    }
    reader_refuse(reader, object, key, "is none of the known values");
    return 0;
}

json_t *reader_list(struct portal_reader *reader, const json_t *object, const char *key, size_t min,
                    void *items, size_t size, size_t *count)
{
    json_t *list = json_object_get(object, key);
    size_t len = json_array_size(list);
    *count = 0;
    if (!json_is_array(list) || len < min) {
        reader_refuse(reader, object, key, min > 0 ? "want a list that is not empty" : "want a list");
        return NULL;
    }
    void *memory = arena_alloc(reader->arena, (len + 1) * size);
    memcpy(items, &memory, sizeof memory);
    if (!memory) {
        reader_refuse(reader, object, key, "takes more memory than there is");
        return NULL;
    }
    *count = len;
    return list;
}
