/*
 * view: tickets and messages as callers see them. Ids only: the pages know the labels.
 */
#ifndef GUICHET_VIEW_H
#define GUICHET_VIEW_H

#include "../server/request.h"

/* The members of a ticket that lists and pages share; the caller opens and closes the object. */
void view_ticket(struct request *request, const struct ticket *ticket);

/* What a search found of it, in pieces of text of which some are hits; nothing where nothing was searched. */
void view_found(struct request *request, const struct ticket *ticket);

/* Does a column or a ticket's page show this property? */
bool view_shows(const struct request *request, const char *property);

/* Its member "properties": values of the admin's own properties that show, of the types that these have. */
void view_properties(struct request *request, const struct ticket *ticket);

/* An id of the store, as it stands in an address. 0: it is none. */
int64_t view_id(const char *text);

/* Its member "files", as customers, the team and webhooks see it. */
void view_files(struct buf *out, const struct message *message);

/* A message as an item of an array, or as the member `key`. */
void view_message(struct request *request, const char *key, const struct message *message);

/* The status that a list is asked for: "open", "closed", "all"; NULL: open. False: another. */
bool view_status(const char *text, enum ticket_status *status);

/*
 * Which tickets a view asks for: "mine", "company" or "shared"; NULL: the widest, "company" or else "mine".
 * PROBLEM_BAD_INPUT: another. PROBLEM_DENIED: company tickets, and the viewer has none, or nothing is shared
 * here.
 */
enum problem view_choose(const struct request *request, const char *name, enum ticket_view *view);

/* What a reply of the viewer to it would do now, and the rules that say so. */
enum reply_effect view_reply(const struct request *request, const struct ticket *ticket,
                             struct reply_rules *rules);

/* May the viewer say now how it went? */
bool view_may_rate(const struct request *request, const struct ticket *ticket);

/* The stage that the viewer may close it to. NULL: they may not, or it is closed. */
const char *view_close_stage(const struct request *request, const struct ticket *ticket);

#endif
