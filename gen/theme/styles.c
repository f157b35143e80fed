/* The style sheets of a theme and of the admin: can each stand where it will? */
#include "theme.h"

#include "../../lib/fs.h"
#include "../check/style.h"

#include <string.h>

#define STYLE_CEILING (1024 * 1024)

static void check_sheet(const char *file, bool layered, struct diag *diag)
{
    struct buf text;
    buf_init(&text, STYLE_CEILING);
    if (fs_read(file, &text) == 0 && text.data)
        style_check(file, text.data, layered, diag); /* one that cannot be read has its error as an asset */
    buf_release(&text);
}

void theme_check_styles(const struct theme *theme, struct diag *diag)
{
    struct diag *heard = diag_new(); /* what is no file is told of when assets are gathered */
    struct theme_entry *entries;
    size_t count = 0;
    theme_files(theme, "css", &entries, &count, heard);
    diag_free(heard);
    bool layered = *theme_css_wrap(theme, THEME_SETTINGS_LAYER).before != '\0';
    for (size_t i = 0; i < count; i++) {
        const char *ending = strrchr(entries[i].path, '.');
        if (ending && strcmp(ending, ".css") == 0)
            check_sheet(entries[i].file, layered, diag);
    }
    if (theme->custom)
        check_sheet(theme->custom, true, diag);
}
