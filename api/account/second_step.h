/*
 * second_step: between a right password, or a pressed link, and a session: a code.
 *
 * Who has two-step sign-in on gets no session at the first step, but a cookie of five minutes, HttpOnly, that
 * stands for this one sign-in; the store keeps its hash, and how often a code was tried for it. The right
 * code makes it a session, with what was chosen at the first step.
 */
#ifndef GUICHET_SECOND_STEP_H
#define GUICHET_SECOND_STEP_H

#include "enter.h"

/* PROBLEM_NONE: they need no second step. PROBLEM_TWO_STEP: they do, and the browser has its cookie. */
enum problem second_step_ask(struct request *request, const struct entry *entry);

#endif
