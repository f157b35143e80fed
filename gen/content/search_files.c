#include "search_files.h"

#include "../../lib/esc.h"

#include <sodium.h>
#include <string.h>

enum {
    WORDS_FULL = 8 * 1024,  /* a file of words takes no more than this, but for its last word */
    KEYS_FULL = 12 * 1024,  /* and one of keys */
    HITS_MAX = 1500,        /* of one word: at most 6 KB */
    ARTICLES_PER_FILE = 16, /* fewer where they are long */
    KEY_COST = 3,           /* of a key besides its bytes */
};

struct made {
    crypto_generichash_state hash;
    struct search_index *index;
    const char **names;
    size_t cap;
    const char **keys; /* where each file of words begins */
    size_t key_count, key_cap;
    struct worker *worker;
    bool failed;
};

/* --- files ------------------------------------------------------------------------------------------- */

static void *grown(struct made *made, void *items, size_t count, size_t *cap, size_t size)
{
    void *more = arena_more(made->worker->arena, items, count, cap, size);
    made->failed = made->failed || !more;
    return more;
}

/* Both arrays grow together. Names end with their NUL and bytes have a length, so that no two sets hash
 * alike. */
static void add_file(struct made *made, const char *name, const struct buf *bytes)
{
    struct search_index *index = made->index;
    struct arena *arena = made->worker->arena;
    size_t cap = made->cap;
    index->files = grown(made, index->files, index->count, &cap, sizeof *index->files);
    made->names = grown(made, made->names, index->count, &made->cap, sizeof *made->names);
    const char *copy = buf_ok(bytes) ? arena_strndup(arena, bytes->data, bytes->len) : NULL;
    if (made->failed || !name || !copy) {
        made->failed = true;
        return;
    }
    uint64_t len = bytes->len;
    crypto_generichash_update(&made->hash, (const unsigned char *)name, strlen(name) + 1);
    crypto_generichash_update(&made->hash, (const unsigned char *)&len, sizeof len);
    crypto_generichash_update(&made->hash, (const unsigned char *)copy, bytes->len);
    made->names[index->count] = name;
    index->files[index->count++] = (struct search_file){.bytes = copy, .len = bytes->len};
}

static void name_files(struct made *made, const struct site *site, const char *locale)
{
    struct search_index *index = made->index;
    struct arena *arena = made->worker->arena;
    unsigned char digest[16];
    char hash[17];
    crypto_generichash_final(&made->hash, digest, sizeof digest);
    sodium_bin2hex(hash, sizeof hash, digest, (sizeof hash - 1) / 2);
    index->url = arena_printf(arena, "%sassets/search/%s/%s/", site->slug, locale, hash);
    for (size_t i = 0; i < index->count && !made->failed; i++) {
        index->files[i].path = arena_printf(arena, "site%s%s", index->url, made->names[i]);
        made->failed = !index->files[i].path;
    }
}

/* --- words ------------------------------------------------------------------------------------------- */

static void add_base36(struct buf *out, uint32_t number)
{
    char digits[8];
    size_t at = sizeof digits;
    for (; number > 0; number /= 36)
        digits[--at] = "0123456789abcdefghijklmnopqrstuvwxyz"[number % 36];
    buf_add(out, digits + at, sizeof digits - at);
}

static uint32_t weight_of(uint32_t hit)
{
    return hit & ((1u << SEARCH_WEIGHT_BITS) - 1);
}

/* The least weight with which a hit is kept, and how many of those that have just it. */
static uint32_t least_weight(const uint32_t *hits, uint32_t count, uint32_t *rest)
{
    uint32_t having[SEARCH_WEIGHT_MAX + 1] = {0};
    for (uint32_t i = 0; i < count; i++)
        having[weight_of(hits[i])]++;
    *rest = HITS_MAX;
    for (uint32_t weight = SEARCH_WEIGHT_MAX; weight > 0; weight--) {
        if (having[weight] >= *rest)
            return weight;
        *rest -= having[weight];
    }
    return 0;
}

static void add_hits(struct buf *out, const uint32_t *hits, uint32_t count)
{
    uint32_t least = 0, rest = 0, next = 0;
    if (count > HITS_MAX) {
        least = least_weight(hits, count, &rest);
        add_base36(out, count);
        buf_addc(out, '!');
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t article = hits[i] >> SEARCH_WEIGHT_BITS, weight = weight_of(hits[i]);
        if (weight < least || (least > 0 && weight == least && rest == 0))
            continue;
        rest -= least > 0 && weight == least;
        add_base36(out, article - next);
        buf_addc(out, (char)('A' + weight - 1));
        next = article + 1;
    }
}

/* As much of the word as tells it from the one before: whole characters. */
static const char *key_of(struct arena *arena, const struct search_entry *word,
                          const struct search_entry *before)
{
    size_t len = 0;
    while (before && len < word->len && len < before->len && word->word[len] == before->word[len])
        len++;
    for (len += before != NULL; len < word->len && ((unsigned char)word->word[len] & 0xC0) == 0x80; len++)
        ;
    return arena_strndup(arena, word->word, len);
}

static void begin_words(struct made *made, const struct search_entry *word, const struct search_entry *before)
{
    made->keys = grown(made, made->keys, made->key_count, &made->key_cap, sizeof *made->keys);
    const char *key = made->failed ? NULL : key_of(made->worker->arena, word, before);
    if (!key)
        made->failed = true;
    else
        made->keys[made->key_count++] = key;
}

static void end_words(struct made *made, struct buf *out)
{
    if (out->len == 0)
        return;
    buf_addc(out, '}');
    add_file(made, arena_printf(made->worker->arena, "w%zu.json", made->key_count - 1), out);
    buf_reset(out);
}

static void add_words(struct made *made, const struct search_list *list, struct buf *out)
{
    const struct search_entry *before = NULL;
    struct buf hits;
    buf_init(&hits, SEARCH_FILE_MAX);
    for (uint32_t i = 0; i < list->count && !made->failed; i++) {
        uint32_t count = list->starts[i + 1] - list->starts[i];
        const struct search_entry *word = &list->words[i];
        if (count == 0)
            continue;
        buf_reset(&hits);
        add_hits(&hits, list->hits + list->starts[i], count);
        if (out->len > 0 && out->len + word->len + hits.len > WORDS_FULL)
            end_words(made, out);
        if (out->len == 0)
            begin_words(made, word, before);
        buf_addf(out, "%c\"%.*s\":\"", out->len == 0 ? '{' : ',', (int)word->len, word->word);
        buf_add(out, hits.data, hits.len);
        buf_addc(out, '"');
        before = word;
    }
    end_words(made, out);
    buf_release(&hits);
}

/* --- articles ---------------------------------------------------------------------------------------- */

static void add_text(struct buf *out, const char *text)
{
    esc_json(out, text, strlen(text));
    buf_addc(out, ',');
}

static void add_article(struct buf *out, const struct article *article, const struct help *help,
                        const struct site *site)
{
    const char *locale = site->locales[article->locale];
    const struct article *original = article->original;
    const char *section = help_section_title(help, site, article->section, locale);
    buf_addc(out, '[');
    add_text(out, article->title);
    buf_addf(out, "\"%s/%s/\",", article->section, article->id);
    add_text(out, section ? section : "");
    esc_json(out, article->summary, strlen(article->summary));
    if (original)
        buf_addf(out, ",\"%s\"", site->locales[original->locale]);
    buf_addc(out, ']');
}

/* How many articles go into a file, so that none becomes too large. `ends` are those of each in one buffer.
 */
static uint32_t articles_per_file(const size_t *ends, uint32_t count)
{
    uint32_t per = ARTICLES_PER_FILE;
    for (uint32_t i = 0; i < count && per > 1;) {
        uint32_t end = i + per < count ? i + per : count;
        size_t len = ends[end - 1] - (i > 0 ? ends[i - 1] : 0) + per + 1;
        if (len > SEARCH_FILE_MAX) {
            per /= 2;
            i = 0;
        } else {
            i = end;
        }
    }
    return per;
}

static uint32_t add_articles(struct made *made, const struct search_list *list, const struct help *help,
                             const struct site *site, struct buf *out)
{
    struct buf all;
    size_t *ends = arena_alloc(made->worker->scratch_arena, (list->article_count + 1) * sizeof *ends);
    made->failed = made->failed || !ends;
    buf_init(&all, (size_t)list->article_count * SEARCH_FILE_MAX + 1);
    for (uint32_t i = 0; i < list->article_count && !made->failed; i++) {
        add_article(&all, &list->articles[i], help, site);
        ends[i] = all.len;
    }
    uint32_t per = made->failed ? 1 : articles_per_file(ends, list->article_count);
    for (uint32_t i = 0; i < list->article_count && !made->failed; i++) {
        size_t start = i > 0 ? ends[i - 1] : 0;
        buf_addc(out, i % per == 0 ? '[' : ',');
        buf_add(out, all.data + start, ends[i] - start);
        if ((i + 1) % per == 0 || i + 1 == list->article_count) {
            buf_addc(out, ']');
            add_file(made, arena_printf(made->worker->arena, "d%u.json", i / per), out);
            buf_reset(out);
        }
    }
    made->failed = made->failed || !buf_ok(&all);
    buf_release(&all);
    return per;
}

/* --- keys -------------------------------------------------------------------------------------------- */

static void add_keys(struct buf *out, const char *const *keys, size_t count)
{
    buf_adds(out, "\"keys\":[");
    for (size_t i = 0; i < count; i++)
        buf_addf(out, "%s\"%s\"", i > 0 ? "," : "", keys[i]);
    buf_adds(out, "]}");
}

/* How many keys, from `start` on, go into a file. */
static size_t keys_that_fit(const struct made *made, size_t start)
{
    size_t len = 0, end = start;
    for (; end < made->key_count && len < KEYS_FULL; end++)
        len += strlen(made->keys[end]) + KEY_COST;
    return end - start;
}

/* Articles of a section stand together. */
static void add_staff(struct buf *out, const struct search_list *list)
{
    bool before = false, any = false;
    for (uint32_t i = 0; i <= list->article_count; i++) {
        bool staff = i < list->article_count && list->articles[i].staff;
        if (staff != before)
            buf_addf(out, "%s%u", any ? "," : "\"staff\":[", i);
        any = any || staff;
        before = staff;
    }
    buf_adds(out, any ? "]," : "");
}

/* Keys lead to files of words, or to files of keys where they are too many for one. */
static void add_index(struct made *made, const struct search_list *list, uint32_t per, struct buf *out)
{
    struct arena *arena = made->worker->arena;
    bool inner = keys_that_fit(made, 0) < made->key_count;
    const char **firsts = arena_alloc(arena, (made->key_count + 1) * sizeof *firsts);
    size_t count = 0;
    for (size_t i = 0, n; inner && firsts && i < made->key_count; i += n) {
        n = keys_that_fit(made, i);
        buf_addf(out, "{\"first\":%zu,", i);
        add_keys(out, made->keys + i, n);
        add_file(made, arena_printf(arena, "n%zu.json", count), out);
        buf_reset(out);
        firsts[count++] = made->keys[i];
    }
    buf_addf(out, "{\"docs\":%u,\"per\":%u,\"inner\":%s,", list->article_count, per,
             inner ? "true" : "false");
    add_staff(out, list);
    add_keys(out, inner ? firsts : made->keys, inner ? count : made->key_count);
    add_file(made, "index.json", out);
    made->failed = made->failed || !firsts;
}

bool search_files_make(struct search_index *index, const struct search_list *list, const struct help *help,
                       const struct site *site, struct worker *worker)
{
    struct made made = {.index = index, .worker = worker};
    struct buf out;
    buf_init(&out, SEARCH_FILE_MAX);
    crypto_generichash_init(&made.hash, NULL, 0, 16);
    add_words(&made, list, &out);
    uint32_t per = add_articles(&made, list, help, site, &out);
    if (!made.failed)
        add_index(&made, list, per, &out);
    if (!made.failed)
        name_files(&made, site, site->locales[list->articles[0].locale]);
    buf_release(&out);
    return !made.failed;
}
