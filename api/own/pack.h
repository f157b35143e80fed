/*
 * pack: everything about the caller, file by file into a zip: docs/own-data.md says what stands where.
 *
 * Tickets are those that they asked for and see as a customer, whatever they are besides: no internal note is
 * in it, and of others only what the pages show them. One page of rows, one page of a conversation and one
 * piece of a file are in memory at a time.
 */
#ifndef GUICHET_OWN_PACK_H
#define GUICHET_OWN_PACK_H

#include "../server/request.h"
#include "zip.h"

/* PROBLEM_INTERNAL: something could not be read. Whether all was delivered, zip_end() tells. */
enum problem pack_all(struct request *request, struct zip *zip);

#endif
