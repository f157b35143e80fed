#include "common.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

static const char *const words[] = {
    "abc",           "abcd",      "abcdef",       "abcdefgh",    "access",     "account",    "admin",
    "administrator", "adobe",     "airport",      "alexander",   "amanda",     "andrea",     "andrew",
    "angel",         "anthony",   "apple",        "arsenal",     "asdf",       "asdfgh",     "asdfghjk",
    "asdfghjkl",     "ashley",    "august",       "autumn",      "azerty",     "azertyuiop", "babygirl",
    "bailey",        "banana",    "barcelona",    "baseball",    "basketball", "batman",     "benjamin",
    "berlin",        "bienvenue", "blink",        "bonjour",     "buster",     "butterfly",  "carolina",
    "change",        "changeit",  "changeme",     "charlie",     "charlotte",  "cheese",     "chelsea",
    "chicken",       "chocolate", "chouchou",     "christopher", "computer",   "contraseña", "cookie",
    "customer",      "daniel",    "december",     "default",     "diamond",    "doudou",     "dragon",
    "eagles",        "easter",    "elephant",     "elizabeth",   "enter",      "facebook",   "family",
    "february",      "ferrari",   "flower",       "football",    "forever",    "freedom",    "friday",
    "friend",        "friends",   "fuckyou",      "gabriel",     "geheim",     "george",     "ginger",
    "google",        "guest",     "hallo",        "hannah",      "harley",     "hello",      "helloworld",
    "helpdesk",      "hockey",    "hunter",       "iloveyou",    "internet",   "isabella",   "ishallpass",
    "january",       "jennifer",  "jessica",      "jesus",       "jordan",     "joshua",     "july",
    "june",          "justin",    "killer",       "kitten",      "lakers",     "letmein",    "liverpool",
    "login",         "london",    "loulou",       "lovely",      "loveyou",    "madison",    "maggie",
    "manager",       "march",     "marseille",    "master",      "matthew",    "michael",    "michelle",
    "mickey",        "monday",    "monkey",       "monster",     "motdepasse", "mustang",    "mypassword",
    "naruto",        "nicole",    "ninja",        "nothing",     "november",   "october",    "office",
    "oliver",        "orange",    "parola",       "pass",        "passer",     "passord",    "passw",
    "passw0rd",      "password",  "passwort",     "patrick",     "peanut",     "pepper",     "pokemon",
    "portal",        "princess",  "private",      "purple",      "qazwsx",     "qazwsxedc",  "qwer",
    "qwert",         "qwerty",    "qwertyui",     "qwertyuiop",  "qwertz",     "qwertzuiop", "rainbow",
    "realmadrid",    "rebecca",   "robert",       "root",        "samantha",   "samsung",    "saturday",
    "schatz",        "secret",    "secure",       "security",    "september",  "server",     "service",
    "shadow",        "soccer",    "sommer",       "sophie",      "spiderman",  "spring",     "startrek",
    "starwars",      "steelers",  "summer",       "sunday",      "sunflower",  "sunshine",   "superman",
    "supersecret",   "support",   "sweety",       "system",      "temp",       "temporary",  "test",
    "tester",        "testing",   "testpassword", "thomas",      "thunder",    "thursday",   "ticket",
    "tigger",        "trustno",   "tuesday",      "user",        "username",   "victoria",   "wachtwoord",
    "wednesday",     "welcome",   "whatever",     "william",     "winter",     "wordpass",   "yellow",
    "youtube",       "zaq",       "zxcvbn",       "zxcvbnm",
};

static bool is_one(const char *word)
{
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(words[i], word) == 0)
            return true;
    return false;
}

bool common_is_word(const char *word)
{
    char part[64];
    size_t len = strlen(word);
    if (is_one(word))
        return true;
    for (size_t cut = 3; cut + 3 <= len && cut < sizeof part; cut++) {
        memcpy(part, word, cut);
        part[cut] = '\0';
        if (is_one(part) && is_one(word + cut))
            return true;
    }
    return false;
}

/* Digits that follow the keyboard's row, forwards or backwards, 0 standing after 9. */
static bool is_row(const char *digits, size_t len)
{
    bool up = true, down = true;
    for (size_t i = 1; i < len; i++) {
        int step = (digits[i] - digits[i - 1] + 10) % 10;
        up = up && step == 1;
        down = down && step == 9;
    }
    return up || down;
}

bool common_is_number(const char *text)
{
    char digits[32];
    size_t len = 0;
    for (; *text && len < sizeof digits; text++)
        if (isdigit((unsigned char)*text))
            digits[len++] = *text;
    return len <= 8 || is_row(digits, len);
}
