#include "difference.h"

#include "../../lib/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { TEXT_MAX = 1024 * 1024 };

static bool start(pid_t *child, int out, const char *before, const char *after, const char *name)
{
    const char *const args[] = {"diff", "-u", "--label", name, "--label", name, "--", before, after, NULL};
    posix_spawn_file_actions_t actions;
    if (posix_spawn_file_actions_init(&actions) != 0)
        return false;
    posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    int error = posix_spawnp(child, "diff", &actions, NULL, (char *const *)args, environ);
    posix_spawn_file_actions_destroy(&actions);
    errno = error;
    return error == 0;
}

/* To the end, although there may be more than one keeps: the other side waits to be read. */
static void read_all(int in, struct buf *text)
{
    char piece[4096];
    ssize_t len;
    while ((len = read(in, piece, sizeof piece)) > 0 || (len < 0 && errno == EINTR)) {
        if (len > 0)
            buf_add(text, piece, (size_t)len);
    }
}

/* 0: the same, 1: they differ, anything else: trouble. */
static int exit_code(pid_t child)
{
    int status;
    while (waitpid(child, &status, 0) < 0) {
        if (errno != EINTR)
            return -1;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Lines of the hunks, not of the heading. */
static void count_lines(struct difference *difference)
{
    bool inside = false;
    for (const char *line = difference->text; *line;) {
        inside = inside || strncmp(line, "@@", 2) == 0;
        difference->added += inside && *line == '+';
        difference->removed += inside && *line == '-';
        const char *end = strchr(line, '\n');
        line = end ? end + 1 : line + strlen(line);
    }
}

bool difference_find(struct difference *difference, struct arena *arena, const char *before,
                     const char *after, const char *name)
{
    int ends[2];
    pid_t child;
    struct buf text;
    *difference = (struct difference){.text = ""};
    if (pipe2(ends, O_CLOEXEC) != 0)
        return false;
    bool started = start(&child, ends[1], before, after, name);
    int error = errno;
    close(ends[1]);
    buf_init(&text, TEXT_MAX);
    if (started)
        read_all(ends[0], &text);
    close(ends[0]);
    int code = started ? exit_code(child) : -1;
    if (buf_ok(&text) && text.len > 0)
        difference->text = arena_strndup(arena, text.data, text.len);
    buf_release(&text);
    count_lines(difference);
    errno = started ? EIO : error;
    return code == 0 || code == 1;
}
