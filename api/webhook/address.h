/*
 * address: which addresses may be called from here.
 *
 * Who may say where a webhook leads could otherwise have this machine call what only it can reach: its own
 * services, its network's, a cloud's metadata. So an address must be one of the public internet, unless the
 * deployment names its network (GUICHET_WEBHOOK_ALLOW). It is asked of the very address that is connected to:
 * a name says one thing when it is looked at and another a moment later.
 */
#ifndef GUICHET_WEBHOOK_ADDRESS_H
#define GUICHET_WEBHOOK_ADDRESS_H

#include <stdbool.h>

struct sockaddr;

enum address_kind {
    ADDRESS_PUBLIC,
    ADDRESS_ALLOWED, /* not public, or public too, but of a network that is named */
    ADDRESS_PRIVATE, /* private, loopback, link-local, multicast, reserved, or none of IP */
};

/*
 * What an address is. An IPv4 address within an IPv6 one (::ffff:10.0.0.1, 64:ff9b::10.0.0.1) is itself.
 * `allowed`: "127.0.0.1, 10.1.0.0/16, fd00::/8".
 */
enum address_kind address_kind(const struct sockaddr *address, const char *allowed);

/* Is it such a list? "" is one. */
bool address_list_is_valid(const char *list);

#endif
