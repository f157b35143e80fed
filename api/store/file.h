/*
 * file: attachments on disk, under random names that nothing a customer sent has a say in (T30).
 *
 * Writing: file_begin, file_write as often as needed, then file_keep (fsync, rename into files/, fsync of the
 * folder) before the row's transaction, or file_drop. A dropped or abandoned temporary file is gone at once;
 * what a crash left in files/tmp is removed when the store opens, and so is a kept file without a row.
 */
#ifndef GUICHET_STORE_FILE_H
#define GUICHET_STORE_FILE_H

#include "store.h"

#include <stddef.h>

struct file_writer;

/* RC_FULL: no room. */
enum rc file_begin(struct store *store, struct file_writer **writer);
enum rc file_write(struct file_writer *writer, const void *bytes, size_t len);

/* The id it got, its size and its SHA-256. The writer is gone afterwards, whatever the answer. */
enum rc file_keep(struct file_writer *writer, char id[23], int64_t *size, unsigned char sha256[32]);
void file_drop(struct file_writer *writer);

/* An empty file for reading and writing that has no name and is gone when it is closed. RC_FULL: no room. */
enum rc file_scratch(struct store *store, int *fd);

/* Remove a kept file whose row was never committed. */
void file_remove(struct store *store, const char *id);

/* Open for reading. RC_NOT_FOUND: no such file. The caller closes `*fd`. */
enum rc file_open(struct store *store, const char *id, int *fd);

#endif
