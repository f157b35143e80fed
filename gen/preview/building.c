#include "building.h"

#include "../build.h"
#include "../site/site.h"
#include "../theme/overlay.h"
#include "findings.h"

static double ms_since(const struct timespec *begun)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - begun->tv_sec) * 1e3 + (double)(now.tv_nsec - begun->tv_nsec) / 1e6;
}

static void say_result(const struct building *building, const struct build_result *result)
{
    const struct diag *diag = result->diag;
    size_t warnings = diag_warnings(diag);
    diag_print(diag, building->err);
    if (result->done)
        fprintf(building->out, "built in %.0f ms", ms_since(&building->begun));
    else
        fputs("errors: the last good build stays", building->out);
    if (warnings > 0)
        fputs(", with warnings", building->out);
    if (building->changes.any)
        fprintf(building->out, " (%s)", building->changes.first);
    fputc('\n', building->out);
    fflush(building->out);
}

static void take_result(const struct build_result *result, void *context)
{
    struct building *building = context;
    struct scene *scene = result->done ? scene_new(result) : NULL;
    bool done = result->done && scene;
    if (done) {
        scene_free(building->desk->scene);
        building->desk->scene = scene;
        style_forget_idle(building->desk->style, json_object_get(scene->style, "settings"),
                          json_object_get(scene->style, "given"));
    }
    const struct news_item item = {.done = done,
                                   .only_css = building->changes.any && building->changes.only_css,
                                   .hash = done ? scene->hash : "",
                                   .states = done ? scene->states_hash : "",
                                   .style = building->style,
                                   .findings = findings_text(result)};
    news_add(building->desk->news, &item);
    say_result(building, result);
}

/* Nothing is said of it: what is wrong is wrong in the portal itself, too. */
static void take_pseudo(const struct build_result *result, void *context)
{
    struct desk *desk = ((struct building *)context)->desk;
    if (!result->done)
        return;
    json_decref(desk->pseudo_mails);
    desk->pseudo_mails = json_incref(result->mails);
}

static void build_pseudo(struct building *building)
{
    const struct build_options options = {.site = building->site,
                                          .out = building->pseudo,
                                          .themes = building->themes,
                                          .pseudo = true,
                                          .overlay = building->overlay,
                                          .show = take_pseudo,
                                          .context = building};
    build_run(&options, building->out, building->err);
}

const char *building_variant(const char *folder, int variant, bool pseudo, struct arena *arena)
{
    return arena_printf(arena, "%s/variant-%d%s", folder, variant, pseudo ? "-pseudo" : "");
}

/* What is wrong with the portal itself is told already; here it is what a state wants of it. */
static void take_variant(const struct build_result *result, void *context)
{
    const struct building *building = context;
    if (result->done || !building->desk->scene)
        return;
    fputs("a state's \"settings\" do not fit this portal, which is shown as it is:\n", building->err);
    diag_print(result->diag, building->err);
}

static void build_variant(struct building *building, size_t variant, bool pseudo)
{
    struct arena *arena = arena_new(0);
    if (!arena)
        return;
    const struct build_options options = {
        .site = building->site,
        .out = building_variant(building->folder, (int)variant, pseudo, arena),
        .themes = building->themes,
        .pseudo = pseudo,
        .settings = json_array_get(building->desk->scene->variants, variant),
        .overlay = building->overlay,
        .show = take_variant,
        .context = building};
    build_run(&options, building->out, building->err);
    arena_free(arena);
}

static void build_variants(struct building *building)
{
    const struct scene *scene = building->desk->scene;
    for (size_t i = 0; scene && i < json_array_size(scene->variants); i++) {
        build_variant(building, i, false);
        if (building->is_pseudo_wanted)
            build_variant(building, i, true);
    }
}

/* Those who ask wait meanwhile: it takes less time than they would notice. */
void building_run(struct building *building)
{
    struct desk *desk = building->desk;
    const struct build_options options = {.site = building->site,
                                          .out = building->built,
                                          .themes = building->themes,
                                          .overlay = building->overlay,
                                          .show = take_result,
                                          .context = building};
    pthread_rwlock_wrlock(&desk->lock);
    gate_close(desk->gate);
    gate_close(desk->variants);
    build_run(&options, building->out, building->err);
    pthread_rwlock_unlock(&desk->lock);
    building->changes = (struct changes){0};
}

void building_make_pseudo(struct building *building)
{
    struct desk *desk = building->desk;
    pthread_rwlock_wrlock(&desk->lock);
    build_pseudo(building);
    if (!building->is_pseudo_wanted)
        gate_close(desk->variants); /* those that there are, are not in it */
    building->is_pseudo_wanted = true;
    pthread_rwlock_unlock(&desk->lock);
    gate_open(desk->gate);
}

void building_make_variants(struct building *building)
{
    struct desk *desk = building->desk;
    pthread_rwlock_wrlock(&desk->lock);
    build_variants(building);
    pthread_rwlock_unlock(&desk->lock);
    gate_open(desk->variants);
}

/* What a style control changed, as if a file had been: a change that the pages cannot show counts, too. */
void building_take_style(struct building *building)
{
    const struct scene *scene = building->desk->scene;
    struct changes *changes = &building->changes;
    json_t *overlay = style_take(building->desk->style, &building->style);
    bool only_css = scene && overlay_differs_in_css(json_object_get(scene->style, "settings"),
                                                    building->overlay, overlay);
    changes->only_css = only_css && (changes->only_css || !changes->any);
    if (!changes->any)
        snprintf(changes->first, sizeof changes->first, "%s", SITE_STYLE);
    changes->any = true;
    json_decref(building->overlay);
    building->overlay = overlay;
}
