/* What fits an own property, by the description of the golden portal. */
#include "lib_test.h"

#include "../../api/portal/property.h"

#define COMPILED SOURCE_DIR "/tests/golden/gen/good/properties/expected/portal"

static struct portal *portal;

static int load_portal(void **state)
{
    (void)state;
    struct diag *diag = diag_new();
    portal = portal_load(COMPILED, diag);
    diag_print(diag, stderr);
    diag_free(diag);
    return portal ? 0 : 1;
}

static int free_portal(void **state)
{
    (void)state;
    portal_free(portal);
    return 0;
}

static void check(const char *id, const char *json, const char *code)
{
    const struct portal_property *property = portal_property(portal, PORTAL_TICKET, id);
    json_t *value = json_loads(json, JSON_DECODE_ANY, NULL);
    const char *fault = property_fault(property, value);
    if (strcmp(fault ? fault : "fine", code) != 0)
        fail_msg("%s %s: %s, want %s", id, json, fault ? fault : "fine", code);
    json_decref(value);
}

static void a_text_has_its_length_in_characters(void **state)
{
    (void)state;
    check("serial", "\"LP420-118823\"", "fine");
    check(
        "serial",
        "\"\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9"
        "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\"",
        "fine");
    check("serial", "\"1234567890123456789012345\"", "too_long");
    check("serial", "12", "type");
    check("serial", "null", "type");
}

static void a_number_is_within_its_limits(void **state)
{
    (void)state;
    check("weight", "0", "fine");
    check("weight", "99.5", "fine");
    check("weight", "-0.5", "too_small");
    check("weight", "99.6", "too_great");
    check("weight", "\"7\"", "number");
    check("weight", "true", "number");
}

static void a_date_is_a_day_that_there_is(void **state)
{
    (void)state;
    check("due", "\"2028-02-29\"", "fine");
    check("due", "\"2026-02-29\"", "date");
    check("due", "\"2026-2-9\"", "date");
    check("due", "\"22.11.2026\"", "date");
    check("due", "20261122", "date");
}

static void choices_are_options_each_once(void **state)
{
    (void)state;
    check("product", "\"printer\"", "fine");
    check("product", "\"Printer\"", "option");
    check("product", "[\"printer\"]", "option");
    check("parts", "[\"roll\", \"head\"]", "fine");
    check("parts", "[]", "fine");
    check("parts", "[\"roll\", \"roll\"]", "option");
    check("parts", "[\"wheel\"]", "option");
    check("parts", "\"roll\"", "option");
    check("onsite", "true", "fine");
    check("onsite", "\"true\"", "type");
}

static void a_number_of_a_form_has_one_written_form(void **state)
{
    (void)state;
    static const char *const good[] = {"0", "-12", "0.5", "007", "123456789012345", "-0.000001"};
    static const char *const bad[] = {
        "",          "-",   ".5",      "5.",    "1,5", "1e3", "+1",
        "0x10",      " 1",  "1 ",      "1.2.3", "inf", "nan", "1234567890123456",
        "0.0000001", "--1", "\xD9\xA3"};
    double number;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (!property_read_number(good[i], &number))
            fail_msg("refused: %s", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (property_read_number(bad[i], &number))
            fail_msg("taken: %s", bad[i]);
    assert_true(property_read_number("-2.25", &number) && number > -2.26 && number < -2.24);
}

static void what_is_wanted_is_said_in_words(void **state)
{
    char text[200];
    (void)state;
    property_wants(portal_property(portal, PORTAL_TICKET, "product"), text, sizeof text);
    assert_string_equal(text, "one of \"printer\", \"scanner\"");
    property_wants(portal_property(portal, PORTAL_TICKET, "weight"), text, sizeof text);
    assert_string_equal(text, "a number from 0 up to 99.5");
    property_wants(portal_property(portal, PORTAL_TICKET, "serial"), text, sizeof text);
    assert_string_equal(text, "a text of at most 24 characters");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_has_its_length_in_characters),
        cmocka_unit_test(a_number_is_within_its_limits),
        cmocka_unit_test(a_date_is_a_day_that_there_is),
        cmocka_unit_test(choices_are_options_each_once),
        cmocka_unit_test(a_number_of_a_form_has_one_written_form),
        cmocka_unit_test(what_is_wanted_is_said_in_words),
    };
    return cmocka_run_group_tests(tests, load_portal, free_portal);
}
