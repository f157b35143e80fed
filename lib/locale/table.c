#include "internal.h"

#include <string.h>

/* Names and plural rules are those of the Unicode CLDR. A region has a row where its name or rule differs. */
static const struct language languages[] = {
    {"af", "Afrikaans", PLURAL_ONE},
    {"ar", "العربية", PLURAL_ARABIC},
    {"az", "azərbaycan", PLURAL_ONE},
    {"be", "беларуская", PLURAL_EAST_SLAVIC},
    {"bg", "български", PLURAL_ONE},
    {"bn", "বাংলা", PLURAL_ZERO},
    {"bs", "bosanski", PLURAL_SOUTH_SLAVIC},
    {"ca", "català", PLURAL_ONE_M},
    {"cs", "čeština", PLURAL_CZECH},
    {"cy", "Cymraeg", PLURAL_WELSH},
    {"da", "dansk", PLURAL_ONE},
    {"de", "Deutsch", PLURAL_ONE},
    {"de-AT", "Österreichisches Deutsch", PLURAL_ONE},
    {"de-CH", "Schweizer Hochdeutsch", PLURAL_ONE},
    {"el", "Ελληνικά", PLURAL_ONE},
    {"en", "English", PLURAL_ONE},
    {"en-AU", "Australian English", PLURAL_ONE},
    {"en-CA", "Canadian English", PLURAL_ONE},
    {"en-GB", "British English", PLURAL_ONE},
    {"en-US", "American English", PLURAL_ONE},
    {"es", "español", PLURAL_ONE_M},
    {"es-ES", "español de España", PLURAL_ONE_M},
    {"es-MX", "español de México", PLURAL_ONE_M},
    {"et", "eesti", PLURAL_ONE},
    {"eu", "euskara", PLURAL_ONE},
    {"fa", "فارسی", PLURAL_ZERO},
    {"fi", "suomi", PLURAL_ONE},
    {"fr", "français", PLURAL_ZERO_M},
    {"fr-BE", "français (Belgique)", PLURAL_ZERO_M},
    {"fr-CA", "français canadien", PLURAL_ZERO_M},
    {"fr-CH", "français suisse", PLURAL_ZERO_M},
    {"ga", "Gaeilge", PLURAL_IRISH},
    {"gl", "galego", PLURAL_ONE},
    {"he", "עברית", PLURAL_HEBREW},
    {"hi", "हिन्दी", PLURAL_ZERO},
    {"hr", "hrvatski", PLURAL_SOUTH_SLAVIC},
    {"hu", "magyar", PLURAL_ONE},
    {"id", "Indonesia", PLURAL_NONE},
    {"is", "íslenska", PLURAL_MACEDONIAN},
    {"it", "italiano", PLURAL_ONE_M},
    {"ja", "日本語", PLURAL_NONE},
    {"ka", "ქართული", PLURAL_ONE},
    {"kk", "қазақ тілі", PLURAL_ONE},
    {"ko", "한국어", PLURAL_NONE},
    {"lt", "lietuvių", PLURAL_LITHUANIAN},
    {"lv", "latviešu", PLURAL_LATVIAN},
    {"mk", "македонски", PLURAL_MACEDONIAN},
    {"ms", "Melayu", PLURAL_NONE},
    {"nb", "norsk bokmål", PLURAL_ONE},
    {"nl", "Nederlands", PLURAL_ONE},
    {"nl-BE", "Vlaams", PLURAL_ONE},
    {"nn", "norsk nynorsk", PLURAL_ONE},
    {"no", "norsk", PLURAL_ONE},
    {"pl", "polski", PLURAL_POLISH},
    {"ps", "پښتو", PLURAL_ONE},
    {"pt", "português", PLURAL_ZERO_M},
    {"pt-BR", "português (Brasil)", PLURAL_ZERO_M},
    {"pt-PT", "português europeu", PLURAL_ONE_M},
    {"ro", "română", PLURAL_ROMANIAN},
    {"ru", "русский", PLURAL_EAST_SLAVIC},
    {"sk", "slovenčina", PLURAL_CZECH},
    {"sl", "slovenščina", PLURAL_SLOVENE},
    {"sq", "shqip", PLURAL_ONE},
    {"sr", "српски", PLURAL_SOUTH_SLAVIC},
    {"sr-Latn", "srpski (latinica)", PLURAL_SOUTH_SLAVIC},
    {"sv", "svenska", PLURAL_ONE},
    {"sw", "Kiswahili", PLURAL_ONE},
    {"ta", "தமிழ்", PLURAL_ONE},
    {"th", "ไทย", PLURAL_NONE},
    {"tr", "Türkçe", PLURAL_ONE},
    {"uk", "українська", PLURAL_EAST_SLAVIC},
    {"ur", "اردو", PLURAL_ONE},
    {"vi", "Tiếng Việt", PLURAL_NONE},
    {"zh", "中文", PLURAL_NONE},
    {"zh-Hans", "简体中文", PLURAL_NONE},
    {"zh-Hant", "繁體中文", PLURAL_NONE},
};

size_t locale_language_len(const char *tag)
{
    return strcspn(tag, "-");
}

static const struct language *find(const char *tag, size_t len)
{
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
        if (strlen(languages[i].tag) == len && memcmp(languages[i].tag, tag, len) == 0)
            return &languages[i];
    return NULL;
}

const struct language *locale_language(const char *tag)
{
    const struct language *row = find(tag, strlen(tag));
    return row ? row : find(tag, locale_language_len(tag));
}
