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
 * The fragment of the message about a problem: "e-" and its code; "e-limited" for too many attempts. Of what
 * is wrong with fields the first counts, with its code when several things may be wrong with it. NULL: no
 * message can stand ready for it.
 */
const char *answer_fragment(struct request *request, enum problem problem);

/* Back to a page after a problem, to its message; a problem without one is answered as it is. */
enum problem answer_page_wrong(struct request *request, const char *locale, const char *page,
                               enum problem problem);

/*
 * The secret of a link that somebody pasted, or what of the link they liked. Without scripts nobody reads a
 * link's fragment for people. NULL: no memory.
 */
const char *answer_pasted(struct request *request, const char *pasted);

/* Where such a link leads back to, if it says so: a path of the portal. "": nowhere (T27). */
const char *answer_pasted_back(struct request *request, const char *pasted);

/* What the state of a token or code is to a caller. */
enum problem answer_of_token(enum token_state state);

#endif
