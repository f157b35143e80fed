#include "pack.h"

#include "../portal/view.h"
#include "../server/write.h"
#include "../store/file.h"
#include "../store/own.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { PIECE = 64 * 1024, PAGE_CEILING = 32 * 1024 * 1024, NAME_MAX_BYTES = 200 };

/* Send what stands in request->out; it is empty afterwards. */
static bool drain(struct request *request, struct zip *zip)
{
    bool good = buf_ok(&request->out);
    zip_write(zip, request->out.data, request->out.len);
    buf_reset(&request->out);
    return good;
}

/* --- account.json ----------------------------------------------------------------------------------------
 */

static enum rc pack_part(struct request *request, struct zip *zip, enum own_part part, const char *name)
{
    int64_t after = 0;
    size_t count = 1;
    enum rc rc = RC_OK;
    buf_addf(&request->out, "%s\n\"%s\": [", part == OWN_PERSON ? "{" : ",", name);
    while (rc == RC_OK && count > 0) {
        rc = own_rows(request->store, part, request->session.person.id, &after, &request->out, &count);
        if (!drain(request, zip))
            rc = RC_INTERNAL;
    }
    buf_adds(&request->out, "]");
    return rc;
}

static enum rc pack_account(struct request *request, struct zip *zip)
{
    static const char *const names[] = {
        [OWN_PERSON] = "person",         [OWN_CONSENTS] = "consents", [OWN_SESSIONS] = "sign_ins",
        [OWN_IDENTITIES] = "identities", [OWN_GROUPS] = "groups",     [OWN_RATINGS] = "ratings",
        [OWN_SHARED] = "participant_in", [OWN_AUDIT] = "audit",
    };
    enum rc rc = RC_OK;
    zip_file(zip, "account.json", -1, request->now);
    for (size_t i = 0; rc == RC_OK && i < sizeof names / sizeof names[0]; i++)
        rc = pack_part(request, zip, (enum own_part)i, names[i]);
    buf_adds(&request->out, "\n}\n");
    return drain(request, zip) ? rc : RC_INTERNAL;
}

/* --- files -----------------------------------------------------------------------------------------------
 */

/* A name that every system can unpack, and nothing but a name. */
static const char *safe_name(struct arena *arena, const char *name)
{
    size_t len = strlen(name);
    const char *from = name;
    while (len > NAME_MAX_BYTES || (*from & 0xC0) == 0x80) {
        from++; /* the ending tells what it is: it stays */
        len--;
    }
    char *safe = arena_strdup(arena, from);
    for (char *at = safe; at && *at; at++)
        if ((unsigned char)*at < 0x20 || *at == 0x7f || strchr("/\\:*?\"<>|", *at))
            *at = '_';
    if (safe && strspn(safe, ". ") == strlen(safe))
        return "file";
    return safe;
}

static enum rc copy(int fd, struct zip *zip, char *piece, int64_t left)
{
    while (left > 0) {
        ssize_t got = read(fd, piece, left < PIECE ? (size_t)left : PIECE);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return RC_INTERNAL;
        zip_write(zip, piece, (size_t)got);
        left -= got;
    }
    return RC_OK;
}

static enum rc pack_file(struct request *request, struct zip *zip, const struct message *message,
                         const struct file *file)
{
    int fd;
    const char *name = safe_name(request->arena, file->name);
    char *piece = arena_alloc(request->arena, PIECE);
    const char *path = name ? arena_printf(request->arena, "files/%s/%s", file->id, name) : NULL;
    if (!path || !piece)
        return RC_INTERNAL;
    if (file_open(request->store, file->id, &fd) != RC_OK)
        return RC_INTERNAL; /* its row says that it is there */
    zip_file(zip, path, file->size, message->created_at);
    enum rc rc = copy(fd, zip, piece, file->size);
    close(fd);
    return rc;
}

/* Files come after the JSON that speaks of them. */
static enum rc pack_files(struct request *request, struct zip *zip, const struct message *message)
{
    enum rc rc = RC_OK;
    for (size_t i = 0; rc == RC_OK && i < message->file_count; i++)
        rc = pack_file(request, zip, message, &message->files[i]);
    return rc;
}

/* --- tickets and messages --------------------------------------------------------------------------------
 */

/* What is done with each page of a conversation, the latest first. */
typedef enum rc page_use(struct request *request, struct zip *zip, const struct message_page *page);

static enum rc write_page(struct request *request, struct zip *zip, const struct message_page *page)
{
    for (size_t i = page->count; i-- > 0;)
        view_message(request, NULL, &page->messages[i]);
    /* what follows is separated by the last byte that stands there */
    if (!page->earlier)
        return RC_OK;
    buf_addc(&request->out, ',');
    return drain(request, zip) ? RC_OK : RC_INTERNAL;
}

static enum rc pack_page(struct request *request, struct zip *zip, const struct message_page *page)
{
    enum rc rc = RC_OK;
    for (size_t i = page->count; rc == RC_OK && i-- > 0;)
        rc = pack_files(request, zip, &page->messages[i]);
    return rc;
}

/* Each page lives in an arena of its own. */
static enum rc each_page(struct request *request, struct zip *zip, int64_t number, page_use *use)
{
    struct arena *before = request->arena;
    struct message_page page = {.earlier = true};
    int64_t last = 0;
    enum rc rc = RC_OK;
    while (rc == RC_OK && page.earlier) {
        struct arena *arena = arena_new(PAGE_CEILING);
        if (!arena)
            return RC_INTERNAL;
        request->arena = arena;
        rc = ticket_messages_before(request->store, arena, &request->viewer, number, last, &page);
        if (rc == RC_OK)
            rc = use(request, zip, &page);
        last = rc == RC_OK && page.count > 0 ? page.messages[0].id : 0;
        page.earlier = page.earlier && last > 0;
        request->arena = before;
        arena_free(arena);
    }
    return rc;
}

static enum rc pack_ticket(struct request *request, struct zip *zip, const struct own_number *which)
{
    struct ticket ticket;
    char path[48];
    enum rc rc = ticket_get(request->store, request->arena, &request->viewer, which->number, &ticket);
    if (rc != RC_OK)
        return rc == RC_NOT_FOUND ? RC_OK : rc; /* no more, since its number was read */
    snprintf(path, sizeof path, "tickets/%lld.json", (long long)which->number);
    zip_file(zip, path, -1, ticket.last_activity_at);
    write_begin(&request->out, NULL, '{');
    view_ticket(request, &ticket);
    write_begin(&request->out, "messages", '[');
    rc = each_page(request, zip, which->number, write_page);
    write_end(&request->out, ']');
    write_end(&request->out, '}');
    if (rc == RC_OK && !drain(request, zip))
        rc = RC_INTERNAL;
    return rc == RC_OK ? each_page(request, zip, which->number, pack_page) : rc;
}

static enum rc pack_message(struct request *request, struct zip *zip, const struct own_number *which)
{
    struct message message;
    char path[48];
    enum rc rc = ticket_message(request->store, request->arena, &request->viewer, which->number,
                                which->message_id, &message);
    if (rc != RC_OK || message.internal)
        return rc == RC_NOT_FOUND ? RC_OK : rc;
    snprintf(path, sizeof path, "messages/%lld.json", (long long)message.id);
    zip_file(zip, path, -1, message.created_at);
    write_begin(&request->out, NULL, '{');
    write_number(&request->out, "ticket", which->number);
    view_message(request, "message", &message);
    write_end(&request->out, '}');
    return drain(request, zip) ? pack_files(request, zip, &message) : RC_INTERNAL;
}

typedef enum rc numbers_read(struct store *store, const struct viewer *viewer, int64_t after,
                             struct own_number *numbers, size_t *count);
typedef enum rc number_pack(struct request *request, struct zip *zip, const struct own_number *which);

/* The same for each of them in turn, each with an arena of its own. */
static enum rc each_number(struct request *request, struct zip *zip, numbers_read *read_next,
                           number_pack *pack)
{
    struct arena *before = request->arena;
    struct own_number *numbers = arena_alloc(before, OWN_NUMBERS * sizeof *numbers);
    size_t count = OWN_NUMBERS;
    int64_t after = 0;
    enum rc rc = numbers ? RC_OK : RC_INTERNAL;
    while (rc == RC_OK && count == OWN_NUMBERS) {
        rc = read_next(request->store, &request->viewer, after, numbers, &count);
        for (size_t i = 0; rc == RC_OK && i < count; i++) {
            struct arena *arena = arena_new(PAGE_CEILING);
            request->arena = arena;
            rc = arena ? pack(request, zip, &numbers[i]) : RC_INTERNAL;
            request->arena = before;
            arena_free(arena);
            after = numbers[i].message_id ? numbers[i].message_id : numbers[i].number;
        }
    }
    return rc;
}

/* What each file is, in their language. With the mark that some editors want to see before they take it for
 * UTF-8. */
static void pack_readme(struct request *request, struct zip *zip)
{
    static const char mark[] = "\xef\xbb\xbf";
    const char *text = portal_word(request->portal, request->session.person.locale, "readme");
    zip_file(zip, "README.txt", -1, request->now);
    zip_write(zip, mark, sizeof mark - 1);
    zip_write(zip, text, strlen(text));
}

enum problem pack_all(struct request *request, struct zip *zip)
{
    const struct viewer viewer = request->viewer;
    pack_readme(request, zip);
    enum rc rc = pack_account(request, zip);
    request->viewer.staff = false; /* as a customer sees what they asked for */
    request->viewer.company_id = 0;
    if (rc == RC_OK)
        rc = each_number(request, zip, own_tickets, pack_ticket);
    request->viewer = viewer;
    if (rc == RC_OK)
        rc = each_number(request, zip, own_messages, pack_message);
    return problem_of(rc);
}
