/*
 * integrity: pages say which bytes they mean (Subresource Integrity), so that a browser refuses a script or a
 * style sheet that somebody changed on its way, at the CDN or on the disk.
 *
 * Designers write nothing for it. A script that another one imports is covered when the page names it as a
 * modulepreload: browsers take what was preloaded, or refused, for the import.
 */
#ifndef GUICHET_INTEGRITY_H
#define GUICHET_INTEGRITY_H

#include "assets.h"

/* Write "sha384-<base64>" of the bytes. */
void integrity_of(char text[INTEGRITY_MAX], const void *bytes, size_t len);

/*
 * Append a piece of HTML to `out`, with an integrity attribute behind the address in every complete tag of
 * it that is a <link rel="stylesheet|modulepreload">, a <link rel="preload" as="script|style"> or a <script>
 * and names a style sheet or script of `assets`, a struct assets. A tag that has the attribute keeps it.
 * Comments are left alone. (It is the edit of a template_edit, see lib/template.h.)
 */
void integrity_add(const void *assets, const char *html, size_t len, struct buf *out);

#endif
