#include "unused.h"

#include "../../lib/fs.h"

#include <string.h>

struct unused {
    const json_t *used; /* names as keys: "list", "list.count" */
    bool (*needed)(const char *key);
    const struct json_doc *doc;
    struct diag *diag;
    struct buf name, pointer;
};

/* Of "t.list.count.forms" it is the text list.count that is used; "t" alone is all of them: the name "". */
static void note_path(void *context, const char *path)
{
    static const char ending[] = ".forms";
    size_t len = strlen(path);
    if (path[0] != 't' || (path[1] != '.' && path[1] != '\0'))
        return;
    if (len > strlen(ending) && strcmp(path + len - strlen(ending), ending) == 0)
        len -= strlen(ending);
    size_t start = path[1] == '.' ? 2 : 1;
    json_object_setn_new(context, path + start, len - start, json_true());
}

/* The text itself, or a group that it is in. */
static bool is_used(const struct unused *unused, const char *key)
{
    for (size_t len = strlen(key); len > 0; len--)
        if ((key[len] == '.' || key[len] == '\0') && json_object_getn(unused->used, key, len))
            return true;
    return json_object_get(unused->used, "") != NULL;
}

static void check_group(struct unused *unused, const json_t *group);

static void check_child(struct unused *unused, const char *key, const json_t *value)
{
    size_t name = unused->name.len, pointer = unused->pointer.len;
    buf_addf(&unused->name, "%s%s", name > 0 ? "." : "", key);
    buf_addf(&unused->pointer, "/%s", key);
    if (json_is_object(value) && !json_object_get(value, "other"))
        check_group(unused, value);
    else if (!is_used(unused, unused->name.data) && !unused->needed(unused->name.data))
        diag_warning(unused->diag, json_doc_place(unused->doc, unused->pointer.data, JSON_AT_KEY),
                     "\"%s\" is used by no template; it can go, in every language", unused->name.data);
    buf_cut(&unused->name, name);
    buf_cut(&unused->pointer, pointer);
}

static void check_group(struct unused *unused, const json_t *group)
{
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)group, key, value)
    {
        bool apart = unused->name.len == 0 && strcmp(key, THEME_RENAMED) == 0;
        if (!apart)
            check_child(unused, key, value);
    }
}

static void check_file(struct unused *unused, const char *path)
{
    struct json_doc doc;
    if (!fs_is_file(path) || !json_doc_load(&doc, path, THEME_STRINGS_CEILING, unused->diag))
        return;
    unused->doc = &doc; /* cppcheck-suppress autoVariables */
    check_group(unused, doc.root);
    unused->doc = NULL;
    json_doc_release(&doc);
}

void unused_check(const struct theme *theme, bool (*needed)(const char *key), struct diag *diag)
{
    json_t *used = json_object();
    struct unused unused = {.used = used, .needed = needed, .diag = diag};
    template_set_paths(theme->templates, note_path, used);
    buf_init(&unused.name, 16 * 1024);
    buf_init(&unused.pointer, 16 * 1024);
    for (size_t link = 0; link < theme->chain_len; link++)
        check_file(&unused, theme_link_path(theme, link, "locales/" THEME_REFERENCE ".json"));
    buf_release(&unused.name);
    buf_release(&unused.pointer);
    json_decref(used);
}
