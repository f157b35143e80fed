/*
 * portal: the compiled form of a portal: what guichet-gen writes and guichet-api reads.
 *
 * One file, out/portal/portal.json, complete and checked: every default is filled in, every reference holds,
 * every text that people read is an object by language. docs/portal-format.md shows it. The reader trusts
 * nothing all the same: a wrong or missing member is one clear error, never a guess.
 *
 * Times are in the unit that a name ends with; sizes in bytes.
 */
#ifndef GUICHET_PORTAL_H
#define GUICHET_PORTAL_H

#include "arena.h"
#include "diag.h"
#include "filter.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* Raised when the format changes; a reader refuses any other. */
#define PORTAL_FORMAT 4

struct portal_domain {
    const char *host;
    const char *locale;
};

struct portal_group {
    const char *id;
    const json_t *name; /* by language */
};

struct portal_inbox {
    const char *id;
    const json_t *name; /* by language */
    const char *address;
};

struct portal_stage {
    const char *id;
    const json_t *label;
    bool closed;
};

struct portal_pipeline {
    const char *id;
    const json_t *label;
    struct portal_stage *stages; /* in order; the first open one is where new tickets start */
    size_t stage_count;
    const char *closed_stage; /* where customers close to; NULL: nowhere, as when they may not */
    const char *reopen_stage; /* where their reply moves a closed ticket */
};

enum portal_object { PORTAL_TICKET, PORTAL_CONTACT };

/* The properties that every ticket, or every contact, has (filter.h). */
const struct property_kind *portal_builtins(enum portal_object of);

struct portal_option {
    const char *value;
    const json_t *label; /* by language */
};

/*
 * A property of tickets or contacts: built in, or the admin's own. Of the latter's values texts, choices and
 * dates ("2026-11-22") are strings, several choices are arrays of strings, besides numbers and booleans. What
 * an own SELECT or MULTI_SELECT may be stands in its options; of built-in ones they only say what is known to
 * be called how: status, stage and pipeline as set, category and priority as the forms offer them, source
 * none. A built-in DATE is a time, the others are days.
 */
struct portal_property {
    const char *id; /* no own one is called like a built-in one, nor like one of the other kind of object */
    enum portal_object of;
    bool own;
    enum property_type type;
    const json_t *label; /* by language; NULL: it shows nowhere, as those built into contacts */
    struct portal_option *options;
    size_t option_count;
    bool shown; /* a column or a ticket's page shows it; what shows nowhere never leaves the API */
    const json_t *min,
        *max; /* NUMBER: JSON numbers, NULL: no limit; TEXT of the admin's own: `max` characters */
};

/* What of a ticket is shown: a column of the list and of the CSV, or a line of its page. */
struct portal_column {
    const char *property; /* its id */
    const struct portal_property *what;
    const json_t *label; /* by language; NULL: the property's own */
};

/*
 * What the API says in the customer's language besides mails: the names of all properties, "number", "open",
 * "closed_status", "yes", "no", and "file", what an export is called; ended by NULL.
 */
extern const char *const portal_words[];

enum portal_permission { PORTAL_OWN, PORTAL_COMPANY, PORTAL_MATCHING };

enum portal_threads { PORTAL_THREADS_ALL, PORTAL_THREADS_LATEST, PORTAL_THREADS_ORIGINAL };

/* What is marked internal by rule, besides the team's notes. */
struct portal_internal {
    const char **channels; /* "email": what comes that way */
    size_t channel_count;
    const char **senders; /* "x@y", or "@y" for all of them there */
    size_t sender_count;
    const struct portal_filter *tickets; /* NULL: none; of those that match everything but one's own words */
};

/* What customers read of the people of the team. */
enum portal_owner_name { PORTAL_FIRST_NAME, PORTAL_LAST_NAME, PORTAL_FULL_NAME, PORTAL_ALIAS };

enum portal_field_type {
    PORTAL_FIELD_TEXT,
    PORTAL_FIELD_TEXTAREA,
    PORTAL_FIELD_SELECT,
    PORTAL_FIELD_FILES,
    PORTAL_FIELD_NUMBER,
    PORTAL_FIELD_DATE,
    PORTAL_FIELD_MULTI_SELECT,
    PORTAL_FIELD_CHECKBOX
};

enum portal_test { PORTAL_IS, PORTAL_IS_NOT, PORTAL_KNOWN, PORTAL_UNKNOWN };

/* When a field is asked for: what another one, a choice or checkbox that comes earlier, was answered with. */
struct portal_condition {
    const char *field;
    enum portal_test test;
    const char **values; /* IS, IS_NOT: any of these, none of these */
    size_t value_count;
};

struct portal_field {
    const char *id; /* "subject", "message", "category", "priority", "files", or a property's */
    const struct portal_property *property; /* the admin's own; NULL: none */
    enum portal_field_type type;
    const json_t *label;
    bool required;
    long max;                   /* characters; for files: how many */
    const json_t *least, *most; /* NUMBER: limits; NULL: none */
    const char **options;       /* SELECT, MULTI_SELECT: the values, `option_count` of them */
    size_t option_count;
    const struct portal_condition *show_when; /* NULL: always */
};

/* How we show a provider who we are (OpenID Connect Core 1.0, section 9). */
enum portal_client { PORTAL_CLIENT_BASIC, PORTAL_CLIENT_POST, PORTAL_CLIENT_PUBLIC };

/* What a provider calls what it tells about people. */
struct portal_claims {
    const char *email, *email_verified, *first_name, *last_name, *name, *groups;
};

/* A group of the provider that is one of the portal's. */
struct portal_group_claim {
    const char *value;
    const char *group;
};

/* A provider of OpenID Connect; its secret is the deployment's. */
struct portal_provider {
    const char *id;
    const json_t *label; /* by language */
    const char *issuer;
    const char *client_id;
    const char **scopes;
    size_t scope_count;
    enum portal_client client;
    struct portal_claims claims;
    struct portal_group_claim *groups;
    size_t group_count;
    bool staff;           /* for the team, and nobody else; else for contacts, and nobody else */
    bool create_contacts; /* whoever is not known becomes one */
    bool link_by_email;   /* who comes for the first time is found by a verified address */
    bool sign_out;        /* who signed out here is offered to do so there */
};

/*
 * Whether a field is asked for, `answers` being those of the field it depends on, none when that one was left
 * empty. What depends on a field that is not asked for is not asked for, either: see to that first.
 */
bool portal_condition_holds(const struct portal_condition *condition, const char *const *answers,
                            size_t count);

struct portal_form {
    const char *id;
    const char *inbox;
    const char *pipeline;
    const char *stage; /* where its tickets start */
    struct portal_field *fields;
    size_t field_count;
};

struct portal {
    bool open;
    const json_t *name;
    const json_t *ticket_name, *tickets_name; /* by language: what one is called, what several are */
    const char *slug;                         /* "/" or "/support/" */
    const char *api;                          /* "/api/v1" or "https://api.example.com/api/v1" */
    const char **locales;
    size_t locale_count;
    const char *default_locale;
    struct portal_domain *domains;
    size_t domain_count;
    struct portal_inbox *inboxes;
    size_t inbox_count;
    const char *default_inbox;
    struct portal_pipeline *pipelines;
    size_t pipeline_count;
    struct portal_property *properties; /* of tickets and of contacts */
    size_t property_count;
    struct portal_column *columns; /* of the list and the CSV */
    size_t column_count;
    const char **filters; /* ids of properties of tickets: what customers may filter the list by */
    size_t filter_count;
    struct portal_column *page; /* what a ticket's own page shows besides */
    size_t page_count;
    enum portal_permission permission;
    bool company_managers; /* MATCHING: these contacts see their company's tickets: its managers, */
    const struct portal_filter *company_contacts; /* and who matches; NULL: nobody does */
    const struct portal_filter *visible;          /* only these tickets show; NULL: all */
    const char **visible_inboxes;                 /* and only those of these inboxes; none here: of all */
    size_t visible_inbox_count;
    enum portal_threads threads; /* which public threads of a ticket show */
    struct portal_internal internal;
    bool participants;    /* people may be added to a ticket, and see it then */
    bool csv_mark;        /* exports begin with a byte order mark */
    bool customers_close; /* if so, every pipeline has its closed stage */
    bool rating;          /* whoever asked may say how it went */
    bool reply_to_closed;
    long follow_up_days; /* a reply so many days after closing starts a new ticket; 0: never */
    bool status_stages;  /* the status of a ticket is its stage's name, and not Open or Closed */
    enum portal_owner_name owner_name;
    const json_t *owner_alias; /* by language; NULL unless the name is PORTAL_ALIAS */
    long per_page;
    long file_max_bytes;
    long files_max;     /* per message */
    long idle_minutes;  /* a session ends after so long without use */
    long session_hours; /* and at the latest after so long */
    long remember_days; /* so long for those who ask to stay signed in; 0: they cannot */
    long password_min;
    long invitation_days;        /* the link of an invitation works for so long */
    struct portal_group *groups; /* of contacts who are let in; none here: everybody who is known */
    size_t group_count;
    bool sign_up;              /* people may make accounts themselves */
    bool sign_in_links;        /* and have a link mailed to them that signs them in */
    bool sign_in_mails;        /* they are written to when they sign in with another browser */
    bool erasure;              /* customers may ask that what is held about them be erased */
    long cool_off_days;        /* nothing is erased sooner after they asked */
    bool two_step_staff;       /* the team must have two-step sign-in */
    const char *sign_up_group; /* which they then get into; NULL: none */
    const json_t *consent;     /* the exact words by version, in every language; empty: none is asked for */
    bool consent_renew;        /* contacts who have not agreed to one of these are asked before they go on */
    struct portal_provider *providers; /* of single sign-on */
    size_t provider_count;
    struct portal_form *forms; /* the first is the one that is meant where none is named */
    size_t form_count;         /* 0: the support forms are off */
    const char *csp;           /* the Content-Security-Policy for pages, as the generator put it in them */
    json_t *root;              /* owned; all of the above borrow from it */
};

/* Read dir/portal.json. NULL: one error in `diag` ("out/portal/portal.json: not found; run guichet-gen
 * first"). */
struct portal *portal_load(const char *dir, struct diag *diag);
void portal_free(struct portal *portal);

/* Lookups by id. NULL: none. */
const struct portal_inbox *portal_inbox(const struct portal *portal, const char *id);
const struct portal_group *portal_group(const struct portal *portal, const char *id);
const struct portal_pipeline *portal_pipeline(const struct portal *portal, const char *id);
/* NULL for `id`: the first. */
const struct portal_form *portal_form(const struct portal *portal, const char *id);
const struct portal_stage *portal_stage(const struct portal_pipeline *pipeline, const char *id);
const struct portal_property *portal_property(const struct portal *portal, enum portal_object of,
                                              const char *id);
const struct portal_provider *portal_provider(const struct portal *portal, const char *id);
const struct portal_option *portal_option(const struct portal_property *property, const char *value);

/* What an option is called in a language; of one that is not known (any more) the value itself. Never NULL.
 */
const char *portal_option_label(const struct portal *portal, const struct portal_property *property,
                                const char *locale, const char *value);

/* A text of a mail in a language: portal_mail(p, "fr", "reply", "subject"); also "text" and "html". Patterns
 * for locale_format(). NULL: none such. */
const char *portal_mail(const struct portal *portal, const char *locale, const char *mail, const char *part);

/* One of portal_words; in the default language when the portal has not that one. Never NULL. */
const char *portal_word(const struct portal *portal, const char *locale, const char *word);

/* The exact words that a version of the consent stands for. NULL: it is none of today's. */
const char *portal_consent(const struct portal *portal, const char *version);

/* The portal's name in a language. Never NULL. */
const char *portal_name(const struct portal *portal, const char *locale);

/*
 * What customers read of somebody of the team, in a language: as the settings say, and never more. Who lacks
 * that name is called as the portal. In the arena, or NULL without memory.
 */
const char *portal_team_name(const struct portal *portal, struct arena *arena, const char *locale,
                             const char *first, const char *last);

/* What customers read as a ticket's status, in a language: Open or Closed, or its stage's name. Never NULL.
 */
const char *portal_status(const struct portal *portal, const char *locale, const char *pipeline,
                          const char *stage, bool closed);

#endif
