#include "backup.h"

#include "inside.h"

#include <errno.h>
#include <stdio.h>

/* All pages in one step: they are of one moment, and nobody who writes makes it begin again. */
static int copy_pages(sqlite3 *from, sqlite3 *to)
{
    sqlite3_backup *copying = sqlite3_backup_init(to, "main", from, "main");
    if (!copying)
        return sqlite3_extended_errcode(to);
    int code = sqlite3_backup_step(copying, -1);
    int finished = sqlite3_backup_finish(copying);
    return code == SQLITE_DONE ? finished : code;
}

enum rc store_backup(struct store *store, const char *path, char *why, size_t size)
{
    const int flags =
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    sqlite3 *copy = NULL;
    struct conn *conn = db_read(store->db);
    int code = sqlite3_open_v2(path, &copy, flags, NULL);
    if (code == SQLITE_OK)
        code = copy_pages(conn->sqlite, copy);
    enum rc rc = db_rc(copy, code, errno);
    if (rc != RC_OK)
        snprintf(why, size, "%s", sqlite3_errstr(code));
    sqlite3_close(copy);
    db_done(conn);
    return rc;
}
