#include "demo.h"

#include "../../lib/buf.h"
#include "../../lib/fs.h"
#include "../account/password.h"
#include "../store/file.h"
#include "../store/import.h"
#include "demo_check.h"

#include <stdlib.h>
#include <string.h>

enum { FILES_MAX = 10, FILE_CEILING = 32 * 1024 * 1024 };

struct demo {
    const char *file;
    const json_t *root;
    struct store *store;
    struct import *import;
    struct arena *arena;
    json_t *ids; /* what the store calls them: {"companies": {"acme": 1}, "people": {..}} */
    int64_t now;
};

static int64_t id_of(const struct demo *demo, const char *map, const char *name)
{
    return name ? json_integer_value(json_object_get(json_object_get(demo->ids, map), name)) : 0;
}

static void note_id(struct demo *demo, const char *map, const char *name, int64_t id)
{
    json_object_set_new(json_object_get(demo->ids, map), name, json_integer(id));
}

/* When the oldest message was written: everybody was there already. */
static int64_t beginning(const struct demo *demo)
{
    int64_t oldest = 0;
    size_t index;
    json_t *ticket;
    json_array_foreach(json_object_get(demo->root, "tickets"), index, ticket)
    {
        int64_t age = demo_age(json_array_get(json_object_get(ticket, "messages"), 0));
        oldest = age > oldest ? age : oldest;
    }
    return demo->now - oldest;
}

static enum rc add_companies(struct demo *demo)
{
    const char *key;
    json_t *name;
    enum rc rc = RC_OK;
    json_object_foreach(json_object_get(demo->root, "companies"), key, name)
    {
        int64_t id = 0;
        rc = import_company(demo->import, json_string_value(name), beginning(demo), &id);
        if (rc != RC_OK)
            break;
        note_id(demo, "companies", key, id);
    }
    return rc;
}

/* As the store wants them. NULL: none. */
static const char *properties_of(const struct demo *demo, const json_t *one)
{
    const json_t *properties = json_object_get(one, "properties");
    char *text = properties ? json_dumps(properties, JSON_COMPACT) : NULL;
    const char *copy = text ? arena_strdup(demo->arena, text) : NULL;
    free(text);
    return copy;
}

static enum role role_of(const char *word)
{
    return strcmp(word, "admin") == 0 ? ROLE_ADMIN : strcmp(word, "agent") == 0 ? ROLE_AGENT : ROLE_CONTACT;
}

static enum rc add_person(struct demo *demo, const char *key, const json_t *one)
{
    char hash[crypto_pwhash_STRBYTES];
    int64_t id = 0;
    if (!password_hash(demo_text(demo->root, "password"), hash))
        return RC_INTERNAL;
    struct person person = {
        .role = role_of(demo_text(one, "role")),
        .email = demo_text(one, "email"),
        .first_name = demo_text(one, "first_name"),
        .last_name = demo_text(one, "last_name"),
        .locale = demo_text(one, "locale"),
        .company_id = id_of(demo, "companies", demo_text(one, "company")),
        .password = hash,
        .properties = properties_of(demo, one),
        .manager = json_is_true(json_object_get(one, "manager")),
    };
    enum rc rc = import_person(demo->import, &person, beginning(demo), &id);
    note_id(demo, "people", key, id);
    return rc;
}

static enum rc add_people(struct demo *demo)
{
    const char *key;
    json_t *one;
    enum rc rc = RC_OK;
    json_object_foreach(json_object_get(demo->root, "people"), key, one)
    {
        rc = add_person(demo, key, one);
        if (rc != RC_OK)
            break;
    }
    return rc;
}

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
    return import_message(demo->import, number, id_of(demo, "people", demo_text(said, "author")),
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
            rc = import_participant(demo->import, number, id_of(demo, "people", json_string_value(name)), at);
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
                   .properties = properties_of(demo, one)},
        .requester_id = id_of(demo, "people", demo_text(one, "requester")),
        .owner_id = id_of(demo, "people", demo_text(one, "owner")),
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

static enum rc add_tickets(struct demo *demo)
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

static enum rc fill(struct demo *demo)
{
    demo->ids = json_pack("{s{}s{}}", "companies", "people");
    demo->import = demo->ids ? import_begin(demo->store) : NULL;
    if (!demo->import)
        return RC_INTERNAL;
    enum rc rc = add_companies(demo);
    if (rc == RC_OK)
        rc = add_people(demo);
    if (rc == RC_OK)
        rc = add_tickets(demo);
    enum rc ended = import_end(demo->import, rc == RC_OK, demo->now);
    return rc == RC_OK ? ended : rc;
}

static const char *explain(enum rc rc)
{
    switch (rc) {
    case RC_CONFLICT:
        return "two people have the same address";
    case RC_FULL:
        return "the disk is full";
    default:
        return "the store cannot be written; the log above says why";
    }
}

static bool make(struct demo *demo, const char *data_dir, struct diag *diag)
{
    bool was_there = fs_is_dir(data_dir);
    struct store_options options = {.create = true, .fresh = true};
    demo->store = store_open(data_dir, &options, diag);
    if (!demo->store)
        return false;
    enum rc rc = fill(demo);
    json_decref(demo->ids);
    store_close(demo->store);
    if (rc == RC_OK)
        return true;
    if (!was_there)
        fs_remove_tree(data_dir);
    diag_error(diag, (struct place){.file = data_dir}, "%s", explain(rc));
    return false;
}

bool demo_run(const char *file, const char *data_dir, const char *portal_dir, struct diag *diag)
{
    bool made = false;
    struct arena *arena = arena_new(0);
    json_t *root = arena ? demo_check(file, portal_dir, arena, diag) : NULL;
    if (root) {
        struct demo demo = {.file = file, .root = root, .arena = arena, .now = store_now()};
        made = make(&demo, data_dir, diag);
    }
    json_decref(root);
    arena_free(arena);
    return made;
}
