#include "search_words.h"

#include "../../lib/utf8.h"
#include "search_fold.h"

#include <string.h>

static size_t put(char *out, uint32_t code)
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        out[0] = (char)(0xC0 | code >> 6);
        out[1] = (char)(0x80 | (code & 0x3F));
        return 2;
    }
    out[0] = (char)(0xE0 | code >> 12);
    out[1] = (char)(0x80 | (code >> 6 & 0x3F));
    out[2] = (char)(0x80 | (code & 0x3F));
    return 3;
}

static void end_word(struct search_reader *reader)
{
    bool single = reader->letters == 1 && reader->bytes[0] >= 'a' && reader->bytes[0] <= 'z';
    if (reader->letters > 0 && !single)
        reader->word(reader->context, reader->bytes, reader->len);
    reader->letters = 0;
    reader->len = 0;
    if (reader->before && !reader->paired) {
        char alone[4];
        reader->word(reader->context, alone, put(alone, reader->before));
    }
    reader->before = 0;
    reader->paired = false;
}

static void add_letter(struct search_reader *reader, uint32_t code)
{
    if (reader->before)
        end_word(reader);
    if (reader->letters < SEARCH_WORD_LETTERS)
        reader->len += put(reader->bytes + reader->len, code);
    if (reader->letters < SEARCH_WORD_LETTERS)
        reader->letters++;
}

static void add_joined(struct search_reader *reader, uint32_t code)
{
    if (reader->letters > 0)
        end_word(reader);
    if (reader->before) {
        char pair[8];
        size_t len = put(pair, reader->before);
        len += put(pair + len, code);
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

/* Most of most texts: a run of ASCII letters. Returns where it ends. */
static size_t add_ascii(struct search_reader *reader, const char *text, size_t len)
{
    char *out = reader->bytes + reader->len;
    size_t room = SEARCH_WORD_LETTERS - reader->letters, at = 0;
    for (unsigned char letter; at < len && (letter = search_fold_ascii[(unsigned char)text[at]]); at++) {
        if (at < room)
            out[at] = (char)letter;
    }
    size_t taken = at < room ? at : room;
    reader->len += taken;
    reader->letters += (unsigned)taken;
    return at;
}

static size_t add_some(struct search_reader *reader, const char *text, size_t len)
{
    unsigned char c = (unsigned char)text[0];
    if (c >= 0x80 || (search_fold_ascii[c] && reader->before))
        return add_char(reader, text, len);
    if (search_fold_ascii[c])
        return add_ascii(reader, text, len);
    if (reader->letters > 0 || reader->before)
        end_word(reader);
    return 1;
}

void search_read_text(struct search_reader *reader, const char *text, size_t len)
{
    for (size_t at = 0; at < len;)
        at += add_some(reader, text + at, len - at);
    end_word(reader);
}

/* <em>, <strong>, <code> and <a> may stand within a word. */
static bool is_inline(const char *name)
{
    return (name[0] == 'a' && (name[1] == '>' || name[1] == ' ')) || strncmp(name, "em>", 3) == 0 ||
           strncmp(name, "strong>", 7) == 0 || strncmp(name, "code>", 5) == 0;
}

static size_t skip_tag(struct search_reader *reader, const char *tag, size_t len)
{
    const char *end = memchr(tag, '>', len);
    const char *name = tag + 1 + (tag[1] == '/');
    if (!is_inline(name))
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

void search_read_html(struct search_reader *reader, const char *html, size_t len)
{
    for (size_t at = 0; at < len;) {
        if (html[at] == '<')
            at += skip_tag(reader, html + at, len - at);
        else if (html[at] == '&')
            at += skip_entity(reader, html + at, len - at);
        else
            at += add_some(reader, html + at, len - at);
    }
    end_word(reader);
}
