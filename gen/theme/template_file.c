#include "template_file.h"

#include "../../lib/fs.h"

#include <string.h>

char *template_file_name(struct arena *arena, const char *path)
{
    const char *dot = strrchr(path, '.');
    if (!dot || (strcmp(dot, ".html") != 0 && strcmp(dot, ".txt") != 0))
        return NULL;
    bool beside_text =
        strncmp(path, "mail/", 5) == 0 && strcmp(dot, ".html") == 0 && strcmp(path, MAIL_LAYOUT ".html") != 0;
    return beside_text ? arena_strdup(arena, path) : arena_strndup(arena, path, (size_t)(dot - path));
}

bool template_file_add(struct template_set *set, const char *name, const char *file, struct diag *diag)
{
    if (template_set_has_own(set, name)) {
        diag_error(diag, (struct place){.file = file}, "there are two templates \"%s\"", name);
        return false;
    }
    struct buf text;
    buf_init(&text, TEMPLATE_CEILING);
    int error = fs_read(file, &text);
    if (error)
        diag_unread(diag, file, error, TEMPLATE_CEILING);
    else if (text.len == 0)
        diag_error(diag, (struct place){.file = file}, "is empty");
    bool added = !error && text.len > 0 && template_set_add(set, name, file, text.data, text.len, diag);
    buf_release(&text);
    return added;
}
