/* Every setting has a label and a help, for an editor and for the reference; every default is a good one. */
#include "lib_test.h"

#include "../../gen/schema/files.h"
#include "../../gen/theme/declarations.h"

static size_t wordless;

static bool is_word(const char *text)
{
    return text && text[0] && text[strlen(text) - 1] != ' ';
}

static void look(const char *path, const struct setting *row)
{
    char below[400];
    if (row->key && (!is_word(row->label) || !is_word(row->help))) {
        print_error("%s: wants a label and a help\n", path);
        wordless++;
    }
    if (row->type == SETTING_LIST || row->type == SETTING_MAP) {
        snprintf(below, sizeof below, "%s[]", path);
        look(below, row->fields);
    }
    for (const struct setting *each = row->fields; row->type == SETTING_GROUP && each->key; each++) {
        snprintf(below, sizeof below, "%s.%s", path, each->key);
        look(below, each);
    }
}

static void look_at_rows(const char *file, const struct setting *rows)
{
    const struct setting whole = {.type = SETTING_GROUP, .fields = rows};
    look(file, &whole);
}

static void every_setting_has_a_label_and_a_help(void **state)
{
    (void)state;
    for (const struct schema_page *page = schema_pages; page->name; page++)
        look_at_rows(page->file, page->rows);
    for (const struct theme_type *type = theme_types; type->name; type++)
        look_at_rows(type->name, type->rows);
    assert_int_equal(wordless, 0);
}

/* A row that must be there cannot be told apart from one that has a default. */
static void nothing_is_required_and_has_a_default(const struct setting *rows)
{
    for (; rows->key; rows++) {
        assert_false(rows->required && rows->fallback);
        if (rows->fallback) {
            const struct setting table[] = {*rows, {0}};
            json_t *defaults = settings_defaults(table);
            if (!defaults)
                fail_msg("%s: its default is refused", rows->key);
            json_decref(defaults);
        }
        if (rows->type == SETTING_GROUP)
            nothing_is_required_and_has_a_default(rows->fields);
        else if (rows->type == SETTING_LIST || rows->type == SETTING_MAP)
            nothing_is_required_and_has_a_default(
                rows->fields->type == SETTING_GROUP ? rows->fields->fields : (const struct setting[]){{0}});
    }
}

static void every_default_is_taken(void **state)
{
    (void)state;
    for (const struct schema_page *page = schema_pages; page->name; page++)
        nothing_is_required_and_has_a_default(page->rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_setting_has_a_label_and_a_help),
        cmocka_unit_test(every_default_is_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
