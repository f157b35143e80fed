/* guichet-api people link: what a mail would bring, for whom no mail reaches. */
#include "../store/access.h"
#include "../store/audit.h"
#include "../store/secret.h"
#include "../store/token.h"
#include "admin.h"

#include <sodium.h>
#include <string.h>
#include <time.h>

#define MINUTE_MS INT64_C(60000)

/* Their own language, if the portal speaks it. */
static const char *locale_of(const struct portal *portal, const struct person *person)
{
    for (size_t i = 0; person->locale && i < portal->locale_count; i++)
        if (strcmp(portal->locales[i], person->locale) == 0)
            return portal->locales[i];
    return portal->default_locale;
}

static bool is_good(struct admin *admin, const struct known *known)
{
    const char *email = known->person.email;
    if (known->disabled)
        admin_error(admin, "%s: is disabled; guichet-api people enable %s lets them in again", email, email);
    else if (!person_may_enter(&known->person, admin->portal))
        admin_error(admin,
                    "%s: would not be let in, being in no access group; guichet-api people set %s --group ID "
                    "puts them into one",
                    email, email);
    else
        return true;
    return false;
}

/* Who holds the link is who they say: it is written down that there is one before it is. */
static enum rc make(struct admin *admin, const struct known *known, int64_t until,
                    char secret[SECRET_TEXT_LEN + 1])
{
    unsigned char hash[SECRET_HASH_BYTES];
    const char *purpose = known->has_password ? "reset" : "invitation";
    enum rc rc = audit_write(admin->store, admin->now, known->person.id, "link.print", 0, purpose);
    secret_make(secret, hash);
    return rc == RC_OK ? token_create(admin->store, hash, known->person.id, purpose, admin->now, until) : rc;
}

static void tell(struct admin *admin, const struct known *known, const char *url, int64_t until)
{
    char moment[40];
    struct tm utc;
    time_t seconds = (time_t)(until / 1000);
    gmtime_r(&seconds, &utc);
    strftime(moment, sizeof moment, "%Y-%m-%d %H:%M UTC", &utc);
    admin_done(admin, "%s", url);
    admin_done(admin,
               "%s: the link works once, until %s, and in place of those that came before; whoever has it "
               "chooses the password",
               known->person.email, moment);
    admin_tell(admin, known);
    json_t *one = json_array_get(admin->people, 0);
    json_object_set_new(one, "link", json_string(url));
    json_object_set_new(one, "link_until", json_string(moment));
}

void people_link(struct admin *admin)
{
    struct known known;
    char secret[SECRET_TEXT_LEN + 1];
    const char *given = json_string_value(json_array_get(admin->addresses, 0));
    const char *email = given ? given : "";
    enum rc rc = people_find(admin->store, admin->arena, email, &known);
    if (rc == RC_NOT_FOUND)
        admin_error(admin, "%s: nobody has this address; guichet-api people add %s adds them", email, email);
    else if (rc != RC_OK)
        admin_failed(admin, email, rc);
    if (rc != RC_OK || !is_good(admin, &known))
        return;
    int64_t minutes = known.has_password ? TOKEN_RESET_MINUTES : admin->portal->invitation_days * 24 * 60;
    int64_t until = admin->now + minutes * MINUTE_MS;
    rc = make(admin, &known, until, secret);
    const char *url = arena_printf(admin->arena, "%s%s%s/reset-form/#%s=%s", admin->origin,
                                   admin->portal->slug, locale_of(admin->portal, &known.person),
                                   known.has_password ? "token" : "invitation", secret);
    sodium_memzero(secret, sizeof secret);
    if (rc != RC_OK || !url)
        admin_failed(admin, email, rc == RC_OK ? RC_INTERNAL : rc);
    else
        tell(admin, &known, url, until);
}
