/* CSV files as people export them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../api/ops/csv_read.h"

#include <stdlib.h>
#include <string.h>

static struct arena *arena;
static struct diag *diag;

static int setup(void **state)
{
    (void)state;
    arena = arena_new(0);
    diag = diag_new();
    return arena && diag ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    diag_free(diag);
    return 0;
}

static struct csv_row *read_text(const char *text)
{
    return csv_read(arena, "people.csv", text, strlen(text), diag);
}

static void assert_row(const struct csv_row *row, size_t count, const char *const *cells)
{
    assert_non_null(row);
    assert_int_equal(row->count, count);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(row->cells[i].text, cells[i]);
}

#define ASSERT_ROW(row, ...)                                                                                 \
    assert_row((row), sizeof((const char *[]){__VA_ARGS__}) / sizeof(const char *),                          \
               (const char *[]){__VA_ARGS__})

static void assert_refused(const char *text, const char *expected)
{
    char *said = NULL;
    size_t len;
    assert_null(read_text(text));
    FILE *out = open_memstream(&said, &len);
    assert_non_null(out);
    diag_print(diag, out);
    fclose(out);
    if (!strstr(said, expected))
        print_error("said: %swant: %s\n", said, expected);
    assert_non_null(strstr(said, expected));
    free(said);
}

static void rows_and_cells_are_as_they_stand(void **state)
{
    (void)state;
    const struct csv_row *row = read_text("email,name\nanna@a.example, Anna Berg \nben@a.example,\n");
    ASSERT_ROW(row, "email", "name");
    ASSERT_ROW(row->next, "anna@a.example", "Anna Berg");
    ASSERT_ROW(row->next->next, "ben@a.example", "");
    assert_null(row->next->next->next);
}

static void a_mark_carriage_returns_and_empty_lines_are_fine(void **state)
{
    (void)state;
    const struct csv_row *row = read_text("\xef\xbb\xbf"
                                          "email,name\r\n\r\nanna@a.example,Anna\r\n,,\r\n\n");
    ASSERT_ROW(row, "email", "name");
    ASSERT_ROW(row->next, "anna@a.example", "Anna");
    assert_null(row->next->next);
    assert_int_equal(row->cells[0].col, 1);
    assert_int_equal(row->next->cells[0].line, 3);
}

static void semicolons_and_tabs_separate_too(void **state)
{
    (void)state;
    const struct csv_row *row = read_text("email;name;company\na@a.example;Berg, Anna;Acme\n");
    ASSERT_ROW(row->next, "a@a.example", "Berg, Anna", "Acme");
    row = read_text("email\tname\na@a.example\tBerg; Anna");
    ASSERT_ROW(row->next, "a@a.example", "Berg; Anna");
}

static void quotes_hold_separators_quotes_and_lines(void **state)
{
    (void)state;
    const struct csv_row *row = read_text(
        "email,name,x\n\"a@a.example\" , \"Berg, \"\"Anna\"\"\",\"two\nlines\"\nb@a.example,\"\",3\n");
    ASSERT_ROW(row->next, "a@a.example", "Berg, \"Anna\"", "two\nlines");
    ASSERT_ROW(row->next->next, "b@a.example", "", "3");
    assert_int_equal(row->next->next->cells[0].line, 4);
}

static void every_cell_knows_its_place(void **state)
{
    (void)state;
    const struct csv_row *row = read_text("a,b\n  one,\"two\"\n");
    assert_int_equal(row->next->cells[0].line, 2);
    assert_int_equal(row->next->cells[0].col, 3);
    assert_int_equal(row->next->cells[1].col, 7);
}

static void a_quote_that_never_closes_is_told_where_it_opens(void **state)
{
    (void)state;
    assert_refused("email,name\na@a.example,\"Anna\nb@a.example,Ben\n",
                   "people.csv:2:13: error: a quote opens here and never closes");
}

static void a_quote_within_quotes_must_be_doubled(void **state)
{
    (void)state;
    assert_refused("email,name\n\"Anna\" Berg,x\n",
                   "people.csv:2:8: error: want a separator after the closing");
}

static void what_is_no_text_is_refused(void **state)
{
    (void)state;
    assert_refused("email,name\nM\xfcller,x\n", "people.csv:2:2: error: want UTF-8 text");
    assert_null(csv_read(arena, "people.csv", "email\0x", 7, diag));
}

static void an_empty_file_is_refused(void **state)
{
    (void)state;
    assert_refused("", "people.csv: error: is empty");
    assert_refused("\n\r\n,,\n", "people.csv: error: is empty");
}

static void columns_have_a_limit(void **state)
{
    char text[2 * CSV_COLUMNS_MAX + 8];
    (void)state;
    memset(text, ',', sizeof text);
    text[0] = 'a';
    text[sizeof text - 1] = '\0';
    assert_refused(text, "want at most 200 columns");
}

/* What many quoted cells cost grows with the file, and not with its square. */
static void a_long_file_of_quotes_takes_little_memory(void **state)
{
    (void)state;
    static char text[20000 * 5 + 1];
    for (size_t i = 0; i < 20000; i++)
        memcpy(text + 5 * i, "\"ab\"\n", 5);
    assert_non_null(read_text(text));
    assert_true(arena_used(arena) < 4u * 1024 * 1024);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(rows_and_cells_are_as_they_stand),
        TEST(a_mark_carriage_returns_and_empty_lines_are_fine),
        TEST(semicolons_and_tabs_separate_too),
        TEST(quotes_hold_separators_quotes_and_lines),
        TEST(every_cell_knows_its_place),
        TEST(a_quote_that_never_closes_is_told_where_it_opens),
        TEST(a_quote_within_quotes_must_be_doubled),
        TEST(what_is_no_text_is_refused),
        TEST(an_empty_file_is_refused),
        TEST(columns_have_a_limit),
        TEST(a_long_file_of_quotes_takes_little_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
