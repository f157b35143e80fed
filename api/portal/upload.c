#include "upload.h"

#include "../../lib/multipart.h"
#include "../../lib/utf8.h"
#include "../server/route.h"
#include "media.h"
#include "text.h"

#include <string.h>

#define PIECE (16 * 1024)

static bool stop(struct upload *upload, enum problem problem)
{
    upload->problem = problem;
    return false;
}

static void hash_add(struct upload *upload, const void *bytes, size_t len)
{
    crypto_generichash_update(&upload->hash, bytes, len);
}

/* With its closing NUL, so that two texts never run together. */
static void hash_add_text(struct upload *upload, const char *text)
{
    hash_add(upload, text, strlen(text) + 1);
}

static size_t files_allowed(const struct portal *portal, const struct portal_field *field)
{
    long most = field->max < portal->files_max ? field->max : portal->files_max;
    return most > 0 ? (size_t)most : 0;
}

static bool value_begin(struct form_value *value, const struct portal_field *field, struct arena *arena)
{
    value->field = field;
    if (field->type == PORTAL_FIELD_MULTI_SELECT)
        value->chosen = arena_alloc(arena, (field->option_count + 1) * sizeof *value->chosen);
    return field->type != PORTAL_FIELD_MULTI_SELECT || value->chosen;
}

enum problem upload_begin(struct upload *upload, struct request *request, const struct portal_field *fields,
                          size_t count)
{
    memset(upload, 0, sizeof *upload);
    upload->request = request;
    buf_init(&upload->text, UPLOAD_TEXT_MAX);
    crypto_generichash_init(&upload->hash, NULL, 0, sizeof upload->content);
    if (count > UPLOAD_FIELDS_MAX)
        return PROBLEM_INTERNAL;
    for (size_t i = 0; i < count; i++) {
        if (!value_begin(&upload->values[upload->value_count++], &fields[i], request->arena))
            return PROBLEM_INTERNAL;
        if (fields[i].type == PORTAL_FIELD_FILES)
            upload->file_max = files_allowed(request->portal, &fields[i]);
    }
    upload->files = arena_alloc(request->arena, (upload->file_max + 1) * sizeof *upload->files);
    upload->kept = arena_alloc(request->arena, (upload->file_max + 1) * sizeof *upload->kept);
    return upload->files && upload->kept ? PROBLEM_NONE : PROBLEM_INTERNAL;
}

void upload_count_in(struct upload *upload, const char *text)
{
    hash_add_text(upload, text);
}

static struct form_value *value_by_name(struct upload *upload, const char *name)
{
    for (size_t i = 0; i < upload->value_count; i++)
        if (strcmp(upload->values[i].field->id, name) == 0)
            return &upload->values[i];
    return NULL;
}

/* --- a part that is a file ------------------------------------------------------------------------------ */

static bool file_start(struct upload *upload, const struct multipart_part *part)
{
    struct arena *arena = upload->request->arena;
    if (upload->file_parts++ == upload->file_max)
        return stop(upload, PROBLEM_TOO_LARGE);
    struct upload_file *file = &upload->files[upload->file_count];
    memset(file, 0, sizeof *file);
    file->name = text_file_name(arena, part->filename);
    file->named = *part->filename != '\0';
    file->head = arena_alloc(arena, MEDIA_HEAD);
    if (!file->name || !file->head)
        return stop(upload, PROBLEM_INTERNAL);
    enum rc rc = file_begin(upload->request->store, &file->writer);
    if (rc != RC_OK)
        return stop(upload, problem_of(rc));
    upload->file = file;
    upload->file_count++;
    return true;
}

static bool file_data(struct upload *upload, const char *bytes, size_t len)
{
    struct upload_file *file = upload->file;
    size_t head = MEDIA_HEAD - file->head_len < len ? MEDIA_HEAD - file->head_len : len;
    if ((int64_t)len > upload->request->portal->file_max_bytes - file->size)
        return stop(upload, PROBLEM_TOO_LARGE);
    memcpy(file->head + file->head_len, bytes, head);
    file->head_len += head;
    file->size += (int64_t)len;
    enum rc rc = file_write(file->writer, bytes, len);
    return rc == RC_OK ? true : stop(upload, problem_of(rc));
}

/* A form without a chosen file sends an empty one without a name: that is none. */
static void file_finish(struct upload *upload)
{
    if (upload->file->named || upload->file->size > 0) {
        upload->value->file_count++;
        return;
    }
    file_drop(upload->file->writer);
    upload->file_count--;
}

/* --- the parser's calls --------------------------------------------------------------------------------- */

/* A text comes once, a choice of several as often as there are options, each in a part of its own. */
static bool may_come(const struct form_value *value)
{
    if (value->field->type == PORTAL_FIELD_MULTI_SELECT)
        return value->chosen_count < value->field->option_count;
    return !value->text;
}

static bool part_begin(void *context, const struct multipart_part *part)
{
    struct upload *upload = context;
    struct form_value *value = value_by_name(upload, part->name);
    if (!value)
        return stop(upload, PROBLEM_BAD_INPUT);
    bool wants_file = value->field->type == PORTAL_FIELD_FILES;
    if (wants_file != (part->filename != NULL) || !may_come(value))
        return stop(upload, PROBLEM_BAD_INPUT);
    hash_add_text(upload, part->name);
    hash_add_text(upload, part->filename ? part->filename : "");
    upload->value = value;
    upload->file = NULL;
    buf_reset(&upload->text);
    return !wants_file || file_start(upload, part);
}

static bool part_data(void *context, const char *bytes, size_t len)
{
    struct upload *upload = context;
    hash_add(upload, bytes, len);
    if (upload->file)
        return file_data(upload, bytes, len);
    buf_add(&upload->text, bytes, len);
    return buf_ok(&upload->text) ? true : stop(upload, PROBLEM_TOO_LARGE);
}

static bool text_finish(struct upload *upload)
{
    const struct buf *text = &upload->text;
    if (strlen(text->data) != text->len || !utf8_is_valid(text->data, text->len))
        return stop(upload, PROBLEM_BAD_INPUT);
    struct form_value *value = upload->value;
    const char *copy = arena_strndup(upload->request->arena, text->data, text->len);
    value->sent = true;
    if (value->field->type != PORTAL_FIELD_MULTI_SELECT)
        value->text = copy;
    else if (text->len > 0)
        value->chosen[value->chosen_count++] = copy;
    return copy ? true : stop(upload, PROBLEM_INTERNAL);
}

static bool part_end(void *context)
{
    struct upload *upload = context;
    uint64_t len = upload->file ? (uint64_t)upload->file->size : upload->text.len;
    hash_add(upload, &len, sizeof len);
    if (!upload->file)
        return text_finish(upload);
    file_finish(upload);
    return true;
}

/* --- the whole body ------------------------------------------------------------------------------------- */

/* To its end, also past the last part: a body that breaks off is none, however much of it made sense. */
static enum problem read_parts(struct upload *upload, struct multipart *parser)
{
    struct http_request *http = upload->request->http;
    char *piece = arena_alloc(upload->request->arena, PIECE);
    enum multipart_state state = MULTIPART_MORE;
    int got = 0;
    if (!piece)
        return PROBLEM_INTERNAL;
    while ((state == MULTIPART_MORE || state == MULTIPART_DONE) &&
           (got = http_body_read(http, piece, PIECE)) > 0)
        state = multipart_feed(parser, piece, (size_t)got);
    if (state == MULTIPART_STOPPED)
        return upload->problem;
    if (got == -2)
        return PROBLEM_TOO_LARGE;
    if (got == -1)
        return PROBLEM_FRAMING;
    return state == MULTIPART_DONE ? PROBLEM_NONE : PROBLEM_BAD_INPUT;
}

/* Files come in before it is known whether the form asks for any: they are temporary until then. */
static void drop_hidden_files(struct upload *upload)
{
    for (size_t i = 0; i < upload->value_count; i++) {
        if (upload->values[i].field->type != PORTAL_FIELD_FILES || !upload->values[i].hidden)
            continue;
        while (upload->file_count > 0)
            file_drop(upload->files[--upload->file_count].writer);
    }
}

enum problem upload_read(struct upload *upload)
{
    struct request *request = upload->request;
    const struct multipart_handler calls = {part_begin, part_data, part_end, upload};
    struct multipart *parser = multipart_new(http_header(request->http, "Content-Type"), &calls);
    if (!parser)
        return PROBLEM_MEDIA_TYPE;
    hash_add_text(upload, request->route->path);
    hash_add(upload, &request->number, sizeof request->number);
    enum problem problem = read_parts(upload, parser);
    multipart_free(parser);
    if (problem != PROBLEM_NONE)
        return problem;
    crypto_generichash_final(&upload->hash, upload->content, sizeof upload->content);
    if (!form_check(upload->values, upload->value_count, request->arena, request->errors,
                    &request->error_count))
        return PROBLEM_INTERNAL;
    drop_hidden_files(upload);
    return request->error_count == 0 ? PROBLEM_NONE : PROBLEM_INVALID;
}

static enum problem keep_file(struct upload_file *file, struct file *kept)
{
    struct file_writer *writer = file->writer;
    file->writer = NULL;
    enum rc rc = file_keep(writer, file->id, &kept->size, kept->sha256);
    if (rc != RC_OK) {
        file->id[0] = '\0';
        return problem_of(rc);
    }
    kept->id = file->id;
    kept->name = file->name;
    kept->type = media_type(file->name, file->head, file->head_len);
    return PROBLEM_NONE;
}

enum problem upload_keep(struct upload *upload)
{
    enum problem problem = PROBLEM_NONE;
    for (size_t i = 0; i < upload->file_count && problem == PROBLEM_NONE; i++)
        problem = keep_file(&upload->files[i], &upload->kept[i]);
    return problem;
}

void upload_end(struct upload *upload)
{
    for (size_t i = 0; i < upload->file_count; i++) {
        struct upload_file *file = &upload->files[i];
        if (file->writer)
            file_drop(file->writer);
        else if (file->id[0] && !upload->committed)
            file_remove(upload->request->store, file->id);
    }
    buf_release(&upload->text);
}
