#include "route.h"

#include "../account/handlers.h"
#include "../desk/handlers.h"
#include "../mail/handlers.h"
#include "../oidc/handlers.h"
#include "../ops/health.h"
#include "../own/handlers.h"
#include "../portal/handlers.h"
#include "../sync/handlers.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define KIB 1024L
#define CEILING_SYNC (4096 * KIB) /* a batch */

static const struct route table[] = {
    {"GET", "/health", WHO_ANYONE, BODY_NONE, 0, ROUTE_WHEN_CLOSED, handle_health},
    {"GET", "/session", WHO_SIGNED_IN, BODY_NONE, 0,
     ROUTE_NOT_LET_IN | ROUTE_NOT_AGREED | ROUTE_SET_UP | ROUTE_VIEWING, handle_session},
    {"POST", "/session", WHO_ANYONE, BODY_JSON, 8 * KIB, 0, handle_sign_in},
    {"POST", "/session", WHO_ANYONE, BODY_FORM, 8 * KIB, 0, handle_sign_in_form},
    {"POST", "/session/code", WHO_ANYONE, BODY_JSON, 1 * KIB, 0, handle_code},
    {"POST", "/session/code", WHO_ANYONE, BODY_FORM, 4 * KIB, 0, handle_code_form},
    {"DELETE", "/session", WHO_ANYONE, BODY_NONE, 0, ROUTE_VIEWING, handle_sign_out},
    {"POST", "/session/end", WHO_ANYONE, BODY_FORM, 1 * KIB, ROUTE_VIEWING, handle_sign_out_form},
    {"DELETE", "/session/viewing", WHO_SIGNED_IN, BODY_NONE, 0,
     ROUTE_NOT_LET_IN | ROUTE_NOT_AGREED | ROUTE_SET_UP | ROUTE_VIEWING, handle_viewing_end},
    {"POST", "/sign-ups", WHO_ANYONE, BODY_JSON, 16 * KIB, 0, handle_sign_up},
    {"POST", "/sign-ups", WHO_ANYONE, BODY_FORM, 16 * KIB, 0, handle_sign_up_form},
    {"POST", "/sign-ups/confirm", WHO_ANYONE, BODY_JSON, 16 * KIB, 0, handle_sign_up_confirm},
    {"POST", "/sign-ups/confirm", WHO_ANYONE, BODY_FORM, 16 * KIB, 0, handle_sign_up_confirm_form},
    {"POST", "/resets", WHO_ANYONE, BODY_JSON, 2 * KIB, 0, handle_reset},
    {"POST", "/resets", WHO_ANYONE, BODY_FORM, 2 * KIB, 0, handle_reset_form},
    {"POST", "/resets/confirm", WHO_ANYONE, BODY_JSON, 16 * KIB, 0, handle_reset_confirm},
    {"POST", "/resets/confirm", WHO_ANYONE, BODY_FORM, 16 * KIB, 0, handle_reset_confirm_form},
    {"POST", "/sign-in-links", WHO_ANYONE, BODY_JSON, 2 * KIB, 0, handle_sign_in_link},
    {"POST", "/sign-in-links", WHO_ANYONE, BODY_FORM, 8 * KIB, 0, handle_sign_in_link_form},
    {"POST", "/links", WHO_ANYONE, BODY_JSON, 2 * KIB, 0, handle_link},
    {"POST", "/links", WHO_ANYONE, BODY_FORM, 4 * KIB, 0, handle_link_form},
    {"GET", "/account", WHO_SIGNED_IN, BODY_NONE, 0, ROUTE_SET_UP, handle_account},
    {"POST", "/account/details", WHO_SIGNED_IN, BODY_JSON, 4 * KIB, 0, handle_account_details},
    {"POST", "/account/password", WHO_SIGNED_IN, BODY_JSON, 16 * KIB, 0, handle_account_password},
    {"POST", "/account/address", WHO_SIGNED_IN, BODY_JSON, 16 * KIB, 0, handle_account_address},
    {"GET", "/account/consents", WHO_SIGNED_IN, BODY_NONE, 0, ROUTE_SET_UP, handle_consents},
    {"POST", "/account/consents/withdraw", WHO_SIGNED_IN, BODY_NONE, 0, 0, handle_consents_withdraw},
    {"POST", "/consents", WHO_ANYONE, BODY_FORM, 8 * KIB, ROUTE_NOT_AGREED, handle_consent_form},
    {"GET", "/account/mails", WHO_SIGNED_IN, BODY_NONE, 0, ROUTE_SET_UP, handle_account_mails},
    {"PUT", "/account/mails", WHO_SIGNED_IN, BODY_JSON, 1 * KIB, 0, handle_account_mails_set},
    {"GET", "/unsubscribes/{id}", WHO_ANYONE, BODY_NONE, 0, 0, handle_unsubscribe_link},
    {"POST", "/unsubscribes/{id}", WHO_ANYONE, BODY_JSON, 1 * KIB, 0, handle_unsubscribe},
    {"POST", "/unsubscribes/{id}", WHO_ANYONE, BODY_FORM, 4 * KIB, ROUTE_ANY_ORIGIN, handle_unsubscribe},
    {"POST", "/unsubscribes/{id}", WHO_ANYONE, BODY_UPLOAD_FORM, 4 * KIB, ROUTE_ANY_ORIGIN,
     handle_unsubscribe},
    {"GET", "/account/two-step", WHO_SIGNED_IN, BODY_NONE, 0, ROUTE_SET_UP, handle_two_step},
    {"POST", "/account/two-step", WHO_SIGNED_IN, BODY_JSON, 16 * KIB, ROUTE_SET_UP, handle_two_step_begin},
    {"POST", "/account/two-step/confirm", WHO_SIGNED_IN, BODY_JSON, 1 * KIB, ROUTE_SET_UP,
     handle_two_step_confirm},
    {"POST", "/account/two-step/codes", WHO_SIGNED_IN, BODY_JSON, 16 * KIB, 0, handle_two_step_codes},
    {"POST", "/account/two-step/off", WHO_SIGNED_IN, BODY_JSON, 16 * KIB, 0, handle_two_step_off},
    {"GET", "/account/sessions", WHO_SIGNED_IN, BODY_NONE, 0, ROUTE_SET_UP, handle_account_sessions},
    {"POST", "/account/sessions/end", WHO_SIGNED_IN, BODY_NONE, 0, 0, handle_account_sessions_end},
    {"DELETE", "/account/sessions/{id}", WHO_SIGNED_IN, BODY_NONE, 0, 0, handle_account_session_end},
    {"GET", "/audit", WHO_SIGNED_IN, BODY_NONE, 0, 0, handle_audit},
    {"GET", "/audit.jsonl", WHO_SIGNED_IN, BODY_NONE, 0, 0, handle_audit_export},
    {"GET", "/quarantine", WHO_SIGNED_IN, BODY_NONE, 0, 0, handle_quarantine},
    {"GET", "/quarantine/{number}", WHO_SIGNED_IN, BODY_NONE, 0, 0, handle_quarantined},
    {"POST", "/quarantine/{number}/accept", WHO_SIGNED_IN, BODY_NONE, 0, 0, handle_quarantine_accept},
    {"POST", "/quarantine/{number}/discard", WHO_SIGNED_IN, BODY_NONE, 0, 0, handle_quarantine_discard},
    {"POST", "/account/export", WHO_SIGNED_IN, BODY_JSON, 16 * KIB, 0, handle_account_export},
    {"POST", "/account/erasure", WHO_SIGNED_IN, BODY_JSON, 16 * KIB, 0, handle_account_erasure},
    {"POST", "/account/erasure/withdraw", WHO_SIGNED_IN, BODY_NONE, 0, 0, handle_account_erasure_withdraw},
    {"GET", "/erasures", WHO_SIGNED_IN, BODY_NONE, 0, 0, handle_erasures},
    {"GET", "/erasures/{number}", WHO_SIGNED_IN, BODY_NONE, 0, 0, handle_erasure},
    {"POST", "/erasures/{number}/approve", WHO_SIGNED_IN, BODY_NONE, 0, 0, handle_erasure_approve},
    {"POST", "/erasures/{number}/decline", WHO_SIGNED_IN, BODY_JSON, 16 * KIB, 0, handle_erasure_decline},
    {"GET", "/oidc/{id}/start", WHO_ANYONE, BODY_NONE, 0, 0, handle_oidc_start},
    {"GET", "/oidc/{id}/return", WHO_ANYONE, BODY_NONE, 0, 0, handle_oidc_return},
    {"GET", "/oidc/{id}/end", WHO_ANYONE, BODY_NONE, 0, 0, handle_oidc_end},
    {"GET", "/oidc/{id}/ended", WHO_ANYONE, BODY_NONE, 0, 0, handle_oidc_ended},
    {"GET", "/tickets", WHO_SIGNED_IN, BODY_NONE, 0, ROUTE_STEADY | ROUTE_TAGGED | ROUTE_VIEWING,
     handle_ticket_list},
    {"POST", "/tickets", WHO_SIGNED_IN, BODY_UPLOAD, CEILING_UPLOAD, ROUTE_KEYED, handle_ticket_new},
    {"POST", "/tickets/form", WHO_ANYONE, BODY_UPLOAD_FORM, CEILING_UPLOAD, 0, handle_ticket_new_form},
    {"GET", "/tickets/counts", WHO_SIGNED_IN, BODY_NONE, 0, ROUTE_STEADY | ROUTE_VIEWING,
     handle_ticket_counts},
    {"GET", "/tickets.csv", WHO_SIGNED_IN, BODY_NONE, 0, ROUTE_VIEWING, handle_ticket_export},
    {"GET", "/tickets/{number}", WHO_SIGNED_IN, BODY_NONE, 0, ROUTE_STEADY | ROUTE_TAGGED | ROUTE_VIEWING,
     handle_ticket},
    {"GET", "/tickets/{number}/messages", WHO_SIGNED_IN, BODY_NONE, 0, ROUTE_VIEWING, handle_ticket_messages},
    {"POST", "/tickets/{number}/replies", WHO_SIGNED_IN, BODY_UPLOAD, CEILING_UPLOAD, ROUTE_KEYED,
     handle_ticket_reply},
    {"POST", "/tickets/{number}/close", WHO_SIGNED_IN, BODY_NONE, 0, 0, handle_ticket_close},
    {"POST", "/tickets/{number}/close/undo", WHO_SIGNED_IN, BODY_NONE, 0, 0, handle_ticket_close_undo},
    {"PUT", "/tickets/{number}/rating", WHO_SIGNED_IN, BODY_JSON, 256 * KIB, 0, handle_ticket_rating},
    {"POST", "/tickets/{number}/participants", WHO_SIGNED_IN, BODY_JSON, 2 * KIB, 0, handle_participant_add},
    {"DELETE", "/tickets/{number}/participants/{id}", WHO_SIGNED_IN, BODY_NONE, 0, 0,
     handle_participant_remove},
    {"GET", "/tickets/{number}/files/{id}", WHO_SIGNED_IN, BODY_NONE, 0, ROUTE_VIEWING, handle_ticket_file},
    {"GET", "/desk/people", WHO_STAFF, BODY_NONE, 0, 0, handle_desk_people},
    {"GET", "/desk/people/{number}", WHO_STAFF, BODY_NONE, 0, 0, handle_desk_person},
    {"GET", "/desk/people/{number}/timeline", WHO_STAFF, BODY_NONE, 0, 0, handle_desk_person_timeline},
    {"POST", "/desk/people/{number}/viewing", WHO_STAFF, BODY_NONE, 0, 0, handle_desk_viewing},
    {"GET", "/desk/companies", WHO_STAFF, BODY_NONE, 0, 0, handle_desk_companies},
    {"GET", "/desk/companies/{number}", WHO_STAFF, BODY_NONE, 0, 0, handle_desk_company},
    {"GET", "/desk/companies/{number}/timeline", WHO_STAFF, BODY_NONE, 0, 0, handle_desk_company_timeline},
    {"GET", "/desk/mail", WHO_STAFF, BODY_NONE, 0, 0, handle_desk_mail},
    {"GET", "/desk/outbox", WHO_STAFF, BODY_NONE, 0, 0, handle_desk_outbox},
    {"POST", "/desk/outbox/{number}/resend", WHO_STAFF, BODY_NONE, 0, 0, handle_desk_resend},
    {"GET", "/desk/replies", WHO_STAFF, BODY_NONE, 0, 0, handle_desk_replies},
    {"POST", "/desk/replies", WHO_STAFF, BODY_JSON, 256 * KIB, 0, handle_desk_saved_add},
    {"GET", "/desk/replies/{number}", WHO_STAFF, BODY_NONE, 0, 0, handle_desk_saved},
    {"PUT", "/desk/replies/{number}", WHO_STAFF, BODY_JSON, 256 * KIB, 0, handle_desk_saved_change},
    {"DELETE", "/desk/replies/{number}", WHO_STAFF, BODY_NONE, 0, 0, handle_desk_saved_remove},
    {"GET", "/desk/queues", WHO_STAFF, BODY_NONE, 0, ROUTE_STEADY | ROUTE_TAGGED, handle_desk_queues},
    {"GET", "/desk/tickets", WHO_STAFF, BODY_NONE, 0, ROUTE_STEADY | ROUTE_TAGGED, handle_desk_list},
    {"GET", "/desk/tickets/counts", WHO_STAFF, BODY_NONE, 0, ROUTE_STEADY, handle_ticket_counts},
    {"GET", "/desk/tickets/{number}", WHO_STAFF, BODY_NONE, 0, ROUTE_STEADY | ROUTE_TAGGED,
     handle_desk_ticket},
    {"GET", "/desk/tickets/{number}/messages", WHO_STAFF, BODY_NONE, 0, 0, handle_desk_messages},
    {"GET", "/desk/tickets/{number}/beside", WHO_STAFF, BODY_NONE, 0, 0, handle_desk_beside},
    {"POST", "/desk/tickets/{number}/replies", WHO_STAFF, BODY_UPLOAD, CEILING_UPLOAD, ROUTE_KEYED,
     handle_ticket_reply},
    {"POST", "/desk/tickets/{number}/changes", WHO_STAFF, BODY_JSON, 64 * KIB, 0, handle_desk_change},
    {"GET", "/desk/tickets.csv", WHO_STAFF, BODY_NONE, 0, 0, handle_ticket_export},
    {"GET", "/sync/companies", WHO_TOKEN, BODY_NONE, 0, ROUTE_WHEN_CLOSED, handle_sync_get_companies},
    {"GET", "/sync/contacts", WHO_TOKEN, BODY_NONE, 0, ROUTE_WHEN_CLOSED, handle_sync_get_contacts},
    {"GET", "/sync/tickets", WHO_TOKEN, BODY_NONE, 0, ROUTE_WHEN_CLOSED, handle_sync_get_tickets},
    {"GET", "/sync/tickets/messages", WHO_TOKEN, BODY_NONE, 0, ROUTE_WHEN_CLOSED, handle_sync_get_messages},
    {"POST", "/sync/companies", WHO_TOKEN, BODY_JSON, CEILING_SYNC, ROUTE_WHEN_CLOSED, handle_sync_companies},
    {"POST", "/sync/contacts", WHO_TOKEN, BODY_JSON, CEILING_SYNC, ROUTE_WHEN_CLOSED, handle_sync_contacts},
    {"POST", "/sync/tickets", WHO_TOKEN, BODY_JSON, CEILING_SYNC, ROUTE_WHEN_CLOSED, handle_sync_tickets},
    {0},
};

const char *route_scope(const struct route *route, struct arena *arena)
{
    const char *what = route->path + strlen("/sync/");
    return arena_printf(arena, "%.*s:%s", (int)strcspn(what, "/"), what,
                        strcmp(route->method, "GET") == 0 ? "read" : "write");
}

const struct route *route_table(void)
{
    return table;
}

const char *route_body_type(enum route_body body)
{
    static const char *const types[] = {
        [BODY_NONE] = "",
        [BODY_JSON] = "application/json",
        [BODY_FORM] = "application/x-www-form-urlencoded",
        [BODY_UPLOAD] = "multipart/form-data",
        [BODY_UPLOAD_FORM] = "multipart/form-data",
    };
    return types[body];
}

struct captures {
    int64_t number;
    const char *id;
    size_t id_len;
};

/* Up to 15 digits without a leading zero: one ticket has one address. */
static bool capture_number(const char *text, size_t len, struct captures *captures)
{
    if (len == 0 || len > 15 || text[0] == '0')
        return false;
    captures->number = 0;
    for (size_t i = 0; i < len; i++) {
        if (!isdigit((unsigned char)text[i]))
            return false;
        captures->number = captures->number * 10 + (text[i] - '0');
    }
    return true;
}

static bool capture_id(const char *text, size_t len, struct captures *captures)
{
    for (size_t i = 0; i < len; i++)
        if (!isalnum((unsigned char)text[i]) && text[i] != '-' && text[i] != '_')
            return false;
    captures->id = text;
    captures->id_len = len;
    return len > 0 && len <= 64;
}

static bool segment_matches(const char *pattern, size_t pattern_len, const char *text, size_t len,
                            struct captures *captures)
{
    if (pattern_len == 8 && memcmp(pattern, "{number}", 8) == 0)
        return capture_number(text, len, captures);
    if (pattern_len == 4 && memcmp(pattern, "{id}", 4) == 0)
        return capture_id(text, len, captures);
    return pattern_len == len && memcmp(pattern, text, len) == 0;
}

static bool path_matches(const char *pattern, const char *path, struct captures *captures)
{
    while (*pattern == '/' && *path == '/') {
        size_t pattern_len = strcspn(++pattern, "/");
        size_t len = strcspn(++path, "/");
        if (!segment_matches(pattern, pattern_len, path, len, captures))
            return false;
        pattern += pattern_len;
        path += len;
    }
    return *pattern == '\0' && *path == '\0';
}

const char *route_methods(struct arena *arena, const char *path)
{
    struct captures captures;
    const char *methods = NULL;
    for (const struct route *route = table; route->method; route++) {
        if (!path_matches(route->path, path, &captures))
            continue;
        const char *head = strcmp(route->method, "GET") == 0 ? "GET, HEAD" : route->method;
        if (!methods)
            methods = head;
        else if (!strstr(methods, route->method))
            methods = arena_printf(arena, "%s, %s", methods, head);
        if (!methods)
            return NULL;
    }
    return methods;
}

static bool body_matches(const struct route *route, const char *content_type)
{
    return route->body == BODY_NONE || request_type_is(content_type, route_body_type(route->body));
}

enum problem route_find(struct request *request, const char *path, const char *method,
                        const char *content_type)
{
    struct captures captures = {0};
    enum problem problem = PROBLEM_NOT_FOUND;
    if (strcmp(method, "HEAD") == 0)
        method = "GET";
    for (const struct route *route = table; route->method; route++) {
        if (!path_matches(route->path, path, &captures))
            continue;
        if (strcmp(route->method, method) != 0) {
            problem = problem == PROBLEM_NOT_FOUND ? PROBLEM_METHOD : problem;
        } else if (!body_matches(route, content_type)) {
            problem = PROBLEM_MEDIA_TYPE;
        } else {
            request->route = route;
            request->number = captures.number;
            request->id = captures.id ? arena_strndup(request->arena, captures.id, captures.id_len) : NULL;
            return PROBLEM_NONE;
        }
    }
    if (problem == PROBLEM_METHOD)
        request->allow = route_methods(request->arena, path);
    return problem;
}
