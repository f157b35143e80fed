/*
 * answer: what handlers about accounts have in common when they answer.
 */
#ifndef GUICHET_ANSWER_H
#define GUICHET_ANSWER_H

#include "../server/request.h"
#include "../store/token.h"

/* Back to a page of the portal, where `fragment` shows the message that stands ready there. */
enum problem answer_page(struct request *request, const char *locale, const char *page, const char *fragment);

/*
 * The same after a problem: to "e-" and its code; "e-limited" for too many attempts. Of what is wrong with
 * fields the first counts, with its code when several things may be wrong with it. A problem for which no
 * message can stand ready is answered as it is.
 */
enum problem answer_page_wrong(struct request *request, const char *locale, const char *page,
                               enum problem problem);

/* What the state of a token or code is to a caller. */
enum problem answer_of_token(enum token_state state);

#endif
