#include "own_page.h"

#include "../../lib/template.h"
#include "own.h"

#include <stdio.h>

static bool add_template(struct template_set *set, const char *name, struct diag *diag)
{
    char file_name[64];
    snprintf(file_name, sizeof file_name, "%s.html", name);
    const struct own_file *file = own_find(file_name);
    return file && template_set_add(set, name, file->name, file->bytes, file->len, diag);
}

bool own_page_render(const char *const *templates, json_t *data, struct buf *out)
{
    static const struct template_options options = {.escape = TEMPLATE_HTML, .strict = true};
    struct template_set *set = template_set_new();
    struct diag *diag = diag_new();
    bool done = set && diag;
    for (const char *const *name = templates; done && *name; name++)
        done = add_template(set, *name, diag);
    done = done && template_render(set, templates[0], &data, 1, &options, out, diag);
    if (!done && diag)
        diag_print(diag, stderr);
    diag_free(diag);
    template_set_free(set);
    return done;
}
