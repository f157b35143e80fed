#include "lib_test.h"

#include "../../gen/parallel.h"

enum { MANY = 5000 };

static void note(void *context, size_t index, struct worker *worker)
{
    const char **texts = context;
    buf_reset(&worker->scratch);
    buf_addf(&worker->scratch, "job %zu", index);
    texts[index] = arena_strdup(worker->arena, worker->scratch.data);
    if (index % 1000 == 7)
        diag_error(worker->diag, (struct place){.line = 1}, "odd %zu", index);
}

static void every_job_is_done_once_and_all_errors_arrive(void **state)
{
    (void)state;
    static const char *texts[MANY];
    struct diag *diag = diag_new();
    struct parallel *parallel = parallel_new();
    parallel_run(parallel, MANY, note, texts, diag);
    assert_int_equal(diag_errors(diag), 5);
    for (size_t i = 0; i < MANY; i++) {
        char wanted[40];
        snprintf(wanted, sizeof wanted, "job %zu", i);
        assert_string_equal(texts[i], wanted);
    }
    parallel_free(parallel);
    diag_free(diag);
}

static void one_pool_serves_several_runs(void **state)
{
    (void)state;
    const char *texts[3] = {0};
    struct diag *diag = diag_new();
    struct parallel *parallel = parallel_new();
    parallel_run(parallel, 0, note, NULL, diag);
    parallel_run(parallel, 3, note, texts, diag);
    const char *first = texts[0];
    parallel_run(parallel, 2, note, texts, diag);
    assert_string_equal(first, "job 0");
    assert_string_equal(texts[2], "job 2");
    assert_int_equal(diag_errors(diag), 0);
    parallel_free(parallel);
    parallel_free(NULL);
    diag_free(diag);
}

static void work_goes_on_beside_other_work(void **state)
{
    (void)state;
    static const char *texts[MANY], *beside[1];
    struct diag *diag = diag_new();
    struct parallel *parallel = parallel_new();
    for (size_t i = 0; i < 2; i++) {
        beside[0] = NULL;
        parallel_begin(parallel, note, beside);
        parallel_run(parallel, MANY, note, texts, diag);
        parallel_wait(parallel, diag);
        assert_string_equal(beside[0], "job 0");
        assert_string_equal(texts[MANY - 1], "job 4999");
    }
    parallel_free(parallel);
    diag_free(diag);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_job_is_done_once_and_all_errors_arrive),
        cmocka_unit_test(one_pool_serves_several_runs),
        cmocka_unit_test(work_goes_on_beside_other_work),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
