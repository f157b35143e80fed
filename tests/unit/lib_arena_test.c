#include "lib_test.h"

#include "../../lib/arena.h"

#include <stdalign.h>
#include <stdint.h>

static void memory_comes_zeroed_and_aligned_for_any_type(void **state)
{
    (void)state;
    struct arena *arena = arena_new(0);
    for (size_t size = 1; size < 300; size++) {
        unsigned char *bytes = arena_alloc(arena, size);
        assert_non_null(bytes);
        assert_int_equal((uintptr_t)bytes % alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(bytes[i], 0);
        memset(bytes, 0xA5, size);
    }
    arena_free(arena);
}

static void pieces_never_overlap(void **state)
{
    (void)state;
    enum { COUNT = 2000 };
    struct arena *arena = arena_new(0);
    unsigned char **pieces = arena_alloc(arena, COUNT * sizeof *pieces);
    for (size_t i = 0; i < COUNT; i++) {
        pieces[i] = i % 2 ? arena_room(arena, i % 97 + 1) : arena_alloc(arena, i % 97 + 1);
        memset(pieces[i], (int)(i % 251), i % 97 + 1);
    }
    for (size_t i = 0; i < COUNT; i++) {
        for (size_t j = 0; j < i % 97 + 1; j++)
            assert_int_equal(pieces[i][j], i % 251);
    }
    arena_free(arena);
}

static void a_request_larger_than_any_block_is_served(void **state)
{
    (void)state;
    struct arena *arena = arena_new(0);
    char *small = arena_strdup(arena, "before");
    char *large = arena_alloc(arena, 5 * 1024 * 1024);
    assert_non_null(large);
    large[5 * 1024 * 1024 - 1] = 'x';
    assert_string_equal(arena_strdup(arena, "after"), "after");
    assert_string_equal(small, "before");
    assert_true(arena_used(arena) >= 5 * 1024 * 1024);
    arena_free(arena);
}

static void the_ceiling_is_never_passed_and_may_be_reached(void **state)
{
    (void)state;
    struct arena *arena = arena_new(100 * 1024);
    size_t served = 0;
    while (arena_alloc(arena, 1000))
        served += 1000;
    assert_true(served <= 100 * 1024);
    assert_true(served >= 90 * 1024);
    assert_true(arena_used(arena) <= 100 * 1024);
    arena_free(arena);

    arena = arena_new(1000);
    assert_non_null(arena_alloc(arena, 1000));
    assert_null(arena_alloc(arena, 1));
    arena_free(arena);
}

static void a_refused_request_leaves_the_arena_usable(void **state)
{
    (void)state;
    struct arena *arena = arena_new(4096);
    assert_null(arena_alloc(arena, 5000));
    assert_null(arena_alloc(arena, SIZE_MAX));
    assert_null(arena_room(arena, SIZE_MAX));
    assert_null(arena_alloc(arena, SIZE_MAX - 8));
    assert_null(arena_strndup(arena, "x", SIZE_MAX));
    assert_string_equal(arena_strdup(arena, "still here"), "still here");
    arena_free(arena);
}

static void an_empty_request_has_an_address_of_its_own(void **state)
{
    (void)state;
    struct arena *arena = arena_new(0);
    void *first = arena_alloc(arena, 0), *second = arena_alloc(arena, 0);
    assert_non_null(first);
    assert_non_null(second);
    assert_ptr_not_equal(first, second);
    arena_free(arena);
}

static void copies_end_with_a_nul(void **state)
{
    (void)state;
    struct arena *arena = arena_new(0);
    assert_string_equal(arena_strndup(arena, "guichet", 3), "gui");
    assert_string_equal(arena_strndup(arena, NULL, 0), "");
    assert_string_equal(arena_strdup(arena, ""), "");
    char *with_nul = arena_strndup(arena, "a\0b", 3);
    assert_memory_equal(with_nul, "a\0b", 4);
    arena_free(arena);
}

static void printing_takes_texts_of_any_length(void **state)
{
    (void)state;
    struct arena *arena = arena_new(0);
    assert_string_equal(arena_printf(arena, "%s-%d", "ticket", 1042), "ticket-1042");
    for (int len = 250; len < 262; len++) {
        char *text = arena_printf(arena, "%*d", len, 7);
        assert_int_equal(strlen(text), len);
        assert_int_equal(text[len - 1], '7');
    }
    assert_int_equal(strlen(arena_printf(arena, "%100000d", 1)), 100000);
    arena_free(arena);

    arena = arena_new(500);
    assert_null(arena_printf(arena, "%600d", 1));
    arena_free(arena);
}

static void reset_gives_the_memory_back_for_reuse(void **state)
{
    (void)state;
    struct arena *arena = arena_new(8192);
    arena_reset(arena);
    for (int round = 0; round < 100; round++) {
        unsigned char *bytes = arena_alloc(arena, 3000);
        assert_non_null(bytes);
        for (size_t i = 0; i < 3000; i++)
            assert_int_equal(bytes[i], 0);
        memset(bytes, 0xFF, 3000);
        assert_non_null(arena_alloc(arena, 3000));
        arena_reset(arena);
        assert_int_equal(arena_used(arena), 0);
    }
    arena_free(arena);
    arena_free(NULL);
}

static void items_that_grow_one_by_one_keep_their_values(void **state)
{
    (void)state;
    struct arena *arena = arena_new(0);
    size_t cap = 0;
    int *items = NULL;
    for (int i = 0; i < 1000; i++) {
        items = arena_more(arena, items, (size_t)i, &cap, sizeof *items);
        assert_non_null(items);
        assert_true(cap > (size_t)i);
        items[i] = i;
    }
    for (int i = 0; i < 1000; i++)
        assert_int_equal(items[i], i);
    assert_ptr_equal(arena_more(arena, items, 1000, &cap, sizeof *items), items);
    arena_free(arena);
}

static void items_that_the_ceiling_keeps_from_growing_stay(void **state)
{
    (void)state;
    struct arena *arena = arena_new(4096);
    size_t cap = 0, before = 0;
    int *items = arena_more(arena, NULL, 0, &cap, sizeof *items);
    assert_non_null(items);
    for (int *more = items; more; more = arena_more(arena, items, cap, &cap, sizeof *items)) {
        items = more;
        before = cap;
        items[cap - 1] = 7;
    }
    assert_int_equal(cap, before);
    assert_int_equal(items[cap - 1], 7);
    assert_null(arena_more(arena, NULL, 0, &(size_t){0}, SIZE_MAX / 2));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_comes_zeroed_and_aligned_for_any_type),
        cmocka_unit_test(pieces_never_overlap),
        cmocka_unit_test(a_request_larger_than_any_block_is_served),
        cmocka_unit_test(the_ceiling_is_never_passed_and_may_be_reached),
        cmocka_unit_test(a_refused_request_leaves_the_arena_usable),
        cmocka_unit_test(an_empty_request_has_an_address_of_its_own),
        cmocka_unit_test(copies_end_with_a_nul),
        cmocka_unit_test(printing_takes_texts_of_any_length),
        cmocka_unit_test(items_that_grow_one_by_one_keep_their_values),
        cmocka_unit_test(items_that_the_ceiling_keeps_from_growing_stay),
        cmocka_unit_test(reset_gives_the_memory_back_for_reuse),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
