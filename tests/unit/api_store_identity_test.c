/* Whom a provider means: by issuer and subject; by an address only once, only verified, only where that is
 * set (T10). */
#include "api_store_fixture.h"

#include "../../api/store/identity.h"

#define NOW 1800000000000

static enum identity_answer find(struct fixture *fixture, const struct identity_seek *seek,
                                 struct person *person)
{
    enum identity_answer answer;
    assert_int_equal(identity_find(fixture->store, fixture->arena, seek, NOW, person, &answer), RC_OK);
    return answer;
}

static struct identity_seek seek_of(const char *issuer, const char *subject, const char *email)
{
    return (struct identity_seek){.issuer = issuer,
                                  .subject = subject,
                                  .email = email,
                                  .link = true,
                                  .create = true,
                                  .first_name = "Nadia",
                                  .last_name = "Novak",
                                  .locale = "en"};
}

static void test_a_made_contact_is_found_by_the_subject(void **state)
{
    struct fixture *fixture = *state;
    struct person made, again;
    struct identity_seek seek = seek_of("https://a.example", "1", "nadia@new.example");
    assert_int_equal(find(fixture, &seek, &made), IDENTITY_FOUND);
    assert_string_equal(made.email, "nadia@new.example");
    assert_int_equal(made.role, ROLE_CONTACT);
    seek.email = NULL;
    seek.create = seek.link = false;
    assert_int_equal(find(fixture, &seek, &again), IDENTITY_FOUND);
    assert_int_equal(again.id, made.id);
}

static void test_who_has_an_identity_is_found_by_no_address(void **state)
{
    struct fixture *fixture = *state;
    struct person person;
    struct identity_seek first = seek_of("https://a.example", "1", "nadia@new.example");
    struct identity_seek same = seek_of("https://a.example", "2", "NADIA@new.example");
    struct identity_seek other = seek_of("https://b.example", "1", "nadia@new.example");
    assert_int_equal(find(fixture, &first, &person), IDENTITY_FOUND);
    assert_int_equal(find(fixture, &same, &person), IDENTITY_TAKEN);
    assert_int_equal(find(fixture, &other, &person), IDENTITY_TAKEN);
}

static void test_nobody_is_made_or_found_where_that_is_not_set(void **state)
{
    struct fixture *fixture = *state;
    struct person person;
    struct identity_seek seek = seek_of("https://a.example", "1", NULL);
    assert_int_equal(find(fixture, &seek, &person), IDENTITY_NO_EMAIL);
    seek.email = "nadia@new.example";
    seek.create = false;
    assert_int_equal(find(fixture, &seek, &person), IDENTITY_UNKNOWN);
    seek.link = false;
    assert_int_equal(find(fixture, &seek, &person), IDENTITY_UNKNOWN);
}

static void test_a_contact_is_no_staff(void **state)
{
    struct fixture *fixture = *state;
    struct person person;
    struct identity_seek seek = seek_of("https://a.example", "1", "nadia@new.example");
    assert_int_equal(find(fixture, &seek, &person), IDENTITY_FOUND);
    seek.staff = true;
    assert_int_equal(find(fixture, &seek, &person), IDENTITY_UNKNOWN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_made_contact_is_found_by_the_subject, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_who_has_an_identity_is_found_by_no_address, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_nobody_is_made_or_found_where_that_is_not_set, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_a_contact_is_no_staff, fixture_setup, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
