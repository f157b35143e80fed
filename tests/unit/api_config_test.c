/* Deployment settings: options win over the environment, it over the file, that over defaults; slips are
 * told. */
#include "../../api/ops/config.h"

#include "../../lib/fs.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct fixture {
    struct arena *arena;
    struct diag *diag;
    struct config config;
    char file[64];
};

static int begin(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    fixture->arena = arena_new(0);
    fixture->diag = diag_new();
    strcpy(fixture->file, "/tmp/guichet-config-XXXXXX");
    int fd = mkstemp(fixture->file);
    if (fd >= 0)
        close(fd);
    for (const struct config_row *row = config_rows(); row->name; row++)
        unsetenv(row->name);
    unsetenv("GUICHET_CONFIG");
    *state = fixture;
    return fd < 0 ? -1 : 0;
}

static int end(void **state)
{
    struct fixture *fixture = *state;
    unlink(fixture->file);
    diag_free(fixture->diag);
    arena_free(fixture->arena);
    free(fixture);
    return 0;
}

static enum config_answer read_with(struct fixture *fixture, const char *text, char *const *args)
{
    if (text) {
        assert_int_equal(fs_write(fixture->file, text, strlen(text), false), 0);
        setenv("GUICHET_CONFIG", fixture->file, 1);
    }
    return config_read(&fixture->config, fixture->arena, args, fixture->diag);
}

static void assert_says(struct fixture *fixture, const char *want)
{
    char *text;
    size_t len;
    FILE *out = open_memstream(&text, &len);
    diag_print(fixture->diag, out);
    fclose(out);
    if (!strstr(text, want))
        fail_msg("want \"%s\" in:\n%s", want, text);
    free(text);
}

static void without_anything_the_defaults_hold(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(read_with(fixture, NULL, NULL), CONFIG_OK);
    assert_string_equal(fixture->config.listen, "127.0.0.1:8080");
    assert_string_equal(fixture->config.data, "data");
    assert_string_equal(fixture->config.origin, "");
    assert_int_equal(fixture->config.threads, 256);
    assert_int_equal(fixture->config.log, LOG_INFO);
}

static void the_strongest_source_wins(void **state)
{
    struct fixture *fixture = *state;
    char *args[] = {(char[]){"--data"}, (char[]){"option"}, (char[]){"--threads=8"}, NULL};
    setenv("GUICHET_DATA", "environment", 1);
    setenv("GUICHET_SITE", "", 1);
    setenv("GUICHET_LOG", "warning", 1);
    assert_int_equal(read_with(fixture,
                               "# a comment\n\n GUICHET_DATA = file \nGUICHET_LOG=debug\r\n"
                               "GUICHET_PORTAL=from/file\nGUICHET_PROXY=10.0.0.1,10.0.0.2",
                               args),
                     CONFIG_OK);
    assert_string_equal(fixture->config.data, "option");
    assert_string_equal(fixture->config.site, "");
    assert_int_equal(fixture->config.log, LOG_WARNING);
    assert_string_equal(fixture->config.portal, "from/file");
    assert_string_equal(fixture->config.proxy, "10.0.0.1,10.0.0.2");
    assert_int_equal(fixture->config.threads, 8);
}

static void all_slips_of_the_file_are_told_with_their_line(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(
        read_with(fixture, "GUICHET_DATE=x\nnonsense\nGUICHET_THREADS=many\nGUICHET_LOG=loud\n", NULL),
        CONFIG_REFUSED);
    assert_int_equal(diag_errors(fixture->diag), 4);
    assert_says(fixture, ":1:1: error: unknown setting \"GUICHET_DATE\"; did you mean \"GUICHET_DATA\"?");
    assert_says(fixture, ":2:1: error: want NAME=VALUE, got \"nonsense\"");
    assert_says(fixture, ":3:1: error: GUICHET_THREADS: want a whole number from 4 to 4096, got \"many\"");
    assert_says(fixture, ":4:1: error: GUICHET_LOG: want error, warning, info or debug, got \"loud\"");
}

static void a_missing_file_is_told(void **state)
{
    struct fixture *fixture = *state;
    setenv("GUICHET_CONFIG", "/nowhere/at/all", 1);
    assert_int_equal(read_with(fixture, NULL, NULL), CONFIG_REFUSED);
    assert_says(fixture, "/nowhere/at/all");
}

static void numbers_have_limits(void **state)
{
    static const char *const bad[] = {"3", "4097", "", " 8", "8 ", "8.5", "99999999999999999999"};
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        setenv("GUICHET_THREADS", bad[i], 1);
        if (read_with(fixture, NULL, NULL) != CONFIG_REFUSED)
            fail_msg("\"%s\" is taken", bad[i]);
    }
}

static void proxies_are_addresses(void **state)
{
    static const char *const bad[] = {"nginx",  "10.0.0.0/8",  "10.0.0.1;10.0.0.2",
                                      "10.0.0", "10.0.0.1:80", "10.0.0.1, nginx"};
    struct fixture *fixture = *state;
    setenv("GUICHET_PROXY", " 10.0.0.1,, ::1 ", 1);
    assert_int_equal(read_with(fixture, NULL, NULL), CONFIG_OK);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        setenv("GUICHET_PROXY", bad[i], 1);
        if (read_with(fixture, NULL, NULL) != CONFIG_REFUSED)
            fail_msg("\"%s\" is taken", bad[i]);
    }
    assert_says(fixture, "GUICHET_PROXY: want IP addresses, separated by commas, got \"nginx\"");
}

static enum config_answer read_three(struct fixture *fixture, const char *smtp, const char *imap,
                                     const char *listen)
{
    setenv("GUICHET_SMTP", smtp, 1);
    setenv("GUICHET_IMAP", imap, 1);
    setenv("GUICHET_LISTEN", listen, 1);
    return read_with(fixture, NULL, NULL);
}

static void addresses_have_ports_that_can_be(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(
        read_three(fixture, "smtp://mail.example.com:65535", "imap://[::1]:143/In", "localhost:0"),
        CONFIG_OK);
    assert_int_equal(read_three(fixture, "smtp://mail.example.com", "imaps://[::1]/In", "127.0.0.1:65535"),
                     CONFIG_OK);
    assert_int_equal(read_three(fixture, "smtp://h:0", "imaps://h:65536/In", ":8080"), CONFIG_REFUSED);
    assert_says(fixture, "GUICHET_SMTP: want smtp://HOST:PORT or smtps://HOST:PORT, got \"smtp://h:0\"");
    assert_says(fixture, "got \"imaps://h:65536/In\"");
    assert_says(fixture, "GUICHET_LISTEN: want an IPv4 address with a port");
    assert_int_equal(read_three(fixture, "smtp://:587", "imaps://h:", "127.0.0.1:65536"), CONFIG_REFUSED);
    assert_says(fixture, "got \"smtp://:587\"");
    assert_says(fixture, "got \"imaps://h:\"");
    assert_says(fixture, "got \"127.0.0.1:65536\"");
}

static void a_wrong_command_line_is_a_matter_of_usage(void **state)
{
    struct fixture *fixture = *state;
    char *unknown[] = {(char[]){"--lisen=1"}, NULL};
    char *lacking[] = {(char[]){"--data"}, NULL};
    char *stray[] = {(char[]){"data"}, NULL};
    assert_int_equal(read_with(fixture, NULL, unknown), CONFIG_USAGE);
    assert_says(fixture, "unknown option \"--lisen\"; did you mean \"--listen\"?");
    assert_int_equal(read_with(fixture, NULL, lacking), CONFIG_USAGE);
    assert_says(fixture, "--data wants a value: DIR");
    assert_int_equal(read_with(fixture, NULL, stray), CONFIG_USAGE);
    assert_says(fixture, "unknown argument \"data\"");
}

static void every_row_is_explained(void **state)
{
    (void)state;
    for (const struct config_row *row = config_rows(); row->name; row++) {
        assert_int_equal(strncmp(row->name, "GUICHET_", 8), 0);
        assert_int_equal(strncmp(row->option, "--", 2), 0);
        assert_true(strlen(row->help) > 10);
        assert_non_null(row->fallback);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(without_anything_the_defaults_hold, begin, end),
        cmocka_unit_test_setup_teardown(the_strongest_source_wins, begin, end),
        cmocka_unit_test_setup_teardown(all_slips_of_the_file_are_told_with_their_line, begin, end),
        cmocka_unit_test_setup_teardown(a_missing_file_is_told, begin, end),
        cmocka_unit_test_setup_teardown(numbers_have_limits, begin, end),
        cmocka_unit_test_setup_teardown(proxies_are_addresses, begin, end),
        cmocka_unit_test_setup_teardown(addresses_have_ports_that_can_be, begin, end),
        cmocka_unit_test_setup_teardown(a_wrong_command_line_is_a_matter_of_usage, begin, end),
        cmocka_unit_test(every_row_is_explained),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
