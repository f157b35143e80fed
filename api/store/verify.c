#include "verify.h"

#include "migrations.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { CHUNK = 64 * 1024, PATH_ROOM = 4096 };

struct verify {
    const char *dir, *shown;
    sqlite3 *sqlite;
    struct diag *diag;
    uint64_t files, wrong; /* wrong: findings of this kind */
};

/* True: this one is told. */
static bool counts(struct verify *verify)
{
    verify->wrong++;
    if (verify->wrong == VERIFY_TOLD + 1)
        diag_error(verify->diag, (struct place){.file = verify->shown},
                   "there are more of these; %d are told", VERIFY_TOLD);
    return verify->wrong <= VERIFY_TOLD;
}

/* Give each row of a statement to `row`. */
static bool each_row(struct verify *verify, const char *sql, void (*row)(struct verify *, sqlite3_stmt *))
{
    sqlite3_stmt *stmt = NULL;
    int code = sqlite3_prepare_v2(verify->sqlite, sql, -1, &stmt, NULL);
    verify->wrong = 0;
    while (code == SQLITE_OK && (code = sqlite3_step(stmt)) == SQLITE_ROW) {
        row(verify, stmt);
        code = SQLITE_OK;
    }
    if (code != SQLITE_DONE)
        diag_error(verify->diag, (struct place){.file = verify->shown}, "guichet.db cannot be read: %s",
                   sqlite3_errmsg(verify->sqlite));
    sqlite3_finalize(stmt);
    return code == SQLITE_DONE && verify->wrong == 0;
}

/* Of all that one damage spoils, the first line: "*** in database main ***\nPage 9: ...\n...". */
static void integrity_row(struct verify *verify, sqlite3_stmt *stmt)
{
    const char *said = (const char *)sqlite3_column_text(stmt, 0);
    const char *head = said && strncmp(said, "***", 3) == 0 ? strchr(said, '\n') : NULL;
    if (head)
        said = head + 1;
    if (said && strcmp(said, "ok") != 0 && counts(verify))
        diag_error(verify->diag, (struct place){.file = verify->shown}, "guichet.db is damaged: %.*s",
                   (int)strcspn(said, "\n"), said);
}

static void reference_row(struct verify *verify, sqlite3_stmt *stmt)
{
    if (counts(verify))
        diag_error(verify->diag, (struct place){.file = verify->shown},
                   "guichet.db: row %lld of \"%s\" speaks of a row of \"%s\" that is not there",
                   (long long)sqlite3_column_int64(stmt, 1), (const char *)sqlite3_column_text(stmt, 0),
                   (const char *)sqlite3_column_text(stmt, 2));
}

/* Size and SHA-256 of what is there; an errno value. */
static int read_whole(const char *path, int64_t *size, unsigned char sum[crypto_hash_sha256_BYTES])
{
    unsigned char chunk[CHUNK];
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return errno;
    ssize_t got;
    for (*size = 0; (got = read(fd, chunk, sizeof chunk)) > 0; *size += got)
        crypto_hash_sha256_update(&state, chunk, (unsigned long long)got);
    int error = got < 0 ? errno : 0;
    close(fd);
    crypto_hash_sha256_final(&state, sum);
    return error;
}

static void file_row(struct verify *verify, sqlite3_stmt *stmt)
{
    char path[PATH_ROOM], shown[PATH_ROOM];
    const char *id = (const char *)sqlite3_column_text(stmt, 0);
    int64_t size = 0, want = sqlite3_column_int64(stmt, 1);
    unsigned char sum[crypto_hash_sha256_BYTES];
    const void *known = sqlite3_column_blob(stmt, 2);
    verify->files++;
    snprintf(path, sizeof path, "%s/files/%s", verify->dir, id);
    snprintf(shown, sizeof shown, "%s/files/%s", verify->shown, id);
    int error = read_whole(path, &size, sum);
    bool same = !error && size == want && known && sqlite3_column_bytes(stmt, 2) == (int)sizeof sum &&
                memcmp(known, sum, sizeof sum) == 0;
    if (same || !counts(verify))
        return;
    if (error)
        diag_error(verify->diag, (struct place){.file = shown},
                   "a message has this file; it cannot be read: %s", strerror(error));
    else
        diag_error(verify->diag, (struct place){.file = shown},
                   "is not what the message was sent with: %lld bytes, want %lld with the same SHA-256",
                   (long long)size, (long long)want);
}

static bool open_database(struct verify *verify)
{
    char path[PATH_ROOM];
    bool fits = snprintf(path, sizeof path, "%s/guichet.db", verify->dir) < (int)sizeof path;
    int code = fits ? sqlite3_open_v2(path, &verify->sqlite, SQLITE_OPEN_READWRITE, NULL) : SQLITE_CANTOPEN;
    if (code != SQLITE_OK)
        diag_error(verify->diag, (struct place){.file = verify->shown}, "guichet.db cannot be opened: %s",
                   sqlite3_errstr(code));
    return code == SQLITE_OK;
}

bool store_verify(const char *dir, const char *shown, uint64_t *files, struct diag *diag)
{
    struct verify verify = {.dir = dir, .shown = shown, .diag = diag};
    bool good = sodium_init() >= 0 && open_database(&verify) &&
                migrations_may_run(verify.sqlite, shown, diag) &&
                each_row(&verify, "PRAGMA integrity_check(1)", integrity_row);
    if (good) {
        bool whole = each_row(&verify, "PRAGMA foreign_key_check", reference_row);
        good = each_row(&verify, "SELECT id, size, sha256 FROM file ORDER BY id", file_row) && whole;
    }
    sqlite3_close(verify.sqlite);
    *files = verify.files;
    return good;
}
