/*
 * fixtures: the states in which the preview shows pages, and what the API answers in each, without an API.
 *
 * A theme ships them, a child theme replaces or adds single ones: fixtures/NN-<state>.json, NN being their
 * order; the first that shows pages is the usual one, in which the portal is shown as such.
 *
 *     {
 *       "label": "Many tickets",            what the state is called
 *       "help": "..",                       one sentence, or nothing
 *       "like": "signed-in",                also what that state answers, and what it left on the device
 *       "pages": {                          which pages are shown in it; none: it is only built upon
 *         "ticket": {
 *           "at": "?n=1042#m-2",            query and fragment of its address
 *           "steps": [                      what is done when it has loaded, by selectors
 *             {"wait": ".reply"}, {"fill": "#reply-message", "with": "Hello"}, {"press": "[type=submit]"}
 *           ]
 *         }
 *       },
 *       "answers": [                        the first that fits a request, to the letter if one does
 *         {"request": "GET /tickets/{number}", "status": 200, "body": {..}},
 *         {"request": "GET /tickets?status=open", "outcome": "never"}
 *       ],
 *       "device": {"guichet.person": {..}}, what the browser remembers
 *       "mails": {"name": "Anna Berg"},     all mails are shown, too, their {placeholders} filled with this
 *       "settings": {"tickets": {..}},      over content/portal.json: the pages are built with it
 *       "offline": true,                    it says that it has no connection
 *       "patience": 1000                    waits of up to so many milliseconds are over at once, longer
 *                                           ones never
 *     }
 *
 * An answer: with "after" it holds only once the page has made that request; "outcome" is "answer" (the
 * default), "never" (it is waited for in vain) or "network" (it fails without an answer); "delay"
 * milliseconds before it; "retry_after" seconds as a header; "location" for 303, below the language's home. A
 * text as "body" is a download, anything else JSON, in which "@-3h", "@+10m",
 * "@-2d" and the like are moments before or after now.
 */
#ifndef GUICHET_PREVIEW_FIXTURES_H
#define GUICHET_PREVIEW_FIXTURES_H

#include "../theme/theme.h"

extern const struct setting fixture_settings[];

/*
 * All states of the theme's chain in their order, as an array of the above with "id", all defaults and what
 * "like" brings. New reference. NULL: errors in `diag`. None at all is fine.
 */
json_t *fixtures_load(const struct theme *theme, struct diag *diag);

#endif
