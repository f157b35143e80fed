#include "search_words.h"

#include "search_fold.h"
#include "utf8.h"

#include <endian.h>
#include <string.h>

/* Eight bytes that are all this one. */
#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* The last character of a run that is written together, unless it is part of a word already. */
static void end_joined(struct search_reader *reader)
{
    char alone[SEARCH_WORD_STEP] = "";
    size_t len = utf8_put(alone, reader->before);
    if (!reader->paired)
        reader->word(reader->context, alone, len);
    reader->before = 0;
    reader->paired = false;
}

static void end_letters(struct search_reader *reader)
{
    bool single = reader->letters == 1 && reader->bytes[0] >= 'a' && reader->bytes[0] <= 'z';
    memset(reader->bytes + reader->len, 0, SEARCH_WORD_STEP);
    if (!single)
        reader->word(reader->context, reader->bytes, reader->len);
    reader->letters = 0;
    reader->len = 0;
}

static void end_word(struct search_reader *reader)
{
    if (reader->letters > 0)
        end_letters(reader);
    if (reader->before)
        end_joined(reader);
}

static void add_letter(struct search_reader *reader, uint32_t code)
{
    if (reader->before)
        end_word(reader);
    if (reader->letters < SEARCH_WORD_LETTERS)
        reader->len += utf8_put(reader->bytes + reader->len, code);
    if (reader->letters < SEARCH_WORD_LETTERS)
        reader->letters++;
}

static void add_joined(struct search_reader *reader, uint32_t code)
{
    if (reader->letters > 0)
        end_word(reader);
    if (reader->before) {
        char pair[SEARCH_WORD_STEP] = "";
        size_t len = utf8_put(pair, reader->before);
        len += utf8_put(pair + len, code);
        reader->word(reader->context, pair, len);
        reader->paired = true;
    }
    reader->before = code;
}

static size_t add_char(struct search_reader *reader, const char *text, size_t len)
{
    uint32_t code;
    size_t size = utf8_next(text, len, &code);
    struct search_char c = search_fold(code);
    if (c.kind == SEARCH_GAP)
        end_word(reader);
    else if (c.kind == SEARCH_JOINED)
        add_joined(reader, c.code);
    else if (c.kind == SEARCH_LETTER)
        add_letter(reader, c.code);
    if (c.second)
        add_letter(reader, c.second);
    return size;
}

/* The first eight bytes of a text, the first of them lowest; zeros behind its end. */
static uint64_t eight_of(const char *text, size_t len)
{
    uint64_t eight = 0;
    if (len >= sizeof eight)
        memcpy(&eight, text, sizeof eight);
    for (size_t i = 0; len < sizeof eight && i < len; i++)
        eight |= (uint64_t)(unsigned char)text[i] << 8 * i;
    return len < sizeof eight ? eight : le64toh(eight);
}

/* The highest bit of each byte that is no letter or digit of ASCII: search_fold_ascii for eight at a time. */
static uint64_t gaps_in(uint64_t eight)
{
    uint64_t low = eight & EACH(0x7F), lower = low | EACH(0x20);
    uint64_t digits = (low + EACH(0x80 - '0')) & ~(low + EACH(0x7F - '9'));
    uint64_t letters = (lower + EACH(0x80 - 'a')) & ~(lower + EACH(0x7F - 'z'));
    return (~(digits | letters) | eight) & EACH(0x80);
}

/* The bit that tells small letters from capitals is set in all digits. What is too much is written over. */
static void add_eight(struct search_reader *reader, uint64_t eight, unsigned count)
{
    uint64_t folded = htole64(eight | EACH(0x20));
    unsigned room = SEARCH_WORD_LETTERS - reader->letters;
    memcpy(reader->bytes + reader->len, &folded, sizeof folded);
    reader->len += count < room ? count : room;
    reader->letters += count < room ? count : room;
}

/* Most of most texts: a run of ASCII letters. Returns where it ends. */
static size_t add_ascii(struct search_reader *reader, const char *text, size_t len)
{
    size_t at = 0;
    for (unsigned count = 8; count == 8 && at < len; at += count) {
        uint64_t eight = eight_of(text + at, len - at), gaps = gaps_in(eight);
        count = gaps ? (unsigned)__builtin_ctzll(gaps) / 8 : 8;
        add_eight(reader, eight, count);
    }
    return at;
}

/* The same, and the blank behind it, which mostly ends the word. */
static size_t add_word(struct search_reader *reader, const char *text, size_t len)
{
    size_t at = add_ascii(reader, text, len);
    if (at == len || text[at] != ' ')
        return at;
    end_letters(reader);
    return at + 1;
}

static size_t add_gap(struct search_reader *reader)
{
    end_word(reader);
    return 1;
}

/* <em>, <strong>, <code> and <a> may stand within a word. */
static bool is_inline(const char *tag, size_t len)
{
    return (tag[0] == 'a' && (len == 1 || tag[1] == ' ')) || (len == 2 && memcmp(tag, "em", 2) == 0) ||
           (len == 4 && memcmp(tag, "code", 4) == 0) || (len == 6 && memcmp(tag, "strong", 6) == 0);
}

static size_t skip_tag(struct search_reader *reader, const char *tag, size_t len)
{
    const char *end = memchr(tag, '>', len);
    const char *name = tag + 1 + (tag[1] == '/');
    if (!end || !is_inline(name, (size_t)(end - name)))
        end_word(reader);
    if (name[0] == 'h' && name[1] >= '1' && name[1] <= '6')
        reader->heading = tag[1] != '/';
    return end ? (size_t)(end + 1 - tag) : len;
}

/* All that cmark writes are of signs that stand between words. */
static size_t skip_entity(struct search_reader *reader, const char *entity, size_t len)
{
    const char *end = memchr(entity, ';', len);
    end_word(reader);
    return end ? (size_t)(end + 1 - entity) : 1;
}

static inline void read_some(struct search_reader *reader, const char *text, size_t len, bool html)
{
    for (size_t at = 0; at < len;) {
        unsigned char c = (unsigned char)text[at];
        bool letter = search_fold_ascii[c] != 0;
        if (letter && !reader->before)
            at += add_word(reader, text + at, len - at);
        else if (letter || c >= 0x80)
            at += add_char(reader, text + at, len - at);
        else if (html && c == '<')
            at += skip_tag(reader, text + at, len - at);
        else if (html && c == '&')
            at += skip_entity(reader, text + at, len - at);
        else
            at += add_gap(reader);
    }
    end_word(reader);
}

void search_read_text(struct search_reader *reader, const char *text, size_t len)
{
    read_some(reader, text, len, false);
}

void search_read_html(struct search_reader *reader, const char *html, size_t len)
{
    read_some(reader, html, len, true);
}
