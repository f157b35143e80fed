#include "lib_test.h"

#include "../../lib/settings.h"

static const char *const permissions[] = {"own", "company", NULL};
static const struct setting domain_fields[] = {
    {.key = "host", .type = SETTING_HOST, .required = true},
    {.key = "locale", .type = SETTING_LOCALE, .fallback = "\"en\""},
    {0},
};
static const struct setting domain[] = {{.type = SETTING_GROUP, .fields = domain_fields}};
static const struct setting inbox_fields[] = {
    {.key = "name", .type = SETTING_LOCAL, .required = true, .min = 1, .max = 20},
    {.key = "address", .type = SETTING_EMAIL, .required = true},
    {0},
};
static const struct setting inbox[] = {{.type = SETTING_GROUP, .fields = inbox_fields}};
static const struct setting ticket_fields[] = {
    {.key = "per_page", .type = SETTING_INT, .fallback = "25", .min = 1, .max = 100},
    {.key = "permission", .type = SETTING_CHOICE, .fallback = "\"own\"", .choices = permissions},
    {.key = "reply_to_closed", .type = SETTING_BOOL, .fallback = "true"},
    {0},
};
static const struct setting sso_fields[] = {
    {.key = "issuer", .type = SETTING_URL, .required = true},
    {0},
};
static const struct setting portal[] = {
    {.key = "name", .type = SETTING_LOCAL, .required = true, .min = 1, .max = 20},
    {.key = "greeting", .type = SETTING_LOCAL, .fallback = "\"Hello\""},
    {.key = "slug", .type = SETTING_SLUG, .fallback = "\"/support/\""},
    {.key = "domains", .type = SETTING_LIST, .fallback = "[]", .max = 3, .fields = domain},
    {.key = "inboxes", .type = SETTING_MAP, .fallback = "{}", .max = 2, .fields = inbox},
    {.key = "tickets", .type = SETTING_GROUP, .fields = ticket_fields},
    {.key = "sso", .type = SETTING_GROUP, .fields = sso_fields},
    {.key = "form", .type = SETTING_ID},
    {0},
};

/* What the check says of the text; NULL in `completed` when it was refused. */
static char *checked(const struct setting *table, const char *text, json_t **completed)
{
    struct diag *diag = diag_new();
    struct json_doc doc;
    assert_true(json_doc_parse(&doc, "p.json", text, strlen(text), diag));
    *completed = settings_check(table, &doc, diag);
    assert_true(!*completed == (diag_errors(diag) > 0));
    char *said = printed(diag);
    json_doc_release(&doc);
    diag_free(diag);
    return said;
}

static void completes(const struct setting *table, const char *text, const char *wanted)
{
    json_t *completed;
    char *said = checked(table, text, &completed);
    assert_string_equal(said, "");
    char *got = json_dumps(completed, JSON_COMPACT);
    assert_string_equal(got, wanted);
    free(got);
    free(said);
    json_decref(completed);
}

static void refuses(const struct setting *table, const char *text, const char *wanted)
{
    json_t *completed;
    char *said = checked(table, text, &completed);
    assert_string_equal(said, wanted);
    assert_null(completed);
    free(said);
}

static void every_default_is_filled_in(void **state)
{
    (void)state;
    completes(
        portal, "{\"name\": \"Acme\"}",
        "{\"name\":{\"*\":\"Acme\"},\"greeting\":{\"*\":\"Hello\"},\"slug\":\"/support/\",\"domains\":[],"
        "\"inboxes\":{},\"tickets\":{\"per_page\":25,\"permission\":\"own\",\"reply_to_closed\":true}}");
}

static void what_is_given_stays_in_the_order_of_the_table(void **state)
{
    (void)state;
    completes(
        portal,
        "{\"$schema\": \"../x\", \"form\": \"support\", \"tickets\": {\"reply_to_closed\": false, "
        "\"per_page\": 7},"
        " \"domains\": [{\"host\": \"a.example\"}, {\"locale\": \"pt-BR\", \"host\": \"b.example:8443\"}],"
        " \"inboxes\": {\"z\": {\"address\": \"z@acme.example\", \"name\": {\"en\": \"Z\", \"zh-Hans\": "
        "\"支持\"}}},"
        " \"sso\": {\"issuer\": \"https://id.example\"}, \"slug\": \"/\", \"greeting\": null, \"name\": "
        "{\"fr\": \"A\"}}",
        "{\"name\":{\"fr\":\"A\"},\"greeting\":{\"*\":\"Hello\"},\"slug\":\"/"
        "\",\"domains\":[{\"host\":\"a.example\","
        "\"locale\":\"en\"},{\"host\":\"b.example:8443\",\"locale\":\"pt-BR\"}],\"inboxes\":{\"z\":{\"name\":"
        "{\"en\":\"Z\",\"zh-Hans\":\"支持\"},\"address\":\"z@acme.example\"}},\"tickets\":{\"per_page\":7,"
        "\"permission\":\"own\",\"reply_to_closed\":false},\"sso\":{\"issuer\":\"https://id.example\"},"
        "\"form\":\"support\"}");
}

static void null_means_absent(void **state)
{
    (void)state;
    completes(ticket_fields, "{\"per_page\": null}",
              "{\"per_page\":25,\"permission\":\"own\",\"reply_to_closed\":true}");
    refuses(
        sso_fields, "{\"issuer\": null}",
        "p.json:1:12: error: \"issuer\": want a URL such as https://example.com/, mailto:help@example.com or "
        "/path, got null\n");
}

/* The draft of a document that holds mistakes, for checks between settings. */
static void drafts(const struct setting *table, const char *text, const char *wanted)
{
    struct diag *diag = diag_new();
    struct json_doc doc;
    assert_true(json_doc_parse(&doc, "p.json", text, strlen(text), diag));
    json_t *draft = settings_draft(table, &doc, diag);
    assert_true(diag_errors(diag) > 0);
    char *got = draft ? json_dumps(draft, JSON_COMPACT) : strdup("nothing");
    assert_string_equal(got, wanted);
    free(got);
    json_decref(draft);
    json_doc_release(&doc);
    diag_free(diag);
}

static void a_draft_has_null_in_place_of_what_was_refused(void **state)
{
    (void)state;
    drafts(ticket_fields, "{\"per_page\": \"ten\", \"permission\": \"own\"}",
           "{\"per_page\":null,\"permission\":\"own\",\"reply_to_closed\":true}");
    drafts(sso_fields, "{}", "{\"issuer\":null}");
    drafts(sso_fields, "[]", "nothing");
    drafts(
        portal,
        "{\"name\": {\"en\": 5}, \"domains\": [7, {\"host\": \"a.example\", \"locale\": \"en_us\"}],"
        " \"inboxes\": {\"a\": 1}, \"tickets\": {\"per_page\": 0}}",
        "{\"name\":null,\"greeting\":{\"*\":\"Hello\"},\"slug\":\"/support/\",\"domains\":[null,"
        "{\"host\":\"a.example\",\"locale\":null}],\"inboxes\":{\"a\":null},\"tickets\":{\"per_page\":null,"
        "\"permission\":\"own\",\"reply_to_closed\":true}}");
}

static void a_misspelt_key_is_not_missed_as_well(void **state)
{
    (void)state;
    refuses(sso_fields, "{\"isuer\": \"https://id.example\"}",
            "p.json:1:2: error: unknown key \"isuer\"; did you mean \"issuer\"?\n");
    drafts(ticket_fields, "{\"permision\": \"own\"}",
           "{\"per_page\":25,\"permission\":null,\"reply_to_closed\":true}");
}

static void all_errors_come_at_once_with_their_places(void **state)
{
    (void)state;
    refuses(
        portal,
        "{\n"
        "  \"inboxs\": {},\n"
        "  \"slug\": \"support\",\n"
        "  \"tickets\": {\"per_page\": \"ten\", \"permision\": \"own\", \"permission\": \"compny\",\n"
        "    \"reply_to_closed\": \"yes\"},\n"
        "  \"domains\": [{}, {\"host\": \"https://a.example/\", \"locale\": \"en_us\"}, 5],\n"
        "  \"inboxes\": {\"Main Box\": {\"address\": \"acme\", \"name\": \"\"}},\n"
        "  \"sso\": []\n"
        "}",
        "p.json:1:1: error: missing key \"name\"; want a text of 1 to 20 characters, or an object of texts "
        "by "
        "language\n"
        "p.json:2:3: error: unknown key \"inboxs\"; did you mean \"inboxes\"?\n"
        "p.json:3:11: error: \"slug\": want a path such as / or /support/, of lower case letters, digits and "
        "-, "
        "got \"support\"; did you mean \"/support/\"?\n"
        "p.json:4:27: error: \"tickets.per_page\": want a whole number from 1 to 100, got \"ten\"\n"
        "p.json:4:34: error: unknown key \"tickets.permision\"; did you mean \"permission\"?\n"
        "p.json:4:68: error: \"tickets.permission\": want \"own\" or \"company\", got \"compny\"; did you "
        "mean "
        "\"company\"?\n"
        "p.json:5:24: error: \"tickets.reply_to_closed\": want true or false, got \"yes\"; write true, "
        "without quotes\n"
        "p.json:6:15: error: missing key \"domains[0].host\"; want a host name such as support.example.com, "
        "perhaps with a port\n"
        "p.json:6:28: error: \"domains[1].host\": want a host name such as support.example.com, perhaps with "
        "a "
        "port, got \"https://a.example/\"; did you mean \"a.example\"?\n"
        "p.json:6:60: error: \"domains[1].locale\": want a language tag such as en, pt-BR or zh-Hans, got "
        "\"en_us\"; did you mean \"en-US\"?\n"
        "p.json:6:70: error: \"domains[2]\": want an object, got 5\n"
        "p.json:7:15: error: \"inboxes.Main Box\": want an id of a-z, 0-9, - and _ that begins with a letter "
        "(at "
        "most 64) as the key; did you mean \"main-box\"?\n"
        "p.json:7:39: error: \"inboxes.Main Box.address\": want an e-mail address such as help@example.com, "
        "got "
        "\"acme\"\n"
        "p.json:7:55: error: \"inboxes.Main Box.name\": want a text of 1 to 20 characters, or an object of "
        "texts "
        "by language, got an empty one\n"
        "p.json:8:10: error: \"sso\": want an object, got a list\n");
}

static void the_document_itself_is_an_object(void **state)
{
    (void)state;
    refuses(portal, "[]", "p.json:1:1: error: want an object, got a list\n");
}

static void an_unknown_key_far_from_all_lists_those_there_are(void **state)
{
    (void)state;
    refuses(sso_fields, "{\"issuer\": \"/\", \"zzzzzz\": 1}",
            "p.json:1:17: error: unknown key \"zzzzzz\"; known here: issuer\n");
    refuses(
        ticket_fields, "{\"$schema\": \"x\", \"$schemas\": \"x\"}",
        "p.json:1:18: error: unknown key \"$schemas\"; known here: per_page, permission, reply_to_closed\n");
    refuses(portal, "{\"name\": \"A\", \"tickets\": {\"$schema\": \"x\"}}",
            "p.json:1:27: error: unknown key \"tickets.$schema\"; known here: per_page, permission, "
            "reply_to_closed\n");
}

static void texts_by_language_name_real_languages(void **state)
{
    (void)state;
    refuses(
        portal, "{\"name\": {\"en\": \"A\", \"EN-us\": \"B\", \"english\": \"C\", \"fr\": 5, \"*\": \"D\"}}",
        "p.json:1:22: error: \"name.EN-us\": want a language tag such as en, pt-BR or zh-Hans as the key; "
        "did you "
        "mean \"en-US\"?\n"
        "p.json:1:36: error: \"name.english\": want a language tag such as en, pt-BR or zh-Hans as the key\n"
        "p.json:1:58: error: \"name.fr\": want a text of 1 to 20 characters, got 5\n"
        "p.json:1:61: error: \"name.*\": want a language tag such as en, pt-BR or zh-Hans as the key\n");
    refuses(portal, "{\"name\": {}}",
            "p.json:1:10: error: \"name\": want a text of 1 to 20 characters, or an object of texts by "
            "language, got "
            "an empty object\n");
}

static void lengths_count_characters(void **state)
{
    (void)state;
    completes(inbox_fields,
              "{\"address\":\"a@b.example\",\"name\":\"日本日本日本日本日本日本日本日本日本日本\"}",
              "{\"name\":{\"*\":\"日本日本日本日本日本日本日本日本日本日本\"},\"address\":\"a@b.example\"}");
    refuses(inbox_fields,
            "{\"address\":\"a@b.example\",\"name\":\"日本日本日本日本日本日本日本日本日本日本x\"}",
            "p.json:1:33: error: \"name\": want a text of 1 to 20 characters, or an object of texts by "
            "language, got "
            "21\n");
    refuses(inbox_fields, "{\"address\":\"a@b.example\",\"name\":\"two\\nlines\"}",
            "p.json:1:33: error: \"name\": want a text of 1 to 20 characters, or an object of texts by "
            "language, got "
            "one with a line break or another control character\n");
}

static void lists_and_maps_have_limits(void **state)
{
    (void)state;
    refuses(portal, "{\"name\": \"A\", \"domains\": [1,2,3,4], \"inboxes\": {\"a\":1,\"b\":2,\"c\":3}}",
            "p.json:1:26: error: \"domains\": want a list of at most 3 items, got 4\n"
            "p.json:1:48: error: \"inboxes\": want an object of at most 2 keys, got 3\n");
    refuses(portal, "{\"name\": \"A\", \"domains\": {}, \"inboxes\": []}",
            "p.json:1:26: error: \"domains\": want a list of at most 3 items, got an empty object\n"
            "p.json:1:41: error: \"inboxes\": want an object of at most 2 keys, got a list\n");
}

static void a_long_value_is_shown_by_its_beginning(void **state)
{
    (void)state;
    refuses(
        sso_fields, "{\"issuer\": \"javascript:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}",
        "p.json:1:12: error: \"issuer\": want a URL such as https://example.com/, mailto:help@example.com or "
        "/path, got \"javascript:aaaaaaaaaaaaaaaaaaaaaaaaaaaaa...\"\n");
}

static void keys_with_slashes_and_tildes_are_found_too(void **state)
{
    (void)state;
    static const struct setting odd[] = {{.key = "a/b~c", .type = SETTING_BOOL}, {0}};
    refuses(odd, "{\"x\": {\"a/b~c\": 1}, \"a/b~c\": 5}",
            "p.json:1:2: error: unknown key \"x\"; known here: a/b~c\n"
            "p.json:1:30: error: \"a/b~c\": want true or false, got 5\n");
}

/* One value of a row, alone in a document. */
static bool takes(struct setting row, const char *value)
{
    char text[1200];
    json_t *completed;
    row.key = "k";
    const struct setting table[] = {row, {0}};
    snprintf(text, sizeof text, "{\"k\": %s}", value);
    free(checked(table, text, &completed));
    json_decref(completed);
    return completed != NULL;
}

static void check_values(struct setting row, const char *const *good, const char *const *bad)
{
    for (; *good; good++) {
        if (!takes(row, *good))
            fail_msg("refused: %s", *good);
    }
    for (; *bad; bad++) {
        if (takes(row, *bad))
            fail_msg("let pass: %s", *bad);
    }
}

#define VALUES(...) ((const char *const[]){__VA_ARGS__, NULL})

static void whole_numbers_lie_within_their_limits(void **state)
{
    (void)state;
    struct setting row = {.type = SETTING_INT, .required = true, .min = -2, .max = 100};
    check_values(row, VALUES("-2", "0", "100"),
                 VALUES("-3", "101", "5.0", "\"5\"", "true", "null", "[]", "9223372036854775807"));
    row.min = row.max = 0;
    check_values(row, VALUES("-9223372036854775808", "9223372036854775807"), VALUES("1.5", "{}"));
}

static void yes_and_no_are_true_and_false(void **state)
{
    (void)state;
    check_values((struct setting){.type = SETTING_BOOL, .required = true}, VALUES("true", "false"),
                 VALUES("1", "0", "\"true\"", "null", "{}"));
}

static void texts_have_no_controls_and_a_length(void **state)
{
    (void)state;
    check_values(
        (struct setting){.type = SETTING_TEXT, .min = 2, .max = 3}, VALUES("\"ab\"", "\"日本語\"", "\"😀😀\""),
        VALUES("\"a\"", "\"abcd\"", "\"a\\tb\"", "\"a\\u0085\"", "\"a\\u2028\"", "\"a\\u007f\"", "5"));
}

static void texts_without_limits_end_at_ten_thousand_characters(void **state)
{
    (void)state;
    static const struct setting table[] = {{.key = "k", .type = SETTING_TEXT}, {0}};
    char *text = malloc(10020);
    json_t *completed;
    for (int len = 9999; len <= 10001; len++) {
        snprintf(text, 10020, "{\"k\": \"%0*d\"}", len, 1);
        char *said = checked(table, text, &completed);
        assert_string_equal(said, len <= 10000 ? ""
                                               : "p.json:1:7: error: \"k\": want a text of at most 10000 "
                                                 "characters, got 10001\n");
        free(said);
        json_decref(completed);
    }
    free(text);
}

static void tags_are_written_one_way(void **state)
{
    (void)state;
    check_values(
        (struct setting){.type = SETTING_LOCALE}, VALUES("\"en\"", "\"pt-BR\"", "\"zh-Hans\""),
        VALUES("\"\"", "\"EN\"", "\"en-us\"", "\"en_US\"", "\"e\"", "\"*\"", "\"../en\"", "\"en-\""));
}

static void formats_are_explained_by_an_example(void **state)
{
    (void)state;
    static const struct setting rows[] = {{.key = "c", .type = SETTING_COLOR},
                                          {.key = "l", .type = SETTING_LENGTH},
                                          {.key = "h", .type = SETTING_HOST},
                                          {0}};
    completes(rows, "{\"c\": \"#0a5ea8\", \"l\": \"8px\", \"h\": \"xn--bcher-kva.example\"}",
              "{\"c\":\"#0a5ea8\",\"l\":\"8px\",\"h\":\"xn--bcher-kva.example\"}");
    refuses(
        rows, "{\"c\": \"blue\", \"l\": 8, \"h\": \"bücher.example\"}",
        "p.json:1:7: error: \"c\": want a colour such as #fff or #0a5ea8, got \"blue\"\n"
        "p.json:1:20: error: \"l\": want a length such as 0, 8px, 0.5rem or 50%, got 8\n"
        "p.json:1:28: error: \"h\": want a host name such as support.example.com, perhaps with a port, got "
        "\"bücher.example\"; write international names in their xn-- form\n");
}

static void choices_name_all_there_are(void **state)
{
    (void)state;
    static const char *const types[] = {"text", "textarea", "select", NULL};
    const struct setting table[] = {{.key = "type", .type = SETTING_CHOICE, .choices = types}, {0}};
    completes(table, "{\"type\": \"select\"}", "{\"type\":\"select\"}");
    refuses(
        table, "{\"type\": \"Text\"}",
        "p.json:1:10: error: \"type\": want \"text\", \"textarea\" or \"select\", got \"Text\"; did you mean "
        "\"text\"?\n");
    refuses(table, "{\"type\": 5}",
            "p.json:1:10: error: \"type\": want \"text\", \"textarea\" or \"select\", got 5\n");
    refuses(table, "{\"type\": 5.25}",
            "p.json:1:10: error: \"type\": want \"text\", \"textarea\" or \"select\", got 5.25\n");
}

static void a_guessed_tag_or_slug_is_always_a_good_one(void **state)
{
    (void)state;
    static const struct setting tag[] = {{.key = "k", .type = SETTING_LOCALE}, {0}};
    static const struct setting slug[] = {{.key = "k", .type = SETTING_SLUG}, {0}};
#define TAG "p.json:1:7: error: \"k\": want a language tag such as en, pt-BR or zh-Hans, got "
#define SLUG                                                                                                 \
    "p.json:1:7: error: \"k\": want a path such as / or /support/, of lower case letters, digits and -, "    \
    "got "
    refuses(tag, "{\"k\": \"ZH_hans\"}", TAG "\"ZH_hans\"; did you mean \"zh-Hans\"?\n");
    refuses(tag, "{\"k\": \"PT-br\"}", TAG "\"PT-br\"; did you mean \"pt-BR\"?\n");
    refuses(tag, "{\"k\": \"deutsch\"}", TAG "\"deutsch\"\n");
    refuses(tag, "{\"k\": \"\"}", TAG "\"\"\n");
    refuses(slug, "{\"k\": \"help/desk\"}", SLUG "\"help/desk\"; did you mean \"/help/desk/\"?\n");
    refuses(slug, "{\"k\": \"\"}", SLUG "\"\"; did you mean \"/\"?\n");
    refuses(slug, "{\"k\": \"/Support/\"}", SLUG "\"/Support/\"\n");
}

static void defaults_alone_make_a_document_unless_something_is_required(void **state)
{
    (void)state;
    json_t *defaults = settings_defaults(ticket_fields);
    char *text = json_dumps(defaults, JSON_COMPACT);
    assert_string_equal(text, "{\"per_page\":25,\"permission\":\"own\",\"reply_to_closed\":true}");
    free(text);
    json_decref(defaults);
    assert_null(settings_defaults(portal));
}

static void a_wrong_default_in_the_table_is_no_secret(void **state)
{
    (void)state;
    static const struct setting range[] = {
        {.key = "n", .type = SETTING_INT, .fallback = "200", .min = 1, .max = 100}, {0}};
    static const struct setting syntax[] = {{.key = "n", .type = SETTING_ID, .fallback = "en"}, {0}};
    assert_null(settings_defaults(range));
    refuses(range, "{}", "error: \"n\": want a whole number from 1 to 100, got 200\n");
    completes(range, "{\"n\": 5}", "{\"n\":5}");
    refuses(syntax, "{}", "error: \"n\": the default is not JSON\n");
}

static void the_input_document_is_left_as_it_was(void **state)
{
    (void)state;
    struct diag *diag = diag_new();
    struct json_doc doc;
    const char *text = "{\"name\": \"A\", \"tickets\": {}}";
    assert_true(json_doc_parse(&doc, "p.json", text, strlen(text), diag));
    json_t *before = json_deep_copy(doc.root);
    json_t *completed = settings_check(portal, &doc, diag);
    assert_non_null(completed);
    assert_true(json_equal(before, doc.root));
    json_decref(before);
    json_doc_release(&doc);
    assert_string_equal(json_string_value(json_object_get(json_object_get(completed, "name"), "*")), "A");
    json_decref(completed);
    diag_free(diag);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_default_is_filled_in),
        cmocka_unit_test(what_is_given_stays_in_the_order_of_the_table),
        cmocka_unit_test(null_means_absent),
        cmocka_unit_test(a_draft_has_null_in_place_of_what_was_refused),
        cmocka_unit_test(a_misspelt_key_is_not_missed_as_well),
        cmocka_unit_test(all_errors_come_at_once_with_their_places),
        cmocka_unit_test(the_document_itself_is_an_object),
        cmocka_unit_test(an_unknown_key_far_from_all_lists_those_there_are),
        cmocka_unit_test(texts_by_language_name_real_languages),
        cmocka_unit_test(lengths_count_characters),
        cmocka_unit_test(lists_and_maps_have_limits),
        cmocka_unit_test(a_long_value_is_shown_by_its_beginning),
        cmocka_unit_test(keys_with_slashes_and_tildes_are_found_too),
        cmocka_unit_test(whole_numbers_lie_within_their_limits),
        cmocka_unit_test(yes_and_no_are_true_and_false),
        cmocka_unit_test(texts_have_no_controls_and_a_length),
        cmocka_unit_test(texts_without_limits_end_at_ten_thousand_characters),
        cmocka_unit_test(tags_are_written_one_way),
        cmocka_unit_test(formats_are_explained_by_an_example),
        cmocka_unit_test(choices_name_all_there_are),
        cmocka_unit_test(a_guessed_tag_or_slug_is_always_a_good_one),
        cmocka_unit_test(defaults_alone_make_a_document_unless_something_is_required),
        cmocka_unit_test(a_wrong_default_in_the_table_is_no_secret),
        cmocka_unit_test(the_input_document_is_left_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
