/* The table of "consent" in content/portal.json. Within it: consent.c. */
#include "site.h"

static const struct setting consent_link_fields[] = {
    {.key = "label",
     .type = SETTING_LOCAL,
     .required = true,
     .min = 1,
     .max = 100,
     .label = "Words",
     .help = "What the link is called, as in \"Privacy notice\"."},
    {.key = "url",
     .type = SETTING_URL,
     .required = true,
     .label = "Address",
     .help = "Where it leads: https://, or a path of this host."},
    {0},
};

static const struct setting consent_link[] = {{.type = SETTING_GROUP, .fields = consent_link_fields}};

#define CONSENT_WORDS                                                                                        \
    {.key = "notice",                                                                                        \
     .type = SETTING_LOCAL,                                                                                  \
     .min = 1,                                                                                               \
     .max = 4000,                                                                                            \
     .label = "Notice",                                                                                      \
     .help = "Stands above the consent: what happens with what people tell."},                               \
        {.key = "text",                                                                                      \
         .type = SETTING_LOCAL,                                                                              \
         .min = 1,                                                                                           \
         .max = 4000,                                                                                        \
         .label = "Consent",                                                                                 \
         .help = "What people agree to; with it, nobody signs up without ticking the box."},                 \
        {.key = "label",                                                                                     \
         .type = SETTING_LOCAL,                                                                              \
         .min = 1,                                                                                           \
         .max = 300,                                                                                         \
         .label = "Label",                                                                                   \
         .help = "Stands beside the box, as in \"I agree\"."},                                               \
    {                                                                                                        \
        .key = "links", .type = SETTING_LIST, .max = 10, .fields = consent_link, .label = "Links",           \
        .help = "Legal pages."                                                                               \
    }

static const struct setting consent_domain_fields[] = {
    {.key = "host",
     .type = SETTING_HOST,
     .required = true,
     .label = "Domain",
     .help = "One of \"domains\"; what is not said here is as in \"consent\" itself."},
    CONSENT_WORDS,
    {0},
};

static const struct setting consent_domain[] = {{.type = SETTING_GROUP, .fields = consent_domain_fields}};

const struct setting consent_settings[] = {
    CONSENT_WORDS,
    {.key = "renew",
     .type = SETTING_BOOL,
     .fallback = "false",
     .label = "Ask again",
     .help =
         "Contacts who have not agreed to these words, since they are new, were changed, or the consent was "
         "withdrawn, are asked before they go on; also who was invited or comes by single sign-on."},
    {.key = "domains",
     .type = SETTING_LIST,
     .max = 40,
     .fields = consent_domain,
     .label = "By domain",
     .help = "What other words a domain has."},
    {0},
};
