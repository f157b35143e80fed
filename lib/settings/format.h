/*
 * format: the written forms that settings have: ids, hosts, addresses, URLs, colours, lengths.
 */
#ifndef GUICHET_SETTINGS_FORMAT_H
#define GUICHET_SETTINGS_FORMAT_H

#include <stdbool.h>

/* a-z, 0-9, '-' and '_', starting with a letter, at most 64. */
bool format_is_id(const char *text);

/* "/" or "/a/b/": parts of lower case letters, digits and '-', which does not begin or end one; at most 200.
 */
bool format_is_slug(const char *text);

/* Lower case labels (RFC 1123, section 2.1) or an IPv4 address, and perhaps a port. */
bool format_is_host(const char *text);

/* A plain address (RFC 5321, section 4.1.2, dot-string form) at a host with a dot, or at localhost. */
bool format_is_email(const char *text);

/* https:, http:, mailto: or a path beginning with one "/"; no spaces. */
bool format_is_url(const char *text);

/*
 * A path beginning with one "/", or https://host/path or http://host/path (the path may be absent); no
 * closing "/". It stands in a Content-Security-Policy, where a space or a semicolon would end a rule: only
 * what an address needs is in it.
 */
bool format_is_api(const char *text);
bool format_is_issuer(const char *text);

/* #rgb or #rrggbb. */
bool format_is_color(const char *text);

/* "0", or digits with a fraction perhaps and px, rem, em, ch or %. */
bool format_is_length(const char *text);

/* images/logo.svg: letters, digits, '-', '_' and '.', in parts that begin with none of '.'; at most 200. */
bool format_is_file(const char *text);

#endif
