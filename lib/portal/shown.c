/* What customers read of people and stages. */
#include "../locale.h"
#include "../portal.h"

#include <string.h>

static const char *text_in(const struct portal *portal, const json_t *by_language, const char *locale)
{
    const char *text = locale_pick(by_language, locale, portal->default_locale);
    return text ? text : "";
}

static const char *full_name(struct arena *arena, const char *first, const char *last)
{
    return arena_printf(arena, "%s%s%s", first, *first && *last ? " " : "", last);
}

const char *portal_team_name(const struct portal *portal, struct arena *arena, const char *locale,
                             const char *first, const char *last)
{
    const char *name = "";
    switch (portal->owner_name) {
    case PORTAL_FIRST_NAME:
        name = first;
        break;
    case PORTAL_LAST_NAME:
        name = last;
        break;
    case PORTAL_FULL_NAME:
        name = full_name(arena, first, last);
        break;
    case PORTAL_ALIAS:
        name = text_in(portal, portal->owner_alias, locale);
        break;
    }
    return name && *name == '\0' ? portal_name(portal, locale) : name;
}

const char *portal_status(const struct portal *portal, const char *locale, const char *pipeline_id,
                          const char *stage_id, bool closed)
{
    const struct portal_pipeline *pipeline = portal_pipeline(portal, pipeline_id);
    const struct portal_stage *stage = pipeline ? portal_stage(pipeline, stage_id) : NULL;
    if (portal->status_stages && stage)
        return text_in(portal, stage->label, locale);
    return portal_word(portal, locale, closed ? "closed_status" : "open");
}
