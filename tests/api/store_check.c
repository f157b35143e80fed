/*
 * store_check DATA: what SQLite itself thinks of a store, one finding a line; then "file ID SIZE" for each
 * file that a message has. Nothing of ours is linked: a store must be sound to everybody. Exits with 0 when
 * it could be read.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

static int print_row(void *context, int count, char **values, char **names)
{
    (void)names;
    const char *label = context;
    if (strcmp(label, "integrity") == 0 && count == 1 && values[0] && strcmp(values[0], "ok") == 0)
        return 0;
    fputs(label, stdout);
    for (int i = 0; i < count; i++)
        printf(" %s", values[i] ? values[i] : "-");
    putchar('\n');
    return 0;
}

static int ask(sqlite3 *db, const char *sql, char *label)
{
    char *error = NULL;
    int code = sqlite3_exec(db, sql, print_row, label, &error);
    if (code != SQLITE_OK)
        fprintf(stderr, "%s: %s\n", sql, error ? error : sqlite3_errstr(code));
    sqlite3_free(error);
    return code == SQLITE_OK ? 0 : 1;
}

int main(int argc, char **argv)
{
    static char integrity[] = "integrity", foreign[] = "foreign", file[] = "file";
    char path[4096];
    sqlite3 *db = NULL;
    if (argc != 2 || snprintf(path, sizeof path, "%s/guichet.db", argv[1]) >= (int)sizeof path)
        return 2;
    int failed = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK;
    if (!failed)
        failed = ask(db, "PRAGMA integrity_check", integrity) + ask(db, "PRAGMA foreign_key_check", foreign) +
                 ask(db, "SELECT id, size FROM file", file);
    sqlite3_close(db);
    return failed ? 1 : 0;
}
