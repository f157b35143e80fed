/* The table of each provider in "single_sign_on" of content/portal.json. Between them: single_sign_on.c. */
#include "single_sign_on.h"

static const char *const peoples[] = {"customers", "staff", NULL};
static const char *const clients[] = {"secret_basic", "secret_post", "public", NULL};

static const struct setting scope_item[] = {{.type = SETTING_TEXT, .min = 1, .max = 100}};

#define CLAIM(name, its_fallback, its_label, its_help)                                                       \
    {                                                                                                        \
        .key = (name), .type = SETTING_TEXT, .fallback = (its_fallback), .min = 1, .max = 100,               \
        .label = (its_label), .help = (its_help)                                                             \
    }

static const struct setting claim_settings[] = {
    CLAIM("email", "\"email\"", "E-mail address", "The claim that holds the person's address."),
    CLAIM("email_verified", "\"email_verified\"", "Address is verified",
          "The claim that says whether the provider saw that the address is the person's own."),
    CLAIM("first_name", "\"given_name\"", "First name", "The claim that holds it."),
    CLAIM("last_name", "\"family_name\"", "Last name", "The claim that holds it."),
    CLAIM("name", "\"name\"", "Whole name", "The claim that is taken where the two parts are missing."),
    CLAIM("groups", "\"groups\"", "Groups",
          "The claim that lists the groups that the provider has people in."),
    {0},
};

static const struct setting group_fields[] = {
    {.key = "value",
     .type = SETTING_TEXT,
     .required = true,
     .min = 1,
     .max = 255,
     .label = "There",
     .help = "What the provider calls the group, to the letter."},
    {.key = "group",
     .type = SETTING_ID,
     .required = true,
     .label = "Here",
     .help = "One of \"access.groups\"."},
    {0},
};

static const struct setting group_item[] = {{.type = SETTING_GROUP, .fields = group_fields}};

const struct setting provider_settings[] = {
    {.key = "label",
     .type = SETTING_LOCAL,
     .required = true,
     .min = 1,
     .max = 60,
     .label = "Words on the button",
     .help = "As in \"Continue with Acme\"."},
    {.key = "for",
     .type = SETTING_CHOICE,
     .fallback = "\"customers\"",
     .choices = peoples,
     .label = "Whom it is for",
     .help = "\"customers\" or \"staff\": it lets nobody else in."},
    {.key = "issuer",
     .type = SETTING_ISSUER,
     .required = true,
     .label = "Issuer",
     .help =
         "The provider's own name, to the letter as it gives it: an https:// address, or http://localhost "
         "for trials."},
    {.key = "client_id",
     .type = SETTING_TEXT,
     .required = true,
     .min = 1,
     .max = 255,
     .label = "Client",
     .help = "What the provider calls this portal."},
    {.key = "client",
     .type = SETTING_CHOICE,
     .fallback = "\"secret_basic\"",
     .choices = clients,
     .label = "Kind of client",
     .help =
         "How the secret is sent: \"secret_basic\", in a header; \"secret_post\", in the body; \"public\": "
         "there is none."},
    {.key = "scopes",
     .type = SETTING_LIST,
     .fallback = "[\"openid\", \"email\", \"profile\"]",
     .min = 1,
     .max = 20,
     .fields = scope_item,
     .label = "Scopes",
     .help = "What the provider is asked for; \"openid\" is one of them."},
    {.key = "claims",
     .type = SETTING_GROUP,
     .fields = claim_settings,
     .label = "Claims",
     .help = "What the provider calls what it tells about people."},
    {.key = "groups",
     .type = SETTING_LIST,
     .fallback = "[]",
     .max = 100,
     .fields = group_item,
     .label = "Groups",
     .help = "Which of the provider's groups are access groups of the portal; renewed with each sign-in."},
    {.key = "create_contacts",
     .type = SETTING_BOOL,
     .fallback = "false",
     .label = "Make contacts",
     .help = "Who is not known yet, and has a verified address, becomes a contact with the first sign-in."},
    {.key = "link_by_email",
     .type = SETTING_BOOL,
     .fallback = "false",
     .label = "Find people by their address",
     .help =
         "Who comes for the first time with a verified address that somebody here has is that person: only "
         "where the provider may be trusted with every address it verifies."},
    {.key = "sign_out",
     .type = SETTING_BOOL,
     .fallback = "true",
     .label = "Sign out there, too",
     .help = "Who has signed out is offered to sign out at the provider as well."},
    {0},
};
