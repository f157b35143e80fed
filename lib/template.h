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
 *     {{< layout}}{{$title}}..{{/title}}{{/layout}}      inheritance: fills {{$title}}..{{/title}}
 *                                                         of the layout, which holds the default
 *
 * Lambdas and dynamic names are left out. Partial and parent names are the template's path without ending:
 * "partials/head", "layouts/page".
 *
 * Where the specification leaves a choice:
 * - A section is hidden by false, null, "", 0, an empty list, and a name that is nowhere.
 * - Whole numbers print plainly, others with the fewest digits that tell them apart; true and false print
 *   as words, null as nothing.
 * - Blocks are filled by the outermost template that gives them. A block inside an argument belongs to the
 *   template that wrote the argument, so a card within a page keeps its own {{$title}}.
 * - Indentation is not added to empty lines.
 *
 * Layers. Templates that are added after template_set_layer() may replace those from before, once each, and
 * reach what they replace with "parent:" before its name: {{< parent:pages/home}} in a template "pages/home"
 * fills blocks of the one that it stands in for. Everyone else sees the last layer's.
 *
 * A set is immutable once every template is added: many threads may render from it, also from the same data.
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

/*
 * Compile `text` (UTF-8, at most 16 MiB) under `name`, replacing one of that name. False: errors are in
 * `diag` (file:line:col), and one of that name stays. Text that is never shown is a warning.
 */
bool template_set_add(struct template_set *set, const char *name, const char *file, const char *text,
                      size_t len, struct diag *diag);

bool template_set_has(const struct template_set *set, const char *name);

/* Begin a layer. False: no memory. */
bool template_set_layer(struct template_set *set);

/* Was a template of that name added in this layer? */
bool template_set_has_own(const struct template_set *set, const char *name);

/*
 * After the last add: every partial and parent named anywhere must exist; "did you mean" otherwise. An
 * argument for a block that the parent does not have is a warning.
 */
bool template_set_check(const struct template_set *set, struct diag *diag);

struct template_options {
    enum template_escape escape;
    /*
     * Errors, with "did you mean": an interpolated or section name that is nowhere on the stack, a
     * partial that does not exist, a list or an object where text is wanted. The rest is rendered all the
     * same, so that all of them are found (up to 32). What is named below null or false is absent, not
     * unknown. When not strict, all of these render as nothing, as the specification says.
     */
    bool strict;
};

/*
 * Render `name` into `out` with `count` objects of data. False: errors are in `diag`, `out` holds what
 * came before. Errors, too: partials more than 64 deep, sections and blocks more than 256 deep, a page of
 * more than four million steps, a page that `out` has no room for. `diag` may not be NULL.
 */
bool template_render(const struct template_set *set, const char *name, json_t *const *data, size_t count,
                     const struct template_options *options, struct buf *out, struct diag *diag);

#endif
