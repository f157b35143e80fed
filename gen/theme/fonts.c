#include "fonts.h"

#include <stddef.h>
#include <string.h>

const char *const theme_font_names[] = {"system", "humanist", "rounded", "serif", "mono", NULL};

/* In the order of the names. */
static const char *const stacks[] = {
    "system-ui,-apple-system,\"Segoe UI\",Roboto,\"Noto Sans\",sans-serif",
    "Seravek,\"Gill Sans Nova\",Ubuntu,Calibri,\"DejaVu Sans\",source-sans-pro,sans-serif",
    "ui-rounded,\"Hiragino Maru Gothic ProN\",Quicksand,Nunito,\"Arial Rounded MT Bold\",Calibri,sans-serif",
    "ui-serif,Charter,\"Iowan Old Style\",Georgia,Cambria,\"Noto Serif\",serif",
    "ui-monospace,\"Cascadia Code\",Menlo,Consolas,\"DejaVu Sans Mono\",monospace",
};

const char *theme_font_stack(const char *name)
{
    for (size_t i = 0; theme_font_names[i]; i++) {
        if (strcmp(theme_font_names[i], name) == 0)
            return stacks[i];
    }
    return NULL;
}
