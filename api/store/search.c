#include "search.h"

#include "../../lib/buf.h"
#include "../../lib/log.h"
#include "db_inside.h"
#include "query.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/*
 * Whose words: of a company or, for tickets without one, a requester. Most people have one such home; who has
 * too many of them searches among everybody's words, which takes longer and finds the same.
 */
enum {
    HOME_BYTES = 24,
    HOMES_MAX = 8,
    TEXT_CEILING = 64 * 1024 * 1024,
    BATCH = 2000,
    SAY_EVERY = 50000,
    MERGE_PAGES = 500
};

struct indexing {
    struct buf words;
    char home[HOME_BYTES];
};

static void add_word(void *context, const char *word, size_t len)
{
    struct indexing *indexing = context;
    struct buf *words = &indexing->words;
    buf_adds(words, indexing->home);
    buf_addc(words, '_');
    buf_add(words, word, len);
    buf_adds(words, " _");
    buf_add(words, word, len);
    buf_addc(words, ' ');
}

static void write_words(struct conn *conn, enum statement statement, int64_t number,
                        struct indexing *indexing)
{
    if (!buf_ok(&indexing->words) && conn->rc == RC_OK)
        conn->rc = RC_INTERNAL;
    struct query query = query_begin(conn, statement);
    query_bind_int(&query, ":number", number);
    query_bind_text(&query, ":words", indexing->words.data);
    query_run(&query, NULL);
    buf_reset(&indexing->words);
}

static void write_later(struct conn *conn, int64_t number, const struct indexing *indexing)
{
    const struct buf *words = &indexing->words;
    if (!buf_ok(words) || !search_later_add(&conn->db->later, number, words->data, words->len))
        conn->rc = RC_INTERNAL;
}

static void read_home(struct query *query, int column, char home[HOME_BYTES])
{
    int64_t company = query_int(query, column), person = query_int(query, column + 1);
    snprintf(home, HOME_BYTES, "%c%lld", company ? 'c' : 'p', (long long)(company ? company : person));
}

static void find_home(struct conn *conn, int64_t number, char home[HOME_BYTES])
{
    struct query query = query_begin(conn, SQL_SEARCH_HOME);
    query_bind_int(&query, ":number", number);
    if (query_step(&query))
        read_home(&query, 0, home);
    query_end(&query);
}

void search_add(struct conn *conn, int64_t number, const char *text)
{
    struct indexing indexing = {.home = ""};
    if (conn->rc != RC_OK)
        return;
    buf_init(&indexing.words, TEXT_CEILING);
    find_home(conn, number, indexing.home);
    search_each_word(text, strlen(text), add_word, &indexing);
    if (indexing.words.len > 0)
        write_later(conn, number, &indexing);
    buf_release(&indexing.words);
}

static void note_progress(struct conn *conn, int64_t number)
{
    struct query query = query_begin(conn, SQL_SEARCH_REACHED);
    query_bind_int(&query, ":number", number);
    query_run(&query, NULL);
}

void search_add_ticket(struct conn *conn, int64_t number, const char *subject)
{
    char digits[HOME_BYTES];
    snprintf(digits, sizeof digits, "%lld", (long long)number);
    search_add(conn, number, subject);
    search_add(conn, number, digits);
    note_progress(conn, number);
}

static void add_text(struct query *query, int column, struct indexing *indexing)
{
    size_t len;
    const char *text = query_span(query, column, &len);
    if (text)
        search_each_word(text, len, add_word, indexing);
}

/* The subject and number stand in the row of `tickets`; the messages are read here. */
static void write_all(struct conn *conn, enum statement statement, struct query *tickets, int64_t number,
                      struct indexing *indexing)
{
    read_home(tickets, 2, indexing->home);
    add_text(tickets, 0, indexing);
    add_text(tickets, 1, indexing);
    struct query messages = query_begin(conn, SQL_SEARCH_MESSAGES);
    query_bind_int(&messages, ":number", number);
    while (query_step(&messages))
        add_text(&messages, 0, indexing);
    query_end(&messages);
    write_words(conn, statement, number, indexing);
}

static void write_ticket(struct conn *conn, enum statement statement, int64_t number)
{
    struct indexing indexing = {.home = ""};
    buf_init(&indexing.words, TEXT_CEILING);
    struct query ticket = query_begin(conn, SQL_SEARCH_TICKET);
    query_bind_int(&ticket, ":number", number);
    if (query_step(&ticket))
        write_all(conn, statement, &ticket, number, &indexing);
    query_end(&ticket);
    buf_release(&indexing.words);
}

void search_forget(struct conn *conn, int64_t number)
{
    search_later_write(&conn->db->later, conn); /* what is not in the index cannot be taken out of it */
    write_ticket(conn, SQL_SEARCH_REMOVE, number);
}

void search_learn(struct conn *conn, int64_t number)
{
    write_ticket(conn, SQL_SEARCH_ADD, number);
}

/* Pages below 0: begin to make one of all segments; above: go on. True: there is more to do. */
static bool merge_some(struct db *db, int pages, enum rc *rc)
{
    struct conn *conn = db_write(db);
    int before = sqlite3_total_changes(conn->sqlite);
    struct query query = query_begin(conn, SQL_SEARCH_MERGE);
    query_bind_int(&query, ":pages", pages);
    query_run(&query, NULL);
    bool more = sqlite3_total_changes(conn->sqlite) - before >= 2;
    conn->quiet = true;
    *rc = db_end(conn, RC_OK);
    return more && *rc == RC_OK;
}

enum rc search_tidy(struct db *db)
{
    enum rc rc = RC_OK;
    for (int pages = -MERGE_PAGES; merge_some(db, pages, &rc);)
        pages = MERGE_PAGES;
    return rc;
}

/* *count: how many tickets were behind; less than BATCH: none is any more. */
static enum rc catch_up_batch(struct db *db, struct indexing *indexing, int *count)
{
    int64_t number = 0;
    *count = 0;
    struct conn *conn = db_write(db);
    struct query tickets = query_begin(conn, SQL_SEARCH_BEHIND);
    query_bind_int(&tickets, ":limit", BATCH);
    while (query_step(&tickets)) {
        number = query_int(&tickets, 1);
        write_all(conn, SQL_SEARCH_ADD, &tickets, number, indexing);
        ++*count;
    }
    enum rc rc = query_end(&tickets);
    if (*count > 0)
        note_progress(conn, number);
    conn->quiet = true;
    return db_end(conn, rc);
}

static void say(const char *what, int64_t tickets)
{
    char said[HOME_BYTES];
    snprintf(said, sizeof said, "%" PRId64, tickets);
    log_event(LOG_INFO, "store search", what, said, NULL);
}

enum rc search_catch_up(struct db *db)
{
    struct indexing indexing = {.home = ""};
    enum rc rc = RC_OK;
    int64_t total = 0;
    buf_init(&indexing.words, TEXT_CEILING);
    for (int count = BATCH; rc == RC_OK && count == BATCH;) {
        rc = catch_up_batch(db, &indexing, &count);
        if ((total + count) / SAY_EVERY > total / SAY_EVERY)
            say("tickets_read", total + count);
        total += count;
    }
    buf_release(&indexing.words);
    if (total >= SAY_EVERY)
        say("tickets_merging", total);
    /* Segments of so many batches would be merged by the first thousands who write, in large pieces. */
    return rc == RC_OK && total >= BATCH ? search_tidy(db) : rc;
}

/* The homes of the tickets that could be the viewer's; none: everybody's words. */
static size_t find_homes(struct conn *conn, const struct viewer *viewer, char homes[HOMES_MAX][HOME_BYTES],
                         enum rc *rc)
{
    size_t count = 0;
    *rc = RC_OK;
    if (viewer->staff)
        return 0;
    struct query query = query_begin(conn, SQL_SEARCH_HOMES);
    query_bind_int(&query, ":person", viewer->person_id);
    query_bind_id(&query, ":company", viewer->company_id);
    query_bind_int(&query, ":limit", HOMES_MAX + 1);
    while (query_step(&query)) {
        if (count < HOMES_MAX)
            read_home(&query, 0, homes[count]);
        count++;
    }
    *rc = query_end(&query);
    return count <= HOMES_MAX ? count : 0;
}

/* Words and homes are letters, digits and nothing else: they need no escaping. */
static void add_term(struct buf *out, const char *home, const struct search_wanted *wanted, size_t word)
{
    buf_addf(out, "\"%s_%s\"%s", home, wanted->words[word].text, wanted->words[word].prefix ? " *" : "");
}

static void add_terms(struct buf *out, char homes[HOMES_MAX][HOME_BYTES], size_t home_count,
                      const struct search_wanted *wanted, size_t word)
{
    buf_adds(out, word > 0 ? " AND (" : "(");
    for (size_t i = 0; i < home_count; i++) {
        buf_adds(out, i > 0 ? " OR " : "");
        add_term(out, homes[i], wanted, word);
    }
    if (home_count == 0)
        add_term(out, "", wanted, word);
    buf_addc(out, ')');
}

const char *search_expression(struct conn *conn, struct arena *arena, const struct viewer *viewer,
                              const struct search_wanted *wanted, enum rc *rc)
{
    char homes[HOMES_MAX][HOME_BYTES];
    struct buf out;
    size_t home_count = find_homes(conn, viewer, homes, rc);
    if (*rc != RC_OK)
        return NULL;
    buf_init(&out, TEXT_CEILING);
    for (size_t i = 0; i < wanted->count; i++)
        add_terms(&out, homes, home_count, wanted, i);
    const char *expression = buf_ok(&out) ? arena_strndup(arena, out.data, out.len) : NULL;
    buf_release(&out);
    if (!expression)
        *rc = RC_INTERNAL;
    return expression;
}
