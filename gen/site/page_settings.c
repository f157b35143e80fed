/* The tables of "access", "own_data" and "pages" in content/portal.json: who comes in, what they may do with
 * what is held about them, and how the way in looks. */
#include "site.h"
#include "system_pages.h"

#include <string.h>

const char *const system_pages[] = {"sign-in", "sign-up",   "verify",      "sign-out", "denied",
                                    "consent", "reset",     "reset-form",  "link",     "code",
                                    "closed",  "not-found", "unavailable", NULL};

bool system_page_is(const char *id, size_t len)
{
    const char *const *page = system_pages;
    while (*page && (strlen(*page) != len || memcmp(*page, id, len) != 0))
        page++;
    return *page != NULL;
}

static const char *const two_steps[] = {"optional", "staff", NULL};

static const struct setting group_fields[] = {
    {.key = "name",
     .type = SETTING_LOCAL,
     .required = true,
     .min = 1,
     .max = 100,
     .label = "Name",
     .help = "What the group is called where people are listed."},
    {0},
};

static const struct setting group_value[] = {{.type = SETTING_GROUP, .fields = group_fields}};

const struct setting access_settings[] = {
    {.key = "groups",
     .type = SETTING_MAP,
     .min = 1,
     .max = 50,
     .fields = group_value,
     .label = "Access groups",
     .help = "Only contacts who are in one of these groups come in, besides the team; absent: everybody who "
             "is known."},
    {.key = "sign_up",
     .type = SETTING_BOOL,
     .fallback = "false",
     .label = "Self-registration",
     .help = "People may make an account themselves; they see their own tickets only."},
    {.key = "invitation_days",
     .type = SETTING_INT,
     .fallback = "14",
     .min = 2,
     .max = 90,
     .label = "Invitations",
     .help = "Days for which the link of an invitation works, once."},
    {.key = "sign_up_group",
     .type = SETTING_ID,
     .label = "Group of who signs up",
     .help = "One of \"groups\", which people get into who make their account themselves. Absent, they wait "
             "until somebody of the team puts them into one."},
    {.key = "sign_in_links",
     .type = SETTING_BOOL,
     .fallback = "false",
     .label = "Sign-in links",
     .help = "People may have a link mailed to them that signs them in once, in place of their password."},
    {.key = "two_step",
     .type = SETTING_CHOICE,
     .fallback = "\"optional\"",
     .choices = two_steps,
     .label = "Two-step sign-in",
     .help = "\"optional\": whoever wants to sets it up; \"staff\": everybody of the team must, and does so "
             "before anything else with their next request."},
    {.key = "sign_in_mails",
     .type = SETTING_BOOL,
     .fallback = "false",
     .label = "Mail about new sign-ins",
     .help = "Who signs in with a browser that they have not used before gets a mail about it."},
    {0},
};

const struct setting own_data_settings[] = {
    {.key = "erasure",
     .type = SETTING_BOOL,
     .fallback = "true",
     .label = "Erasure",
     .help = "Customers may ask on the page of their account that what is held about them be erased; an "
             "administrator approves or declines it."},
    {.key = "cool_off_days",
     .type = SETTING_INT,
     .fallback = "14",
     .min = 0,
     .max = 90,
     .label = "Time to think it over",
     .help = "Days after somebody asked before which nothing is erased, and in which they may withdraw it."},
    {0},
};

static const struct setting page_fields[] = {
    {.key = "template",
     .type = SETTING_ID,
     .label = "Template",
     .help = "Which of the theme's variants: \"split\" is its pages/<page>--split.html."},
    {0},
};

#define PAGE(id, name, words)                                                                                \
    {                                                                                                        \
        .key = (id), .type = SETTING_GROUP, .fields = page_fields, .label = (name), .help = (words)          \
    }

const struct setting page_settings[] = {
    PAGE("sign-in", "Sign-in", "Address and password."),
    PAGE("sign-up", "Sign-up", "Where people make an account themselves."),
    PAGE("verify", "Verify", "Where the mailed code is used."),
    PAGE("sign-out", "Sign-out", "After one has signed out."),
    PAGE("denied", "Access denied", "Who is signed in, why this is not for them, whom to ask."),
    PAGE("consent", "Consent", "Asks for it before somebody goes on, where it is asked for again."),
    PAGE("reset", "Reset request", "Asks for a new password."),
    PAGE("reset-form", "Reset form", "Where the mailed link leads."),
    PAGE("link", "Mailed link", "Where links lead that sign one in, or confirm a new address."),
    PAGE("code", "Code", "The second step of signing in, for who has set it up."),
    PAGE("closed", "Closed", "All that shows while the portal is switched off."),
    PAGE("not-found", "Not found", "An address that leads nowhere."),
    PAGE("unavailable", "Unavailable", "The API cannot be reached."),
    {0},
};
