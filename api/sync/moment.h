/*
 * moment: times as other systems write them.
 */
#ifndef GUICHET_SYNC_MOMENT_H
#define GUICHET_SYNC_MOMENT_H

#include <stdbool.h>
#include <stdint.h>

#define MOMENT_WANT "a time such as 2026-11-22T10:15:03Z, 2026-11-22 10:15 or 2026-11-22"

/*
 * "2026-11-22", "2026-11-22 10:15", "2026-11-22T10:15:03.120+01:00" as milliseconds since 1970; what names no
 * zone is so many minutes before UTC. From 1970 to 9999. False: it is none.
 */
bool moment_read(const char *text, int zone_minutes, int64_t *at);

/* "+01:00", "-0330", "Z" as minutes. False: it is none. */
bool moment_zone(const char *text, int *minutes);

#endif
