/*
 * bench-bare SOURCE OUT: the floor of the generator. Reads every article below SOURCE, runs it through cmark,
 * and writes what comes out to a folder of its own below OUT. One thread, no checks, no templates.
 */
#include <cmark.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_MAX_LEN = 4096, TEXT_MAX = 1024 * 1024 };

static const char *out;
static size_t source_len;

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static size_t read_file(const char *path, char *text)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t len = fd < 0 ? -1 : read(fd, text, TEXT_MAX);
    if (len < 0)
        die(path);
    close(fd);
    return (size_t)len;
}

static void write_file(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    size_t len = strlen(text);
    if (fd < 0 || write(fd, text, len) != (ssize_t)len || close(fd) != 0)
        die(path);
}

static int visit(const char *path, const struct stat *info, int type, struct FTW *where)
{
    static char text[TEXT_MAX];
    char to[PATH_MAX_LEN];
    (void)info;
    (void)where;
    size_t len = strlen(path);
    if (type == FTW_D) {
        snprintf(to, sizeof to, "%s%s", out, path + source_len);
        return mkdir(to, 0755) == 0 ? 0 : (die(to), 1);
    }
    if (len < 3 || strcmp(path + len - 3, ".md") != 0)
        return 0;
    char *html = cmark_markdown_to_html(text, read_file(path, text), CMARK_OPT_DEFAULT);
    snprintf(to, sizeof to, "%s%.*s", out, (int)(len - 3 - source_len), path + source_len);
    if (mkdir(to, 0755) != 0)
        die(to);
    strncat(to, "/index.html", sizeof to - strlen(to) - 1);
    write_file(to, html);
    free(html);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fputs("usage: bench-bare SOURCE OUT\n", stderr);
        return 2;
    }
    out = argv[2];
    source_len = strlen(argv[1]);
    return nftw(argv[1], visit, 16, FTW_PHYS) == 0 ? 0 : 1;
}
