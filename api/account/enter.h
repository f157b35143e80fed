/*
 * enter: the one door. Whoever showed who they are comes in through enter(), whatever their way was: a
 * password, a mailed link, a provider's word, the code of a sign-up. Nothing else begins a session.
 *
 * For those who add a way: find out who it is, and how you know (`way`); call enter(). Then answer a page's
 * script with visit_respond(), or its problem; answer a plain form, or a browser that comes back from
 * elsewhere, with enter_leads(), which knows the page for each outcome.
 *
 * For those who add a condition (is let in, has given a second step, has consented): ask it at the top of
 * enter(), before anything is changed, and answer a problem with a code of its own; give it its page in
 * enter_leads() when that is not the page to sign in on. It then holds for every way. What must also hold for
 * those who are in already is asked in server/who.c.
 */
#ifndef GUICHET_ENTER_H
#define GUICHET_ENTER_H

#include "../server/request.h"

struct entry {
    const struct person *person;
    const char *way; /* "password", "link", "oidc", "sign_up": kept with the session and in the audit log */
    const char *provider; /* of single sign-on, by its id; NULL: none */
    bool remembered;      /* they asked to stay signed in on this browser; no word of theirs where it is not
                             offered */
    bool complete;        /* their second step was given, or is not asked: they were in a moment ago */
};

/*
 * Let somebody in: begin a session, give the browser its cookie and write the audit row. Whatever cookie came
 * with the request, its session ends and the one that goes out is new (T12). Sets request->session.
 *
 * PROBLEM_TWO_STEP: they have two-step sign-in on; nothing has begun but the wait for their code, see
 * second_step.h. It is not asked of who comes from a provider of single sign-on: a second step is theirs to
 * ask.
 *
 * PROBLEM_NOT_LET_IN: they are who they say, but the settings do not let them in (store/access.h). They are
 * signed in all the same, so that the page for it can tell who is, and nothing else answers them; who is put
 * into a group later is in at once. PROBLEM_CONSENT: the same, until they agree (store/consent.h).
 *
 * PROBLEM_TWO_STEP_MISSING: the same for somebody of the team who must set up two-step sign-in before
 * anything else (server/who.h).
 */
enum problem enter(struct request *request, const struct entry *entry);

/* Is that enter()'s own word, for which enter_leads() has the page, and not what came before it? */
bool enter_said(enum problem problem);

/*
 * Where it leads back to. Without scripts a form cannot hand on what its page was told, but the browser says
 * which page that was; else it is what the form gave. "": nowhere of ours (T27).
 */
const char *enter_back(struct request *request, const char *given);

/* To a page where the message of this fragment ("": none) stands ready; the way back is kept. */
enum problem enter_page(struct request *request, const char *locale, const char *page, const char *back,
                        const char *fragment);

/* The same to the page to sign in on. */
enum problem enter_again(struct request *request, const char *locale, const char *back, const char *fragment);

/*
 * Where a browser goes by what enter(), or what came before it, answered: to `back` (a path of the portal;
 * "": the tickets), or to the page in this language that says what was wrong and keeps the way back. Whatever
 * no page speaks of is answered as it is.
 */
enum problem enter_leads(struct request *request, const char *locale, const char *back, enum problem problem);

#endif
