#include "search_terms.h"

#include "../../lib/search_words.h"

#include <string.h>

enum { FIRST_SLOTS = 4096, FIRST_TERMS = 2048, FOUND_MAX = 2 * SEARCH_ARTICLE_WORDS, RECENT = 512 };

/* A heading is text that is one bit further on, see count_word(). */
enum field { IN_TITLE = 1, IN_SUMMARY = 2, IN_TEXT = 4, IN_HEADING = IN_TEXT << 1 };

struct found {
    uint32_t term, fields;
    uint32_t times; /* in the text */
};

/* What was found last with such a hash: most words of an article come again and again. */
struct recent {
    uint64_t hash;
    struct found *found; /* NULL: none yet */
};

/* One article being read. */
struct counting {
    struct search_table *table;
    struct arena *arena;
    struct search_reader reader;
    enum field field;
    uint32_t article; /* its number + 1 */
    uint32_t count;
    struct found found[FOUND_MAX];
    struct recent recent[RECENT];
};

struct search_terms *search_terms_new(struct arena *arena, size_t locale_count, size_t article_count)
{
    struct search_terms *terms = arena_alloc(arena, sizeof *terms);
    if (!terms)
        return NULL;
    terms->locale_count = locale_count;
    terms->tables = arena_alloc(arena, PARALLEL_WORKERS_MAX * (locale_count + 1) * sizeof *terms->tables);
    terms->articles = arena_alloc(arena, (article_count + 1) * sizeof *terms->articles);
    return terms->tables && terms->articles ? terms : NULL;
}

_Static_assert(sizeof(uint64_t) == SEARCH_WORD_STEP, "words may be read eight bytes at a time");

/* So many bytes at a time: words are short. */
static uint64_t hash_of(const char *word, size_t len)
{
    const uint64_t mix = UINT64_C(0x9E3779B97F4A7C15);
    uint64_t hash = len * mix;
    for (size_t at = 0; at < len; at += sizeof hash) {
        uint64_t bytes;
        memcpy(&bytes, word + at, sizeof bytes);
        hash = (hash ^ bytes) * mix;
        hash ^= hash >> 29;
    }
    hash *= mix;
    return hash ^ hash >> 32;
}

static bool grow_terms(struct search_table *table, struct arena *arena)
{
    uint32_t cap = table->cap ? table->cap * 2 : FIRST_TERMS;
    struct search_term *terms = arena_alloc(arena, cap * sizeof *terms);
    if (!terms)
        return false;
    if (table->count > 0)
        memcpy(terms, table->terms, table->count * sizeof *terms);
    table->terms = terms;
    table->cap = cap;
    return true;
}

/* The slot of a word, or the free one that it would take. */
static struct search_slot *find_slot(struct search_slot *slots, uint32_t count, uint64_t hash)
{
    size_t at = hash & (count - 1);
    while (slots[at].term && slots[at].hash != hash)
        at = (at + 1) & (count - 1);
    return &slots[at];
}

static bool grow_slots(struct search_table *table, struct arena *arena)
{
    uint32_t count = table->slot_count ? table->slot_count * 4 : FIRST_SLOTS;
    struct search_slot *slots = arena_alloc(arena, count * sizeof *slots);
    if (!slots)
        return false;
    for (uint32_t i = 0; i < table->slot_count; i++) {
        if (table->slots[i].term)
            *find_slot(slots, count, table->slots[i].hash) = table->slots[i];
    }
    table->slots = slots;
    table->slot_count = count;
    return true;
}

/* NULL: no memory. */
static struct search_slot *find_term(struct search_table *table, struct arena *arena, const char *word,
                                     size_t len, uint64_t hash)
{
    if (table->count == table->cap && !grow_terms(table, arena))
        return NULL;
    if (2 * table->count >= table->slot_count && !grow_slots(table, arena))
        return NULL;
    struct search_slot *slot = find_slot(table->slots, table->slot_count, hash);
    if (slot->term)
        return slot;
    const char *own = arena_strndup(arena, word, len);
    if (!own)
        return NULL;
    table->terms[table->count] = (struct search_term){.word = own, .len = (uint32_t)len};
    *slot = (struct search_slot){.hash = hash, .term = ++table->count};
    return slot;
}

static struct found *find_in_article(struct counting *counting, struct search_slot *slot)
{
    if (slot->article == counting->article)
        return &counting->found[slot->at];
    bool matters = counting->field == IN_TITLE || counting->field == IN_SUMMARY;
    if (counting->count >= (matters ? FOUND_MAX : SEARCH_ARTICLE_WORDS))
        return NULL;
    slot->article = counting->article;
    slot->at = counting->count;
    counting->found[counting->count] = (struct found){.term = slot->term - 1};
    return &counting->found[counting->count++];
}

/* A word that was not found just before. NULL: it does not count. Most words never come here. */
__attribute__((noinline)) static struct found *find_word(struct counting *counting, const char *word,
                                                         size_t len, uint64_t hash)
{
    struct search_slot *slot = find_term(counting->table, counting->arena, word, len, hash);
    struct found *found = slot ? find_in_article(counting, slot) : NULL;
    if (found)
        counting->recent[hash % RECENT] = (struct recent){hash, found};
    return found;
}

static void count_word(void *context, const char *word, size_t len)
{
    struct counting *counting = context;
    uint64_t hash = hash_of(word, len);
    const struct recent *recent = &counting->recent[hash % RECENT];
    struct found *found = recent->found;
    if (!found || recent->hash != hash)
        found = find_word(counting, word, len, hash);
    if (!found)
        return;
    enum field field = counting->field << counting->reader.heading;
    found->fields |= field;
    found->times += field == IN_TEXT;
}

/* What the title says counts most; many mentions count a little more than one. */
static uint32_t weight_of(const struct found *found)
{
    uint32_t weight = 0, times = found->times;
    weight += found->fields & IN_TITLE ? 12 : 0;
    weight += found->fields & IN_HEADING ? 5 : 0;
    weight += found->fields & IN_SUMMARY ? 4 : 0;
    weight += times == 0 ? 0 : times < 3 ? 1 : times < 8 ? 2 : 4;
    return weight;
}

static void read_all(struct counting *counting, const struct search_source *source)
{
    counting->field = IN_TITLE;
    search_read_text(&counting->reader, source->title, strlen(source->title));
    counting->field = IN_SUMMARY;
    search_read_text(&counting->reader, source->summary, strlen(source->summary));
    counting->field = IN_TEXT;
    search_read_html(&counting->reader, source->html, source->html_len);
}

void search_terms_add(struct search_terms *terms, const struct search_source *source, struct worker *worker)
{
    struct counting counting;
    counting.table = search_table_of(terms, worker->number, source->locale);
    counting.arena = worker->arena;
    counting.reader = (struct search_reader){.word = count_word, .context = &counting};
    counting.article = (uint32_t)source->number + 1;
    counting.count = 0;
    memset(counting.recent, 0, sizeof counting.recent);
    read_all(&counting, source);
    uint32_t *found = arena_alloc(worker->arena, (counting.count + 1) * sizeof *found);
    if (!found)
        return;
    for (uint32_t i = 0; i < counting.count; i++)
        found[i] = counting.found[i].term << SEARCH_WEIGHT_BITS | weight_of(&counting.found[i]);
    terms->articles[source->number] =
        (struct search_words){.found = found, .count = counting.count, .worker = worker->number};
}
