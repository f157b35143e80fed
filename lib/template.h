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
 * After the last add: every partial and parent named anywhere must exist, and every block that an argument is
 * for; errors with "did you mean" and the blocks that there are otherwise. One that was refused by
 * template_set_add() is not missed.
 */
bool template_set_check(struct template_set *set, struct diag *diag);

/* Something else is wrong with the template of this name, which has been told. */
void template_set_doubt(struct template_set *set, const char *name);

/*
 * After the checks: is there such a template, and is nothing known to be wrong with it or with what it leads
 * on to? Whatever rendering another one says might only follow from that.
 */
bool template_set_is_sound(const struct template_set *set, const char *name);

/* Every name that a template of the set shows or asks for, "list.count.forms", in no order, some often. */
void template_set_paths(const struct template_set *set, void (*each)(void *context, const char *path),
                        void *context);

/*
 * After the last add: where in the HTML does each tag stand? Followed through partials, parents and blocks,
 * in all templates but those whose file ends with .txt.
 *
 * Escaping knows its place then: in text and attributes as HTML; in href, src, action, formaction, poster,
 * cite, data and the address of a meta refresh as a URL. A value that may decide the scheme of an address
 * must be http:, https:, mailto:, tel: or relative; else it shows nothing, which is an error when strict.
 *
 * Errors: tags in <script>, <style>, on.. and style attributes, attributes without quotes, names of elements
 * and attributes; {{{x}}} in an attribute; a section that ends in another part of the HTML than it begins in;
 * a value that stands both in an address and elsewhere.
 */
bool template_set_check_html(struct template_set *set, struct diag *diag);

/*
 * A value that is not in the data but written where it is shown, so that what is long is not copied about. In
 * the data a value of its own stands for it, as a text that is not empty.
 */
struct template_paste {
    const json_t *stands_for; /* known by its address */
    void (*write)(const void *context, struct buf *out);
    const void *context;
};

struct template_options {
    enum template_escape escape;
    /*
     * Errors, with "did you mean": an interpolated or section name that is nowhere on the stack, a
     * partial that does not exist, a list or an object where text is wanted. The rest is rendered all the
     * same, so that all of them are found (up to 32). What is named below null or false is absent, not
     * unknown. When not strict, all of these render as nothing, as the specification says.
     */
    bool strict;
    const struct template_paste *paste; /* NULL: none */
};

/*
 * Render `name` into `out` with `count` objects of data. False: errors are in `diag`, `out` holds what
 * came before. Errors, too: partials more than 64 deep, sections and blocks more than 256 deep, a page of
 * more than four million steps, a page that `out` has no room for. `diag` may not be NULL.
 */
bool template_render(const struct template_set *set, const char *name, json_t *const *data, size_t count,
                     const struct template_options *options, struct buf *out, struct diag *diag);

/*
 * Baking. Most of a page is the same in every page of its language. A template that is baked with the object
 * that those pages share is a text with a few gaps; each page then fills them from its own object.
 *
 * Baked is what cannot depend on a page: texts, margins, partials, parents and blocks; names that the shared
 * object has and no object of the page may hide; sections of such names, with all that they repeat. In
 * sections of the page's own values nothing is known about those, so a name within asks them first.
 *
 * Rendering gives the same bytes, and says the same, as template_render() does with both objects: whatever
 * goes wrong, and whatever is too deep or too endless to be baked, is left to that.
 */
struct template_baked;

/*
 * Looks at a piece of HTML and writes what is to stand there instead: at the texts between the gaps, each as
 * long as it can be, once, whether a page will show them or not. What could not be baked is shown to it as a
 * whole page. Thread-safe.
 */
struct template_edit {
    void (*edit)(const void *context, const char *html, size_t len, struct buf *out);
    const void *context;
};

/*
 * `own` is an object with the keys that the pages' own objects have; a page with other keys is rendered
 * without the baking. The set, the shared object and `edit`, which may be NULL, must outlive what is
 * returned; options->paste is not used. NULL: no memory.
 *
 * What is returned is immutable: many threads may render from it.
 */
struct template_baked *template_bake(const struct template_set *set, const char *name, json_t *shared,
                                     json_t *own, const struct template_options *options,
                                     const struct template_edit *edit);
void template_baked_free(struct template_baked *baked);

/* As template_render() with the shared object and `own`. `paste` may be NULL. */
bool template_render_baked(const struct template_baked *baked, json_t *own,
                           const struct template_paste *paste, struct buf *out, struct diag *diag);

#endif
