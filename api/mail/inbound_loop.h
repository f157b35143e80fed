/*
 * inbound_loop: two programs that answer whatever they get come to an end here, though nothing else tells
 * what they are (T35): one says the same again, or more than people do.
 */
#ifndef GUICHET_INBOUND_LOOP_H
#define GUICHET_INBOUND_LOOP_H

#include "inbound_decide.h"

/* `words`: of own_words_hash(); NULL: it says nothing that could be compared. `*reason`: why it shall wait,
 * see inbound_decide.h; NULL: it need not. */
enum rc inbound_loop(const struct inbound_rules *rules, const struct inbound_decision *decision,
                     const unsigned char *words, const char **reason);

#endif
