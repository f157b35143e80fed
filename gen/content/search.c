#include "search.h"

#include "search_files.h"

#include <stdlib.h>
#include <string.h>

struct making {
    struct search *search;
    const struct help *help;
    const struct site *site;
};

/* One language: which tables its articles' words are in, and what those words are called here. */
struct merge {
    const struct search_terms *terms;
    const struct article *articles;
    uint32_t article_count;
    struct arena *arena; /* for what is not needed any more when the files are made */
    uint32_t *
        *numbers; /* of each table: of each of its words, its place among the sorted; NULL: not needed */
    struct search_entry *entries, *spare;
    uint32_t entry_count;
    struct search_list list;
};

static uint64_t start_of(const char *word, uint32_t len)
{
    uint64_t start = 0;
    for (uint32_t i = 0; i < sizeof start; i++)
        start = start << 8 | (i < len ? (unsigned char)word[i] : 0);
    return start;
}

static int by_word(const void *left, const void *right)
{
    const struct search_entry *a = left, *b = right;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    return strcmp(a->word, b->word);
}

/* One pass of a radix sort, by byte `byte` of `start`: stable. */
static void sort_by_byte(const struct search_entry *from, struct search_entry *to, uint32_t count,
                         unsigned byte)
{
    uint32_t places[257] = {0};
    for (uint32_t i = 0; i < count; i++)
        places[(from[i].start >> 8 * byte & 0xFF) + 1]++;
    for (unsigned i = 1; i < 256; i++)
        places[i] += places[i - 1];
    for (uint32_t i = 0; i < count; i++)
        to[places[from[i].start >> 8 * byte & 0xFF]++] = from[i];
}

/* By their first bytes, then those that have them in common by the rest. `spare` has as much room. */
static void sort_entries(struct search_entry *entries, struct search_entry *spare, uint32_t count)
{
    for (unsigned byte = 0; byte < sizeof entries->start; byte += 2) {
        sort_by_byte(entries, spare, count, byte);
        sort_by_byte(spare, entries, count, byte + 1);
    }
    for (uint32_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && entries[end].start == entries[i].start; end++)
            ;
        if (end > i + 1)
            qsort(entries + i, end - i, sizeof *entries, by_word);
    }
}

static uint32_t table_at(const struct merge *merge, const struct article *article)
{
    uint32_t worker = merge->terms->articles[article->number].worker;
    return worker * (uint32_t)merge->terms->locale_count + (uint32_t)article->text_locale;
}

/* Which tables are needed: those of the workers and languages of the texts that show here. */
static bool find_tables(struct merge *merge)
{
    size_t tables = PARALLEL_WORKERS_MAX * (merge->terms->locale_count + 1), words = 0;
    merge->numbers = arena_alloc(merge->arena, tables * sizeof *merge->numbers);
    for (uint32_t i = 0; merge->numbers && i < merge->article_count; i++) {
        uint32_t at = table_at(merge, &merge->articles[i]);
        uint32_t count = merge->terms->tables[at].count;
        if (merge->numbers[at])
            continue;
        merge->numbers[at] = arena_alloc(merge->arena, (count + 1) * sizeof *merge->numbers[at]);
        if (!merge->numbers[at])
            return false;
        words += count;
    }
    merge->entries = arena_alloc(merge->arena, (words + 1) * sizeof *merge->entries);
    merge->spare = arena_alloc(merge->arena, (words + 1) * sizeof *merge->spare);
    return merge->numbers && merge->entries && merge->spare;
}

static void sort_words(struct merge *merge)
{
    size_t tables = PARALLEL_WORKERS_MAX * merge->terms->locale_count;
    for (uint32_t at = 0; at < tables; at++) {
        const struct search_table *table = &merge->terms->tables[at];
        for (uint32_t i = 0; merge->numbers[at] && i < table->count; i++) {
            const struct search_term *term = &table->terms[i];
            merge->entries[merge->entry_count++] =
                (struct search_entry){start_of(term->word, term->len), term->word, term->len, at, i};
        }
    }
    sort_entries(merge->entries, merge->spare, merge->entry_count);
}

/* The same word of several tables becomes one. */
static void number_words(struct merge *merge)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < merge->entry_count; i++) {
        const struct search_entry entry = merge->entries[i];
        if (count == 0 || by_word(&merge->entries[count - 1], &entry) != 0)
            merge->entries[count++] = entry;
        merge->numbers[entry.table][entry.term] = count - 1;
    }
    merge->list.words = merge->entries;
    merge->list.count = count;
}

/* Where the hits of each word begin, from how many there are. */
static uint32_t *count_hits(const struct merge *merge)
{
    uint32_t *starts = arena_alloc(merge->arena, ((size_t)merge->list.count + 2) * sizeof *starts);
    for (uint32_t i = 0; starts && i < merge->article_count; i++) {
        const struct search_words *words = &merge->terms->articles[merge->articles[i].number];
        const uint32_t *numbers = merge->numbers[table_at(merge, &merge->articles[i])];
        for (uint32_t j = 0; j < words->count; j++)
            starts[numbers[words->found[j] >> SEARCH_WEIGHT_BITS] + 2]++;
    }
    for (uint32_t i = 2; starts && i <= merge->list.count + 1; i++)
        starts[i] += starts[i - 1];
    return starts;
}

/* Articles are gone through in their order, so that hits need no sorting; starts[i + 1] moves on to the end.
 */
static bool place_hits(struct merge *merge)
{
    uint32_t *starts = count_hits(merge);
    uint32_t *hits =
        starts ? arena_alloc(merge->arena, ((size_t)starts[merge->list.count + 1] + 1) * sizeof *hits) : NULL;
    for (uint32_t i = 0; hits && i < merge->article_count; i++) {
        const struct search_words *words = &merge->terms->articles[merge->articles[i].number];
        const uint32_t *numbers = merge->numbers[table_at(merge, &merge->articles[i])];
        for (uint32_t j = 0; j < words->count; j++) {
            uint32_t weight = words->found[j] & ((1u << SEARCH_WEIGHT_BITS) - 1);
            uint32_t word = numbers[words->found[j] >> SEARCH_WEIGHT_BITS];
            hits[starts[word + 1]++] = i << SEARCH_WEIGHT_BITS | weight;
        }
    }
    merge->list.starts = starts;
    merge->list.hits = hits;
    return hits != NULL;
}

/* Articles are sorted by language first. */
static void find_articles(struct merge *merge, const struct help *help, size_t locale)
{
    for (size_t i = 0; i < help->count; i++) {
        if (help->articles[i].locale != locale)
            continue;
        if (merge->article_count++ == 0)
            merge->articles = &help->articles[i];
    }
    merge->list.articles = merge->articles;
    merge->list.article_count = merge->article_count;
}

static bool make_language(const struct making *making, size_t locale, struct worker *worker)
{
    struct merge merge = {.terms = making->help->terms, .arena = worker->scratch_arena};
    arena_reset(worker->scratch_arena);
    find_articles(&merge, making->help, locale);
    if (!find_tables(&merge))
        return false;
    sort_words(&merge);
    number_words(&merge);
    return place_hits(&merge) && search_files_make(&making->search->indexes[locale], &merge.list,
                                                   making->help, making->site, worker);
}

static void make_one(void *context, size_t locale, struct worker *worker)
{
    if (!make_language(context, locale, worker))
        diag_error(worker->diag, (struct place){0}, "no memory for the search of the help centre");
}

bool search_make(struct search *search, const struct help *help, const struct site *site,
                 struct parallel *parallel, struct diag *diag)
{
    *search = (struct search){.count = site->locale_count};
    size_t before = diag_errors(diag);
    if (help->count == 0)
        return true;
    search->indexes = arena_alloc(site->arena, search->count * sizeof *search->indexes);
    struct making making = {search, help, site};
    parallel_run_few(parallel, search->count, make_one, &making, diag);
    return diag_errors(diag) == before;
}

struct writing {
    const struct search_index *index;
    struct publish *publish;
};

static void write_one(void *context, size_t at, struct worker *worker)
{
    const struct writing *writing = context;
    const struct search_file *file = &writing->index->files[at];
    publish_write(writing->publish, file->path, file->bytes, file->len, worker->diag);
}

bool search_write(const struct search *search, struct parallel *parallel, struct publish *publish,
                  struct diag *diag)
{
    size_t before = diag_errors(diag);
    for (size_t i = 0; search->indexes && i < search->count; i++) {
        struct writing writing = {&search->indexes[i], publish};
        parallel_run(parallel, writing.index->count, write_one, &writing, diag);
    }
    return diag_errors(diag) == before;
}
