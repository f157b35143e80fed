/*
 * inputs: all that the outcome of a run depends on, so that two runs can be compared: the program and its
 * libraries, the options, and every file and folder below content/ and the folders of themes, with its stamp.
 */
#ifndef GUICHET_INPUTS_H
#define GUICHET_INPUTS_H

#include "../lib/buf.h"
#include "build.h"

#include <stdbool.h>

/*
 * Append them as bytes that mean nothing but "the same" or "not the same". Take them before anything is read:
 * what changes later makes them others. False: they cannot be told, and no run is like another.
 */
bool inputs_list(const struct build_options *options, struct buf *out);

#endif
