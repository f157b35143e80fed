#include "apply.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct counts {
    json_int_t created, changed, same;
};

static bool hash_of(const json_t *record, unsigned char hash[SYNC_CONTENT_BYTES])
{
    char *text = json_dumps(record, JSON_COMPACT | JSON_SORT_KEYS);
    if (text)
        crypto_generichash(hash, SYNC_CONTENT_BYTES, (const unsigned char *)text, strlen(text), NULL, 0);
    free(text);
    return text != NULL;
}

static struct sync_known look_up(struct turn *turn, enum sync_kind kind, const char *name)
{
    static const unsigned char nothing[SYNC_CONTENT_BYTES] = {0};
    struct sync_known known = {0};
    bool staff;
    if (kind == SYNC_CONTACT && strchr(name, '@'))
        known.local = sync_person_by_email(turn->sync, name, &staff);
    else
        sync_find(turn->sync, kind, name, nothing, &known);
    return known;
}

bool sync_knows(struct turn *turn, enum sync_kind kind, const char *name)
{
    return look_up(turn, kind, name).local != 0;
}

int64_t sync_refer(struct turn *turn, const char *field, enum sync_kind kind, const char *name)
{
    struct sync_known known = look_up(turn, kind, name);
    if (!known.local)
        record_unknown(&turn->record, field, kind, name);
    else if (known.gone)
        record_error(&turn->record, field, "\"%s\": the %s \"%s\" was removed here", field,
                     sync_kind_names[kind], name);
    return turn->record.bad ? 0 : known.local;
}

const char *sync_first(struct turn *turn, const char *field)
{
    const char *said = record_text(&turn->record, field);
    size_t len = said ? strcspn(said, ";") : 0;
    return said && said[len] ? arena_strndup(turn->record.arena, said, len) : said;
}

/* Of a record whose shape is right. */
static void put(struct turn *turn, const char *id, struct counts *counts)
{
    static int64_t (*const each[SYNC_KINDS])(struct turn *) = {sync_put_company, sync_put_contact,
                                                               sync_put_ticket, sync_put_message};
    unsigned char content[SYNC_CONTENT_BYTES];
    struct sync_known known;
    struct record *record = &turn->record;
    if (!hash_of(record->json, content))
        return;
    sync_find(turn->sync, record->kind, id, content, &known);
    if (known.gone) {
        record_error(record, "id", "\"%s\" was removed here, and does not come back; take it out", id);
        return;
    }
    if (known.same) {
        counts->same++;
        return;
    }
    turn->local = known.local;
    int64_t local = each[record->kind](turn);
    if (record->bad || !local)
        return;
    sync_note(turn->sync, record->kind, id, local, content);
    counts->created += known.local == 0;
    counts->changed += known.local != 0;
}

static void apply_one(struct turn *turn, struct counts *counts)
{
    struct record *record = &turn->record;
    record->kind = sync_kind_of(record->json);
    if (record->kind == SYNC_KINDS) {
        record_error(record, "type", "\"type\": want \"company\", \"contact\", \"ticket\" or \"message\"");
        return;
    }
    record_check(record);
    const char *id = record->bad ? NULL : record_text(record, "id");
    if (id)
        put(turn, id, counts);
}

static void apply_all(struct turn *turn, const json_t *records, struct counts *counts)
{
    for (size_t i = 0; i < json_array_size(records); i++) {
        turn->record.json = json_array_get(records, i);
        turn->record.index = i;
        turn->record.bad = false;
        apply_one(turn, counts);
        arena_reset(turn->record.arena);
    }
}

static enum rc apply(struct turn *turn, struct store *store, const json_t *records, struct counts *counts)
{
    char detail[200];
    turn->sync = sync_begin(store, turn->wanted->source);
    if (!turn->sync)
        return RC_INTERNAL;
    apply_all(turn, records, counts);
    snprintf(detail, sizeof detail, "%s: %lld new, %lld changed", turn->wanted->source,
             (long long)counts->created, (long long)counts->changed);
    bool news = counts->created + counts->changed > 0;
    return sync_end(turn->sync, !turn->wanted->dry, news ? detail : NULL, turn->now);
}

json_t *sync_apply(struct store *store, const struct portal *portal, const struct sync_wanted *wanted,
                   const json_t *records, enum rc *rc)
{
    struct counts counts = {0};
    json_t *errors = json_array();
    struct arena *arena = arena_new(0);
    struct turn turn = {
        .record = {.arena = arena, .errors = errors, .zone = wanted->zone},
        .portal = portal,
        .wanted = wanted,
        .now = store_now(),
    };
    *rc = arena && errors ? apply(&turn, store, records, &counts) : RC_INTERNAL;
    arena_free(arena);
    if (*rc == RC_OK)
        return json_pack("{s:I, s:I, s:I, s:o}", "created", counts.created, "changed", counts.changed, "same",
                         counts.same, "errors", errors);
    json_decref(errors);
    return NULL;
}
