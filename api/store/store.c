#include "store.h"

#include "../../lib/fs.h"
#include "inside.h"
#include "lock.h"
#include "presence.h"
#include "search.h"
#include "sweep.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/*
 * With four, 32 who asked at once waited longer than the pool's patience, so that all were served in turn,
 * each woken for it: a third fewer answers. More cost memory, for their caches and for what is searched.
 */
enum { DEFAULT_READERS = 8, MAX_READERS = 64, LOOKING_READERS = 2 };

int64_t store_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void store_random_id(char id[23])
{
    unsigned char bytes[16];
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(id, 23, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

static pthread_once_t libraries_once = PTHREAD_ONCE_INIT;
static bool libraries_ready;

/* Counting every allocation of SQLite costs a mutex that all threads meet at. */
static void prepare_libraries(void)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    libraries_ready = sodium_init() >= 0 && sqlite3_initialize() == SQLITE_OK;
}

static bool say(struct diag *diag, const char *dir, const char *what, int error)
{
    diag_error(diag, (struct place){.file = dir}, "%s%s%s", what, error ? ": " : "",
               error ? strerror(error) : "");
    return false;
}

static bool has_database(const char *dir)
{
    int folder = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
    struct stat found;
    bool has = folder >= 0 && fstatat(folder, "guichet.db", &found, 0) == 0;
    if (folder >= 0)
        close(folder);
    return has;
}

/* The name may have been a slip: a new store would hide it. */
static bool say_none(const char *dir, struct diag *diag)
{
    diag_error(diag, (struct place){.file = dir},
               "no store here (%s); want the data folder that the server uses: --data DIR, or GUICHET_DATA. "
               "\"guichet-api serve\" makes a new one, \"guichet-api demo\" one with examples",
               fs_is_dir(dir) ? "it holds no guichet.db" : "there is no such folder");
    return false;
}

/* Personal data lives here: the folder is the owner's alone when we make it. */
static bool prepare_folder(const char *dir, const struct store_options *options, struct diag *diag)
{
    bool exists = has_database(dir);
    if (exists && options->fresh)
        return say(diag, dir, "holds a store already", 0);
    if (!exists && !options->create)
        return say_none(dir, diag);
    if (fs_is_dir(dir))
        return true;
    int error = fs_mkdirs(dir);
    if (error == 0 && chmod(dir, 0700) != 0)
        error = errno;
    return error == 0 || say(diag, dir, "cannot be made", error);
}

/* The folder's descriptor; -1: it cannot be had. */
static int open_folder(int parent, const char *name)
{
    if (mkdirat(parent, name, 0700) != 0 && errno != EEXIST)
        return -1;
    return openat(parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static bool open_folders(struct store *store, struct diag *diag)
{
    int dir = open(store->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int mail = dir >= 0 ? open_folder(dir, "mail") : -1;
    store->files = dir >= 0 ? open_folder(dir, "files") : -1;
    store->tmp = store->files >= 0 ? open_folder(store->files, "tmp") : -1;
    bool good = mail >= 0 && store->tmp >= 0 && fsync(store->files) == 0 && fsync(dir) == 0;
    int error = errno;
    if (mail >= 0)
        close(mail);
    if (dir >= 0)
        close(dir);
    return good || say(diag, store->dir, "its folders cannot be made or read", error);
}

static bool open_to_look(struct store *store, struct diag *diag)
{
    store->db = db_open_to_look(store->dir, LOOKING_READERS, diag);
    return store->db != NULL;
}

static bool open_rest(struct store *store, const struct store_options *options, struct diag *diag)
{
    if (options->look)
        return open_to_look(store, diag);
    int readers = options->readers > 0 ? options->readers : DEFAULT_READERS;
    store->lock = lock_take(store->dir, options->held, diag);
    if (store->lock < 0 || !open_folders(store, diag))
        return false;
    /* Only now, under the lock, is the answer certain. */
    if (options->fresh && has_database(store->dir))
        return say(diag, store->dir, "holds a store already", 0);
    store->db = db_open(store->dir, readers < MAX_READERS ? readers : MAX_READERS, diag);
    if (!store->db)
        return false;
    if (search_catch_up(store->db) != RC_OK)
        return say(diag, store->dir, "the search's index cannot be written", 0);
    return sweep_files(store, store_now()) == RC_OK || say(diag, store->dir, "files cannot be read", 0);
}

struct store *store_open(const char *dir, const struct store_options *options, struct diag *diag)
{
    pthread_once(&libraries_once, prepare_libraries);
    if (!libraries_ready) {
        say(diag, dir, "the libraries of the store do not start", 0);
        return NULL;
    }
    if (!prepare_folder(dir, options, diag))
        return NULL;
    struct store *store = calloc(1, sizeof *store);
    if (store) {
        *store = (struct store){.lock = -1,
                                .files = -1,
                                .tmp = -1,
                                .dir = strdup(dir),
                                .recent = recent_new(),
                                .presence = presence_new(),
                                .walking = PTHREAD_MUTEX_INITIALIZER,
                                .hold = {.lock = PTHREAD_MUTEX_INITIALIZER}};
        if (store->dir && store->recent && store->presence) {
            if (open_rest(store, options, diag))
                return store;
            store_close(store);
            return NULL;
        }
    }
    store_close(store);
    say(diag, dir, "no memory", 0);
    return NULL;
}

void store_close(struct store *store)
{
    if (!store)
        return;
    db_close(store->db);
    if (store->tmp >= 0)
        close(store->tmp);
    if (store->files >= 0)
        close(store->files);
    recent_free(store->recent);
    presence_free(store->presence);
    pthread_mutex_destroy(&store->walking);
    pthread_mutex_destroy(&store->hold.lock);
    lock_release(store->lock);
    free(store->dir);
    free(store);
}

const char *store_dir(const struct store *store)
{
    return store->dir;
}

bool store_is_pressed(struct store *store)
{
    return db_is_pressed(store->db);
}

uint64_t store_version(struct store *store)
{
    return db_version(store->db);
}

enum rc store_ping(struct store *store)
{
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, SQL_PING);
    query_step(&query);
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc;
}
