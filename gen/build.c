#include "build.h"

#include "../lib/fs.h"
#include "assets/integrity.h"
#include "check/strays.h"
#include "check/texts.h"
#include "check/variants.h"
#include "hosting/hosting.h"
#include "inputs.h"
#include "preview/fixtures.h"
#include "preview/pseudo.h"
#include "publish/siblings.h"
#include "render/render.h"
#include "site/stand_in.h"
#include "site/visible.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { INPUTS_CEILING = 256 * 1024 * 1024, SAID_CEILING = 16 * 1024 * 1024 };

struct build {
    const struct build_options *options;
    struct arena *arena;
    struct diag *diag;
    struct parallel *parallel;
    const char *out;
    struct buf inputs;
    bool inputs_known;
    struct site site;
    struct theme theme;
    struct forms forms;
    struct help help;
    struct search search;
    struct page_texts texts;
    struct assets assets;
    struct modules modules;
    struct page_list pages;
    struct template_edit integrity;
    struct render render;
    json_t *states; /* what the preview shows pages in; NULL: refused */
    json_t *mails;  /* NULL: refused */
    bool site_fine, theme_fine, form_fine, help_fine, texts_fine;
    bool whole; /* nothing was refused that pages are made of */
};

static bool fine(const struct build *build)
{
    return diag_errors(build->diag) == 0;
}

/* Beside the articles: neither knows of the other. */
static void load_theme(void *context, size_t index, struct worker *worker)
{
    struct build *build = context;
    const struct build_options *options = build->options;
    struct site site = build->site;
    (void)index;
    site.arena = worker->arena;
    build->theme_fine = theme_load(&build->theme, theme_folders(site.arena, options->site, options->themes),
                                   &site, worker->diag);
    build->states = fixtures_load(&build->theme, worker->diag);
}

/* Forms say what else some settings of the portal may name. */
static void load_forms(struct build *build)
{
    build->form_fine = forms_load(&build->forms, &build->site, build->diag);
    json_t *offered = forms_offered(&build->forms, &build->site);
    build->site_fine = visible_check(&build->site, offered, build->diag) && build->site_fine;
    json_decref(offered);
}

static void load_texts(struct build *build)
{
    struct diag *diag = build->diag;
    load_forms(build);
    if (build->site.locale_count == 0)
        return;
    build->help_fine = help_load(&build->help, &build->site, build->parallel, diag);
    build->texts_fine = page_texts_load(&build->texts, &build->site, diag);
    texts_check(&build->site.portal, &build->site, diag);
    texts_check(&build->site.pipelines, &build->site, diag);
    texts_check(&build->site.properties, &build->site, diag);
    for (size_t i = 0; i < build->forms.count; i++)
        texts_check(&build->forms.items[i].file, &build->site, diag);
    texts_check(&build->help.sections, &build->site, diag);
    strays_check(&build->site, diag);
}

/* Everything that people wrote; one thing's errors do not hide another's. */
static void load(struct build *build)
{
    build->site_fine = site_load_over(&build->site, build->options->site, build->options->settings,
                                      build->arena, build->diag);
    if (build->options->overlay)
        site_take_style(&build->site, build->options->overlay, build->diag);
    parallel_begin(build->parallel, load_theme, build);
    load_texts(build);
    parallel_wait(build->parallel, build->diag);
}

/* Settings to go on with. True: they are those of the portal, or stand in for them. */
static bool complete(struct build *build)
{
    build->whole = build->site_fine && build->form_fine && build->help_fine && build->texts_fine;
    if (build->site_fine && build->form_fine)
        return true;
    return stand_in_for_site(&build->site) && forms_stand_in(&build->forms, &build->site);
}

/* What the theme is made of, as far as it can be looked at. False: nothing can be rendered with it. */
static bool prepare_theme(struct build *build)
{
    struct diag *diag = build->diag;
    size_t before = diag_errors(diag);
    if (!build->theme.values)
        return false;
    variants_check(&build->site, &build->theme, diag);
    assets_load(&build->assets, &build->site, &build->theme, &build->help, &build->texts, diag);
    modules_load(&build->modules, &build->assets, build->arena, diag);
    hosting_prepare(&build->site, &build->theme, &build->assets, build->pages.urls, diag);
    build->whole = build->whole && build->theme_fine && diag_errors(diag) == before;
    return build->theme.templates && build->theme.strings;
}

static bool prepare_render(struct build *build)
{
    if (!search_make(&build->search, &build->help, &build->site, build->parallel, build->diag))
        return false;
    build->integrity = (struct template_edit){.edit = integrity_add, .context = &build->assets};
    build->render = (struct render){.arena = build->arena,
                                    .site = &build->site,
                                    .theme = &build->theme,
                                    .forms = &build->forms,
                                    .help = &build->help,
                                    .search = &build->search,
                                    .texts = &build->texts,
                                    .assets = &build->assets,
                                    .modules = &build->modules,
                                    .edit = &build->integrity,
                                    .plain = build->options->plain,
                                    .partial = !build->whole};
    bool done = render_init(&build->render, build->diag);
    for (size_t i = 0; done && build->options->pseudo && i < build->site.locale_count; i++)
        pseudo_apply(build->render.shared[i], build->theme.settings);
    return done;
}

/*
 * What follows from it: addresses, assets, what pages share. One thing's errors do not hide another's: what
 * cannot be gone on with is stood in for or left out. True: pages can be looked at.
 */
static bool prepare(struct build *build)
{
    if (build->site.locale_count == 0 || !complete(build))
        return false;
    page_list_init(&build->pages, &build->site, &build->forms, &build->help);
    bool themed = prepare_theme(build);
    help_resolve(&build->help, &build->texts, &build->site, themed ? build->assets.media_url : "",
                 build->pages.urls, build->diag);
    return themed && prepare_render(build);
}

static void write_portal(struct build *build, struct publish *publish)
{
    json_t *portal = render_portal(&build->render, json_incref(build->mails));
    char *text = json_dumps(portal, JSON_INDENT(1));
    json_decref(portal);
    if (text)
        publish_write(publish, "portal/portal.json", text, strlen(text), build->diag);
    else
        diag_error(build->diag, (struct place){.file = build->out}, "no memory left for the compiled portal");
    free(text);
}

static void write_rest(struct build *build, struct publish *publish)
{
    assets_write(&build->assets, &build->site, publish, build->diag);
    search_write(&build->search, build->parallel, publish, build->diag);
    hosting_write(&build->render, &build->pages, publish, build->diag);
    write_portal(build, publish);
}

static char *printed(const struct diag *diag, void (*print)(const struct diag *, FILE *))
{
    char *text = NULL;
    size_t len;
    FILE *file = open_memstream(&text, &len);
    if (file) {
        print(diag, file);
        fclose(file);
    }
    return text;
}

/* What is said now is said again when nothing has changed. */
static bool commit(struct build *build, struct publish *publish)
{
    char *said = printed(build->diag, diag_print), *json = printed(build->diag, diag_print_json);
    struct record record = {.inputs = &build->inputs, .said = said, .said_json = json};
    bool known = build->inputs_known && said && json;
    bool done = publish_commit(publish, known ? &record : NULL, build->diag);
    free(said);
    free(json);
    return done;
}

/* Pages are written as they are rendered, where nobody sees them: an error in the last one leaves no trace.
 */
static bool make(struct build *build)
{
    struct publish *publish = NULL;
    if (!build->options->check_only && fine(build))
        publish = publish_begin(build->out, build->diag);
    build->mails = render_mails(&build->render, build->diag);
    page_list_render(&build->pages, &build->render, build->parallel, publish, build->diag);
    if (publish && fine(build))
        write_rest(build, publish);
    if (publish && fine(build) && build->options->compress)
        siblings_write(publish, arena_printf(build->arena, "site%sassets/", build->site.slug),
                       build->parallel, build->diag);
    if (publish && fine(build))
        return commit(build, publish);
    publish_abort(publish);
    return fine(build);
}

static void release(struct build *build)
{
    render_release(&build->render);
    page_list_release(&build->pages);
    help_release(&build->help);
    forms_release(&build->forms);
    json_decref(build->mails);
    json_decref(build->states);
    theme_release(&build->theme);
    site_release(&build->site);
    parallel_free(build->parallel);
    buf_release(&build->inputs);
    diag_free(build->diag);
    arena_free(build->arena);
}

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

static void report(const struct build *build, bool done, int64_t ms, FILE *out, FILE *err)
{
    size_t pages = build->pages.count, languages = build->site.locale_count;
    if (build->options->show) {
        const struct build_result result = {done,          build->diag,    &build->site,  &build->theme,
                                            &build->pages, &build->assets, build->states, build->mails};
        build->options->show(&result, build->options->context);
        return;
    }
    if (build->options->json) {
        diag_print_json(build->diag, out);
        return;
    }
    diag_print(build->diag, err);
    if (!done)
        fputs(build->options->check_only ? "errors were found\n" : "nothing was written\n", err);
    else if (build->options->check_only)
        fprintf(out, "checked %zu page%s in %zu language%s in %" PRId64 " ms: no errors\n", pages,
                plural(pages), languages, plural(languages), ms);
    else
        fprintf(out, "built %zu page%s in %zu language%s in %" PRId64 " ms -> %s/site\n", pages,
                plural(pages), languages, plural(languages), ms, build->out);
}

/* Is all that the last run made there, and would this one make the same? Then only its warnings are told. */
static bool is_done_already(struct build *build, FILE *out, FILE *err)
{
    const struct build_options *options = build->options;
    struct buf said;
    if (options->check_only || options->show)
        return false;
    build->inputs_known = inputs_list(options, &build->inputs);
    buf_init(&said, SAID_CEILING);
    bool done = build->inputs_known && record_holds(build->out, &build->inputs, options->json, &said);
    if (done) {
        fwrite(said.data, 1, said.len, options->json ? out : err);
        if (!options->json)
            fprintf(out, "nothing has changed -> %s/site\n", build->out);
    }
    buf_release(&said);
    return done;
}

static bool run(struct build *build, FILE *out, FILE *err)
{
    int64_t start = now_ms();
    build->out =
        build->options->out ? build->options->out : site_path(build->arena, build->options->site, "out");
    if (is_done_already(build, out, err))
        return true;
    build->parallel = parallel_new();
    if (!build->parallel) {
        fputs("guichet-gen: out of memory\n", err);
        return false;
    }
    load(build);
    bool done = prepare(build) && make(build);
    report(build, done, now_ms() - start, out, err);
    return done;
}

int build_run(const struct build_options *options, FILE *out, FILE *err)
{
    struct build build = {.options = options, .arena = arena_new(0), .diag = diag_new()};
    bool done = false;
    buf_init(&build.inputs, INPUTS_CEILING);
    if (build.arena && build.diag)
        done = run(&build, out, err);
    else
        fputs("guichet-gen: out of memory\n", err);
    release(&build);
    return done ? 0 : 1;
}
