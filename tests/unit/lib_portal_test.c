#include "lib_test.h"

#include "../../lib/portal.h"

/* What the generator writes for the golden portal is what the reader is made for. */
#define COMPILED SOURCE_DIR "/tests/golden/gen/good/whole/expected/portal"

static json_t *compiled(void)
{
    json_error_t error;
    json_t *root = json_load_file(COMPILED "/portal.json", JSON_REJECT_DUPLICATES, &error);
    assert_non_null(root);
    return root;
}

/* Write `root` as the portal of the test's folder and load it. */
static struct portal *load(void **state, const json_t *root, struct diag *diag)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/portal.json", (const char *)*state);
    char *text = json_dumps(root, JSON_INDENT(1) | JSON_ENCODE_ANY);
    assert_non_null(text);
    assert_int_equal(fs_write(path, text, strlen(text), false), 0);
    free(text);
    return portal_load(*state, diag);
}

static void assert_loads(void **state, const json_t *root)
{
    struct diag *diag = diag_new();
    struct portal *portal = load(state, root, diag);
    if (!portal)
        diag_print(diag, stderr);
    assert_non_null(portal);
    assert_int_equal(diag_errors(diag), 0);
    portal_free(portal);
    diag_free(diag);
}

/* `what` names the mutation when the reader lets it pass. */
static void assert_refused(void **state, const json_t *root, const char *what)
{
    struct diag *diag = diag_new();
    struct portal *portal = load(state, root, diag);
    if (portal || diag_errors(diag) != 1)
        fail_msg("%s: %s, %zu errors", what, portal ? "loaded" : "refused", diag_errors(diag));
    diag_free(diag);
}

static void every_member_arrives(void **state)
{
    (void)state;
    struct diag *diag = diag_new();
    struct portal *portal = portal_load(COMPILED, diag);
    assert_non_null(portal);
    assert_true(portal->open);
    assert_string_equal(json_string_value(json_object_get(portal->ticket_name, "fr")), "demande");
    assert_string_equal(json_string_value(json_object_get(portal->tickets_name, "en")), "tickets");
    assert_string_equal(portal->slug, "/help/");
    assert_string_equal(portal->api, "/api/v1");
    assert_int_equal(portal->locale_count, 2);
    assert_string_equal(portal->locales[1], "fr");
    assert_string_equal(portal->default_locale, "en");
    assert_int_equal(portal->domain_count, 2);
    assert_string_equal(portal->domains[1].host, "assistance.acme.example");
    assert_string_equal(portal->domains[1].locale, "fr");
    assert_string_equal(portal->default_inbox, "support");
    assert_int_equal(portal->permission, PORTAL_OWN);
    assert_true(portal->reply_to_closed);
    assert_false(portal->status_stages);
    assert_int_equal(portal->owner_name, PORTAL_FIRST_NAME);
    assert_int_equal(portal->follow_up_days, 0);
    assert_string_equal(portal->pipelines[0].reopen_stage, "new");
    assert_int_equal(portal->per_page, 25);
    assert_int_equal(portal->file_max_bytes, 20971520);
    assert_int_equal(portal->files_max, 10);
    assert_int_equal(portal->idle_minutes, 60);
    assert_int_equal(portal->session_hours, 24);
    assert_int_equal(portal->remember_days, 30);
    assert_int_equal(portal->password_min, 12);
    assert_int_equal(portal->group_count, 0); /* everybody who is known */
    assert_null(portal->sign_up_group);
    assert_non_null(strstr(portal->csp, "default-src 'none'"));
    portal_free(portal);
    diag_free(diag);
}

/* A portal that says this of the team's people. */
static void assert_called(void **state, const char *owner_name, const char *first, const char *last,
                          const char *expected)
{
    json_t *root = compiled();
    struct diag *diag = diag_new();
    struct arena *arena = arena_new(0);
    json_object_set_new(root, "owner_name", json_string(owner_name));
    json_object_set_new(root, "owner_alias", json_pack("{s:s, s:s}", "en", "Our team", "fr", "Notre équipe"));
    struct portal *portal = load(state, root, diag);
    assert_non_null(portal);
    assert_string_equal(portal_team_name(portal, arena, "fr", first, last), expected);
    portal_free(portal);
    arena_free(arena);
    diag_free(diag);
    json_decref(root);
}

static void people_of_the_team_are_called_as_set(void **state)
{
    assert_called(state, "first", "Mia", "Laurent", "Mia");
    assert_called(state, "last", "Mia", "Laurent", "Laurent");
    assert_called(state, "full", "Mia", "Laurent", "Mia Laurent");
    assert_called(state, "alias", "Mia", "Laurent", "Notre équipe");
    assert_called(state, "first", "", "Laurent",
                  "Assistance Acme"); /* never the name that was not asked for */
}

static void a_status_is_open_or_closed_or_a_stage(void **state)
{
    json_t *root = compiled();
    struct diag *diag = diag_new();
    struct portal *portal = load(state, root, diag);
    assert_non_null(portal);
    assert_string_equal(portal_status(portal, "en", "support", "new", false),
                        portal_word(portal, "en", "open"));
    portal_free(portal);
    json_object_set_new(root, "status", json_string("stages"));
    portal = load(state, root, diag);
    assert_non_null(portal);
    assert_string_equal(portal_status(portal, "fr", "support", "new", false), "Nouvelle");
    assert_string_equal(portal_status(portal, "fr", "support", "lost", true),
                        portal_word(portal, "fr", "closed_status"));
    portal_free(portal);
    diag_free(diag);
    json_decref(root);
}

static void ids_find_what_they_name(void **state)
{
    (void)state;
    struct diag *diag = diag_new();
    struct portal *portal = portal_load(COMPILED, diag);
    assert_non_null(portal);
    assert_string_equal(portal_inbox(portal, "support")->address, "support@acme.example");
    assert_null(portal_inbox(portal, "sales"));
    const struct portal_pipeline *pipeline = portal_pipeline(portal, "support");
    assert_non_null(pipeline);
    assert_null(portal_pipeline(portal, "sales"));
    assert_int_equal(pipeline->stage_count, 2);
    assert_false(portal_stage(pipeline, "new")->closed);
    assert_true(portal_stage(pipeline, "closed")->closed);
    assert_null(portal_stage(pipeline, "lost"));
    assert_string_equal(portal_name(portal, "fr"), "Assistance Acme");
    assert_string_equal(portal_name(portal, "ja"), "Acme <Support>");
    assert_string_equal(portal_mail(portal, "fr", "reset", "subject"), "Nouvelles de Assistance Acme");
    assert_null(portal_mail(portal, "ja", "reset", "subject"));
    assert_null(portal_mail(portal, "fr", "birthday", "subject"));
    portal_free(portal);
    diag_free(diag);
}

static void the_form_arrives(void **state)
{
    (void)state;
    struct diag *diag = diag_new();
    struct portal *portal = portal_load(COMPILED, diag);
    assert_non_null(portal);
    const struct portal_form *form = portal_form(portal, "support");
    assert_non_null(form);
    assert_ptr_equal(form, portal_form(portal, NULL));
    assert_null(portal_form(portal, "return"));
    assert_string_equal(form->stage, "new");
    assert_int_equal(form->field_count, 3);
    assert_int_equal(form->fields[0].type, PORTAL_FIELD_TEXT);
    assert_true(form->fields[0].required);
    assert_int_equal(form->fields[0].max, 200);
    assert_int_equal(form->fields[2].type, PORTAL_FIELD_SELECT);
    assert_int_equal(form->fields[2].option_count, 2);
    assert_string_equal(form->fields[2].options[1], "bug");
    portal_free(portal);
    diag_free(diag);
}

static void a_portal_without_form_loads(void **state)
{
    json_t *root = compiled();
    json_object_set_new(root, "forms", json_array());
    assert_loads(state, root);
    json_decref(root);
}

static void forms_have_ids_of_their_own(void **state)
{
    json_t *root = compiled();
    json_t *forms = json_object_get(root, "forms");
    json_array_append_new(forms, json_deep_copy(json_array_get(forms, 0)));
    assert_refused(state, root, "two forms of one id");
    json_object_set_new(json_array_get(forms, 1), "id", json_string("return"));
    assert_loads(state, root);
    json_object_set_new(json_array_get(forms, 1), "id", json_string("../help"));
    assert_refused(state, root, "an id that is a path");
    json_decref(root);
}

static void a_missing_file_says_what_to_do(void **state)
{
    struct diag *diag = diag_new();
    assert_null(portal_load(*state, diag));
    assert_int_equal(diag_errors(diag), 1);
    diag_free(diag);
}

/* What holds the value at a JSON Pointer without escapes; `last` becomes its key or index in there. */
static json_t *holder_of(json_t *root, const char *pointer, const char **last)
{
    static char step[200];
    json_t *at = root;
    for (const char *slash = pointer; *slash; slash += 1 + strlen(step)) {
        snprintf(step, sizeof step, "%.*s", (int)strcspn(slash + 1, "/"), slash + 1);
        if (slash[1 + strlen(step)] == '\0')
            break;
        at = json_is_array(at) ? json_array_get(at, strtoul(step, NULL, 10)) : json_object_get(at, step);
    }
    *last = step;
    return at;
}

/* A portal like the compiled one, but for one value: put in its place, or (NULL) left out. */
static void assert_refused_with(void **state, const char *pointer, json_t *value)
{
    json_t *root = compiled();
    const char *key;
    json_t *parent = holder_of(root, pointer, &key);
    char what[400];
    snprintf(what, sizeof what, "%s %s", value ? "odd" : "missing", pointer);
    if (!value)
        json_object_del(parent, key);
    else if (json_is_array(parent))
        json_array_set_new(parent, strtoul(key, NULL, 10), value);
    else
        json_object_set_new(parent, key, value);
    assert_refused(state, root, what);
    json_decref(root);
}

static size_t refuse_below(void **state, const char *pointer, json_t *value)
{
    char below[300];
    size_t tried = 0, i;
    const char *key;
    json_t *item;
    json_object_foreach(value, key, item)
    {
        snprintf(below, sizeof below, "%s/%s", pointer, key);
        if (strcmp(key, "html") != 0) /* a mail without a page is plain */
            assert_refused_with(state, below, NULL);
        assert_refused_with(state, below, json_integer(-1));
        tried += 1 + refuse_below(state, below, item);
    }
    json_array_foreach(value, i, item)
    {
        snprintf(below, sizeof below, "%s/%zu", pointer, i);
        assert_refused_with(state, below, json_integer(-1));
        tried += 1 + refuse_below(state, below, item);
    }
    return tried;
}

static void every_member_is_needed_and_of_its_type(void **state)
{
    json_t *root = compiled();
    assert_true(refuse_below(state, "", root) > 100);
    json_decref(root);
}

static void references_must_hold(void **state)
{
    assert_refused_with(state, "/default_locale", json_string("de"));
    assert_refused_with(state, "/default_inbox", json_string("sales"));
    assert_refused_with(state, "/domains/1/locale", json_string("de"));
    assert_refused_with(state, "/forms/0/inbox", json_string("sales"));
    assert_refused_with(state, "/forms/0/pipeline", json_string("sales"));
    assert_refused_with(state, "/forms/0/stage", json_string("lost"));
    assert_refused_with(state, "/pipelines/0/closed_stage", json_string("lost"));
    assert_refused_with(state, "/pipelines/0/closed_stage", json_string("new"));
    assert_refused_with(state, "/pipelines/0/reopen_stage", json_string("lost"));
    assert_refused_with(state, "/pipelines/0/reopen_stage", json_string("closed"));
}

static void values_must_be_in_their_limits(void **state)
{
    assert_refused_with(state, "/format", json_integer(PORTAL_FORMAT + 1));
    assert_refused_with(state, "/per_page", json_integer(101));
    assert_refused_with(state, "/password_min", json_integer(7));
    assert_refused_with(state, "/permission", json_string("everyone"));
    assert_refused_with(state, "/columns", json_array());
    assert_refused_with(state, "/columns/0/property", json_string("secret"));
    assert_refused_with(state, "/page/0/property", json_string("first_name"));
    assert_refused_with(state, "/properties", json_array());
    assert_refused_with(state, "/properties/0/id", json_string("a\".b"));
    assert_refused_with(state, "/properties/0/of", json_string("company"));
    assert_refused_with(state, "/properties/0/own", json_true());
    assert_refused_with(state, "/properties/0/type", json_string("date"));
    assert_refused_with(state, "/slug", json_string("support"));
    assert_refused_with(state, "/ticket_name", json_string("ticket"));
    assert_refused_with(state, "/ticket_name/one", json_string("ticket"));
    assert_refused_with(state, "/ticket_name/other/fr", json_integer(2));
    assert_refused_with(state, "/locales", json_array());
    assert_refused_with(state, "/pipelines/0/stages/1/closed", json_false());
    assert_refused_with(state, "/pipelines/0/stages/0/closed", json_true());
    assert_refused_with(state, "/forms/0/fields/2/options", json_array());
    assert_refused_with(state, "/forms/0/fields/0/type", json_string("telepathy"));
}

/* A condition in place of what the golden portal's last field, a select, has. */
static void assert_condition_refused(void **state, const char *condition)
{
    json_t *value = json_loads(condition, 0, NULL);
    assert_non_null(value);
    assert_refused_with(state, "/forms/0/fields/2/show_when", value);
}

static void conditions_must_make_sense(void **state)
{
    json_t *root = compiled();
    json_t *fields = json_object_get(json_array_get(json_object_get(root, "forms"), 0), "fields");
    json_t *last = json_deep_copy(json_array_get(fields, 2));
    json_object_set_new(last, "show_when",
                        json_pack("{s:s, s:s, s:[s]}", "field", "category", "test", "is", "values", "bug"));
    json_array_append_new(fields, last);
    assert_loads(state, root);
    json_decref(root);
    assert_condition_refused(state, "{\"field\": \"category\", \"test\": \"is\", \"values\": [\"bug\"]}");
    assert_condition_refused(state, "{\"field\": \"subject\", \"test\": \"known\", \"values\": []}");
    assert_condition_refused(state, "{\"field\": \"nothing\", \"test\": \"known\", \"values\": []}");
    assert_condition_refused(state, "{}");
}

/* A filter in place of the golden portal's "visible", which is null. */
static void assert_filter_refused(void **state, const char *filter)
{
    json_t *value = json_loads(filter, 0, NULL);
    assert_non_null(value);
    assert_refused_with(state, "/visible", value);
}

static void a_filter_arrives_as_a_tree(void **state)
{
    json_t *root = compiled();
    struct diag *diag = diag_new();
    json_object_set_new(
        root, "visible",
        json_loads(
            "{\"op\": \"any\", \"of\": [{\"op\": \"all\", \"of\": [{\"property\": \"category\","
            " \"type\": \"select\", \"test\": \"is_any_of\", \"values\": [\"bug\", \"other\"]},"
            " {\"property\": \"owner\", \"type\": \"text\", \"test\": \"is_known\", \"values\": []}]},"
            " {\"property\": \"vip\", \"type\": \"checkbox\", \"test\": \"equals\", \"values\": [true]}]}",
            0, NULL));
    struct portal *portal = load(state, root, diag);
    assert_non_null(portal);
    const struct portal_filter *filter = portal->visible;
    assert_int_equal(filter->op, FILTER_ANY);
    assert_int_equal(filter->count, 2);
    assert_int_equal(filter->of[0].op, FILTER_ALL);
    assert_string_equal(filter->of[0].of[0].property, "category");
    assert_string_equal(filter->of[0].of[0].values[1], "other");
    assert_int_equal(filter->of[0].of[1].test, FILTER_IS_KNOWN);
    assert_int_equal(filter->of[1].type, PROPERTY_CHECKBOX);
    assert_true(filter->of[1].number > 0);
    portal_free(portal);
    json_decref(root);
    diag_free(diag);
}

static void filters_must_make_sense(void **state)
{
#define TEST_OF(type, test, values)                                                                          \
    "{\"property\": \"x\", \"type\": \"" type "\", \"test\": \"" test "\", \"values\": " values "}"
    assert_filter_refused(state, "{}");
    assert_filter_refused(state, "{\"op\": \"all\", \"of\": []}");
    assert_filter_refused(state, "{\"op\": \"none\", \"of\": [1]}");
    assert_filter_refused(state, "{\"op\": \"all\", \"of\": [1]}");
    assert_filter_refused(state, TEST_OF("colour", "is_known", "[]"));
    assert_filter_refused(state, TEST_OF("text", "smells", "[]"));
    assert_filter_refused(state, TEST_OF("text", "is_known", "[\"x\"]"));
    assert_filter_refused(state, TEST_OF("text", "equals", "[\"x\", \"y\"]"));
    assert_filter_refused(state, TEST_OF("text", "equals", "[1]"));
    assert_filter_refused(state, TEST_OF("select", "is_any_of", "[]"));
    assert_filter_refused(state, TEST_OF("date", "before", "[\"2026-02-30\"]"));
    assert_filter_refused(state, TEST_OF("date", "in_the_last_days", "[0]"));
    assert_filter_refused(state, TEST_OF("number", "equals", "[\"1\"]"));
    assert_filter_refused(state, TEST_OF("number", "contains", "[\"1\"]"));
    assert_filter_refused(state, TEST_OF("checkbox", "equals", "[1]"));
#undef TEST_OF
}

static void an_error_names_its_place(void **state)
{
    struct diag *diag = diag_new();
    json_t *root = compiled();
    json_object_set_new(json_array_get(json_object_get(root, "domains"), 1), "host", json_null());
    assert_null(load(state, root, diag));
    char *said = printed(diag);
    assert_non_null(strstr(said, "/portal.json:"));
    assert_non_null(strstr(said, "error: \"/domains/1/host\": want a text; run guichet-gen again\n"));
    free(said);
    json_decref(root);
    diag_free(diag);
}

static void what_is_no_object_is_refused(void **state)
{
    json_t *odd[] = {json_array(), json_object(), json_string("portal")};
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        assert_refused(state, odd[i], "no object");
        json_decref(odd[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_member_arrives),
        cmocka_unit_test(ids_find_what_they_name),
        cmocka_unit_test(the_form_arrives),
        folder_test(a_portal_without_form_loads),
        folder_test(forms_have_ids_of_their_own),
        folder_test(a_missing_file_says_what_to_do),
        folder_test(every_member_is_needed_and_of_its_type),
        folder_test(references_must_hold),
        folder_test(values_must_be_in_their_limits),
        folder_test(conditions_must_make_sense),
        folder_test(a_filter_arrives_as_a_tree),
        folder_test(filters_must_make_sense),
        folder_test(an_error_names_its_place),
        folder_test(what_is_no_object_is_refused),
        folder_test(people_of_the_team_are_called_as_set),
        folder_test(a_status_is_open_or_closed_or_a_stage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
