#include "address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define BLANK_OR_COMMA ", \t"

enum { IPV4_BYTES = 4, IPV6_BYTES = 16 };

/* A network: all addresses that begin with so many bits of this one. */
struct network {
    unsigned char bytes[IPV6_BYTES];
    size_t len; /* 4 or 16 */
    unsigned bits;
};

/* What is no public address of IPv4 (IANA's registry of special addresses; multicast; 240.0.0.0/4). */
static const struct network not_public[] = {
    {{0}, 4, 8},
    {{10}, 4, 8},
    {{100, 64}, 4, 10},
    {{127}, 4, 8},
    {{169, 254}, 4, 16},
    {{172, 16}, 4, 12},
    {{192, 0, 0}, 4, 24},
    {{192, 0, 2}, 4, 24},
    {{192, 88, 99}, 4, 24},
    {{192, 168}, 4, 16},
    {{198, 18}, 4, 15},
    {{198, 51, 100}, 4, 24},
    {{203, 0, 113}, 4, 24},
    {{224}, 4, 4},
    {{240}, 4, 4},
};

/* Of IPv6 public is what is within the first, and none of the others: Teredo and the like, documentation,
 * 6to4, documentation again. */
static const struct network global = {{0x20}, 16, 3};
static const struct network not_global[] = {
    {{0x20, 0x01}, 16, 23},
    {{0x20, 0x01, 0x0d, 0xb8}, 16, 32},
    {{0x20, 0x02}, 16, 16},
    {{0x3f, 0xff}, 16, 20},
};

/* What holds an IPv4 address at its end: mapped ones, and those of NAT64. */
static const struct network holding[] = {
    {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 16, 96},
    {{0x00, 0x64, 0xff, 0x9b}, 16, 96},
};

static bool is_within(const struct network *address, const struct network *network)
{
    size_t whole = network->bits / 8;
    unsigned rest = network->bits % 8;
    if (address->len != network->len || memcmp(address->bytes, network->bytes, whole) != 0)
        return false;
    unsigned mask = rest ? 0xffu << (8 - rest) & 0xffu : 0;
    return (address->bytes[whole % IPV6_BYTES] & mask) == (network->bytes[whole % IPV6_BYTES] & mask);
}

static bool is_in_one_of(const struct network *address, const struct network *networks, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (is_within(address, &networks[i]))
            return true;
    return false;
}

#define IS_IN(address, networks) is_in_one_of(address, networks, sizeof(networks) / sizeof(networks)[0])

static void unwrap(struct network *address)
{
    if (address->len != IPV6_BYTES || !IS_IN(address, holding))
        return;
    memmove(address->bytes, address->bytes + IPV6_BYTES - IPV4_BYTES, IPV4_BYTES);
    address->len = IPV4_BYTES;
    address->bits = IPV4_BYTES * 8;
}

/* An item of a list. */
static bool network_parse(const char *text, size_t len, struct network *network)
{
    char item[INET6_ADDRSTRLEN + 4];
    if (len >= sizeof item)
        return false;
    memcpy(item, text, len);
    item[len] = '\0';
    char *slash = strchr(item, '/'), *end = NULL;
    if (slash)
        *slash = '\0';
    *network = (struct network){.len = strchr(item, ':') ? IPV6_BYTES : IPV4_BYTES};
    unsigned most = (unsigned)network->len * 8;
    if (inet_pton(network->len == IPV4_BYTES ? AF_INET : AF_INET6, item, network->bytes) != 1)
        return false;
    unsigned long bits = slash ? strtoul(slash + 1, &end, 10) : most;
    network->bits = (unsigned)bits;
    return bits <= most &&
           (!slash || (end > slash + 1 && *end == '\0' && slash[1] >= '0' && slash[1] <= '9'));
}

/* Walks a list. False: it is over; `*good` then says whether all of it could be read. */
static bool next_network(const char **list, struct network *network, bool *good)
{
    *list += strspn(*list, BLANK_OR_COMMA);
    size_t len = strcspn(*list, BLANK_OR_COMMA);
    if (len == 0)
        return false;
    *good = network_parse(*list, len, network);
    *list += len;
    return *good;
}

bool address_list_is_valid(const char *list)
{
    bool good = true;
    struct network network;
    while (next_network(&list, &network, &good))
        ;
    return good;
}

static bool is_allowed(const struct network *address, const char *allowed)
{
    bool good = true;
    struct network network;
    while (next_network(&allowed, &network, &good))
        if (is_within(address, &network))
            return true;
    return false;
}

static bool is_public(const struct network *address)
{
    if (address->len == IPV4_BYTES)
        return !IS_IN(address, not_public);
    return is_within(address, &global) && !IS_IN(address, not_global);
}

enum address_kind address_kind(const struct sockaddr *address, const char *allowed)
{
    struct network plain = {0};
    if (address->sa_family == AF_INET) {
        plain.len = IPV4_BYTES;
        memcpy(plain.bytes, &((const struct sockaddr_in *)(const void *)address)->sin_addr, plain.len);
    } else if (address->sa_family == AF_INET6) {
        plain.len = IPV6_BYTES;
        memcpy(plain.bytes, &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr, plain.len);
        unwrap(&plain);
    } else {
        return ADDRESS_PRIVATE;
    }
    if (is_allowed(&plain, allowed))
        return ADDRESS_ALLOWED;
    return is_public(&plain) ? ADDRESS_PUBLIC : ADDRESS_PRIVATE;
}
