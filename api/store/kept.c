#include "kept.h"

#include "prepare.h"

#include <string.h>

/* FNV-1a */
static uint64_t hash_of(const char *text)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
    return hash;
}

static struct kept_statement *find(struct kept *kept, uint64_t hash, const char *text)
{
    for (int i = 0; i < KEPT_MAX; i++) {
        struct kept_statement *at = &kept->statements[i];
        if (at->stmt && !at->running && at->hash == hash && strcmp(sqlite3_sql(at->stmt), text) == 0)
            return at;
    }
    return NULL;
}

/* An empty place, or the one that was not used for longest. NULL: all run. */
static struct kept_statement *make_room(struct kept *kept)
{
    struct kept_statement *oldest = NULL;
    for (int i = 0; i < KEPT_MAX; i++) {
        struct kept_statement *at = &kept->statements[i];
        if (!at->stmt)
            return at;
        if (!at->running && (!oldest || at->used < oldest->used))
            oldest = at;
    }
    if (oldest) {
        sqlite3_finalize(oldest->stmt);
        *oldest = (struct kept_statement){0};
    }
    return oldest;
}

sqlite3_stmt *kept_take(struct kept *kept, sqlite3 *sqlite, const char *text, int *code)
{
    uint64_t hash = hash_of(text);
    struct kept_statement *at = find(kept, hash, text);
    *code = SQLITE_OK;
    if (!at) {
        at = make_room(kept);
        *code = at ? prepare(sqlite, text, &at->stmt) : SQLITE_MISUSE;
        if (*code != SQLITE_OK)
            return NULL;
        at->hash = hash;
    }
    at->used = ++kept->uses;
    at->running = true;
    return at->stmt;
}

void kept_give(struct kept *kept, const sqlite3_stmt *stmt)
{
    for (int i = 0; i < KEPT_MAX; i++) {
        if (kept->statements[i].stmt == stmt)
            kept->statements[i].running = false;
    }
}

void kept_release(struct kept *kept)
{
    for (int i = 0; i < KEPT_MAX; i++)
        sqlite3_finalize(kept->statements[i].stmt);
    *kept = (struct kept){0};
}
