#include "integrity.h"

#include <sodium.h>
#include <string.h>
#include <strings.h>

#define BLANKS " \t\n\r\f"

enum { SHA384_BYTES = 48, PATH_CEILING = 1024 };

void integrity_of(char text[INTEGRITY_MAX], const void *bytes, size_t len)
{
    /* SHA-384 is SHA-512 from other beginnings, cut off (FIPS 180-4, sections 5.3.4 and 6.5). */
    static const uint64_t beginnings[8] = {
        0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17, 0x152fecd8f70e5939,
        0x67332667ffc00b31, 0x8eb44a8768581511, 0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4,
    };
    static const char algorithm[] = "sha384-";
    unsigned char digest[crypto_hash_sha512_BYTES];
    crypto_hash_sha512_state state;
    crypto_hash_sha512_init(&state);
    memcpy(state.state, beginnings, sizeof beginnings);
    crypto_hash_sha512_update(&state, bytes, len);
    crypto_hash_sha512_final(&state, digest);
    memcpy(text, algorithm, sizeof algorithm);
    sodium_bin2base64(text + sizeof algorithm - 1, INTEGRITY_MAX - (sizeof algorithm - 1), digest,
                      SHA384_BYTES, sodium_base64_VARIANT_ORIGINAL);
}

struct span {
    const char *text; /* NULL: absent */
    size_t len;
};

/* What of a tag matters here. */
struct tag {
    struct span rel, as, url;
    bool is_link, has_integrity;
};

static bool span_is(struct span span, const char *word)
{
    return span.len == strlen(word) && strncasecmp(span.text, word, span.len) == 0;
}

/* One of the words of a space-separated list? */
static bool span_has(struct span list, const char *word)
{
    for (size_t at = 0; at < list.len;) {
        struct span item = {list.text + at, 0};
        while (at + item.len < list.len && !strchr(BLANKS, item.text[item.len]))
            item.len++;
        if (span_is(item, word))
            return true;
        at += item.len + 1;
    }
    return false;
}

static const char *skip(const char *at, const char *end, const char *these)
{
    while (at < end && strchr(these, *at))
        at++;
    return at;
}

static const char *skip_until(const char *at, const char *end, const char *stops)
{
    while (at < end && !strchr(stops, *at))
        at++;
    return at;
}

/* The value behind a "="; its end is the return value. */
static const char *read_value(const char *at, const char *end, struct span *value)
{
    if (at < end && (*at == '"' || *at == '\'')) {
        const char *close = memchr(at + 1, *at, (size_t)(end - at - 1));
        if (!close)
            return end;
        *value = (struct span){at + 1, (size_t)(close - at - 1)};
        return close + 1;
    }
    const char *close = skip_until(at, end, BLANKS ">");
    *value = (struct span){at, (size_t)(close - at)};
    return close;
}

static void keep_attribute(struct tag *tag, struct span name, struct span value)
{
    if (span_is(name, "rel"))
        tag->rel = value;
    else if (span_is(name, "as"))
        tag->as = value;
    else if (span_is(name, tag->is_link ? "href" : "src"))
        tag->url = value;
    else if (span_is(name, "integrity"))
        tag->has_integrity = true;
}

/* Read the attributes; `at` is behind the tag's name. NULL: the tag does not end in this piece. */
static const char *read_tag(const char *at, const char *end, struct tag *tag)
{
    for (at = skip(at, end, BLANKS "/"); at < end && *at != '>'; at = skip(at, end, BLANKS "/")) {
        struct span name = {at, 0}, value = {NULL, 0};
        at = skip_until(at, end, BLANKS "=>");
        name.len = (size_t)(at - name.text);
        const char *equals = skip(at, end, BLANKS);
        if (equals < end && *equals == '=')
            at = read_value(skip(equals + 1, end, BLANKS), end, &value);
        keep_attribute(tag, name, value);
    }
    return at < end ? at : NULL;
}

static bool takes_integrity(const struct tag *tag)
{
    if (tag->has_integrity || !tag->url.text)
        return false;
    return !tag->is_link || span_has(tag->rel, "stylesheet") || span_has(tag->rel, "modulepreload") ||
           (span_has(tag->rel, "preload") && (span_is(tag->as, "script") || span_is(tag->as, "style")));
}

/* "" when the address is none of a script or style sheet of ours. */
static const char *integrity_at(const struct assets *assets, struct span url)
{
    char path[PATH_CEILING];
    size_t folder = strlen(assets->url);
    if (url.len <= folder || url.len - folder >= sizeof path || memcmp(url.text, assets->url, folder) != 0)
        return "";
    memcpy(path, url.text + folder, url.len - folder);
    path[url.len - folder] = '\0';
    path[strcspn(path, "?#")] = '\0';
    const struct asset *asset = assets_find(assets, path);
    return asset ? asset->integrity : "";
}

static bool begins(const char *at, const char *end, const char *start)
{
    size_t len = strlen(start);
    return (size_t)(end - at) > len && strncasecmp(at, start, len) == 0;
}

static bool is_tag(const char *at, const char *end, const char *start)
{
    return begins(at, end, start) && strchr(BLANKS, at[strlen(start)]);
}

/* From the "<" at `at`: where to go on looking. `*done` is what has been copied up to. */
static const char *pass_tag(const struct assets *assets, const char *at, const char *end, const char **done,
                            struct buf *out)
{
    if (begins(at, end, "<!--")) {
        const char *close = memmem(at, (size_t)(end - at), "-->", 3);
        return close ? close : end;
    }
    struct tag tag = {.is_link = is_tag(at, end, "<link")};
    if (!tag.is_link && !is_tag(at, end, "<script"))
        return at + 1;
    const char *close = read_tag(at + strlen(tag.is_link ? "<link" : "<script"), end, &tag);
    const char *integrity = close && takes_integrity(&tag) ? integrity_at(assets, tag.url) : "";
    if (*integrity) {
        const char *behind = tag.url.text + tag.url.len;
        behind += *behind == '"' || *behind == '\'';
        buf_add(out, *done, (size_t)(behind - *done));
        buf_addf(out, " integrity=\"%s\"", integrity);
        *done = behind;
    }
    return close ? close : end;
}

void integrity_add(const void *assets, const char *html, size_t len, struct buf *out)
{
    const char *end = html + len, *done = html;
    for (const char *at = memchr(html, '<', len); at; at = memchr(at, '<', (size_t)(end - at)))
        at = pass_tag(assets, at, end, &done, out);
    buf_add(out, done, (size_t)(end - done));
}
