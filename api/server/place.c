#include "place.h"

#include <arpa/inet.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define BLANK_OR_COMMA ", \t"

static bool is_listed(const char *list, const char *address)
{
    size_t len = strlen(address);
    for (const char *at = list + strspn(list, BLANK_OR_COMMA); *at; at += strspn(at, BLANK_OR_COMMA)) {
        size_t item = strcspn(at, BLANK_OR_COMMA);
        if (item == len && memcmp(at, address, len) == 0)
            return true;
        at += item;
    }
    return false;
}

/* Take the last item off a list that ends at `*len`. False: none is left, or it is too long for an address.
 */
static bool last_item(const char *list, size_t *len, char item[INET6_ADDRSTRLEN])
{
    while (*len > 0 && strchr(BLANK_OR_COMMA, list[*len - 1]))
        (*len)--;
    size_t end = *len;
    while (*len > 0 && !strchr(BLANK_OR_COMMA, list[*len - 1]))
        (*len)--;
    if (end == *len || end - *len >= INET6_ADDRSTRLEN)
        return false;
    memcpy(item, list + *len, end - *len);
    item[end - *len] = '\0';
    return true;
}

static bool is_address(const char *text)
{
    unsigned char bytes[16];
    return inet_pton(AF_INET, text, bytes) == 1 || inet_pton(AF_INET6, text, bytes) == 1;
}

/* As a proxy that listens on [::] passes on an IPv4 address: ::ffff:192.0.2.1 (RFC 4291, section 2.5.5.2). */
static void unmap(char address[INET6_ADDRSTRLEN])
{
    struct in6_addr bytes;
    if (inet_pton(AF_INET6, address, &bytes) == 1 && IN6_IS_ADDR_V4MAPPED(&bytes))
        inet_ntop(AF_INET, bytes.s6_addr + 12, address, INET6_ADDRSTRLEN);
}

static void place_write(char place[PLACE_MAX], const char *address)
{
    unsigned char bytes[16];
    if (inet_pton(AF_INET6, address, bytes) != 1) {
        snprintf(place, PLACE_MAX, "%.*s", PLACE_MAX - 1, address);
        return;
    }
    memset(bytes + 8, 0, 8);
    char network[INET6_ADDRSTRLEN];
    inet_ntop(AF_INET6, bytes, network, sizeof network);
    snprintf(place, PLACE_MAX, "%s/64", network);
}

void place_of(char place[PLACE_MAX], const char *peer, const char *proxies, const char *forwarded)
{
    char current[INET6_ADDRSTRLEN];
    snprintf(current, sizeof current, "%.*s", (int)sizeof current - 1, peer);
    unmap(current);
    size_t left = forwarded ? strlen(forwarded) : 0;
    char item[INET6_ADDRSTRLEN];
    while (is_listed(proxies, current) && last_item(forwarded ? forwarded : "", &left, item) &&
           is_address(item)) {
        memcpy(current, item, sizeof current);
        unmap(current);
    }
    place_write(place, current);
}
