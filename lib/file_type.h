/*
 * file_type: what a file is, by its name.
 */
#ifndef GUICHET_FILE_TYPE_H
#define GUICHET_FILE_TYPE_H

/* As in Content-Type; application/octet-stream for what a site does not hold. */
const char *file_type(const char *name);

#endif
