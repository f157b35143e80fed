/*
 * place: where a request comes from, as far as limits are concerned.
 *
 * It is the peer's address, unless the peer is a proxy that the deployment named: then X-Forwarded-For is
 * read from its end, past the named proxies, to the first address that is none of them (T44). Of an IPv6
 * address the first 64 bits count, since one customer has all of the rest; an IPv4 address that is written as
 * one (::ffff:192.0.2.1) is an IPv4 address, and counts whole: neighbours in a network are strangers to each
 * other. People see it whole in the list of their own sign-ins, to tell one from another; what outlives them,
 * the audit log, keeps its network alone.
 */
#ifndef GUICHET_PLACE_H
#define GUICHET_PLACE_H

#define PLACE_MAX 64

/*
 * Write the place into `place`. `proxies` are addresses separated by commas; `forwarded` is X-Forwarded-For,
 * or NULL. What is no address there ends the walk: the proxy that wrote it is the place.
 */
void place_of(char place[PLACE_MAX], const char *peer, const char *proxies, const char *forwarded);

#endif
