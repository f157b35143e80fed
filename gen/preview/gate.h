/*
 * gate: those who answer ask the main thread to build what is not always wanted, the pseudo-language or the
 * variants, and wait until it is there. After a change it is built anew when somebody asks again, so that
 * nobody waits for what nobody looks at.
 */
#ifndef GUICHET_PREVIEW_GATE_H
#define GUICHET_PREVIEW_GATE_H

#include <stdbool.h>

struct gate;

struct gate *gate_new(void);
void gate_free(struct gate *gate);

/* Ask and wait until it is open. Nobody asks twice for the same. */
void gate_ask(struct gate *gate);

/* Readable from when somebody has asked until it is open: for poll(). */
int gate_fd(const struct gate *gate);

/* Let through those who wait and all who come; NULL is fine. */
void gate_open(struct gate *gate);

/* Who comes from now on has to ask. */
void gate_close(struct gate *gate);

/* Is what one asked for still what there is? */
bool gate_is_open(struct gate *gate);

#endif
