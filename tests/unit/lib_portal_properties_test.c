/* Properties of tickets and contacts, as the generator writes them for the golden portal that has some. */
#include "lib_test.h"

#include "../../lib/portal.h"

#define COMPILED SOURCE_DIR "/tests/golden/gen/good/properties/expected/portal"

static struct portal *load_compiled(const char *dir)
{
    struct diag *diag = diag_new();
    struct portal *portal = portal_load(dir, diag);
    diag_print(diag, stderr);
    diag_free(diag);
    return portal;
}

static void what_every_ticket_has_is_there_with_its_label(void **state)
{
    (void)state;
    struct portal *portal = load_compiled(COMPILED);
    assert_non_null(portal);
    for (enum portal_object of = PORTAL_TICKET; of <= PORTAL_CONTACT; of++) {
        for (const struct property_kind *kind = portal_builtins(of); kind->id; kind++) {
            const struct portal_property *property = portal_property(portal, of, kind->id);
            assert_non_null(property);
            assert_false(property->own);
            assert_int_equal(property->type, kind->type);
            assert_int_equal(property->label != NULL, of == PORTAL_TICKET);
        }
    }
    const struct portal_property *owner = portal_property(portal, PORTAL_TICKET, "owner");
    assert_string_equal(json_string_value(json_object_get(owner->label, "fr")), "Responsable");
    assert_null(portal_property(portal, PORTAL_TICKET, "first_name"));
    portal_free(portal);
}

static void stages_pipelines_and_what_forms_offer_have_labels(void **state)
{
    (void)state;
    struct portal *portal = load_compiled(COMPILED);
    assert_non_null(portal);
    static const struct {
        const char *property, *value, *label;
    } known[] = {{"status", "closed", "Close"},        {"stage", "new", "Nouvelle"},
                 {"pipeline", "support", "Support"},   {"category", "billing", "Facture"},
                 {"category", "of-old", "of-old"},     {"source", "portal", "Portail"},
                 {"product", "printer", "Imprimante"}, {"parts", "head", "Head"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const struct portal_property *property = portal_property(portal, PORTAL_TICKET, known[i].property);
        assert_string_equal(portal_option_label(portal, property, "fr", known[i].value), known[i].label);
    }
    portal_free(portal);
}

static void own_properties_have_types_limits_and_options(void **state)
{
    (void)state;
    struct portal *portal = load_compiled(COMPILED);
    assert_non_null(portal);
    const struct portal_property *weight = portal_property(portal, PORTAL_TICKET, "weight");
    assert_true(weight->own);
    assert_int_equal(weight->type, PROPERTY_NUMBER);
    assert_true(json_number_value(weight->max) > 99.4 && json_number_value(weight->max) < 99.6);
    const struct portal_property *serial = portal_property(portal, PORTAL_TICKET, "serial");
    assert_int_equal(json_integer_value(serial->max), 24);
    assert_int_equal(json_integer_value(portal_property(portal, PORTAL_TICKET, "story")->max), 200);
    const struct portal_property *parts = portal_property(portal, PORTAL_TICKET, "parts");
    assert_int_equal(parts->type, PROPERTY_MULTI_SELECT);
    assert_int_equal(parts->option_count, 2);
    assert_string_equal(portal_option(parts, "roll")->value, "roll");
    assert_null(portal_option(parts, "wheel"));
    assert_null(portal_property(portal, PORTAL_TICKET, "phone"));
    const struct portal_property *phone = portal_property(portal, PORTAL_CONTACT, "phone");
    assert_string_equal(json_string_value(json_object_get(phone->label, "fr")), "Téléphone");
    portal_free(portal);
}

/* The golden portal with its last own property of tickets, a checkbox, changed by `change`. */
static void assert_refused(void **state, const char *change)
{
    char path[4096];
    json_t *root = json_load_file(COMPILED "/portal.json", 0, NULL);
    json_t *list = json_object_get(root, "properties"), *changed = json_loads(change, 0, NULL);
    assert_non_null(changed);
    json_object_update(json_array_get(list, json_array_size(list) - 2), changed);
    snprintf(path, sizeof path, "%s/portal.json", (const char *)*state);
    assert_int_equal(json_dump_file(root, path, 0), 0);
    json_decref(changed);
    json_decref(root);
    struct diag *diag = diag_new();
    struct portal *portal = portal_load(*state, diag);
    if (portal || diag_errors(diag) != 1)
        fail_msg("%s: loaded, or %zu errors", change, diag_errors(diag));
    diag_free(diag);
}

static void an_odd_property_is_refused(void **state)
{
    assert_refused(state, "{\"id\": \"On Site\"}");
    assert_refused(state, "{\"own\": false}");
    assert_refused(state, "{\"label\": null}");
    assert_refused(state, "{\"type\": \"select\"}");
    assert_refused(state, "{\"options\": [{\"value\": \"x\", \"label\": {\"en\": \"X\", \"fr\": \"X\"}}]}");
    assert_refused(state, "{\"max\": 3}");
    assert_refused(state, "{\"type\": \"text\", \"max\": null}");
    assert_refused(state, "{\"type\": \"text\", \"max\": 0}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_every_ticket_has_is_there_with_its_label),
        cmocka_unit_test(stages_pipelines_and_what_forms_offer_have_labels),
        cmocka_unit_test(own_properties_have_types_limits_and_options),
        folder_test(an_odd_property_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
