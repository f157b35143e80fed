/* The tickets of a demo file, with their messages and files. */
#include "../../lib/buf.h"
#include "../../lib/fs.h"
#include "../store/file.h"
#include "demo_check.h"
#include "demo_fill.h"

#include <stdlib.h>
#include <string.h>

enum { FILES_MAX = 10, FILE_CEILING = 32 * 1024 * 1024 };

/* By the ending: these are our own files, nobody sent them. */
static const char *type_of(const char *name)
{
    static const char *const types[][2] = {
        {".png", "image/png"},       {".jpg", "image/jpeg"}, {".gif", "image/gif"},
        {".pdf", "application/pdf"}, {".csv", "text/csv"},   {".txt", "text/plain"},
    };
    const char *ending = strrchr(name, '.');
    for (size_t i = 0; ending && i < sizeof types / sizeof types[0]; i++) {
        if (strcmp(ending, types[i][0]) == 0)
            return types[i][1];
    }
    return "application/octet-stream";
}

static enum rc keep_bytes(struct demo *demo, const struct buf *bytes, char id[23], struct file *file)
{
    struct file_writer *writer;
    enum rc rc = file_begin(demo->store, &writer);
    if (rc != RC_OK)
        return rc;
    rc = file_write(writer, bytes->data, bytes->len);
    if (rc == RC_OK)
        return file_keep(writer, id, &file->size, file->sha256);
    file_drop(writer);
    return rc;
}

static enum rc keep_file(struct demo *demo, const char *name, struct file *file)
{
    char *id = arena_alloc(demo->arena, 23);
    const char *path = demo_file_path(demo->arena, demo->file, name);
    struct buf bytes;
    buf_init(&bytes, FILE_CEILING);
    *file = (struct file){.id = id, .name = name, .type = type_of(name)};
    enum rc rc = RC_INTERNAL;
    if (id && path && fs_read(path, &bytes) == 0 && buf_ok(&bytes))
        rc = keep_bytes(demo, &bytes, id, file);
    buf_release(&bytes);
    return rc;
}

static const char *joined_lines(struct arena *arena, const json_t *lines)
{
    struct buf text;
    size_t index;
    json_t *line;
    buf_init(&text, 1024 * 1024);
    json_array_foreach(lines, index, line)
    {
        if (index > 0)
            buf_addc(&text, '\n');
        buf_adds(&text, json_string_value(line));
    }
    const char *copy = buf_ok(&text) ? arena_strndup(arena, text.data, text.len) : NULL;
    buf_release(&text);
    return copy;
}

static enum rc add_message(struct demo *demo, int64_t number, const json_t *said)
{
    struct file files[FILES_MAX];
    struct new_message message = {.body = joined_lines(demo->arena, json_object_get(said, "text")),
                                  .files = files};
    size_t index;
    json_t *name;
    enum rc rc = message.body ? RC_OK : RC_INTERNAL;
    json_array_foreach(json_object_get(said, "files"), index, name)
    {
        if (rc == RC_OK)
            rc = keep_file(demo, json_string_value(name), &files[message.file_count++]);
    }
    if (rc != RC_OK)
        return rc;
    const char *channel = demo_text(said, "channel");
    if (channel)
        rc = import_thread(demo->import, number, channel, demo->now - demo_age(said));
    if (rc != RC_OK)
        return rc;
    return import_message(demo->import, number, demo_id(demo, "people", demo_text(said, "author")),
                          json_is_true(json_object_get(said, "internal")), &message,
                          demo->now - demo_age(said));
}

static enum rc add_participants(struct demo *demo, int64_t number, const json_t *one, int64_t at)
{
    size_t index;
    json_t *name;
    enum rc rc = RC_OK;
    json_array_foreach(json_object_get(one, "participants"), index, name)
    {
        if (rc == RC_OK)
            rc = import_participant(demo->import, number, demo_id(demo, "people", json_string_value(name)),
                                    at);
    }
    return rc;
}

static enum rc add_ticket(struct demo *demo, const json_t *one)
{
    const json_t *messages = json_object_get(one, "messages");
    const json_t *last = json_array_get(messages, json_array_size(messages) - 1);
    struct import_ticket ticket = {
        .ticket = {.subject = demo_text(one, "subject"),
                   .inbox = demo_text(one, "inbox"),
                   .pipeline = demo_text(one, "pipeline"),
                   .stage = demo_text(one, "stage"),
                   .category = demo_text(one, "category"),
                   .priority = demo_text(one, "priority"),
                   .source = demo_text(one, "source"),
                   .properties = demo_properties_of(demo, one)},
        .requester_id = demo_id(demo, "people", demo_text(one, "requester")),
        .owner_id = demo_id(demo, "people", demo_text(one, "owner")),
        .created_at = demo->now - demo_age(json_array_get(messages, 0)),
        .closed_at = json_is_true(json_object_get(one, "closed")) ? demo->now - demo_age(last) : 0,
    };
    int64_t number = 0;
    size_t index;
    json_t *said;
    enum rc rc = import_ticket(demo->import, &ticket, &number);
    if (rc == RC_OK)
        rc = add_participants(demo, number, one, ticket.created_at);
    json_array_foreach(messages, index, said)
    {
        if (rc == RC_OK)
            rc = add_message(demo, number, said);
    }
    return rc;
}

/* The oldest first; of the same age as they stand in the file. */
static int by_age(const void *a, const void *b)
{
    const json_t *one = *(json_t *const *)a, *two = *(json_t *const *)b;
    int64_t age = demo_age(json_array_get(json_object_get(one, "messages"), 0));
    int64_t other = demo_age(json_array_get(json_object_get(two, "messages"), 0));
    return (age < other) - (age > other);
}

enum rc demo_add_tickets(struct demo *demo)
{
    const json_t *tickets = json_object_get(demo->root, "tickets");
    size_t count = json_array_size(tickets);
    json_t **sorted = arena_alloc(demo->arena, (count + 1) * sizeof *sorted);
    if (!sorted)
        return RC_INTERNAL;
    for (size_t i = 0; i < count; i++)
        sorted[i] = json_array_get(tickets, i);
    qsort(sorted, count, sizeof *sorted, by_age);
    enum rc rc = RC_OK;
    for (size_t i = 0; i < count && rc == RC_OK; i++)
        rc = add_ticket(demo, sorted[i]);
    return rc;
}
