#include "answer.h"

#include "../server/respond.h"
#include "return.h"

#include <string.h>

enum problem answer_page(struct request *request, const char *locale, const char *page, const char *fragment)
{
    return respond_see_other(
        request, arena_printf(request->arena, "%s%s/#%s", request_home(request, locale), page, fragment));
}

/* A password may be wrong in many ways; of other fields the page says once what it wants. */
static const char *field_code(const struct field_error *error)
{
    bool own = strcmp(error->field, "password") == 0 || strcmp(error->code, "consent_old") == 0;
    return own ? error->code : error->field;
}

const char *answer_fragment(struct request *request, enum problem problem)
{
    const struct problem_row *row = problem_row(problem);
    const char *code = row->code;
    if (row->status >= 500 || row->status == 400)
        return NULL;
    if (problem == PROBLEM_TOO_MANY_ATTEMPTS)
        code = "limited";
    if (problem == PROBLEM_INVALID)
        code = field_code(&request->errors[0]);
    return arena_printf(request->arena, "e-%s", code);
}

enum problem answer_page_wrong(struct request *request, const char *locale, const char *page,
                               enum problem problem)
{
    const char *fragment = answer_fragment(request, problem);
    return fragment ? answer_page(request, locale, page, fragment) : problem;
}

const char *answer_pasted(struct request *request, const char *pasted)
{
    const char *fragment = strchr(pasted, '#');
    const char *at = strchr(fragment ? fragment : pasted, '=');
    at = at ? at + 1 : pasted + strspn(pasted, " \t\r\n");
    return arena_strndup(request->arena, at, strcspn(at, " \t\r\n&"));
}

const char *answer_pasted_back(struct request *request, const char *pasted)
{
    size_t query = strcspn(pasted, "?#");
    if (pasted[query] != '?')
        return "";
    const char *encoded = arena_strndup(request->arena, pasted + query + 1, strcspn(pasted + query + 1, "#"));
    const char *back = encoded ? http_param(request->http, encoded, "return") : NULL;
    return back && return_is_own(request->portal->slug, back) ? back : "";
}

enum problem answer_of_token(enum token_state state)
{
    static const enum problem problems[] = {
        [TOKEN_GOOD] = PROBLEM_NONE,
        [TOKEN_UNKNOWN] = PROBLEM_TOKEN_UNKNOWN,
        [TOKEN_USED] = PROBLEM_TOKEN_USED,
        [TOKEN_EXPIRED] = PROBLEM_TOKEN_EXPIRED,
    };
    return problems[state];
}
