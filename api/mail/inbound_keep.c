#include "inbound_keep.h"

#include "../../lib/utf8.h"
#include "../portal/media.h"
#include "../portal/text.h"

#include <string.h>

static enum rc keep_bytes(struct inbound_kept *kept, struct file *file, const char *bytes, size_t len)
{
    struct file_writer *writer;
    char *id = arena_alloc(kept->arena, 23);
    enum rc rc = id ? file_begin(kept->store, &writer) : RC_INTERNAL;
    if (rc != RC_OK)
        return rc;
    rc = file_write(writer, bytes, len);
    if (rc != RC_OK) {
        file_drop(writer);
        return rc;
    }
    file->id = id;
    return file_keep(writer, id, &file->size, file->sha256);
}

static bool keep_file(void *context, const char *name, const char *bytes, size_t len)
{
    struct inbound_kept *kept = context;
    if (len == 0)
        return true;
    kept->too_many =
        kept->count >= (size_t)kept->portal->files_max || (int64_t)len > kept->portal->file_max_bytes;
    if (kept->too_many)
        return false;
    struct file *file = &kept->files[kept->count];
    *file = (struct file){.name = text_file_name(kept->arena, name)};
    file->type = file->name ? media_type(file->name, bytes, len < MEDIA_HEAD ? len : MEDIA_HEAD) : NULL;
    kept->failed = file->name ? keep_bytes(kept, file, bytes, len) : RC_INTERNAL;
    kept->count += kept->failed == RC_OK ? 1 : 0;
    return kept->failed == RC_OK;
}

void inbound_keep_drop(struct inbound_kept *kept)
{
    while (kept->count > 0)
        file_remove(kept->store, kept->files[--kept->count].id);
}

enum rc inbound_keep(struct inbound_kept *kept, const struct inbound_mail *mail, const char *text)
{
    kept->files = arena_alloc(kept->arena, ((size_t)kept->portal->files_max + 1) * sizeof *kept->files);
    if (!kept->files)
        return RC_INTERNAL;
    if (utf8_count(text, strlen(text)) > REPLY_MAX)
        keep_file(kept, "message.txt", text, strlen(text));
    if (!kept->too_many && kept->failed == RC_OK)
        inbound_files(mail, keep_file, kept);
    if (kept->failed != RC_OK || kept->too_many)
        inbound_keep_drop(kept);
    return kept->failed;
}
