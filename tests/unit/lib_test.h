/*
 * What the library's tests share: cmocka as it wants to be included, and temporary folders.
 */
#ifndef GUICHET_LIB_TEST_H
#define GUICHET_LIB_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../lib/diag.h"
#include "../../lib/fs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What diag_print() says, to be freed. */
static inline char *printed(const struct diag *diag)
{
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    assert_non_null(out);
    diag_print(diag, out);
    fclose(out);
    return text;
}

#define assert_printed(diag, wanted)                                                                         \
    do {                                                                                                     \
        char *said_ = printed(diag);                                                                         \
        assert_string_equal(said_, wanted);                                                                  \
        free(said_);                                                                                         \
    } while (0)

/* cmocka setup and teardown: *state is the path of an empty folder that is gone afterwards. */
static inline int folder_setup(void **state)
{
    char *path = strdup("/tmp/guichet-test-XXXXXX");
    *state = path;
    return path && mkdtemp(path) ? 0 : -1;
}

static inline int folder_teardown(void **state)
{
    int error = fs_remove_tree(*state);
    free(*state);
    return error;
}

#define folder_test(test) cmocka_unit_test_setup_teardown(test, folder_setup, folder_teardown)

#endif
