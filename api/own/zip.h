/*
 * zip: a zip file that leaves piece by piece while it is written; the only file that knows libarchive.
 *
 * Nothing is kept but one block of it, however large it gets. Names are UTF-8. The first failure stays: later
 * calls do nothing, and zip_end() tells it.
 */
#ifndef GUICHET_ZIP_H
#define GUICHET_ZIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct zip;

/* Takes the next piece. False: it cannot be delivered. */
typedef bool zip_sink(void *context, const void *bytes, size_t len);

/* NULL: no memory. */
struct zip *zip_begin(zip_sink *sink, void *context);

/* The next file, with its date in milliseconds since 1970; then its bytes. `size` -1: not known yet. */
void zip_file(struct zip *zip, const char *name, int64_t size, int64_t at);
void zip_write(struct zip *zip, const void *bytes, size_t len);

/* Write what ends it, and free it. True: every byte was delivered. */
bool zip_end(struct zip *zip);

#endif
