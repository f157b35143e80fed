#include "starter.h"

#include <stdbool.h>
#include <string.h>

static const char article_en[] =
    "---\n"
    "title: Signing in\n"
    "summary: You sign in with your e-mail address and a password.\n"
    "---\n"
    "\n"
    "Press **Sign in** at the top of any page and type your e-mail address and your password.\n"
    "\n"
    "## The first time, or when you forgot it\n"
    "\n"
    "1. On the sign-in page, follow **Forgotten your password?**\n"
    "2. Type the e-mail address that you use with us.\n"
    "3. Open the e-mail that arrives, follow its link and choose a password.\n";

static const char article_fr[] =
    "---\n"
    "title: Se connecter\n"
    "summary: Vous vous connectez avec votre adresse e-mail et un mot de passe.\n"
    "---\n"
    "\n"
    "Suivez **Se connecter** en haut de n’importe quelle page, puis saisissez votre adresse e-mail et votre "
    "mot de "
    "passe.\n"
    "\n"
    "## La première fois, ou en cas d’oubli\n"
    "\n"
    "1. Sur la page de connexion, suivez **Mot de passe oublié ?**\n"
    "2. Saisissez l’adresse e-mail que vous utilisez avec nous.\n"
    "3. Ouvrez l’e-mail que vous recevez, suivez son lien et choisissez un mot de passe.\n";

static bool speaks(const char *locale, const char *language)
{
    size_t len = strlen(language);
    return strncmp(locale, language, len) == 0 && (locale[len] == '\0' || locale[len] == '-');
}

/* One text for all languages where one is enough; otherwise one for each, ready to be translated. */
static json_t *text(const struct starter *starter, const char *en, const char *fr)
{
    json_t *by_language = json_object();
    size_t french = 0;
    for (size_t i = 0; i < starter->locale_count; i++) {
        bool is_french = speaks(starter->locales[i], "fr");
        french += is_french;
        json_object_set_new(by_language, starter->locales[i], json_string(is_french ? fr : en));
    }
    if (french > 0 && french < starter->locale_count)
        return by_language;
    json_decref(by_language);
    return json_string(french > 0 ? fr : en);
}

enum { ADDRESS_HOST_MAX = 240 };

/* The team's address is a guess, to be corrected; not every host can have mail. */
static const char *address_of(const struct starter *starter)
{
    size_t len = strcspn(starter->host, ":");
    bool has_domain = memchr(starter->host, '.', len) != NULL;
    return has_domain && len <= ADDRESS_HOST_MAX
               ? arena_printf(starter->arena, "support@%.*s", (int)len, starter->host)
               : "support@localhost";
}

static json_t *locale_list(const struct starter *starter)
{
    json_t *list = json_array();
    for (size_t i = 0; i < starter->locale_count; i++)
        json_array_append_new(list, json_string(starter->locales[i]));
    return list;
}

/* The schema that an editor checks a file with goes first. Takes the reference. */
static json_t *with_schema(const char *schema, json_t *document)
{
    json_t *whole = json_pack("{s:s}", "$schema", schema);
    json_object_update(whole, document);
    json_decref(document);
    return whole;
}

json_t *starter_portal(const struct starter *starter)
{
    return with_schema("./schemas/portal.schema.json",
                       json_pack("{s:s, s:s, s:o, s:[{s:s, s:s}], s:{s:{s:s, s:s}}, s:{s:s}, s:s}", "name",
                                 starter->name, "theme", "default", "locales", locale_list(starter),
                                 "domains", "host", starter->host, "locale", starter->locales[0], "inboxes",
                                 "support", "name", starter->name, "address", address_of(starter), "tickets",
                                 "permission", "own", "form", "support"));
}

static json_t *stage(const char *id, json_t *label)
{
    return json_pack("{s:s, s:o}", "id", id, "label", label);
}

json_t *starter_pipelines(const struct starter *starter)
{
    json_t *closed = stage("closed", text(starter, "Closed", "Fermée"));
    json_object_set_new(closed, "closed", json_true());
    return with_schema(
        "./schemas/pipelines.schema.json",
        json_pack("{s:{s:o, s:[o, o, o]}}", "support", "label", text(starter, "Support", "Assistance"),
                  "stages", stage("new", text(starter, "Received", "Reçue")),
                  stage("waiting", text(starter, "Waiting for your answer", "En attente de votre réponse")),
                  closed));
}

static json_t *field(const char *id, const char *type, json_t *label)
{
    return json_pack("{s:s, s:s, s:o}", "id", id, "type", type, "label", label);
}

static json_t *required_field(const char *id, const char *type, json_t *label)
{
    json_t *made = field(id, type, label);
    json_object_set_new(made, "required", json_true());
    return made;
}

json_t *starter_form(const struct starter *starter)
{
    return with_schema("../schemas/form.schema.json",
                       json_pack("{s:o, s:o, s:s, s:s, s:[o, o, o]}", "menu",
                                 text(starter, "New ticket", "Nouvelle demande"), "heading",
                                 text(starter, "Tell us what is going on", "Dites-nous ce qui se passe"),
                                 "inbox", "support", "pipeline", "support", "fields",
                                 required_field("subject", "text", text(starter, "Subject", "Objet")),
                                 required_field("message", "textarea",
                                                text(starter, "What happened?", "Que s’est-il passé ?")),
                                 field("files", "files", text(starter, "Files", "Fichiers"))));
}

json_t *starter_sections(const struct starter *starter)
{
    return with_schema("../schemas/sections.schema.json",
                       json_pack("{s:{s:o, s:i}}", "getting-started", "title",
                                 text(starter, "Getting started", "Premiers pas"), "order", 1));
}

const char *starter_article(const char *locale)
{
    return speaks(locale, "fr") ? article_fr : article_en;
}
