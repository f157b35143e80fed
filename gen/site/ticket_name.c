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
    const json_t *name = json_object_get(site->portal.value, "ticket_name");
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
    struct place place = settings_file_at(&site->portal, "/ticket_name");
    if (!one && !other)
        diag_warning(diag, place, "\"ticket_name\": none for \"%s\", which keeps the theme's own words",
                     locale);
    else if (!one || !other)
        diag_error(diag, settings_file_at(&site->portal, "/ticket_name/%s", one ? "other" : "one"),
                   "\"%s\": no word for \"%s\", for which there is \"%s\"", one ? "other" : "one", locale,
                   one ? "one" : "other");
}

/* Scripts and mails fill {placeholders} later on: a word that looks like one would be filled, too. */
static void check_braces(const struct site *site, const char *form, struct diag *diag)
{
    const char *tag;
    json_t *text;
    const json_t *name = json_object_get(site->portal.value, "ticket_name");
    json_object_foreach(json_object_get(name, form), tag, text)
    {
        if (strpbrk(json_string_value(text), "{}"))
            diag_error(diag, settings_file_at(&site->portal, "/ticket_name/%s/%s", form, tag),
                       "\"%s\": may not hold \"{\" or \"}\"", form);
    }
}

void site_check_ticket_name(const struct site *site, struct diag *diag)
{
    if (!json_object_get(site->portal.value, "ticket_name"))
        return;
    for (size_t i = 0; i < site->locale_count; i++)
        check_language(site, site->locales[i], diag);
    check_braces(site, "one", diag);
    check_braces(site, "other", diag);
}
