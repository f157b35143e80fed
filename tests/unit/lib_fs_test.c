#include "lib_test.h"

#include "../../lib/fs.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/*
 * Stands before the C library's: a file system that cannot exchange names, on demand. `refuse_rename` is the
 * number of plain renames after which one fails; 0: none does.
 */
static int exchange_error;
static int refuse_rename;

int renameat2(int from_at, const char *from, int to_at, const char *to, unsigned flags)
{
    if (exchange_error) {
        errno = exchange_error;
        return -1;
    }
    return (int)syscall(SYS_renameat2, from_at, from, to_at, to, flags);
}

int rename(const char *from, const char *to)
{
    if (refuse_rename > 0 && --refuse_rename == 0) {
        errno = EIO;
        return -1;
    }
    return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

/* dir/name, in one of a few static places. */
static const char *in(void **state, const char *name)
{
    static char paths[4][4096];
    static int next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", (const char *)*state, name);
    return path;
}

static void put(void **state, const char *name, const char *text)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", (const char *)*state, name);
    *strrchr(path, '/') = '\0';
    assert_int_equal(fs_mkdirs(path), 0);
    assert_int_equal(fs_write(in(state, name), text, strlen(text), false), 0);
}

static void assert_holds(void **state, const char *name, const char *text)
{
    struct buf got;
    buf_init(&got, 10000);
    assert_int_equal(fs_read(in(state, name), &got), 0);
    assert_string_equal(got.data, text);
    buf_release(&got);
}

static void what_is_written_is_read(void **state)
{
    enum { SIZE = 300 * 1000 };
    char *bytes = malloc(SIZE);
    for (int i = 0; i < SIZE; i++)
        bytes[i] = (char)(i * 7);
    for (int durable = 0; durable < 2; durable++) {
        assert_int_equal(fs_write(in(state, "a"), bytes, SIZE, durable), 0);
        struct buf got;
        buf_init(&got, SIZE + 1);
        buf_addc(&got, '>');
        assert_int_equal(fs_read(in(state, "a"), &got), 0);
        assert_int_equal(got.len, SIZE + 1);
        assert_memory_equal(got.data + 1, bytes, SIZE);
        assert_true(got.cap <= SIZE + 2);
        buf_release(&got);
    }
    free(bytes);
}

static void an_empty_file_reads_as_nothing(void **state)
{
    struct buf got;
    buf_init(&got, 0);
    assert_int_equal(fs_write(in(state, "empty"), "", 0, true), 0);
    assert_int_equal(fs_read(in(state, "empty"), &got), 0);
    assert_string_equal(got.data, "");
    buf_release(&got);
}

static void a_file_over_the_ceiling_is_refused_and_adds_nothing(void **state)
{
    struct buf got;
    put(state, "a", "12345");
    buf_init(&got, 7);
    buf_adds(&got, "ab");
    assert_int_equal(fs_read(in(state, "a"), &got), 0);
    buf_release(&got);

    buf_init(&got, 6);
    buf_adds(&got, "ab");
    assert_int_equal(fs_read(in(state, "a"), &got), EFBIG);
    assert_string_equal(got.data, "ab");
    buf_release(&got);
}

static void what_tells_no_size_is_read_to_its_end(void **state)
{
    (void)state;
    struct buf got;
    buf_init(&got, 1024 * 1024);
    assert_int_equal(fs_read("/proc/self/status", &got), 0);
    assert_true(got.len > 100);
    buf_release(&got);
    buf_init(&got, 50);
    assert_int_equal(fs_read("/proc/self/status", &got), EFBIG);
    assert_int_equal(got.len, 0);
    buf_release(&got);
}

static void reading_says_what_is_wrong(void **state)
{
    struct buf got;
    buf_init(&got, 100);
    put(state, "file", "x");
    assert_int_equal(fs_read(in(state, "none"), &got), ENOENT);
    assert_int_equal(fs_read(*state, &got), EISDIR);
    assert_int_equal(fs_read(in(state, "file/below"), &got), ENOTDIR);
    assert_true(buf_ok(&got));
    buf_release(&got);
}

static void what_may_never_end_is_not_waited_for(void **state)
{
    struct buf got;
    buf_init(&got, 100);
    assert_int_equal(mkfifo(in(state, "pipe"), 0600), 0);
    assert_int_equal(fs_read(in(state, "pipe"), &got), ENOTSUP);
    assert_int_equal(fs_read("/dev/zero", &got), ENOTSUP);
    assert_int_equal(got.len, 0);
    assert_true(buf_ok(&got));
}

static void writing_replaces_and_leaves_nothing_beside(void **state)
{
    struct arena *arena = arena_new(0);
    struct fs_entry *entries;
    size_t count;
    put(state, "a", "old");
    put(state, "a", "new");
    assert_holds(state, "a", "new");
    assert_int_equal(fs_walk(*state, arena, &entries, &count), 0);
    assert_int_equal(count, 1);

    /* A folder of that name cannot be replaced by a file, and the temporary file goes. */
    assert_int_equal(fs_mkdirs(in(state, "folder")), 0);
    assert_int_equal(fs_write(in(state, "folder"), "x", 1, false), EISDIR);
    assert_int_equal(rmdir(in(state, "folder")), 0);
    assert_int_equal(unlink(in(state, "a")), 0);
    assert_int_equal(rmdir(*state), 0);
    assert_int_equal(fs_write(in(state, "a"), "x", 1, false), ENOENT);
    arena_free(arena);
}

static void a_write_that_runs_out_of_room_leaves_the_old_file(void **state)
{
    struct rlimit before, small;
    char *bytes = calloc(1, 100 * 1000);
    put(state, "a", "old");
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = before;
    small.rlim_cur = 50 * 1000;
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    int error = fs_write(in(state, "a"), bytes, 100 * 1000, true);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, handler);
    assert_int_equal(error, EFBIG);
    assert_holds(state, "a", "old");
    /* Nothing else is left, or the folder could not be removed. */
    assert_int_equal(unlink(in(state, "a")), 0);
    assert_int_equal(rmdir(*state), 0);
    free(bytes);
}

static void a_name_as_long_as_names_can_be_is_written(void **state)
{
    char name[256];
    memset(name, 'n', 255);
    name[255] = '\0';
    put(state, name, "x");
    assert_holds(state, name, "x");
}

static void writing_through_a_link_replaces_the_link(void **state)
{
    put(state, "outside", "kept");
    assert_int_equal(symlink("outside", in(state, "link")), 0);
    put(state, "link", "new");
    assert_holds(state, "outside", "kept");
    assert_holds(state, "link", "new");
}

static void what_is_private_is_its_owners_alone(void **state)
{
    struct stat info;
    mode_t before = umask(022);
    assert_int_equal(fs_write_private(in(state, "a"), "x", 1, true), 0);
    umask(before);
    assert_int_equal(stat(in(state, "a"), &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
}

static void a_written_file_has_the_mode_that_the_umask_leaves(void **state)
{
    struct stat info;
    mode_t before = umask(027);
    put(state, "a", "x");
    umask(before);
    assert_int_equal(stat(in(state, "a"), &info), 0);
    assert_int_equal(info.st_mode & 0777, 0640);
}

static void folders_are_made_with_their_parents(void **state)
{
    assert_int_equal(fs_mkdirs(in(state, "a/b//c/")), 0);
    assert_true(fs_is_dir(in(state, "a/b/c")));
    assert_int_equal(fs_mkdirs(in(state, "a/b/c")), 0);
    assert_int_equal(fs_mkdirs("/"), 0);
    assert_int_equal(fs_mkdirs("."), 0);
    assert_int_equal(fs_mkdirs(""), ENOENT);
    put(state, "file", "x");
    assert_int_equal(fs_mkdirs(in(state, "file")), ENOTDIR);
    assert_int_equal(fs_mkdirs(in(state, "file/below")), ENOTDIR);
}

static void files_and_folders_are_told_apart(void **state)
{
    put(state, "file", "x");
    assert_true(fs_is_file(in(state, "file")));
    assert_false(fs_is_dir(in(state, "file")));
    assert_true(fs_is_dir(*state));
    assert_false(fs_is_file(*state));
    assert_false(fs_is_file(in(state, "none")) || fs_is_dir(in(state, "none")));
    assert_int_equal(fs_sync_dir(*state), 0);
    assert_int_equal(fs_sync_dir(in(state, "none")), ENOENT);
}

static void removing_a_tree_never_follows_links(void **state)
{
    put(state, "outside/kept", "kept");
    put(state, "tree/a/b/c", "x");
    put(state, "tree/.hidden", "x");
    assert_int_equal(symlink("../outside", in(state, "tree/link")), 0);
    assert_int_equal(symlink("nowhere", in(state, "tree/a/broken")), 0);
    assert_int_equal(fs_remove_tree(in(state, "tree")), 0);
    assert_false(fs_is_dir(in(state, "tree")));
    assert_holds(state, "outside/kept", "kept");

    assert_int_equal(symlink("outside", in(state, "link")), 0);
    assert_int_equal(fs_remove_tree(in(state, "link/")), 0);
    assert_int_equal(access(in(state, "link"), F_OK), -1);
    assert_holds(state, "outside/kept", "kept");
}

static void removing_what_is_absent_is_fine_and_a_file_is_not(void **state)
{
    assert_int_equal(fs_remove_tree(in(state, "none")), 0);
    assert_int_equal(fs_remove_tree(in(state, "none/at/all")), 0);
    put(state, "file", "x");
    assert_int_equal(fs_remove_tree(in(state, "file")), ENOTDIR);
    assert_true(fs_is_file(in(state, "file")));
}

static void walking_lists_files_sorted_by_path(void **state)
{
    struct arena *arena = arena_new(0);
    struct fs_entry *entries;
    size_t count;
    static const char *const paths[] = {"a-b", "a.txt", "a/b", "a/c/d", "b", "é"};
    for (size_t i = sizeof paths / sizeof *paths; i > 0; i--)
        put(state, paths[i - 1], paths[i - 1]);
    assert_int_equal(fs_walk(*state, arena, &entries, &count), 0);
    assert_int_equal(count, sizeof paths / sizeof *paths);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(entries[i].path, paths[i]);
        assert_int_equal(entries[i].size, strlen(paths[i]));
        assert_true(entries[i].changed.tv_sec > 1000000000);
    }
    arena_free(arena);
}

static void walking_leaves_out_links_hidden_and_backup_files(void **state)
{
    struct arena *arena = arena_new(0);
    struct fs_entry *entries;
    size_t count;
    put(state, "kept", "x");
    put(state, ".hidden", "x");
    put(state, ".git/config", "x");
    put(state, "kept~", "x");
    put(state, "folder~/x", "x");
    assert_int_equal(mkdir(in(state, "empty"), 0755), 0);
    assert_int_equal(symlink("kept", in(state, "link")), 0);
    assert_int_equal(symlink("..", in(state, "up")), 0);
    assert_int_equal(mkfifo(in(state, "pipe"), 0600), 0);
    assert_int_equal(fs_walk(*state, arena, &entries, &count), 0);
    assert_int_equal(count, 1);
    assert_string_equal(entries[0].path, "kept");
    arena_free(arena);
}

static void walking_sources_tells_of_links(void **state)
{
    struct arena *arena = arena_new(0);
    struct fs_entry *entries;
    const char *failed;
    size_t count;
    put(state, "a/file", "x");
    assert_int_equal(symlink("file", in(state, "a/link")), 0);
    assert_int_equal(symlink("..", in(state, "a/up")), 0);
    assert_int_equal(fs_walk_sources(*state, arena, &entries, &count, &failed), 0);
    assert_int_equal(count, 3);
    assert_string_equal(entries[0].path, "a/file");
    assert_false(entries[0].link);
    assert_string_equal(entries[1].path, "a/link");
    assert_true(entries[1].link);
    assert_true(entries[2].link);
    assert_int_equal(fs_walk_sources(in(state, "none"), arena, &entries, &count, &failed), ENOENT);
    assert_non_null(strstr(failed, "/none"));
    arena_free(arena);
}

static void listing_goes_into_no_folder(void **state)
{
    struct arena *arena = arena_new(0);
    const char **names;
    size_t count;
    put(state, "b", "x");
    put(state, "a", "x");
    put(state, "c/d", "x");
    put(state, ".hidden", "x");
    assert_int_equal(fs_list(*state, arena, &names, &count), 0);
    assert_int_equal(count, 2);
    assert_string_equal(names[0], "a");
    assert_string_equal(names[1], "b");
    assert_int_equal(fs_list(in(state, "none"), arena, &names, &count), ENOENT);
    assert_int_equal(count, 0);
    arena_free(arena);
}

static void walking_says_when_there_is_no_folder_or_no_room(void **state)
{
    struct arena *arena = arena_new(64);
    struct fs_entry *entries;
    size_t count = 7;
    assert_int_equal(fs_walk(in(state, "none"), arena, &entries, &count), ENOENT);
    assert_int_equal(count, 0);
    assert_null(entries);
    put(state, "file", "x");
    assert_int_equal(fs_walk(in(state, "file"), arena, &entries, &count), ENOTDIR);
    for (int i = 0; i < 10; i++) {
        char name[16];
        snprintf(name, sizeof name, "file%d", i);
        put(state, name, "x");
    }
    assert_int_equal(fs_walk(*state, arena, &entries, &count), ENOMEM);
    assert_int_equal(count, 0);
    arena_free(arena);
}

static void a_bottomless_tree_is_refused(void **state)
{
    struct arena *arena = arena_new(0);
    struct fs_entry *entries;
    size_t count;
    char deep[201];
    for (size_t i = 0; i < 200; i += 2)
        memcpy(deep + i, "d/", 2);
    deep[200] = '\0';
    assert_int_equal(fs_mkdirs(in(state, deep)), 0);
    assert_int_equal(fs_walk(*state, arena, &entries, &count), ELOOP);
    assert_int_equal(fs_remove_tree(in(state, "d")), ELOOP);
    /* The teardown's own limit is the same: make the tree shallow again. */
    deep[80] = '\0';
    assert_int_equal(rename(in(state, deep), in(state, "half")), 0);
    arena_free(arena);
}

static void a_safe_path_stays_where_it_is_joined(void **state)
{
    (void)state;
    static const char *const safe[] = {"a", "a/b.txt", ".hidden", "..a", "a..", "...", "é/日本", "a b"};
    static const char *const unsafe[] = {
        "",     "/",    "/a",    "a/",   "a//b",   "..",   "../a",  "a/..", "a/.",        "./a",      ".",
        "a\\b", "a\nb", "a\x7F", "\xFF", "a/../b", "a/\t", "\x01a", "..\\", "a/\xC0\xAE", "a\xC2\x85"};
    for (size_t i = 0; i < sizeof safe / sizeof *safe; i++) {
        if (!fs_is_safe_path(safe[i]))
            fail_msg("refused: %s", safe[i]);
    }
    for (size_t i = 0; i < sizeof unsafe / sizeof *unsafe; i++) {
        if (fs_is_safe_path(unsafe[i]))
            fail_msg("let pass: %s", unsafe[i]);
    }
}

static void joining_puts_one_slash_between(void **state)
{
    (void)state;
    struct arena *arena = arena_new(0);
    assert_string_equal(fs_join(arena, "a", "b/c"), "a/b/c");
    assert_string_equal(fs_join(arena, "a/", "b"), "a/b");
    assert_string_equal(fs_join(arena, "/", "b"), "/b");
    assert_string_equal(fs_join(arena, "", "b"), "b");
    arena_free(arena);
}

static void a_swap_puts_the_new_in_place_and_keeps_the_old(void **state)
{
    for (int round = 1; round <= 3; round++) {
        char text[16];
        snprintf(text, sizeof text, "build %d", round);
        put(state, "staging/page", text);
        assert_int_equal(fs_swap(in(state, "staging"), in(state, "site"), in(state, "previous")), 0);
        assert_holds(state, "site/page", text);
        assert_false(fs_is_dir(in(state, "staging")));
        assert_int_equal(fs_is_dir(in(state, "previous")), round > 1);
    }
    assert_holds(state, "previous/page", "build 2");
}

static void a_failed_swap_leaves_everything_as_it_was(void **state)
{
    put(state, "site/page", "old");
    assert_int_equal(fs_swap(in(state, "staging"), in(state, "site"), in(state, "previous")), ENOENT);
    assert_holds(state, "site/page", "old");

    /* A file stands where the old one should go: it is not ours to remove. */
    put(state, "staging/page", "new");
    put(state, "previous", "a file");
    assert_int_equal(fs_swap(in(state, "staging"), in(state, "site"), in(state, "previous")), ENOTDIR);
    assert_holds(state, "site/page", "old");
    assert_holds(state, "staging/page", "new");
    assert_holds(state, "previous", "a file");
}

static void a_file_system_that_cannot_exchange_is_served_too(void **state)
{
    exchange_error = EINVAL;
    put(state, "staging/page", "new");
    put(state, "site/page", "old");
    put(state, "previous/page", "older");
    assert_int_equal(fs_swap(in(state, "staging"), in(state, "site"), in(state, "previous")), 0);
    assert_holds(state, "site/page", "new");
    assert_holds(state, "previous/page", "old");

    put(state, "staging/page", "newest");
    for (int nth = 1; nth <= 2; nth++) {
        refuse_rename = nth;
        assert_int_equal(fs_swap(in(state, "staging"), in(state, "site"), in(state, "previous")), EIO);
        assert_holds(state, "site/page", "new");
        assert_holds(state, "staging/page", "newest");
    }
    exchange_error = EACCES;
    assert_int_equal(fs_swap(in(state, "staging"), in(state, "site"), in(state, "previous")), EACCES);
    assert_holds(state, "site/page", "new");
    exchange_error = 0;
}

static void a_swap_that_cannot_keep_the_old_is_undone(void **state)
{
    put(state, "staging/page", "new");
    put(state, "site/page", "old");
    refuse_rename = 1;
    assert_int_equal(fs_swap(in(state, "staging"), in(state, "site"), in(state, "previous")), EIO);
    assert_holds(state, "site/page", "old");
    assert_holds(state, "staging/page", "new");
}

static int exchange(void **state)
{
    return fs_exchange(in(state, "a"), in(state, "b"), in(state, "aside"));
}

static void two_folders_change_places(void **state)
{
    put(state, "a/page", "one");
    put(state, "b/page", "two");
    assert_int_equal(exchange(state), 0);
    assert_holds(state, "a/page", "two");
    assert_holds(state, "b/page", "one");
    exchange_error = ENOSYS;
    put(state, "aside/page", "left over");
    assert_int_equal(exchange(state), 0);
    exchange_error = 0;
    assert_holds(state, "a/page", "one");
    assert_holds(state, "b/page", "two");
    assert_false(fs_is_dir(in(state, "aside")));
}

static void two_folders_that_cannot_change_places_stay(void **state)
{
    put(state, "a/page", "one");
    assert_int_equal(exchange(state), ENOENT);
    put(state, "b/page", "two");
    exchange_error = EINVAL;
    for (int nth = 1; nth <= 3; nth++) {
        refuse_rename = nth;
        assert_int_equal(exchange(state), EIO);
        assert_holds(state, "a/page", "one");
        assert_holds(state, "b/page", "two");
    }
    exchange_error = 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        folder_test(what_is_written_is_read),
        folder_test(an_empty_file_reads_as_nothing),
        folder_test(a_file_over_the_ceiling_is_refused_and_adds_nothing),
        folder_test(what_tells_no_size_is_read_to_its_end),
        folder_test(reading_says_what_is_wrong),
        folder_test(what_may_never_end_is_not_waited_for),
        folder_test(writing_replaces_and_leaves_nothing_beside),
        folder_test(a_write_that_runs_out_of_room_leaves_the_old_file),
        folder_test(a_name_as_long_as_names_can_be_is_written),
        folder_test(writing_through_a_link_replaces_the_link),
        folder_test(what_is_private_is_its_owners_alone),
        folder_test(a_written_file_has_the_mode_that_the_umask_leaves),
        folder_test(folders_are_made_with_their_parents),
        folder_test(files_and_folders_are_told_apart),
        folder_test(removing_a_tree_never_follows_links),
        folder_test(removing_what_is_absent_is_fine_and_a_file_is_not),
        folder_test(walking_lists_files_sorted_by_path),
        folder_test(walking_leaves_out_links_hidden_and_backup_files),
        folder_test(walking_sources_tells_of_links),
        folder_test(listing_goes_into_no_folder),
        folder_test(walking_says_when_there_is_no_folder_or_no_room),
        folder_test(a_bottomless_tree_is_refused),
        folder_test(a_safe_path_stays_where_it_is_joined),
        folder_test(joining_puts_one_slash_between),
        folder_test(a_swap_puts_the_new_in_place_and_keeps_the_old),
        folder_test(a_failed_swap_leaves_everything_as_it_was),
        folder_test(a_file_system_that_cannot_exchange_is_served_too),
        folder_test(a_swap_that_cannot_keep_the_old_is_undone),
        folder_test(two_folders_change_places),
        folder_test(two_folders_that_cannot_change_places_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
