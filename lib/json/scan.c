#include "scan.h"

#include "../diag.h"

#include <ctype.h>
#include <string.h>

static bool scan_value(struct json_scan *scan);

void json_scan_space(struct json_scan *scan)
{
    for (; scan->at < scan->len; scan->at++) {
        char c = scan->text[scan->at];
        if (c != ' ' && c != '\n' && c != '\t' && c != '\r')
            return;
    }
}

/* The next byte that is not space; 0 at the end (a NUL in the text is no token either). */
static char peek(struct json_scan *scan)
{
    json_scan_space(scan);
    return scan->at < scan->len ? scan->text[scan->at] : '\0';
}

static unsigned line_of(const struct json_scan *scan, size_t at)
{
    unsigned line = 1;
    for (size_t i = 0; i < at; i++)
        line += scan->text[i] == '\n';
    return line;
}

static bool is_comment(const struct json_scan *scan, size_t at)
{
    return scan->text[at] == '#' || (scan->text[at] == '/' && at + 1 < scan->len &&
                                     (scan->text[at + 1] == '/' || scan->text[at + 1] == '*'));
}

/* Quotes as word processors make them: U+2018 to U+201F, and the guillemets. */
static bool is_curly(const struct json_scan *scan, size_t at)
{
    const unsigned char *text = (const unsigned char *)scan->text + at;
    size_t left = scan->len - at;
    return (left >= 3 && text[0] == 0xE2 && text[1] == 0x80 && text[2] >= 0x98 && text[2] <= 0x9F) ||
           (left >= 2 && text[0] == 0xC2 && (text[1] == 0xAB || text[1] == 0xBB));
}

/* Slips that read alike wherever they stand. True: here is one, and the scan has failed with it. */
static bool fail_usual(struct json_scan *scan)
{
    if (scan->at >= scan->len)
        return false;
    if (is_comment(scan, scan->at))
        return !json_scan_fail(scan, scan->at, JSON_WHY_SYNTAX, "JSON has no comments; remove this one");
    if (scan->text[scan->at] == '\'')
        return !json_scan_fail(scan, scan->at, JSON_WHY_SYNTAX,
                               "texts stand in double quotes, not in single ones");
    if (is_curly(scan, scan->at))
        return !json_scan_fail(scan, scan->at, JSON_WHY_SYNTAX,
                               "texts stand in straight double quotes (\"), not in curly ones");
    return false;
}

static bool fail_open(struct json_scan *scan, size_t opening)
{
    char open = scan->text[opening];
    return json_scan_fail(scan, scan->len, JSON_WHY_SYNTAX,
                          "the file ends before the %c of line %u is closed with %c", open,
                          line_of(scan, opening), open == '{' ? '}' : ']');
}

/* A word where a value is wanted: mostly a literal of another language, or a text without quotes. */
static bool fail_word(struct json_scan *scan)
{
    static const char *const literals[] = {"true", "false", "null", NULL};
    char got[64], low[64];
    json_scan_got(scan, scan->at, got);
    size_t i = 0;
    for (; got[i]; i++)
        low[i] = (char)tolower((unsigned char)got[i]);
    low[i] = '\0';
    const char *near =
        strcmp(low, "none") == 0 || strcmp(low, "nil") == 0 ? "null" : diag_nearest(low, literals);
    if (near)
        return json_scan_fail(scan, scan->at, JSON_WHY_SYNTAX, "unknown word %s; did you mean %s?", got,
                              near);
    return json_scan_fail(scan, scan->at, JSON_WHY_SYNTAX, "unknown word %s; texts stand in double quotes",
                          got);
}

static bool fail_value(struct json_scan *scan)
{
    char got[64];
    if (fail_usual(scan))
        return false;
    unsigned char c = scan->at < scan->len ? (unsigned char)scan->text[scan->at] : 0;
    json_scan_got(scan, scan->at, got);
    if (c == '+' || c == '.')
        return json_scan_fail(scan, scan->at, JSON_WHY_SYNTAX, "a number begins with a digit or -, got %s",
                              got);
    if (isalpha(c) || c == '_' || c == '$')
        return fail_word(scan);
    return json_scan_fail(scan, scan->at, JSON_WHY_SYNTAX, "want a value here, got %s", got);
}

/* A comma that nothing follows is the commonest slip: the message points at the comma. */
static bool fail_comma(struct json_scan *scan, size_t comma, char close)
{
    return json_scan_fail(scan, comma, JSON_WHY_SYNTAX, "no comma may stand before %c; remove it", close);
}

/* Behind an item: where neither a comma nor the end stands, the comma was mostly forgotten a line above. */
static bool fail_between(struct json_scan *scan, size_t behind, char close)
{
    char got[64];
    if (fail_usual(scan))
        return false;
    json_scan_got(scan, scan->at, got);
    unsigned above = line_of(scan, behind), here = line_of(scan, scan->at);
    if (above != here)
        return json_scan_fail(scan, scan->at, JSON_WHY_SYNTAX,
                              "want a comma or %c here, got %s; is a comma missing at the end of line %u?",
                              close, got, above);
    return json_scan_fail(scan, scan->at, JSON_WHY_SYNTAX, "want a comma or %c here, got %s", close, got);
}

static bool fail_key(struct json_scan *scan, bool first)
{
    char got[64];
    if (fail_usual(scan))
        return false;
    json_scan_got(scan, scan->at, got);
    if (isalpha((unsigned char)got[0]) && scan->at < scan->len)
        return json_scan_fail(scan, scan->at, JSON_WHY_SYNTAX, "keys stand in double quotes: \"%s\"", got);
    return json_scan_fail(scan, scan->at, JSON_WHY_SYNTAX, "want a key in double quotes%s, got %s",
                          first ? " or }" : "", got);
}

static bool fail_colon(struct json_scan *scan, size_t key)
{
    char name[64], got[64];
    if (fail_usual(scan))
        return false;
    json_scan_got(scan, key, name);
    json_scan_got(scan, scan->at, got);
    return json_scan_fail(scan, scan->at, JSON_WHY_SYNTAX, "want : after the key %s, got %s", name, got);
}

static bool scan_member(struct json_scan *scan, size_t opening, bool first)
{
    char next = peek(scan);
    if (scan->at >= scan->len)
        return fail_open(scan, opening);
    if (next != '"')
        return fail_key(scan, first);
    size_t key = scan->at;
    if (!json_scan_string(scan))
        return false;
    next = peek(scan);
    if (scan->at >= scan->len)
        return fail_open(scan, opening);
    if (next != ':')
        return fail_colon(scan, key);
    scan->at++;
    peek(scan);
    return scan->at >= scan->len ? fail_open(scan, opening) : scan_value(scan);
}

static bool scan_item(struct json_scan *scan, size_t opening, bool first)
{
    (void)first;
    peek(scan);
    return scan->at >= scan->len ? fail_open(scan, opening) : scan_value(scan);
}

/* An object or an array, by what closes it and how one of its items reads. */
static bool scan_items(struct json_scan *scan, char close, bool (*item)(struct json_scan *, size_t, bool))
{
    size_t opening = scan->at++;
    if (peek(scan) == close) {
        scan->at++;
        return true;
    }
    for (bool first = true;; first = false) {
        if (!item(scan, opening, first))
            return false;
        size_t behind = scan->at;
        char next = peek(scan);
        if (scan->at >= scan->len)
            return fail_open(scan, opening);
        if (next != ',' && next != close)
            return fail_between(scan, behind, close);
        size_t comma = scan->at++;
        if (next == close)
            return true;
        if (peek(scan) == close)
            return fail_comma(scan, comma, close);
    }
}

static bool scan_nested(struct json_scan *scan)
{
    if (scan->depth == scan->max_depth)
        return json_scan_fail(scan, scan->at, JSON_WHY_DEPTH, "nested more than %d levels deep",
                              scan->max_depth);
    scan->depth++;
    bool good =
        scan->text[scan->at] == '{' ? scan_items(scan, '}', scan_member) : scan_items(scan, ']', scan_item);
    scan->depth--;
    return good;
}

static bool scan_literal(struct json_scan *scan)
{
    static const char *const literals[] = {"true", "false", "null", NULL};
    for (const char *const *literal = literals; *literal; literal++) {
        size_t len = strlen(*literal);
        bool fits = scan->len - scan->at >= len && memcmp(scan->text + scan->at, *literal, len) == 0;
        bool ends =
            fits && (scan->at + len == scan->len || !isalnum((unsigned char)scan->text[scan->at + len]));
        if (ends) {
            scan->at += len;
            return true;
        }
    }
    return fail_value(scan);
}

static bool scan_value(struct json_scan *scan)
{
    char c = scan->text[scan->at];
    if (c == '"')
        return json_scan_string(scan);
    if (c == '{' || c == '[')
        return scan_nested(scan);
    if (c == '-' || isdigit((unsigned char)c))
        return json_scan_number(scan);
    return scan_literal(scan);
}

/* Before or behind the document. */
static bool fail_outside(struct json_scan *scan, const char *want)
{
    char got[64];
    if (fail_usual(scan))
        return false;
    json_scan_got(scan, scan->at, got);
    return json_scan_fail(scan, scan->at, JSON_WHY_SYNTAX, "%s, got %s", want, got);
}

bool json_scan_document(struct json_scan *scan)
{
    if (scan->len >= 3 && memcmp(scan->text, "\xEF\xBB\xBF", 3) == 0)
        return json_scan_fail(scan, 0, JSON_WHY_SYNTAX,
                              "the file begins with a byte order mark; save it as UTF-8 without one");
    if (scan->len >= 2 && (memcmp(scan->text, "\xFF\xFE", 2) == 0 || memcmp(scan->text, "\xFE\xFF", 2) == 0))
        return json_scan_fail(scan, 0, JSON_WHY_SYNTAX, "the file is UTF-16; save it as UTF-8");
    char next = peek(scan);
    if (scan->at >= scan->len)
        return json_scan_fail(scan, 0, JSON_WHY_SYNTAX, "the file is empty; want at least {}");
    if (next != '{' && next != '[')
        return fail_outside(scan, "want { at the beginning");
    if (!scan_nested(scan))
        return false;
    peek(scan);
    return scan->at == scan->len || fail_outside(scan, "want nothing more behind the document");
}
