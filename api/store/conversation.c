#include "inside.h"

#include <string.h>

enum { FIRST_ROOM = 16, PAGE_MESSAGES = 100, PAGE_BYTES = 2 * 1024 * 1024 };

/* Room for one more at the end of a list in an arena; the old list stays behind in it. */
static void *grown(struct arena *arena, void *list, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return list;
    size_t wanted = *room ? *room * 2 : FIRST_ROOM;
    void *larger = arena_alloc(arena, wanted * size);
    if (!larger)
        return NULL;
    if (count > 0)
        memcpy(larger, list, count * size);
    *room = wanted;
    return larger;
}

static void read_file(struct query *query, struct arena *arena, struct file *file)
{
    *file = (struct file){
        .id = query_text(query, 0, arena),
        .name = query_text(query, 1, arena),
        .type = query_text(query, 2, arena),
        .size = query_int(query, 3),
        .message_id = query_int(query, 4),
    };
}

static void read_message(struct query *query, struct arena *arena, struct message *message)
{
    *message = (struct message){
        .id = query_int(query, 0),
        .author_id = query_int(query, 1),
        .author_first_name = query_text(query, 2, arena),
        .author_last_name = query_text(query, 3, arena),
        .staff = query_int(query, 4) != 0,
        .internal = query_int(query, 5) != 0,
        .body = query_text(query, 6, arena),
        .created_at = query_int(query, 7),
        .removed = !query_is_null(query, 8),
    };
}

static struct query begin(struct conn *conn, enum statement statement, const struct viewer *viewer,
                          int64_t number)
{
    struct query query = query_begin_as(conn, statement, viewer);
    query_bind_int(&query, ":number", number);
    return query;
}

/* What of a conversation is asked for, by whom. */
struct wanted {
    const struct viewer *viewer;
    int64_t number;
    int64_t message_id; /* 0: all of it */
    int64_t before;     /* a message; 0: to its end */
    bool paged;         /* only so much of it */
};

static struct query begin_wanted(struct conn *conn, enum statement statement, const struct wanted *wanted)
{
    struct query query = begin(conn, statement, wanted->viewer, wanted->number);
    query_bind_id(&query, ":message", wanted->message_id);
    query_bind_id(&query, ":before", wanted->before);
    return query;
}

static void turn_round(struct message *messages, size_t count)
{
    for (size_t i = 0; i < count / 2; i++) {
        struct message one = messages[i];
        messages[i] = messages[count - 1 - i];
        messages[count - 1 - i] = one;
    }
}

static bool is_full(const struct wanted *wanted, const struct message_page *page, size_t bytes)
{
    return wanted->paged && (page->count >= PAGE_MESSAGES || bytes > PAGE_BYTES);
}

/* The latest are read first, so that a page of them is; one more row than a page holds tells that there is.
 */
static enum rc read_messages(struct conn *conn, struct arena *arena, const struct wanted *wanted,
                             struct message_page *page)
{
    size_t room = 0, bytes = 0;
    struct query query = begin_wanted(conn, SQL_TICKET_MESSAGES, wanted);
    query_bind_int(&query, ":limit", wanted->paged ? PAGE_MESSAGES + 1 : -1);
    while (query_step(&query)) {
        page->earlier = is_full(wanted, page, bytes);
        if (page->earlier)
            break;
        struct message *list = grown(arena, page->messages, page->count, &room, sizeof *list);
        if (!list) {
            query_fail(&query, RC_INTERNAL);
            break;
        }
        page->messages = list;
        read_message(&query, arena, &list[page->count++]);
        bytes += list[page->count - 1].body ? strlen(list[page->count - 1].body) : 0;
    }
    turn_round(page->messages, page->count);
    return query_end(&query);
}

static enum rc read_files(struct conn *conn, struct arena *arena, const struct wanted *wanted,
                          const struct message *first, struct file **files, size_t *count)
{
    size_t room = 0;
    struct query query = begin_wanted(conn, SQL_TICKET_FILES, wanted);
    query_bind_int(&query, ":from_at", first->created_at);
    query_bind_int(&query, ":from", first->id);
    while (query_step(&query)) {
        struct file *list = grown(arena, *files, *count, &room, sizeof *list);
        if (!list) {
            query_fail(&query, RC_INTERNAL);
            break;
        }
        *files = list;
        read_file(&query, arena, &list[(*count)++]);
    }
    return query_end(&query);
}

/* Both lists are in the conversation's order. Files of a message that came in between are left out. */
static void hand_out(struct message *messages, size_t count, struct file *files, size_t file_count)
{
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        messages[i].files = files + at;
        while (at < file_count && files[at].message_id == messages[i].id)
            at++;
        messages[i].file_count = (size_t)(files + at - messages[i].files);
    }
}

static enum rc is_visible(struct conn *conn, const struct viewer *viewer, int64_t number)
{
    struct query query = begin(conn, SQL_TICKET_IS_VISIBLE, viewer, number);
    bool found = query_step(&query);
    enum rc rc = query_end(&query);
    return rc == RC_OK && !found ? RC_NOT_FOUND : rc;
}

static enum rc read_on(struct conn *conn, struct arena *arena, const struct wanted *wanted,
                       struct message_page *page)
{
    struct file *files = NULL;
    size_t file_count = 0;
    *page = (struct message_page){0};
    enum rc rc = read_messages(conn, arena, wanted, page);
    if (rc == RC_OK && page->count == 0)
        rc = is_visible(conn, wanted->viewer, wanted->number);
    else if (rc == RC_OK)
        rc = read_files(conn, arena, wanted, page->messages, &files, &file_count);
    if (rc == RC_OK && file_count > 0)
        hand_out(page->messages, page->count, files, file_count);
    return rc;
}

static enum rc read_conversation(struct store *store, struct arena *arena, const struct wanted *wanted,
                                 struct message_page *page)
{
    struct conn *conn = db_read(store->db);
    enum rc rc = read_on(conn, arena, wanted, page);
    db_done(conn);
    return rc;
}

enum rc ticket_messages(struct store *store, struct arena *arena, const struct viewer *viewer, int64_t number,
                        struct message **messages, size_t *count)
{
    struct message_page all;
    const struct wanted wanted = {.viewer = viewer, .number = number};
    enum rc rc = read_conversation(store, arena, &wanted, &all);
    *messages = all.messages;
    *count = all.count;
    return rc;
}

enum rc ticket_messages_before(struct store *store, struct arena *arena, const struct viewer *viewer,
                               int64_t number, int64_t before, struct message_page *page)
{
    const struct wanted wanted = {.viewer = viewer, .number = number, .before = before, .paged = true};
    return read_conversation(store, arena, &wanted, page);
}

enum rc ticket_read_messages(struct conn *conn, struct arena *arena, const struct viewer *viewer,
                             int64_t number, int64_t before, struct message_page *page)
{
    const struct wanted wanted = {.viewer = viewer, .number = number, .before = before, .paged = true};
    return read_on(conn, arena, &wanted, page);
}

enum rc ticket_message(struct store *store, struct arena *arena, const struct viewer *viewer, int64_t number,
                       int64_t message_id, struct message *message)
{
    struct message_page found;
    const struct wanted wanted = {.viewer = viewer, .number = number, .message_id = message_id};
    enum rc rc = message_id > 0 ? read_conversation(store, arena, &wanted, &found) : RC_NOT_FOUND;
    if (rc == RC_OK && found.count == 0)
        return RC_NOT_FOUND;
    if (rc == RC_OK)
        *message = found.messages[0];
    return rc;
}

enum rc ticket_file(struct store *store, struct arena *arena, const struct viewer *viewer, int64_t number,
                    const char *file_id, struct file *file)
{
    struct conn *conn = db_read(store->db);
    struct query query = begin(conn, SQL_TICKET_FILE, viewer, number);
    query_bind_text(&query, ":id", file_id);
    bool found = query_step(&query);
    if (found)
        read_file(&query, arena, file);
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc == RC_OK && !found ? RC_NOT_FOUND : rc;
}
