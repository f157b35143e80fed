/* "ticket_name" of content/portal.json: what the portal calls its tickets, and in which languages. */
#include "site.h"

#include "../../lib/locale.h"

#include <string.h>

const struct setting ticket_name_settings[] = {
    {.key = "one",
     .type = SETTING_LOCAL,
     .required = true,
     .min = 1,
     .max = 40,
     .partial = true,
     .label = "One ticket",
     .help = "The word for one, as it stands within a sentence: \"order\"."},
    {.key = "other",
     .type = SETTING_LOCAL,
     .required = true,
     .min = 1,
     .max = 40,
     .partial = true,
     .label = "Several tickets",
     .help = "The word for several, as it stands within a sentence: \"orders\"."},
    {0},
};

static const char *word(const struct site *site, const char *locale, const char *form)
{
    const json_t *name = json_object_get(site->portal.draft, "ticket_name");
    return locale_pick(json_object_get(name, form), locale, NULL);
}

const char *site_ticket_name(const struct site *site, const char *locale, const char *form)
{
    bool both = word(site, locale, "one") && word(site, locale, "other");
    return both ? word(site, locale, form) : NULL;
}

static void check_language(const struct site *site, const char *locale, struct diag *diag)
{
    const char *one = word(site, locale, "one"), *other = word(site, locale, "other");
    const char *lacks = one ? "other" : "one", *has = one ? "one" : "other";
    if (!one && !other)
        settings_file_warning(&site->portal, diag, "/ticket_name",
                              "none for \"%s\", which keeps the theme's own words", locale);
    else if (!one || !other)
        settings_file_error(&site->portal, diag, arena_printf(site->arena, "/ticket_name/%s", lacks),
                            "no word for \"%s\", for which there is \"%s\"; say both or none", locale, has);
}

/* Scripts and mails fill {placeholders} later on: a word that looks like one would be filled, too. */
static void check_braces(const struct site *site, const char *form, struct diag *diag)
{
    const char *tag;
    json_t *text;
    const json_t *name = json_object_get(site->portal.draft, "ticket_name");
    json_object_foreach(json_object_get(name, form), tag, text)
    {
        if (strpbrk(json_string_value(text), "{}"))
            settings_file_error(&site->portal, diag,
                                arena_printf(site->arena, "/ticket_name/%s%s%s", form, *tag == '*' ? "" : "/",
                                             *tag == '*' ? "" : tag),
                                "may not hold \"{\" or \"}\", which pages and mails would fill in");
    }
}

void site_check_ticket_name(const struct site *site, struct diag *diag)
{
    const json_t *name = json_object_get(site->portal.draft, "ticket_name");
    if (!json_is_object(json_object_get(name, "one")) || !json_is_object(json_object_get(name, "other")))
        return;
    for (size_t i = 0; i < site->locale_count; i++)
        check_language(site, site->locales[i], diag);
    check_braces(site, "one", diag);
    check_braces(site, "other", diag);
}
