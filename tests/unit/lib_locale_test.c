/* Languages: tags, names, directions, plural categories, and the choice among texts by language. */
#include "lib_test.h"

#include "../../lib/locale.h"

static void tags_are_well_formed_or_not(void **state)
{
    (void)state;
    static const char *const good[] = {"en", "fr", "pt-BR", "zh-Hans", "sr-Latn", "zz-ZZ"};
    static const char *const bad[] = {"",        "e",        "eng",    "EN",         "En",     "en-",
                                      "en-b",    "en-br",    "en-Br",  "en_GB",      "en-GBR", "en-HANS",
                                      "en-hans", "en-Hansx", "en-Han", "zh-Hans-CN", "en GB",  "en-G1",
                                      "en-Ha1s", "é",        "en\n",   "*",          "../en",  "en-BRxx"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (!locale_is_tag(good[i]))
            fail_msg("%s is a tag", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (locale_is_tag(bad[i]))
            fail_msg("%s is no tag", bad[i]);
}

static void direction_comes_from_the_script_or_else_the_language(void **state)
{
    (void)state;
    static const char *const rtl[] = {"ar",      "he",      "fa",      "ur",         "ps",     "sd",
                                      "ug",      "yi",      "dv",      "ckb",        "ar-EG",  "fa-AF",
                                      "az-Arab", "pa-Arab", "ku-Arab", "uz-Arab-AF", "en-Hebr"};
    static const char *const ltr[] = {"en",         "fr", "ja",  "zh-Hant", "az", "ar-Latn",
                                      "he-Latn-IL", "tr", "ara", "a",       ""};
    for (size_t i = 0; i < sizeof rtl / sizeof *rtl; i++)
        if (strcmp(locale_dir(rtl[i]), "rtl") != 0)
            fail_msg("%s is written from the right", rtl[i]);
    for (size_t i = 0; i < sizeof ltr / sizeof *ltr; i++)
        if (strcmp(locale_dir(ltr[i]), "ltr") != 0)
            fail_msg("%s is written from the left", ltr[i]);
}

static void languages_have_their_own_names(void **state)
{
    (void)state;
    assert_string_equal(locale_name("en"), "English");
    assert_string_equal(locale_name("fr"), "français");
    assert_string_equal(locale_name("de"), "Deutsch");
    assert_string_equal(locale_name("pt"), "português");
    assert_string_equal(locale_name("pt-BR"), "português (Brasil)");
    assert_string_equal(locale_name("zh-Hans"), "简体中文");
    assert_string_equal(locale_name("zh-Hant"), "繁體中文");
    assert_string_equal(locale_name("ar"), "العربية");
    assert_string_equal(locale_name("ja"), "日本語");
}

static void a_region_without_a_name_has_its_languages(void **state)
{
    (void)state;
    assert_string_equal(locale_name("it-CH"), "italiano");
    assert_string_equal(locale_name("zh-TW"), "中文");
}

static void an_unknown_language_is_named_by_its_tag(void **state)
{
    (void)state;
    assert_string_equal(locale_name("qq"), "qq");
    assert_string_equal(locale_name("qq-QQ"), "qq-QQ");
    assert_string_equal(locale_name("engl"), "engl");
    assert_string_equal(locale_name(""), "");
}

/* In a language these numbers take this category. ULONG_MAX ends them. */
#define N(...) ((const unsigned long[]){__VA_ARGS__, (unsigned long)-1})

static const struct count {
    const char *tag;
    const char *category;
    const unsigned long *numbers;
} counts[] = {
    {"ja", "other", N(0, 1, 2, 5, 1000000)},
    {"zh-Hans", "other", N(0, 1, 2, 100)},
    {"ko", "other", N(0, 1)},
    {"vi", "other", N(1)},
    {"en", "one", N(1)},
    {"en", "other", N(0, 2, 11, 21, 101, 1000000)},
    {"de", "one", N(1)},
    {"de", "other", N(0, 2, 21)},
    {"nl-BE", "one", N(1)},
    {"tr", "one", N(1)},
    {"tr", "other", N(0, 2)},
    {"fa", "one", N(0, 1)},
    {"fa", "other", N(2, 10, 1000000)},
    {"es", "one", N(1)},
    {"es", "many", N(1000000, 3000000)},
    {"es", "other", N(0, 2, 100000, 1000001)},
    {"it", "one", N(1)},
    {"it", "many", N(1000000)},
    {"it", "other", N(0, 2)},
    {"fr", "one", N(0, 1)},
    {"fr", "many", N(1000000, 2000000)},
    {"fr", "other", N(2, 21, 999999, 1000001)},
    {"fr-CA", "one", N(0)},
    {"pt", "one", N(0, 1)},
    {"pt-BR", "one", N(0, 1)},
    {"pt-BR", "many", N(1000000)},
    {"pt-PT", "one", N(1)},
    {"pt-PT", "other", N(0, 2)},
    {"cs", "one", N(1)},
    {"cs", "few", N(2, 3, 4)},
    {"cs", "other", N(0, 5, 12, 22)},
    {"pl", "one", N(1)},
    {"pl", "few", N(2, 4, 22, 34, 102, 1002)},
    {"pl", "many", N(0, 5, 11, 12, 14, 21, 31, 112, 1000000)},
    {"ru", "one", N(1, 21, 101, 1001)},
    {"ru", "few", N(2, 4, 23, 104)},
    {"ru", "many", N(0, 5, 11, 12, 14, 20, 111, 112)},
    {"uk", "few", N(2, 33)},
    {"sr", "one", N(1, 21)},
    {"sr", "few", N(2, 24)},
    {"sr", "other", N(0, 5, 11, 12, 20)},
    {"sl", "one", N(1, 101)},
    {"sl", "two", N(2, 202)},
    {"sl", "few", N(3, 4, 103)},
    {"sl", "other", N(0, 5, 11, 12, 100)},
    {"is", "one", N(1, 21, 101)},
    {"is", "other", N(0, 11, 2, 111)},
    {"lt", "one", N(1, 21)},
    {"lt", "few", N(2, 9, 22)},
    {"lt", "other", N(0, 10, 11, 12, 19, 20, 111)},
    {"lv", "zero", N(0, 10, 11, 19, 20, 100, 111)},
    {"lv", "one", N(1, 21, 101)},
    {"lv", "other", N(2, 9, 22)},
    {"ro", "one", N(1)},
    {"ro", "few", N(0, 2, 19, 101, 119)},
    {"ro", "other", N(20, 100, 120)},
    {"ar", "zero", N(0)},
    {"ar", "one", N(1)},
    {"ar", "two", N(2)},
    {"ar", "few", N(3, 10, 103, 110)},
    {"ar", "many", N(11, 26, 99, 111, 199)},
    {"ar", "other", N(100, 101, 102, 200, 1000000)},
    {"he", "one", N(1)},
    {"he", "two", N(2)},
    {"he", "other", N(0, 3, 10, 20, 100)},
    {"ga", "two", N(2)},
    {"ga", "few", N(3, 6)},
    {"ga", "many", N(7, 10)},
    {"ga", "other", N(0, 11, 20)},
    {"cy", "zero", N(0)},
    {"cy", "few", N(3)},
    {"cy", "many", N(6)},
    {"cy", "other", N(4, 5, 7, 100)},
    {"qq", "other", N(0, 1, 2)},
};

static void numbers_take_the_categories_of_their_language(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        for (const unsigned long *n = counts[i].numbers; *n != (unsigned long)-1; n++)
            if (strcmp(locale_plural(counts[i].tag, *n), counts[i].category) != 0)
                fail_msg("%s, %lu: got %s, want %s", counts[i].tag, *n, locale_plural(counts[i].tag, *n),
                         counts[i].category);
}

/* The shipped languages against CLDR 48: 0 to 30, then `large`, a letter for each number's category. */
static const unsigned long large[] = {100, 101, 102,  103,  110,    111,     112,     121,     199,
                                      200, 999, 1000, 1001, 999999, 1000000, 1000001, 2000000, 1000000000};
static const struct shipped {
    const char *tag, *small, *large;
} shipped[] = {
    {"en", ".1.............................", ".................."},
    {"fr", "11.............................", "..............m.mm"},
    {"de", ".1.............................", ".................."},
    {"es", ".1.............................", "..............m.mm"},
    {"it", ".1.............................", "..............m.mm"},
    {"pt-BR", "11.............................", "..............m.mm"},
    {"nl", ".1.............................", ".................."},
    {"pl", "m1fffmmmmmmmmmmmmmmmmmfffmmmmmm", "mmffmmmmmmmmmmmmmm"},
    {"tr", ".1.............................", ".................."},
    {"ja", "...............................", ".................."},
    {"zh-Hans", "...............................", ".................."},
    {"ar", "012ffffffffmmmmmmmmmmmmmmmmmmmm", "...ffmmmm.m..m...."},
};

static char letter_of(const char *category)
{
    static const char *const names[] = {"zero", "one", "two", "few", "many", "other"};
    for (size_t i = 0; i < 6; i++)
        if (strcmp(names[i], category) == 0)
            return "012fm."[i];
    return '?';
}

static void assert_counts(const char *tag, unsigned long n, char want)
{
    char got = letter_of(locale_plural(tag, n));
    if (got != want)
        fail_msg("%s, %lu: got %c, want %c", tag, n, got, want);
}

static void the_shipped_languages_count_as_the_cldr_says(void **state)
{
    (void)state;
    for (const struct shipped *row = shipped; row < shipped + sizeof shipped / sizeof *shipped; row++) {
        for (unsigned long n = 0; n <= 30; n++)
            assert_counts(row->tag, n, row->small[n]);
        for (size_t i = 0; i < sizeof large / sizeof *large; i++)
            assert_counts(row->tag, large[i], row->large[i]);
    }
}

static void assert_capital(const char *tag, const char *word, const char *want)
{
    char text[64];
    locale_capitalize(tag, word, text, sizeof text);
    assert_string_equal(text, want);
}

static void a_word_begins_a_sentence_as_its_language_writes(void **state)
{
    (void)state;
    assert_capital("en", "order", "Order");
    assert_capital("en", "Order", "Order");
    assert_capital("en", "RMA case", "RMA case");
    assert_capital("de", "Vorgang", "Vorgang");
    assert_capital("fr", "échange", "Échange");
    assert_capital("tr", "istek", "İstek");
    assert_capital("az", "istək", "İstək");
    assert_capital("tr", "ısrar", "Israr");
    assert_capital("en", "istek", "Istek");
    assert_capital("nl", "ijk", "IJk");
    assert_capital("nl", "idee", "Idee");
    assert_capital("pl", "żądanie", "Żądanie");
    assert_capital("hr", "ǆep", "ǅep");
    assert_capital("fr", "ÿ", "Ÿ");
    assert_capital("de", "ßa", "ßa");
    assert_capital("ru", "заявка", "Заявка");
    assert_capital("uk", "їжа", "Їжа");
    assert_capital("el", "άλμα", "Άλμα");
    assert_capital("el", "ώρα", "Ώρα");
    assert_capital("el", "αίτημα", "Αίτημα");
    assert_capital("ja", "お問い合わせ", "お問い合わせ");
    assert_capital("ar", "طلب", "طلب");
    assert_capital("en", "", "");
    assert_capital("en", "÷", "÷");
    assert_capital("en", "\xff", "\xff");
}

static void a_word_that_is_too_long_is_cut_between_characters(void **state)
{
    (void)state;
    char text[6];
    locale_capitalize("fr", "éééé", text, sizeof text);
    assert_string_equal(text, "Éé");
}

static bool is_listed(const char *tag, const char *category)
{
    for (const char *const *listed = locale_plurals(tag); *listed; listed++)
        if (strcmp(*listed, category) == 0)
            return true;
    return false;
}

/* What is listed is taken by some number, and what is taken is listed. */
static void categories_that_are_listed_are_those_that_numbers_take(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        const char *tag = counts[i].tag;
        for (unsigned long n = 0; n <= 1000; n++)
            assert_true(is_listed(tag, locale_plural(tag, n)));
        assert_true(is_listed(tag, locale_plural(tag, 1000000)));
        for (const char *const *listed = locale_plurals(tag); *listed; listed++) {
            unsigned long n = 0;
            while (n <= 1000 && strcmp(locale_plural(tag, n), *listed) != 0)
                n++;
            assert_true(n <= 1000 || strcmp(locale_plural(tag, 1000000), *listed) == 0);
        }
    }
}

static void a_text_may_turn_a_sentence_of_the_other_direction(void **state)
{
    (void)state;
    assert_false(locale_turns("fr", "Zoë, Δ, Ж, Ա, ա, 名, ก?"));
    assert_true(locale_turns("fr", "מה?"));
    assert_true(locale_turns("en", "x طلب"));
    assert_true(locale_turns("en", "\u06f4\u0628"));
    assert_true(locale_turns("en", "\ufe8f"));
    assert_true(locale_turns("ar", "What is it about?"));
    assert_false(locale_turns("ar", ""));
}

static void days_are_written_the_languages_way(void **state)
{
    (void)state;
    static const struct {
        const char *tag;
        struct locale_day day;
        const char *text;
    } cases[] = {
        {"en", {2026, 11, 2}, "November 2, 2026"},
        {"en-GB", {2026, 11, 2}, "2 November 2026"},
        {"fr-CA", {2026, 1, 22}, "22 janvier 2026"},
        {"de", {2026, 3, 1}, "1. März 2026"},
        {"pt-BR", {2026, 12, 31}, "31 de dezembro de 2026"},
        {"pl", {2026, 9, 5}, "5 września 2026"},
        {"tr", {2026, 8, 30}, "30 Ağustos 2026"},
        {"ja", {2026, 11, 2}, "2026年11月2日"},
        {"zh-Hans", {2026, 1, 2}, "2026年1月2日"},
        {"ar", {2026, 11, 22}, "22 نوفمبر 2026"},
        {"sw", {2026, 1, 2}, "2026-01-02"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf out;
        buf_init(&out, 100);
        locale_date(&out, cases[i].tag, &cases[i].day);
        assert_string_equal(out.data, cases[i].text);
        buf_release(&out);
    }
}

static void the_text_of_a_tag_is_picked_by_nearness(void **state)
{
    (void)state;
    json_t *texts =
        json_pack("{s:s,s:s,s:s,s:s}", "en", "colour", "en-US", "color", "de", "Farbe", "pt-BR", "cor");
    assert_string_equal(locale_pick(texts, "en-US", "de"), "color");
    assert_string_equal(locale_pick(texts, "en-GB", "de"), "colour");
    assert_string_equal(locale_pick(texts, "en", "de"), "colour");
    assert_string_equal(locale_pick(texts, "fr", "de"), "Farbe");
    assert_string_equal(locale_pick(texts, "pt", "en"), "colour");
    assert_null(locale_pick(texts, "fr", "it"));
    assert_null(locale_pick(texts, "fr", NULL));
    json_object_set_new(texts, "*", json_string("C"));
    assert_string_equal(locale_pick(texts, "fr", "de"), "C");
    assert_string_equal(locale_pick(texts, "de-AT", "en"), "Farbe");
    json_decref(texts);
}

static void what_is_no_text_is_not_picked(void **state)
{
    (void)state;
    json_t *odd = json_pack("{s:i,s:n,s:[]}", "en", 1, "fr", "*");
    assert_null(locale_pick(odd, "en", "fr"));
    json_decref(odd);
    assert_null(locale_pick(NULL, "en", "fr"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tags_are_well_formed_or_not),
        cmocka_unit_test(direction_comes_from_the_script_or_else_the_language),
        cmocka_unit_test(languages_have_their_own_names),
        cmocka_unit_test(a_region_without_a_name_has_its_languages),
        cmocka_unit_test(an_unknown_language_is_named_by_its_tag),
        cmocka_unit_test(numbers_take_the_categories_of_their_language),
        cmocka_unit_test(the_shipped_languages_count_as_the_cldr_says),
        cmocka_unit_test(a_word_begins_a_sentence_as_its_language_writes),
        cmocka_unit_test(a_word_that_is_too_long_is_cut_between_characters),
        cmocka_unit_test(categories_that_are_listed_are_those_that_numbers_take),
        cmocka_unit_test(a_text_may_turn_a_sentence_of_the_other_direction),
        cmocka_unit_test(days_are_written_the_languages_way),
        cmocka_unit_test(the_text_of_a_tag_is_picked_by_nearness),
        cmocka_unit_test(what_is_no_text_is_not_picked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
