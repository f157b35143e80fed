#include "search_later.h"

#include "query.h"

#include <stdlib.h>
#include <string.h>

/*
 * Segments are merged here and not by FTS5 itself, which does the work of many commits in one of them: pages
 * to be merged at a commit, more than a round adds on all levels of the index together.
 */
enum { MERGE_PAGES = 16, FIRST_ROOM = 64 };

struct search_word_list {
    int64_t number;
    size_t turn; /* that it came in; of one ticket's the order does not matter, but is always the same */
    size_t len;
    char *words;
};

void search_later_undo(struct search_later *later, size_t count)
{
    while (later->count > count)
        free(later->lists[--later->count].words);
}

void search_later_release(struct search_later *later)
{
    search_later_undo(later, 0);
    free(later->lists);
    *later = (struct search_later){0};
}

static bool make_room(struct search_later *later)
{
    if (later->count < later->room)
        return true;
    size_t room = later->room ? 2 * later->room : FIRST_ROOM;
    struct search_word_list *lists = realloc(later->lists, room * sizeof *lists);
    if (!lists)
        return false;
    later->lists = lists;
    later->room = room;
    return true;
}

bool search_later_add(struct search_later *later, int64_t number, const char *words, size_t len)
{
    char *copy = make_room(later) ? malloc(len + 1) : NULL;
    if (!copy)
        return false;
    memcpy(copy, words, len);
    copy[len] = '\0';
    later->lists[later->count] = (struct search_word_list){number, later->count, len, copy};
    later->count++;
    return true;
}

static int by_number(const void *a, const void *b)
{
    const struct search_word_list *one = a, *other = b;
    if (one->number != other->number)
        return one->number < other->number ? -1 : 1;
    return one->turn < other->turn ? -1 : 1;
}

/* The words of `count` lists of one ticket. */
static void write_ticket(struct conn *conn, const struct search_word_list *lists, size_t count)
{
    size_t len = 0, at = 0;
    for (size_t i = 0; i < count; i++)
        len += lists[i].len;
    char *words = malloc(len + 1);
    for (size_t i = 0; words && i < count; at += lists[i++].len)
        memcpy(words + at, lists[i].words, lists[i].len);
    struct query query = query_begin(conn, SQL_SEARCH_ADD);
    if (!words)
        query_fail(&query, RC_INTERNAL);
    else
        words[len] = '\0';
    query_bind_int(&query, ":number", lists->number);
    query_bind_text(&query, ":words", words);
    query_run(&query, NULL);
    free(words);
}

static void merge(struct conn *conn)
{
    struct query query = query_begin(conn, SQL_SEARCH_MERGE);
    query_bind_int(&query, ":pages", MERGE_PAGES);
    query_run(&query, NULL);
}

void search_later_write(struct search_later *later, struct conn *conn)
{
    if (later->count == 0)
        return;
    qsort(later->lists, later->count, sizeof *later->lists, by_number);
    for (size_t i = 0, next; i < later->count && conn->rc == RC_OK; i = next) {
        for (next = i + 1; next < later->count && later->lists[next].number == later->lists[i].number;)
            next++;
        write_ticket(conn, later->lists + i, next - i);
    }
    if (conn->rc == RC_OK)
        merge(conn);
    search_later_undo(later, 0);
}
