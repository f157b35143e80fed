/* What an SVG would run when it is opened by itself. */
#include "lib_test.h"

#include "../../gen/check/drawing.h"

#include <string.h>

/* The rest of the text from what would run on. */
static void assert_runs(const char *text, const char *from)
{
    const char *script = drawing_script(text);
    assert_non_null(script);
    assert_ptr_equal(script, strstr(text, from));
}

static void scripts_handlers_and_addresses_would_run(void **state)
{
    (void)state;
    assert_runs("<svg><script>alert(1)</script></svg>", "<script");
    assert_runs("<svg><SCRIPT href=\"x.js\"/></svg>", "<SCRIPT");
    assert_runs("<s:svg><s:script>1</s:script></s:svg>", "<s:script");
    assert_runs("<svg width=\"1\" onload='alert(1)'/>", "onload");
    assert_runs("<svg><a href=\" javascript:alert(1)\"/></svg>", "href");
    assert_runs("<svg><a xlink:href=\"javascript:alert(1)\"/></svg>", "xlink:href");
    assert_runs("<svg><title><script>1</script></title></svg>", "<script");
}

static void plain_drawings_run_nothing(void **state)
{
    (void)state;
    assert_null(drawing_script(""));
    assert_null(drawing_script("<?xml version=\"1.0\"?><!-- <script> --><svg><path d=\"M0 0\"/></svg>"));
    assert_null(drawing_script("<svg><style>path{fill:red}</style><title>On script</title></svg>"));
    assert_null(drawing_script("<svg><a href=\"#javascript:\"/><s:scripted/></svg>"));
    assert_null(drawing_script("<svg"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scripts_handlers_and_addresses_would_run),
        cmocka_unit_test(plain_drawings_run_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
