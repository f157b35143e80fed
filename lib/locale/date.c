#include "internal.h"

#include <string.h>

/* The long form of the Unicode CLDR, as browsers write it too: d, y and m stand for day, year and month. */
static const struct dates {
    const char *tag;
    const char *pattern;
    const char *months[12];
} dates[] = {
    {"ar",
     "d m y",
     {"يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر",
      "ديسمبر"}},
    {"de",
     "d. m y",
     {"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
      "November", "Dezember"}},
    {"en",
     "m d, y",
     {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
      "November", "December"}},
    {"es",
     "d <de> m <de> y",
     {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
      "noviembre", "diciembre"}},
    {"fr",
     "d m y",
     {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
      "novembre", "décembre"}},
    {"it",
     "d m y",
     {"gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre",
      "ottobre", "novembre", "dicembre"}},
    {"ja", "y<年>m<月>d<日>", {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"}},
    {"nl",
     "d m y",
     {"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
      "november", "december"}},
    {"pl",
     "d m y",
     {"stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "września",
      "października", "listopada", "grudnia"}},
    {"pt",
     "d <de> m <de> y",
     {"janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro",
      "novembro", "dezembro"}},
    {"tr",
     "d m y",
     {"Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran", "Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım",
      "Aralık"}},
    {"zh", "y<年>m<月>d<日>", {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"}},
};

static const struct dates *dates_of(const char *tag)
{
    size_t len = locale_language_len(tag);
    for (size_t i = 0; i < sizeof dates / sizeof dates[0]; i++) {
        if (strlen(dates[i].tag) == len && strncmp(dates[i].tag, tag, len) == 0)
            return &dates[i];
    }
    return NULL;
}

/* English is written day first everywhere but in North America. */
static const char *pattern_of(const struct dates *known, const char *tag)
{
    static const char *const month_first[] = {"en", "en-US", "en-CA", "en-PH"};
    if (strcmp(known->tag, "en") != 0)
        return known->pattern;
    for (size_t i = 0; i < sizeof month_first / sizeof month_first[0]; i++) {
        if (strcmp(tag, month_first[i]) == 0)
            return known->pattern;
    }
    return "d m y";
}

void locale_date(struct buf *out, const char *tag, const struct locale_day *day)
{
    const struct dates *known = dates_of(tag);
    if (!known) {
        buf_addf(out, "%04u-%02u-%02u", day->year, day->month, day->day);
        return;
    }
    bool literal = false;
    for (const char *c = pattern_of(known, tag); *c; c++) {
        if (*c == '<' || *c == '>')
            literal = *c == '<';
        else if (!literal && *c == 'd')
            buf_addf(out, "%u", day->day);
        else if (!literal && *c == 'm')
            buf_adds(out, known->months[day->month - 1]);
        else if (!literal && *c == 'y')
            buf_addf(out, "%u", day->year);
        else
            buf_addc(out, *c);
    }
}
