/*
 * What the rooms of the template engine share; nobody outside lib/template includes this.
 *
 *   scan.c     finds the tags of a text, with their places, and minds the delimiters
 *   lines.c    which tags stand alone on a line, and how far lines are indented
 *   parse.c    turns tags and text into nodes
 *   element.c  what has an end: sections, parents, blocks; and how they close
 *   compile.c  grows a template: nodes, text, paths
 *   set.c      templates by name
 *   check.c    do all names lead somewhere?
 *   html.c     where in a page's HTML a text leads
 *   context.c  where in a page's HTML tags stand
 *   lookup.c   names to values, by the stack of data; "did you mean"
 *   value.c    values to text
 *   render.c   walks nodes: text, values, sections
 *   include.c  walks from one template into another: partials, parents, blocks
 *   bake.c     walks with half of the data: what follows from it becomes text, the rest waits
 *   baked.c    what waited, rendered with the other half
 *
 * A template is an array of nodes in the order of its text. An element (a section, a parent, a block) is
 * followed by what it holds; `end` leads past it. A parent holds blocks only, its arguments.
 *
 * Indentation. A partial, a parent or a block that stands alone on its line indents every line that it
 * brings. While rendering, that is the margin; while parsing, text nodes learn where their lines begin. What
 * an argument holds is freed of its own indentation by the parser, since it takes on that of the place where
 * it is shown.
 */
#ifndef GUICHET_TEMPLATE_INTERNAL_H
#define GUICHET_TEMPLATE_INTERNAL_H

#include "../arena.h"
#include "../buf.h"
#include "../diag.h"
#include "../template.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    SOURCE_MAX = 16 * 1024 * 1024, /* bytes of one template */
    OPEN_MAX = 64,                 /* elements open at once in one template */
    ERRORS_MAX = 100,              /* after so many in one template the rest is not read */
    PARTIAL_MAX = 64,              /* partials and parents within each other */
    NESTING_MAX = 256,             /* elements within each other while rendering, over all templates */
    STACK_MAX = 320,               /* objects of data: the caller's and one for each section */
    STEPS_MAX = 1 << 22,           /* nodes rendered for one page */
    MARGIN_MAX = 64 * 1024,        /* bytes of indentation */
    REPORTS_MAX = 32,              /* unknown names told of for one page */
};

#define NO_NAME UINT32_MAX

/* A piece of a template's source while it is parsed. */
struct slice {
    const char *at;
    size_t len;
};

static inline bool slice_is(struct slice a, struct slice b)
{
    return a.len == b.len && __builtin_memcmp(a.at, b.at, a.len) == 0;
}

/* A piece of template->text. */
struct span {
    uint32_t at, len;
};

enum node_kind {
    NODE_TEXT,
    NODE_VALUE, /* {{x}} */
    NODE_RAW,   /* {{{x}}}, {{&x}} */
    NODE_SECTION,
    NODE_INVERTED,
    NODE_PARTIAL,
    NODE_PARENT,
    NODE_BLOCK, /* in a parent: an argument; elsewhere: a place that an argument can fill */
};

enum {
    NODE_AT_LINE_START = 1, /* TEXT: the margin comes before it; may be of no length */
    NODE_LINES = 2,         /* TEXT: holds line ends, so the margin may come inside it */
    NODE_STANDALONE = 4,    /* PARTIAL, PARENT, BLOCK: alone on its line, which is gone */
    NODE_FRESH = 8,         /* an argument: what it holds begins on a line of its own */
    NODE_URL = 16,          /* VALUE: stands in an address */
    NODE_URL_START = 32,    /* the same, and may decide its scheme */
    NODE_PLACED = 64,       /* VALUE: it is known where it stands */
    NODE_TOLD = 128,        /* what is wrong with its place has been reported */
};

struct node {
    uint8_t kind;
    uint8_t flags;
    uint32_t end;     /* the first node after this one and all that it holds */
    uint32_t name;    /* VALUE, RAW, SECTION, INVERTED: a path; PARTIAL, PARENT, BLOCK: a name of the set */
    struct span text; /* TEXT: itself; PARTIAL, PARENT, BLOCK: the indentation */
    uint32_t line, col;
};

/* "a.b.c": `count` segments; none for ".". */
struct path {
    const char *text;
    uint32_t first, count;
};

struct segment {
    const char *text;
    uint32_t len;
};

struct template
{
    char *file;
    char *text;
    struct node *nodes;
    struct path *paths;
    struct segment *segments;
    uint32_t node_count, path_count, segment_count;
    uint32_t layer;
    bool odd;               /* something is wrong with it that has been told */
    struct template *under; /* owned; of the same name, from an earlier layer */
};

struct name {
    const char *text;
    size_t len;
    struct template *template; /* NULL: only spoken of */
    bool refused;              /* one of that name did not compile: it is not missing */
    bool alias;                /* "parent:name" in one layer; the template belongs to another name */
};

struct template_set {
    struct arena *arena; /* the texts of names; they outlive templates, since others may hold them */
    struct name *names;
    uint32_t name_count, name_cap;
    uint32_t *slots; /* name + 1 by hash; 0: free */
    uint32_t slot_count;
    uint32_t layer;
};

/* --- set.c --- */

/* The number of this name, which is made when it is new. NO_NAME: no memory. */
uint32_t set_name(struct template_set *set, const char *text, size_t len);

/* The number of a template's name as the templates of this layer write it: "parent:name" is another in each.
 */
uint32_t set_template_name(struct template_set *set, const char *text, size_t len);

/* The template of this name. NULL: none. */
const struct template *set_find(const struct template_set *set, const char *text, size_t len);

/* --- check.c --- */

/* The name of a template that is close to this one. NULL: none. */
const char *set_nearest(const struct template_set *set, const char *text);

/* --- scan.c --- */

struct tag {
    char kind; /* its mark: # ^ / > < $ ! = & {   or 0 for a plain {{name}} */
    struct slice name;
    size_t start, end; /* of the whole tag in the source */
    unsigned line, col;
};

struct scanner {
    const char *file;
    const char *source;
    size_t len;
    size_t at;
    struct slice open, close; /* the delimiters */
    size_t line_start;        /* the line of the last tag, to count on from there */
    unsigned line;
    bool swallowed; /* a tag that is never closed took the rest of the source with it */
    struct diag *diag;
};

enum scan { SCAN_TAG, SCAN_BAD, SCAN_END };

void scan_begin(struct scanner *scanner, const char *file, const char *source, size_t len, struct diag *diag);

/*
 * The next tag. SCAN_BAD: an error was reported, ask again. SCAN_END: no more. A tag that sets delimiters
 * has been obeyed when it is returned.
 */
enum scan scan_next(struct scanner *scanner, struct tag *tag);

/* Is this what says of which kind a tag is? */
bool scan_is_mark(char c);

/* Where an offset of the source stands; slow, for messages. */
struct place scan_place(const struct scanner *scanner, size_t at);

static inline bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static inline bool is_space(char c)
{
    return is_blank(c) || c == '\n' || c == '\r';
}

/* --- lines.c --- */

/* Is there nothing but blanks between the line's start and `at`? Then `start` is that start. */
bool line_is_clean_before(const char *text, size_t at, size_t *start);

/* Is there nothing but blanks between `at` and the line's end? Then `next` is where the next line starts. */
bool line_is_clean_after(const char *text, size_t len, size_t at, size_t *next);

/* The indentation of the first line from `at` on that holds anything; `first` is where that begins. */
struct slice line_first_indentation(const char *text, size_t len, size_t at, size_t *first);

/* Does a line start at `at`? */
static inline bool line_starts(const char *text, size_t at)
{
    return at == 0 || text[at - 1] == '\n';
}

/* Does a line end here: at a line feed, or a carriage return before one? */
static inline bool line_ends(const char *text, size_t len, size_t at)
{
    return at < len && (text[at] == '\n' || (text[at] == '\r' && at + 1 < len && text[at + 1] == '\n'));
}

/* --- compile.c --- */

/* An element whose end is still to come. */
struct open {
    struct tag tag;
    uint32_t node;
    bool standalone;
    bool argument;         /* a block inside a parent */
    struct slice before;   /* the blanks before the tag, when there is nothing else on its line */
    struct slice inside;   /* the indentation of what it holds */
    size_t first;          /* where that begins in the source */
    struct slice stripped; /* what was taken off each line outside of it */
    uint32_t blanks;       /* parents: the node that holds the blanks before it; NO_NAME: none */
};

struct compiler {
    struct scanner scan;
    struct template_set *set;
    struct template *template;
    uint32_t node_cap, path_cap, segment_cap;
    struct buf text;
    size_t from;        /* where the source has not been made into nodes yet */
    struct slice strip; /* what is taken off the start of each line */
    struct open open[OPEN_MAX];
    size_t depth;
    size_t errors_before;
    struct node spare; /* written in place of a node that there is no memory for */
    bool no_memory, stopped;
};

/* A new node at the end; `tag` may be NULL. Never NULL: without memory it is `spare`, and we stop. */
struct node *compile_node(struct compiler *compiler, enum node_kind kind, const struct tag *tag);

/* The source from `from` to `to`, with what is stripped taken off its lines, added to the template's text. */
struct span compile_span(struct compiler *compiler, size_t from, size_t to);
struct span compile_slice(struct compiler *compiler, struct slice slice);

/* The path that a name spells; an error when it spells none. */
uint32_t compile_path(struct compiler *compiler, const struct tag *tag);

/* The name of a block; of a partial or a parent. */
uint32_t compile_name(struct compiler *compiler, struct slice name);
uint32_t compile_template_name(struct compiler *compiler, struct slice name);

struct place compile_place(const struct compiler *compiler, const struct tag *tag);

/* Report what is wrong with a tag. */
void compile_error(struct compiler *compiler, const struct tag *tag, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* NULL: errors are in `diag`. */
struct template *template_compile(struct template_set *set, const char *file, const char *source, size_t len,
                                  struct diag *diag);
void template_free(struct template *template);

/* --- parse.c --- */

void parse_all(struct compiler *compiler);

/* The text up to `to` becomes nodes. `tag_follows`: a tag that stays on its line begins there. */
void parse_text(struct compiler *compiler, size_t to, bool tag_follows);

/* The text before a tag becomes nodes; the line is taken away when the tag stands alone on it. */
bool parse_text_before(struct compiler *compiler, const struct tag *tag);

/* --- element.c --- */

void element_open(struct compiler *compiler, const struct tag *tag, enum node_kind kind);
void element_close(struct compiler *compiler, const struct tag *tag);

/* At the end of the source: report what is still open. */
void element_check_closed(struct compiler *compiler);

/* Are we in a parent, but in none of its blocks? What stands there is not shown. */
bool element_is_parent(const struct compiler *compiler);

/* --- render.c, include.c --- */

/* Arguments that a parent was given, and what surrounds them. The outermost that fits fills a block. */
struct frame {
    const struct frame *outer; /* also what holds inside these arguments: they belong to who wrote them */
    const struct template *owner;
    uint32_t parent; /* the node whose blocks are the arguments */
};

struct render {
    const struct template_set *set;
    const struct template_options *options;
    struct buf *out;
    struct diag *diag;               /* NULL while baking: whatever is wrong only ends it */
    struct bake *bake;               /* NULL: all data is there */
    const struct template *template; /* whose nodes are walked */
    const struct frame *frames;
    struct buf margin;  /* all indentations in force, outer ones first */
    size_t margin_from; /* where the ones that hold here begin */
    bool skip_margin;   /* the line is begun already: the next start of a line needs no margin */
    const json_t *stack[STACK_MAX];
    size_t depth;
    unsigned partials, nesting;
    unsigned long steps;
    const struct node *reported[REPORTS_MAX];
    size_t report_count;
    bool failed, stopped;
};

void render_nodes(struct render *render, uint32_t from, uint32_t to);

/* The same one level deeper; an error when that is too deep. */
void render_inside(struct render *render, const struct node *node, uint32_t from, uint32_t to);

/* What a section holds, once, with `value` on top of the stack. */
void render_with(struct render *render, const struct node *node, const json_t *value);

/* The whole of render->template. False: something was wrong. */
bool render_all(struct render *render);

/* The margin, where a line starts. */
void render_margin(struct render *render);

static inline bool render_has_margin(const struct render *render)
{
    return render->margin.len > render->margin_from;
}

struct place render_place(const struct render *render, const struct node *node);

/* Report an error that ends the rendering. */
void render_stop(struct render *render, const struct node *node, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The outermost argument of this name, and who gives it. NULL: none. */
const struct node *frame_argument(const struct frame *frames, uint32_t name, const struct frame **giver);

void include_template(struct render *render, const struct node *node);
void include_block(struct render *render, const struct node *block);

/* --- bake.c, baked.c --- */

struct baked_node {
    uint8_t kind;             /* TEXT, VALUE, RAW, SECTION, INVERTED */
    uint8_t flags;            /* of the node that it was made from */
    uint32_t end;             /* the first node after this one and all that it holds */
    uint32_t floor;           /* objects of the page's stack from this one up may have the name */
    const json_t *else_value; /* what the shared object says when none has; NULL: nothing */
    bool else_known;          /* it says something, if only that there is nothing */
    struct span text;         /* TEXT: itself */
    const struct segment *segments;
    uint32_t segment_count; /* none for "." */
};

struct template_baked {
    const struct template_set *set;
    char *name;
    json_t *shared;
    json_t *own; /* an owned reference */
    struct template_options options;
    const struct template_edit *edit;
    struct buf text;
    struct baked_node *nodes;
    uint32_t node_count, node_cap;
    bool baked; /* else each page is rendered as if nothing had been tried */
};

/*
 * A walk with the shared object and the keys of the page's own. In its stack the page's own object has its
 * keys but not its values, and the value of a section that waits is NULL.
 */
struct bake {
    struct template_baked *baked;
    uint32_t unknown; /* objects of the stack whose values are not known: the page's own, and those NULLs */
    size_t done;      /* how much of the text is in nodes */
};

/* Leave the node for later when what it shows depends on the page. False: it is constant. */
bool bake_defers(struct render *render, const struct node *node);

/* --- lookup.c --- */

/* The value that a node names. NULL: nothing; in strict rendering an unknown name has been reported. */
const json_t *lookup(struct render *render, const struct node *node);

/* Report, once for each node, what is wrong with a name; rendering goes on. */
void lookup_report(struct render *render, const struct node *node, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* --- value.c --- */

bool value_is_true(const json_t *value);

enum shown { SHOWN, SHOWN_NOT, SHOWN_UNSAFE };

/*
 * Write what a VALUE or RAW node shows, escaped for the place where it stands. SHOWN_NOT: nothing, since it
 * is a list or an object. SHOWN_UNSAFE: nothing, since it is no address that a page may lead to.
 */
enum shown value_show(struct buf *out, uint8_t kind, uint8_t flags, const json_t *value,
                      const struct template_options *options);

/* "a string", "an object", ... */
const char *value_kind(const json_t *value);

#endif
