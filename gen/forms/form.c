#include "form.h"

#include "../../lib/fs.h"
#include "../check/hint.h"
#include "../site/stand_in.h"
#include "form_check.h"

#include <string.h>

/* The forms that there are, for "did you mean". */
static const char *hint_near_form(const struct site *site, const char *id)
{
    struct fs_entry *entries;
    size_t count = 0;
    const char *dir = site_path(site->arena, site->root, "content/forms");
    if (fs_walk(dir, site->arena, &entries, &count) != 0)
        return "";
    const char **names = arena_alloc(site->arena, (count + 1) * sizeof *names);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        const char *end = strstr(entries[i].path, ".json");
        if (end && end[5] == '\0')
            names[kept++] = arena_strndup(site->arena, entries[i].path, (size_t)(end - entries[i].path));
    }
    return hint_near(site->arena, id, names);
}

static const char *named_at(const struct site *site, size_t at)
{
    bool list = json_object_get(site->portal.doc.root, "forms") != NULL;
    return list ? arena_printf(site->arena, "/forms/%zu", at) : "/form";
}

/* Where one chooses, the introductions are what one chooses by. */
static void check_intro(const struct form *form, const struct site *site, struct diag *diag)
{
    if (site->form_count > 1 && form->file.draft && !json_object_get(form->file.draft, "intro"))
        diag_error(
            diag, settings_file_at(&form->file, "/menu"),
            "missing key \"intro\": with several forms, customers read it where they choose one; want a text "
            "of 1 to 1000 characters");
}

static void load_one(struct forms *forms, size_t at, const struct site *site, struct diag *diag)
{
    const char *id = site->form_names[at];
    const char *name = arena_printf(site->arena, "content/forms/%s.json", id);
    const char *path = site_path(site->arena, site->root, name);
    struct form *form = &forms->items[forms->count++];
    form->id = id;
    if (!fs_is_file(path)) {
        settings_file_error(&site->portal, diag, named_at(site, at), "no form \"%s\" (%s)%s", id, path,
                            hint_near_form(site, id));
        return;
    }
    if (!settings_file_load(&form->file, path, diag))
        return;
    settings_file_check(&form->file, form_settings, diag);
    form_check(form, site, diag);
    check_intro(form, site, diag);
}

/* What is no id, or there twice, was said where the settings are checked. */
static bool is_usable(const struct site *site, size_t at)
{
    const char *id = site->form_names[at];
    for (size_t i = 0; id && i < at; i++) {
        if (site->form_names[i] && strcmp(site->form_names[i], id) == 0)
            return false;
    }
    return id && settings_is_id(id);
}

bool forms_load(struct forms *forms, const struct site *site, struct diag *diag)
{
    size_t before = diag_errors(diag);
    *forms = (struct forms){.items = arena_alloc(site->arena, (site->form_count + 1) * sizeof *forms->items)};
    const char *dir = site_path(site->arena, site->root, "content/forms");
    if (site->form_count > 0 && fs_is_file(dir)) {
        diag_error(diag, (struct place){.file = dir}, "a file stands here; want a folder");
        return false;
    }
    for (size_t i = 0; i < site->form_count; i++) {
        if (is_usable(site, i))
            load_one(forms, i, site, diag);
    }
    return diag_errors(diag) == before;
}

/* False: some of it was refused. */
static bool add_offered(const struct form *form, const char *property, json_t *offered)
{
    const json_t *fields = json_object_get(form->file.draft, "fields");
    size_t at, i;
    json_t *option;
    const json_t *field = form_find_field(form, property, &at), *options = json_object_get(field, "options");
    json_array_foreach(options, i, option)
    {
        const char *value = json_string_value(json_object_get(option, "value"));
        if (!value)
            return false;
        json_object_set_new(offered, value, json_true());
    }
    return json_is_array(fields) && form_knows_fields(form) && (!options || json_is_array(options));
}

json_t *forms_offered(const struct forms *forms, const struct site *site)
{
    static const char *const properties[] = {"category", "priority", NULL};
    json_t *all = json_object();
    for (const char *const *property = properties; *property; property++) {
        json_t *offered = json_object();
        bool known = forms->count == site->form_count;
        for (size_t i = 0; i < forms->count; i++)
            known = add_offered(&forms->items[i], *property, offered) && known;
        if (known)
            json_object_set(all, *property, offered);
        json_decref(offered);
    }
    return all;
}

/* Fields of which nobody knows what they ask for ask nothing, and no field asks twice. */
static void drop_odd_fields(const struct form *form)
{
    json_t *fields = json_object_get(form->file.value, "fields");
    for (size_t i = json_array_size(fields), first; i-- > 0;) {
        const json_t *field = json_array_get(fields, i);
        const char *id = json_string_value(json_object_get(field, "id"));
        form_find_field(form, id, &first);
        if (first < i || !json_object_get(field, "type") || !json_object_get(field, "label"))
            json_array_remove(fields, i);
    }
}

bool forms_stand_in(struct forms *forms, const struct site *site)
{
    struct diag *unheard = diag_new();
    bool done = unheard != NULL;
    for (size_t i = 0; done && i < forms->count; i++) {
        struct form *form = &forms->items[i];
        done = stand_in_for_file(&form->file, form_settings, site->default_locale);
        if (!done)
            break;
        form_check(form, site, unheard);
        drop_odd_fields(form);
    }
    diag_free(unheard);
    return done;
}

void forms_release(struct forms *forms)
{
    for (size_t i = 0; i < forms->count; i++)
        settings_file_release(&forms->items[i].file);
    *forms = (struct forms){0};
}
