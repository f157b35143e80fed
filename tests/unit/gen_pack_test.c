/* What is packed unpacks to the same, always from the same bytes; what is something else is told apart. */
#include "lib_test.h"

#include "../../gen/assets/pack.h"

static const struct pack *const packs[] = {&pack_brotli, &pack_gzip};

static char *make_text(size_t len)
{
    char *text = malloc(len + 1);
    assert_non_null(text);
    for (size_t i = 0; i < len; i++)
        text[i] = "<p>Bonjour, how are you?</p>\n"[(i * i / 7) % 29];
    text[len] = '\0';
    return text;
}

static void assert_round_trip(const struct pack *pack, size_t len)
{
    struct buf one, two;
    buf_init(&one, 1024 * 1024);
    buf_init(&two, 1024 * 1024);
    char *text = make_text(len);
    assert_true(pack->pack(text, len, PACK_ONCE, &one));
    assert_true(pack->pack(text, len, PACK_ONCE, &two));
    assert_int_equal(one.len, two.len);
    assert_memory_equal(one.data, two.data, one.len);
    assert_true(pack->holds(one.data, one.len, text, len));
    assert_false(pack->holds(one.data, one.len - 1, text, len));
    assert_false(pack->holds(one.data, one.len, text, len + 1));
    if (len > 0) {
        assert_false(pack->holds(one.data, one.len, text, len - 1));
        text[len / 2] ^= 1;
        assert_false(pack->holds(one.data, one.len, text, len));
    }
    buf_addc(&one, 'x');
    assert_false(pack->holds(one.data, one.len, text, len));
    free(text);
    buf_release(&one);
    buf_release(&two);
}

static void what_is_packed_unpacks_to_the_same(void **state)
{
    static const size_t lens[] = {0, 1, 1024, 16 * 1024, 16 * 1024 + 1, 200000};
    (void)state;
    for (size_t i = 0; i < 2 * sizeof lens / sizeof lens[0]; i++)
        assert_round_trip(packs[i % 2], lens[i / 2]);
}

static void what_is_not_packed_is_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        assert_false(packs[i]->holds("", 0, "abc", 3));
        assert_false(packs[i]->holds("abc", 3, "abc", 3));
        assert_false(packs[i]->holds("\x1f\x8b\x08\0\0\0\0\0\0", 10, "abc", 3));
    }
}

static void there_may_be_no_room(void **state)
{
    char *text = make_text(10000);
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct buf out;
        buf_init(&out, 10);
        assert_false(packs[i]->pack(text, 10000, PACK_OFTEN, &out));
        buf_release(&out);
    }
    free(text);
}

/* RFC 1952, section 2.3: no name, no comment, no time. */
static void the_head_of_gzip_tells_nothing(void **state)
{
    struct buf out;
    (void)state;
    buf_init(&out, 1000);
    assert_true(pack_gzip.pack("abc", 3, PACK_OFTEN, &out));
    assert_memory_equal(out.data, "\x1f\x8b\x08\0\0\0\0\0", 8);
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_packed_unpacks_to_the_same),
        cmocka_unit_test(what_is_not_packed_is_told),
        cmocka_unit_test(there_may_be_no_room),
        cmocka_unit_test(the_head_of_gzip_tells_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
