#include "search_text.h"

#include "../../lib/search_fold.h"
#include "../../lib/utf8.h"

#include <string.h>

enum { PREFIX_LETTERS = 2 };

static enum search_kind kind_at(const char *text, size_t len, size_t *size)
{
    uint32_t code;
    *size = utf8_next(text, len, &code);
    return search_fold(code).kind;
}

static bool is_joined(const char *word, size_t len)
{
    size_t size;
    return kind_at(word, len, &size) == SEARCH_JOINED;
}

static bool is_known(const struct search_wanted *wanted, const char *word, size_t len)
{
    for (size_t i = 0; i < wanted->count; i++)
        if (wanted->words[i].len == len && memcmp(wanted->words[i].text, word, len) == 0)
            return true;
    return false;
}

static void add_wanted(void *context, const char *word, size_t len)
{
    struct search_wanted *wanted = context;
    if (wanted->count > 0)
        wanted->words[wanted->count - 1].prefix = false;
    if (wanted->count == SEARCH_WORDS_MAX || is_known(wanted, word, len))
        return;
    memcpy(wanted->words[wanted->count].text, word, len);
    wanted->words[wanted->count].text[len] = '\0';
    wanted->words[wanted->count].len = len;
    wanted->words[wanted->count].prefix = !is_joined(word, len) && utf8_count(word, len) >= PREFIX_LETTERS;
    wanted->count++;
}

void search_wanted_read(struct search_wanted *wanted, const char *typed)
{
    struct search_reader reader = {.word = add_wanted, .context = wanted};
    wanted->count = 0;
    search_read_text(&reader, typed, strlen(typed));
}

struct each {
    search_word *word;
    void *context;
};

/* A pair is also its two characters. */
static void pass_on(void *context, const char *word, size_t len)
{
    const struct each *each = context;
    size_t first;
    each->word(each->context, word, len);
    if (kind_at(word, len, &first) != SEARCH_JOINED || first == len)
        return;
    each->word(each->context, word, first);
    each->word(each->context, word + first, len - first);
}

void search_each_word(const char *text, size_t len, search_word *word, void *context)
{
    struct each each = {word, context};
    struct search_reader reader = {.word = pass_on, .context = &each};
    search_read_text(&reader, text, len);
}

struct masking {
    const struct search_wanted *wanted;
    uint32_t mask;
};

static void mask_word(void *context, const char *word, size_t len)
{
    struct masking *masking = context;
    const struct search_wanted *wanted = masking->wanted;
    for (size_t i = 0; i < wanted->count; i++) {
        size_t least = wanted->words[i].len;
        bool fits = wanted->words[i].prefix ? len >= least : len == least;
        if (fits && memcmp(word, wanted->words[i].text, least) == 0)
            masking->mask |= UINT32_C(1) << i;
    }
}

uint32_t search_mask(const struct search_wanted *wanted, const char *text, size_t len)
{
    struct masking masking = {.wanted = wanted};
    search_each_word(text, len, mask_word, &masking);
    return masking.mask;
}

uint32_t search_whole(const struct search_wanted *wanted)
{
    return wanted->count < 32 ? (UINT32_C(1) << wanted->count) - 1 : UINT32_MAX;
}
