#include "lib_test.h"

#include "../../gen/publish/publish.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A folder, by the end of its path, that cannot be moved; NULL: none. */
static const char *refused;

/* In place of the C library's, so that a disk can fail at the wrong moment. */
int renameat2(int from_at, const char *from, int to_at, const char *to, unsigned flags)
{
    size_t len = strlen(from);
    if (refused && len >= strlen(refused) && strcmp(from + len - strlen(refused), refused) == 0) {
        errno = EIO;
        return -1;
    }
    return (int)syscall(SYS_renameat2, from_at, from, to_at, to, flags);
}

/* folder/name, in one of a few static places. */
static const char *in(void **state, const char *name)
{
    static char paths[4][4096];
    static int next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", (const char *)*state, name);
    return path;
}

static void assert_holds(void **state, const char *name, const char *text)
{
    struct buf got;
    buf_init(&got, 10000);
    if (fs_read(in(state, name), &got) != 0)
        fail_msg("%s is not there", name);
    assert_string_equal(got.data, text);
    buf_release(&got);
}

static void write_text(struct publish *publish, const char *path, const char *text, struct diag *diag)
{
    assert_true(publish_write(publish, path, text, strlen(text), diag));
}

/* A whole run that publishes one page and one portal. */
static void publish_texts(void **state, const char *page, const char *portal)
{
    struct diag *diag = diag_new();
    struct publish *publish = publish_begin(in(state, "out"), diag);
    assert_non_null(publish);
    write_text(publish, "site/support/en/index.html", page, diag);
    write_text(publish, "portal/portal.json", portal, diag);
    assert_true(publish_commit(publish, NULL, diag));
    assert_int_equal(diag_errors(diag), 0);
    diag_free(diag);
}

static void a_run_takes_the_place_of_the_one_before(void **state)
{
    publish_texts(state, "one", "1");
    assert_holds(state, "out/site/support/en/index.html", "one");
    assert_false(fs_is_dir(in(state, "out/previous/site")));
    publish_texts(state, "two", "2");
    publish_texts(state, "three", "3");
    assert_holds(state, "out/site/support/en/index.html", "three");
    assert_holds(state, "out/portal/portal.json", "3");
    assert_holds(state, "out/previous/site/support/en/index.html", "two");
    assert_holds(state, "out/previous/portal/portal.json", "2");
}

static void nothing_shows_before_the_commit(void **state)
{
    struct diag *diag = diag_new();
    publish_texts(state, "one", "1");
    struct publish *publish = publish_begin(in(state, "out"), diag);
    write_text(publish, "site/support/en/index.html", "two", diag);
    assert_holds(state, "out/site/support/en/index.html", "one");
    publish_abort(publish);
    assert_holds(state, "out/site/support/en/index.html", "one");
    diag_free(diag);
}

static void an_aborted_first_run_leaves_no_folder(void **state)
{
    struct diag *diag = diag_new();
    struct publish *publish = publish_begin(in(state, "out"), diag);
    write_text(publish, "site/index.html", "one", diag);
    publish_abort(publish);
    assert_false(fs_is_dir(in(state, "out")));
    publish_abort(NULL);
    diag_free(diag);
}

static void two_runs_at_once_are_one_too_many(void **state)
{
    struct diag *diag = diag_new();
    struct publish *first = publish_begin(in(state, "out"), diag);
    assert_non_null(first);
    assert_null(publish_begin(in(state, "out"), diag));
    assert_int_equal(diag_errors(diag), 1);
    write_text(first, "site/index.html", "one", diag);
    write_text(first, "portal/portal.json", "1", diag);
    assert_true(publish_commit(first, NULL, diag));
    assert_holds(state, "out/site/index.html", "one");
    diag_free(diag);
}

static void what_a_killed_run_left_is_swept_away(void **state)
{
    assert_int_equal(fs_mkdirs(in(state, "out/.staging/site")), 0);
    assert_int_equal(fs_write(in(state, "out/.staging/site/old.html"), "old", 3, false), 0);
    publish_texts(state, "one", "1");
    assert_false(fs_is_file(in(state, "out/site/old.html")));
}

static void only_the_last_folder_is_made(void **state)
{
    struct diag *diag = diag_new();
    assert_null(publish_begin(in(state, "no/out"), diag));
    assert_int_equal(diag_errors(diag), 1);
    assert_false(fs_is_dir(in(state, "no")));
    diag_free(diag);
}

static void a_file_in_the_way_is_told(void **state)
{
    struct diag *diag = diag_new();
    assert_int_equal(fs_write(in(state, "out"), "x", 1, false), 0);
    assert_null(publish_begin(in(state, "out"), diag));
    assert_int_equal(diag_errors(diag), 1);
    assert_holds(state, "out", "x");
    diag_free(diag);
}

static void publish_one(void **state, const char *path, const char *text)
{
    struct diag *diag = diag_new();
    struct publish *publish = publish_begin(in(state, "out"), diag);
    assert_non_null(publish);
    write_text(publish, path, text, diag);
    write_text(publish, "portal/portal.json", "{}", diag);
    assert_true(publish_commit(publish, NULL, diag));
    diag_free(diag);
}

static ino_t inode_of(void **state, const char *name)
{
    struct stat info;
    assert_int_equal(stat(in(state, name), &info), 0);
    return info.st_ino;
}

/* The third run finds the first one's folder, and the fourth the second one's. */
static void what_did_not_change_is_not_written(void **state)
{
    publish_one(state, "site/a/index.html", "same");
    ino_t first = inode_of(state, "out/site/a/index.html");
    struct stat before, after;
    assert_int_equal(stat(in(state, "out/site/a/index.html"), &before), 0);
    publish_one(state, "site/a/index.html", "same");
    publish_one(state, "site/a/index.html", "same");
    publish_one(state, "site/a/index.html", "same");
    assert_int_equal(inode_of(state, "out/site/a/index.html"), first);
    assert_int_equal(stat(in(state, "out/site/a/index.html"), &after), 0);
    assert_memory_equal(&before.st_mtim, &after.st_mtim, sizeof before.st_mtim);
    publish_one(state, "site/a/index.html", "some");
    publish_one(state, "site/a/index.html", "longer");
    assert_holds(state, "out/site/a/index.html", "longer");
    assert_holds(state, "out/previous/site/a/index.html", "some");
}

static void what_is_not_made_any_more_goes(void **state)
{
    for (int i = 0; i < 4; i++)
        publish_one(state, "site/a/b/old.html", "old");
    for (int i = 0; i < 4; i++)
        publish_one(state, "site/a/new.html", "new");
    assert_holds(state, "out/site/a/new.html", "new");
    assert_false(fs_is_dir(in(state, "out/site/a/b")));
    assert_false(fs_is_dir(in(state, "out/previous/site/a/b")));
}

static void a_file_may_become_a_folder_and_back(void **state)
{
    for (int i = 0; i < 4; i++)
        publish_one(state, "site/a", "file");
    for (int i = 0; i < 4; i++)
        publish_one(state, "site/a/b/c", "below");
    assert_holds(state, "out/site/a/b/c", "below");
    for (int i = 0; i < 4; i++)
        publish_one(state, "site/a", "file");
    assert_holds(state, "out/site/a", "file");
}

/* A link that somebody put there is replaced, never followed. */
static void links_are_not_written_through(void **state)
{
    for (int i = 0; i < 3; i++)
        publish_one(state, "site/a.html", "page");
    assert_int_equal(fs_write(in(state, "victim"), "precious", 8, false), 0);
    assert_int_equal(unlink(in(state, "out/.staging/site/a.html")), 0);
    assert_int_equal(symlink(in(state, "victim"), in(state, "out/.staging/site/a.html")), 0);
    publish_one(state, "site/a.html", "next");
    assert_holds(state, "victim", "precious");
    assert_holds(state, "out/site/a.html", "next");
}

/* Killed after the previous folder was put aside and before anything took its place. */
static void what_a_killed_swap_put_aside_comes_back(void **state)
{
    publish_texts(state, "one", "1");
    publish_texts(state, "two", "2");
    assert_int_equal(rename(in(state, "out/previous/site"), in(state, "out/.staging/site.retired")), 0);
    struct diag *diag = diag_new();
    struct publish *publish = publish_begin(in(state, "out"), diag);
    assert_holds(state, "out/previous/site/support/en/index.html", "one");
    publish_abort(publish);
    publish_texts(state, "three", "3");
    assert_holds(state, "out/previous/site/support/en/index.html", "two");
    diag_free(diag);
}

/* The portal cannot follow the pages when a folder cannot be put away: the pages go back. */
static void pages_and_portal_change_together(void **state)
{
    struct diag *diag = diag_new();
    publish_texts(state, "one", "1");
    publish_texts(state, "two", "2");
    struct publish *publish = publish_begin(in(state, "out"), diag);
    write_text(publish, "site/support/en/index.html", "three", diag);
    assert_int_equal(fs_remove_tree(in(state, "out/.staging/portal")), 0);
    assert_false(publish_commit(publish, NULL, diag));
    assert_int_equal(diag_errors(diag), 1);
    assert_holds(state, "out/site/support/en/index.html", "two");
    assert_holds(state, "out/portal/portal.json", "2");
    assert_holds(state, "out/previous/site/support/en/index.html", "one");
    assert_holds(state, "out/previous/portal/portal.json", "1");
    diag_free(diag);
    publish_texts(state, "four", "4");
    assert_holds(state, "out/site/support/en/index.html", "four");
    assert_holds(state, "out/previous/site/support/en/index.html", "two");
}

static void assert_served(void **state, const char *page, const char *portal)
{
    assert_holds(state, "out/site/support/en/index.html", page);
    assert_holds(state, "out/portal/portal.json", portal);
}

/* Wants a rollback of out/ to end like this, with a finding exactly when it fails. */
static void assert_rolls_back(void **state, bool wanted)
{
    struct diag *diag = diag_new();
    assert_int_equal(publish_rollback(in(state, "out"), diag), wanted);
    assert_int_equal(diag_errors(diag), wanted ? 0 : 1);
    diag_free(diag);
}

static void a_rollback_serves_what_was_served_before(void **state)
{
    publish_texts(state, "one", "1");
    publish_texts(state, "two", "2");
    publish_texts(state, "three", "3");
    assert_rolls_back(state, true);
    assert_served(state, "two", "2");
    assert_holds(state, "out/previous/site/support/en/index.html", "three");
    assert_rolls_back(state, true);
    assert_served(state, "three", "3");
    assert_holds(state, "out/previous/portal/portal.json", "2");
    assert_rolls_back(state, true);
    publish_texts(state, "four", "4");
    assert_served(state, "four", "4");
    assert_rolls_back(state, true);
    assert_served(state, "two", "2");
}

static void without_an_earlier_run_there_is_no_rollback(void **state)
{
    assert_rolls_back(state, false);
    assert_false(fs_is_dir(in(state, "out")));
    publish_texts(state, "one", "1");
    assert_rolls_back(state, false);
    assert_served(state, "one", "1");
    publish_texts(state, "two", "2");
    assert_int_equal(fs_remove_tree(in(state, "out/previous/portal")), 0);
    assert_rolls_back(state, false);
    assert_served(state, "two", "2");
}

static void a_rollback_waits_for_no_run(void **state)
{
    struct diag *diag = diag_new();
    publish_texts(state, "one", "1");
    publish_texts(state, "two", "2");
    struct publish *publish = publish_begin(in(state, "out"), diag);
    assert_rolls_back(state, false);
    assert_served(state, "two", "2");
    publish_abort(publish);
    diag_free(diag);
}

static void pages_and_portal_roll_back_together(void **state)
{
    publish_texts(state, "one", "1");
    publish_texts(state, "two", "2");
    refused = "out/previous/portal";
    assert_rolls_back(state, false);
    refused = NULL;
    assert_served(state, "two", "2");
    assert_holds(state, "out/previous/site/support/en/index.html", "one");
    assert_rolls_back(state, true);
    assert_served(state, "one", "1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        folder_test(a_run_takes_the_place_of_the_one_before),
        folder_test(nothing_shows_before_the_commit),
        folder_test(an_aborted_first_run_leaves_no_folder),
        folder_test(two_runs_at_once_are_one_too_many),
        folder_test(what_a_killed_run_left_is_swept_away),
        folder_test(only_the_last_folder_is_made),
        folder_test(a_file_in_the_way_is_told),
        folder_test(what_did_not_change_is_not_written),
        folder_test(what_is_not_made_any_more_goes),
        folder_test(a_file_may_become_a_folder_and_back),
        folder_test(links_are_not_written_through),
        folder_test(what_a_killed_swap_put_aside_comes_back),
        folder_test(pages_and_portal_change_together),
        folder_test(a_rollback_serves_what_was_served_before),
        folder_test(without_an_earlier_run_there_is_no_rollback),
        folder_test(a_rollback_waits_for_no_run),
        folder_test(pages_and_portal_roll_back_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
