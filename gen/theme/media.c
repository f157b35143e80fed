#include "media.h"

#include "../../lib/fs.h"
#include "../check/drawing.h"
#include "declarations.h"
#include "fonts.h"
#include "picture.h"

#include <string.h>

enum { IMAGE_BYTES = 100000, FONT_BYTES = 150000 };

struct media {
    struct theme *theme;
    const char *shown; /* the path of the setting, for messages */
    const json_t *declared;
    const char *path; /* below the assets' folder */
    const char *file;
    struct place place; /* of the value */
    struct diag *diag;
};

static long limit(const struct media *media, const char *key, long otherwise)
{
    const json_t *value = json_object_get(media->declared, key);
    return value ? (long)json_integer_value(value) : otherwise;
}

/* Read it whole. False: an error at the value. */
static bool read_file(const struct media *media, long most, struct buf *bytes)
{
    buf_init(bytes, 16 * 1024 * 1024);
    if (!fs_is_file(media->file)) {
        diag_error(media->diag, media->place, "\"%s\": there is no file %s", media->shown, media->file);
        return false;
    }
    int error = fs_read(media->file, bytes);
    if (error)
        diag_unread(media->diag, media->file, error, 16 * 1024 * 1024);
    else if (bytes->len > (size_t)most)
        diag_error(media->diag, media->place, "\"%s\": %s has %zu bytes, want at most %ld", media->shown,
                   media->file, bytes->len, most);
    return !error;
}

static bool is_called(const char *path, const char *kind)
{
    const char *ending = strrchr(path, '.');
    return strcmp(ending, kind) == 0 || (strcmp(kind, ".jpg") == 0 && strcmp(ending, ".jpeg") == 0);
}

static void check_size(const struct media *media, const struct picture *picture)
{
    long width = limit(media, "max_width", 0), height = limit(media, "max_height", 0);
    if (width > 0 && picture->width > width)
        diag_error(media->diag, media->place, "\"%s\": %s is %u pixels wide, want at most %ld", media->shown,
                   media->file, picture->width, width);
    if (height > 0 && picture->height > height)
        diag_error(media->diag, media->place, "\"%s\": %s is %u pixels high, want at most %ld", media->shown,
                   media->file, picture->height, height);
}

static void check_picture(const struct media *media, const struct picture *picture, const char *bytes)
{
    if (!picture->kind)
        diag_error(media->diag, media->place, "\"%s\": %s is no picture that browsers show", media->shown,
                   media->file);
    else if (!is_called(media->path, picture->kind))
        diag_error(media->diag, media->place,
                   "\"%s\": %s holds a picture of another kind; want the ending %s", media->shown,
                   media->file, picture->kind);
    else if (strcmp(picture->kind, ".svg") == 0 && drawing_script(bytes))
        diag_error(media->diag, media->place, "\"%s\": %s holds a script; save it as a plain SVG",
                   media->shown, media->file);
    check_size(media, picture);
}

static json_t *image_value(const struct media *media)
{
    struct buf bytes;
    struct picture picture = {0};
    bool read = read_file(media, limit(media, "max_bytes", IMAGE_BYTES), &bytes);
    if (read) {
        picture = picture_read(bytes.data ? bytes.data : "", bytes.len);
        check_picture(media, &picture, bytes.data ? bytes.data : "");
    }
    buf_release(&bytes);
    return read ? json_pack("{s:s, s:s, s:i, s:i}", "path", media->path, "file", media->file, "width",
                            (int)picture.width, "height", (int)picture.height)
                : json_false();
}

static json_t *font_value(const struct media *media)
{
    struct buf bytes;
    bool read = read_file(media, limit(media, "max_bytes", FONT_BYTES), &bytes);
    if (read && (bytes.len < 4 || memcmp(bytes.data, "wOF2", 4) != 0))
        diag_error(media->diag, media->place, "\"%s\": %s is no WOFF2 font", media->shown, media->file);
    buf_release(&bytes);
    return read ? json_pack("{s:s, s:s}", "path", media->path, "file", media->file) : json_false();
}

/* Published once, however many settings name it. */
static void add_extra(struct theme *theme, const char *path, const char *file)
{
    for (size_t i = 0; i < theme->extra_count; i++) {
        if (strcmp(theme->extras[i].path, path) == 0)
            return;
    }
    theme->extras[theme->extra_count++] = (struct theme_entry){path, file, theme->chain_len};
}

json_t *theme_media_value(struct theme *theme, const struct site *site, const char *key,
                          const json_t *declared, const char *text, struct diag *diag)
{
    bool given = theme_value_is_given(theme, key);
    bool font = strcmp(theme_type_of(declared), "font") == 0;
    if (font && theme_font_stack(text))
        return json_string(text);
    const char *content = arena_printf(theme->arena, "content/%s", text), *shown;
    struct place place = theme_value_place(theme, site, key, "default", &shown);
    struct media media = {.theme = theme,
                          .shown = shown,
                          .declared = declared,
                          .path = given ? content : arena_strdup(theme->arena, text),
                          .file =
                              given ? site_path(theme->arena, site->root, content) : theme_path(theme, text),
                          .place = place,
                          .diag = diag};
    size_t before = diag_errors(diag);
    json_t *value = font ? font_value(&media) : image_value(&media);
    if (diag_errors(diag) > before) { /* what is wrong with it is said once, here */
        json_decref(value);
        return json_false();
    }
    if (given && json_is_object(value))
        add_extra(theme, media.path, media.file);
    return value;
}
