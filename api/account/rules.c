#include "rules.h"

#include "../../lib/utf8.h"
#include "common.h"

#include <ctype.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define BYTES_MAX 1024
#define CORE_MAX 256
#define FEWEST 8

static bool is_letter(char c)
{
    return isalpha((unsigned char)c) || (unsigned char)c >= 0x80;
}

/*
 * What people vary least: in lower case, without blanks, and without the digits and marks before and after
 * the first and last letter. "Welcome 2026!!" and "welcome" have the same core. A text that is cut off is
 * too long to be any of those we compare with.
 */
static void core(char out[CORE_MAX], const char *text)
{
    size_t used = 0, last = 0;
    for (; *text && used < CORE_MAX - 1; text++) {
        if ((used == 0 && !is_letter(*text)) || *text == ' ')
            continue;
        out[used++] = (char)tolower((unsigned char)*text);
        if (is_letter(*text))
            last = used;
    }
    out[last] = '\0';
}

static bool core_is(const char *password_core, const char *word)
{
    char other[CORE_MAX];
    core(other, word);
    return *other && strcmp(password_core, other) == 0;
}

static bool is_portal_name(const struct portal *portal, const char *password_core)
{
    for (size_t i = 0; i < portal->locale_count; i++)
        if (core_is(password_core, portal_name(portal, portal->locales[i])))
            return true;
    return false;
}

/* The address, or what stands before its @. */
static bool is_email(const char *email, const char *password_core)
{
    char local[CORE_MAX];
    size_t len = strcspn(email, "@");
    if (len >= sizeof local)
        return false;
    memcpy(local, email, len);
    local[len] = '\0';
    return core_is(password_core, email) || core_is(password_core, local);
}

/* "aaaaaaaaaaaa", "123123123123", "abcdefghijkl": a short piece again and again, or one step after another.
 */
static bool is_pattern(const char *text)
{
    size_t len = strlen(text);
    bool steps = len > 1;
    int step = len > 1 ? text[1] - text[0] : 0;
    for (size_t i = 1; i < len && steps; i++)
        steps = text[i] - text[i - 1] == step && step >= -1 && step <= 1;
    for (size_t piece = 1; piece <= 4 && piece * 2 <= len; piece++)
        if (memcmp(text, text + piece, len - piece) == 0)
            return true;
    return steps;
}

static bool is_common(const char *password, const char *password_core)
{
    if (is_pattern(password))
        return true;
    if (*password_core == '\0') /* digits and marks only */
        return common_is_number(password);
    return common_is_word(password_core);
}

const char *password_fault(const struct portal *portal, const char *email, const char *password)
{
    char password_core[CORE_MAX];
    size_t len = strlen(password);
    size_t fewest = portal->password_min > FEWEST ? (size_t)portal->password_min : FEWEST;
    if (len == 0)
        return "required";
    if (utf8_count(password, len) < fewest)
        return "password_short";
    if (len > BYTES_MAX)
        return "too_long";
    core(password_core, password);
    if (is_portal_name(portal, password_core))
        return "password_personal";
    if (email && is_email(email, password_core))
        return "password_personal";
    return is_common(password, password_core) ? "password_common" : NULL;
}
