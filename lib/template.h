/*
 * template: Mustache (the specification's core modules and optional inheritance), with positions.
 *
 * Templates are compiled once, by name, into a set; partials, parents and blocks refer to other names of
 * the set. Data is JSON: a stack of objects, looked up from the last to the first, so that what all pages
 * share is built once and a page adds its own on top.
 *
 *     {{name}} {{{name}}} {{&name}} {{a.b.c}} {{.}}     interpolation; the first escapes
 *     {{#x}}..{{/x}} {{^x}}..{{/x}}                      sections
 *     {{! text }} {{=<% %>=}} {{> partial}}              comment, delimiters, partial
 *     {{< layout}}{{$title}}..{{/title}}{{/layout}}      inheritance; {{$title}}default{{/title}} in the
 * layout
 *
 * Lambdas and dynamic names are left out. Partial and parent names are the template's path without ending:
 * "partials/head", "layouts/page".
 *
 * A set is immutable once every template is added: many threads may render from it.
 */
#ifndef GUICHET_TEMPLATE_H
#define GUICHET_TEMPLATE_H

#include "buf.h"
#include "diag.h"

#include <jansson.h>
#include <stdbool.h>

struct template_set;

enum template_escape { TEMPLATE_HTML, TEMPLATE_PLAIN };

struct template_set *template_set_new(void);
void template_set_free(struct template_set *set);

/* Compile `text` under `name`, replacing one of that name. False: errors are in `diag` (file:line:col). */
bool template_set_add(struct template_set *set, const char *name, const char *file, const char *text,
                      size_t len, struct diag *diag);

bool template_set_has(const struct template_set *set, const char *name);

/* After the last add: every partial and parent named anywhere must exist; "did you mean" otherwise. */
bool template_set_check(const struct template_set *set, struct diag *diag);

struct template_options {
    enum template_escape escape;
    bool strict; /* an interpolated or section name that is nowhere on the stack is an error with "did you
                    mean"; false: it renders as nothing (as the specification says) */
};

/*
 * Render `name` into `out` with `count` objects of data. False: errors are in `diag`, `out` holds what
 * came before. Nesting of partials deeper than 64 is an error. `diag` may not be NULL.
 */
bool template_render(const struct template_set *set, const char *name, json_t *const *data, size_t count,
                     const struct template_options *options, struct buf *out, struct diag *diag);

#endif
