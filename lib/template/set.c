#include "nodes.h"

#include <stdlib.h>
#include <string.h>

struct template_set *template_set_new(void)
{
    struct template_set *set = calloc(1, sizeof *set);
    if (set)
        set->arena = arena_new(0);
    if (set && !set->arena) {
        free(set);
        return NULL;
    }
    return set;
}

void template_set_free(struct template_set *set)
{
    if (!set)
        return;
    for (uint32_t i = 0; i < set->name_count; i++)
        if (!set->names[i].alias)
            template_free(set->names[i].template);
    free(set->names);
    free(set->slots);
    arena_free(set->arena);
    free(set);
}

/* FNV-1a. Names come from templates, which are the designer's own: nobody floods this table. */
static uint32_t hash(const char *text, size_t len)
{
    uint32_t sum = 2166136261u;
    for (size_t i = 0; i < len; i++)
        sum = (sum ^ (unsigned char)text[i]) * 16777619u;
    return sum;
}

/* The slot of a name, or the free one where it would go. */
static uint32_t *slot_of(const struct template_set *set, const char *text, size_t len)
{
    for (uint32_t i = hash(text, len);; i++) {
        uint32_t *slot = &set->slots[i & (set->slot_count - 1)];
        if (*slot == 0)
            return slot;
        const struct name *name = &set->names[*slot - 1];
        if (name->len == len && memcmp(name->text, text, len) == 0)
            return slot;
    }
}

/* Keep half of the slots free. */
static bool slots_grow(struct template_set *set)
{
    if ((set->name_count + 1) * 2 <= set->slot_count)
        return true;
    uint32_t *old = set->slots;
    uint32_t count = set->slot_count ? set->slot_count * 2 : 64;
    uint32_t *slots = calloc(count, sizeof *slots);
    if (!slots)
        return false;
    set->slots = slots;
    set->slot_count = count;
    for (uint32_t i = 0; i < set->name_count; i++)
        *slot_of(set, set->names[i].text, set->names[i].len) = i + 1;
    free(old);
    return true;
}

static bool names_grow(struct template_set *set)
{
    if (set->name_count < set->name_cap)
        return true;
    uint32_t cap = set->name_cap ? set->name_cap * 2 : 64;
    struct name *names = reallocarray(set->names, cap, sizeof *names);
    if (!names)
        return false;
    set->names = names;
    set->name_cap = cap;
    return true;
}

uint32_t set_name(struct template_set *set, const char *text, size_t len)
{
    if (!slots_grow(set) || !names_grow(set))
        return NO_NAME;
    uint32_t *slot = slot_of(set, text, len);
    if (*slot == 0) {
        char *copy = arena_strndup(set->arena, text, len);
        if (!copy)
            return NO_NAME;
        set->names[set->name_count++] = (struct name){.text = copy, .len = len};
        *slot = set->name_count;
    }
    return *slot - 1;
}

/* The layer follows the name behind a NUL: each has a name of its own, and all read the same. */
uint32_t set_template_name(struct template_set *set, const char *text, size_t len)
{
    static const char parent[] = "parent:";
    if (len <= strlen(parent) || memcmp(text, parent, strlen(parent)) != 0)
        return set_name(set, text, len);
    char *key = malloc(len + 2);
    if (!key)
        return NO_NAME;
    memcpy(key, text, len);
    key[len] = '\0';
    key[len + 1] = (char)('0' + set->layer);
    uint32_t number = set_name(set, key, len + 2);
    free(key);
    return number;
}

/* Let this layer reach a template that may be replaced in it. */
static bool add_alias(struct template_set *set, uint32_t number)
{
    struct buf text;
    buf_init(&text, UINT32_MAX / 2);
    buf_addf(&text, "parent:%s", set->names[number].text);
    uint32_t alias = buf_ok(&text) ? set_template_name(set, text.data, text.len) : NO_NAME;
    buf_release(&text);
    if (alias == NO_NAME)
        return false;
    set->names[alias].alias = true;
    set->names[alias].template = set->names[number].template;
    return true;
}

bool template_set_layer(struct template_set *set)
{
    uint32_t count = set->name_count;
    set->layer++;
    for (uint32_t i = 0; i < count; i++) {
        if (set->names[i].template && !set->names[i].alias && !add_alias(set, i))
            return false;
    }
    return true;
}

const struct template *set_find(const struct template_set *set, const char *text, size_t len)
{
    uint32_t slot = set->slot_count ? *slot_of(set, text, len) : 0;
    return slot ? set->names[slot - 1].template : NULL;
}

bool template_set_has(const struct template_set *set, const char *name)
{
    return set_find(set, name, strlen(name)) != NULL;
}

bool template_set_has_own(const struct template_set *set, const char *name)
{
    const struct template *template = set_find(set, name, strlen(name));
    return template && template->layer == set->layer;
}

/* What an earlier layer brought is still reached; what this one did is gone. */
static void replace(struct name *name, struct template *template)
{
    struct template *old = name->template;
    if (old && old->layer == template->layer) {
        template->under = old->under;
        old->under = NULL;
        template_free(old);
    } else {
        template->under = old;
    }
    name->template = template;
}

bool template_set_add(struct template_set *set, const char *name, const char *file, const char *text,
                      size_t len, struct diag *diag)
{
    struct template *template = template_compile(set, file, text, len, diag);
    uint32_t number = set_name(set, name, strlen(name));
    if (!template) {
        if (number != NO_NAME)
            set->names[number].refused = true;
        return false;
    }
    if (number == NO_NAME) {
        diag_error(diag, (struct place){file, 0, 0}, "no memory left for this template");
        template_free(template);
        return false;
    }
    template->layer = set->layer;
    replace(&set->names[number], template);
    return true;
}

void template_set_paths(const struct template_set *set, void (*each)(void *context, const char *path),
                        void *context)
{
    for (uint32_t i = 0; i < set->name_count; i++)
        for (const struct template *at = set->names[i].template; at; at = at->under)
            for (uint32_t j = 0; j < at->path_count; j++)
                each(context, at->paths[j].text);
}
