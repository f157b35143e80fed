/*
 * gate: those who answer ask the main thread to build the pseudo-language, and wait until it is there.
 */
#ifndef GUICHET_PREVIEW_GATE_H
#define GUICHET_PREVIEW_GATE_H

struct gate;

struct gate *gate_new(void);
void gate_free(struct gate *gate);

/* Ask, once, and wait until it is open. */
void gate_ask(struct gate *gate);

/* Becomes readable when somebody has asked: for poll(). */
int gate_fd(const struct gate *gate);

/* Let through those who wait and all who come; NULL is fine. */
void gate_open(struct gate *gate);

#endif
