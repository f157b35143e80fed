#include "address.h"

#include <string.h>

static const struct look {
    const char *name;
    const char *scheme;
    bool pseudo, rtl;
} looks[] = {
    {"auto", NULL, false, false},         {"auto-long", NULL, true, false},
    {"auto-rtl", NULL, true, true},       {"light", "light", false, false},
    {"light-long", "light", true, false}, {"light-rtl", "light", true, true},
    {"dark", "dark", false, false},       {"dark-long", "dark", true, false},
    {"dark-rtl", "dark", true, true},
};

static const struct look *look_named(const char *name, size_t len)
{
    for (size_t i = 0; i < sizeof looks / sizeof looks[0]; i++) {
        if (strlen(looks[i].name) == len && memcmp(looks[i].name, name, len) == 0)
            return &looks[i];
    }
    return NULL;
}

static bool read_state(struct address *address, const char *path, const struct look *look,
                       struct arena *arena)
{
    const char *state = path + strlen(PREVIEW_PATH) + strlen(look->name) + 1;
    size_t len = strcspn(state, "/");
    if (len == 0 || state[len] != '/')
        return false;
    address->kind = ADDRESS_STATE;
    address->scheme = look->scheme;
    address->pseudo = look->pseudo;
    address->rtl = look->rtl;
    address->look = arena_strndup(arena, path, (size_t)(state - path) - 1);
    address->prefix = arena_strndup(arena, path, (size_t)(state - path) + len);
    address->state = len == 1 && state[0] == '-' ? NULL : arena_strndup(arena, state, len);
    address->rest = state + len;
    return address->look && address->prefix;
}

bool address_read(struct address *address, const char *path, struct arena *arena)
{
    *address = (struct address){.kind = ADDRESS_PORTAL, .look = "", .prefix = "", .rest = path};
    if (strncmp(path, PREVIEW_PATH, strlen(PREVIEW_PATH)) != 0)
        return true;
    const char *own = path + strlen(PREVIEW_PATH);
    size_t len = strcspn(own, "/");
    const struct look *look = own[len] == '/' ? look_named(own, len) : NULL;
    if (look)
        return read_state(address, path, look, arena);
    address->kind = ADDRESS_OWN;
    address->rest = own;
    return own[len] == '\0';
}
