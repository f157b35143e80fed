#include "media.h"

#include "../../lib/utf8.h"

#include <string.h>
#include <strings.h>

#define ZIP "PK\x03\x04"

static const struct {
    const char *type;
    const char *magic;
    size_t len;
    size_t offset;
    const char *ending; /* that the name must have as well; NULL: any */
} binary[] = {
    {"image/png", "\x89PNG\r\n\x1a\n", 8, 0, NULL},
    {"image/jpeg", "\xff\xd8\xff", 3, 0, NULL},
    {"image/gif", "GIF87a", 6, 0, NULL},
    {"image/gif", "GIF89a", 6, 0, NULL},
    {"image/webp", "WEBP", 4, 8, NULL},
    {"application/pdf", "%PDF-", 5, 0, NULL},
    {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", ZIP, 4, 0, ".docx"},
    {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ZIP, 4, 0, ".xlsx"},
    {"application/vnd.openxmlformats-officedocument.presentationml.presentation", ZIP, 4, 0, ".pptx"},
    {"application/vnd.oasis.opendocument.text", ZIP, 4, 0, ".odt"},
    {"application/vnd.oasis.opendocument.spreadsheet", ZIP, 4, 0, ".ods"},
    {"application/zip", ZIP, 4, 0, NULL},
    {"application/gzip", "\x1f\x8b", 2, 0, NULL},
    {"video/mp4", "ftyp", 4, 4, ".mp4"},
};

static const struct {
    const char *type;
    const char *ending;
} textual[] = {
    {"text/plain", ".txt"}, {"text/plain", ".log"},        {"text/plain", ".md"},
    {"text/csv", ".csv"},   {"application/json", ".json"},
};

static bool ends_with(const char *name, const char *ending)
{
    size_t len = strlen(name), ending_len = strlen(ending);
    return len > ending_len && strcasecmp(name + len - ending_len, ending) == 0;
}

/* A character may be cut off where the head ends. */
static bool looks_like_text(const char *head, size_t len)
{
    size_t at = 0;
    while (at < len) {
        uint32_t code;
        at += utf8_next(head + at, len - at, &code);
        if (code == 0 || (code == UTF8_BAD && !(len == MEDIA_HEAD && at == len)))
            return false;
    }
    return true;
}

const char *media_type(const char *name, const char *head, size_t len)
{
    for (size_t i = 0; i < sizeof binary / sizeof binary[0]; i++)
        if (len >= binary[i].offset + binary[i].len &&
            memcmp(head + binary[i].offset, binary[i].magic, binary[i].len) == 0 &&
            (!binary[i].ending || ends_with(name, binary[i].ending)))
            return binary[i].type;
    for (size_t i = 0; i < sizeof textual / sizeof textual[0]; i++)
        if (ends_with(name, textual[i].ending) && looks_like_text(head, len))
            return textual[i].type;
    return "application/octet-stream";
}

bool media_is_image(const char *type)
{
    static const char *const images[] = {"image/png", "image/jpeg", "image/gif", "image/webp"};
    for (size_t i = 0; i < sizeof images / sizeof images[0]; i++)
        if (strcmp(images[i], type) == 0)
            return true;
    return false;
}
