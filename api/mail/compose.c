#include "compose.h"

#include "../../lib/esc.h"
#include "../../lib/fill.h"
#include "../../lib/locale.h"
#include "../store/sign_up.h"
#include "../store/token.h"

#include <stdio.h>
#include <string.h>

#define PATH_CEILING (8 * 1024)
#define BODIES_CEILING (2 * 1024 * 1024)

/* Of a rating, there is one for each score: see pattern_of(). */
static const char *const patterns[] = {
    [OUTBOX_REPLY] = "reply",
    [OUTBOX_COPY] = "copy",
    [OUTBOX_INBOX_REPLY] = "inbox_reply",
    [OUTBOX_INBOX_TICKET] = "inbox_ticket",
    [OUTBOX_INBOX_CLOSED] = "closed",
    [OUTBOX_SHARED] = "shared",
    [OUTBOX_RECEIVED] = "received",
    [OUTBOX_RESET] = "reset",
    [OUTBOX_INVITATION] = "invitation",
    [OUTBOX_SIGN_UP] = "sign_up",
    [OUTBOX_SIGN_UP_KNOWN] = "sign_up_known",
    [OUTBOX_SIGN_IN_LINK] = "sign_in_link",
    [OUTBOX_ADDRESS] = "address",
    [OUTBOX_ADDRESS_OLD] = "address_old",
    [OUTBOX_PASSWORD_CHANGED] = "password_changed",
    [OUTBOX_TWO_STEP_ON] = "two_step_on",
    [OUTBOX_TWO_STEP_OFF] = "two_step_off",
    [OUTBOX_RECOVERY_USED] = "recovery_used",
    [OUTBOX_RECOVERY_NEW] = "recovery_new",
    [OUTBOX_CONSENT_WITHDRAWN] = "consent_withdrawn",
    [OUTBOX_NEW_SIGN_IN] = "new_sign_in",
    [OUTBOX_ERASURE_ASKED] = "erasure_asked",
    [OUTBOX_ERASURE_WITHDRAWN] = "erasure_withdrawn",
    [OUTBOX_ERASURE_DECLINED] = "erasure_declined",
    [OUTBOX_ERASURE_DONE] = "erasure_done",
};

static const char *pattern_of(const struct outbox_mail *mail)
{
    if (mail->next)
        return "digest";
    if (mail->kind != OUTBOX_INBOX_RATED)
        return patterns[mail->kind];
    return mail->score && strcmp(mail->score, "bad") == 0 ? "rated_bad" : "rated_good";
}

static bool is_for_inbox(const struct outbox_mail *mail)
{
    return mail->to_address == NULL;
}

static const char *locale_of(const struct portal *portal, const struct outbox_mail *mail)
{
    for (size_t i = 0; mail->locale && i < portal->locale_count; i++)
        if (strcmp(portal->locales[i], mail->locale) == 0)
            return portal->locales[i];
    return portal->default_locale;
}

/* The ticket's inbox; one that the settings no longer have is stood in for by the default one. */
static const struct portal_inbox *inbox_of(const struct portal *portal, const struct outbox_mail *mail)
{
    const struct portal_inbox *inbox = mail->inbox ? portal_inbox(portal, mail->inbox) : NULL;
    return inbox ? inbox : portal_inbox(portal, portal->default_inbox);
}

/* Where a mail about somebody's account leads. */
static const char *account_path(enum outbox_kind kind)
{
    switch (kind) {
    case OUTBOX_SIGN_UP:
        return "verify/#code=";
    case OUTBOX_INVITATION:
        return "reset-form/#invitation=";
    case OUTBOX_RESET:
    case OUTBOX_SIGN_UP_KNOWN:
        return "reset-form/#token=";
    case OUTBOX_SIGN_IN_LINK:
        return "link/#sign-in=";
    case OUTBOX_ADDRESS:
        return "link/#address=";
    case OUTBOX_ADDRESS_OLD:
    case OUTBOX_PASSWORD_CHANGED:
    case OUTBOX_TWO_STEP_ON:
    case OUTBOX_TWO_STEP_OFF:
    case OUTBOX_RECOVERY_USED:
    case OUTBOX_RECOVERY_NEW:
    case OUTBOX_CONSENT_WITHDRAWN:
    case OUTBOX_NEW_SIGN_IN:
        return "reset/";
    case OUTBOX_ERASURE_ASKED:
    case OUTBOX_ERASURE_WITHDRAWN:
    case OUTBOX_ERASURE_DECLINED:
        return "account/#own-data";
    case OUTBOX_ERASURE_DONE:
        return "";
    default:
        return NULL;
    }
}

/* "link/?return=%2Fsupport%2Fen%2Fticket%2F%3Fn%3D5#sign-in=": where they were on their way to. */
static const char *path_by(struct arena *arena, const char *path, const char *back)
{
    struct buf text;
    size_t page = strcspn(path, "#");
    buf_init(&text, PATH_CEILING);
    buf_addf(&text, "%.*s?return=", (int)page, path);
    esc_url(&text, back, strlen(back));
    buf_adds(&text, path + page);
    char *copy = buf_ok(&text) ? arena_strndup(arena, text.data, text.len) : NULL;
    buf_release(&text);
    return copy;
}

static const char *url_of(struct arena *arena, const struct portal *portal, const char *origin,
                          const char *locale, const struct outbox_mail *mail, const char *secret)
{
    const char *path = account_path(mail->kind);
    if (path && mail->detail && (mail->kind == OUTBOX_RESET || mail->kind == OUTBOX_SIGN_IN_LINK))
        path = path_by(arena, path, mail->detail);
    if (path)
        return arena_printf(arena, "%s%s%s/%s%s", origin, portal->slug, locale, path, secret);
    return arena_printf(arena, "%s%s%s/ticket/?n=%lld", origin, portal->slug, locale,
                        (long long)mail->number);
}

/* NULL: the mail has no author. */
static const char *author_of(struct arena *arena, const struct portal *portal, const char *locale,
                             const struct outbox_mail *mail)
{
    const char *first = mail->author_first_name, *last = mail->author_last_name;
    if (!first || !last)
        return NULL;
    if (mail->author_staff)
        return portal_team_name(portal, arena, locale, first, last);
    return arena_printf(arena, "%s%s%s", first, *first && *last ? " " : "", last);
}

/* Each below the name of who wrote it. */
static const char *bodies_of(struct arena *arena, const struct portal *portal, const char *locale,
                             const struct outbox_mail *mail)
{
    struct buf text;
    buf_init(&text, BODIES_CEILING);
    for (const struct outbox_mail *each = mail; each; each = each->next) {
        const char *author = author_of(arena, portal, locale, each);
        buf_addf(&text, "%s%s:\n", each == mail ? "" : "\n\n", author ? author : "");
        buf_adds(&text, each->body ? each->body : "");
    }
    const char *copy = buf_ok(&text) ? arena_strndup(arena, text.data, text.len) : NULL;
    buf_release(&text);
    return copy ? copy : "";
}

/* A rating's comment stands in a paragraph of its own, if there is one. */
static const char *body_of(struct arena *arena, const struct portal *portal, const char *locale,
                           const struct outbox_mail *mail)
{
    if (mail->next)
        return bodies_of(arena, portal, locale, mail);
    if (mail->kind == OUTBOX_INBOX_RATED && mail->body && *mail->body)
        return arena_printf(arena, "\n%s\n", mail->body);
    if (mail->kind == OUTBOX_ERASURE_DECLINED)
        return mail->detail ? mail->detail : "";
    return mail->body ? mail->body : "";
}

/* A name within a sentence, which neither turns round where one of the two is written from right to left. */
static const char *within(struct arena *arena, const char *locale, const char *name)
{
    if (!name || !locale_turns(locale, name))
        return name ? name : "";
    return arena_printf(arena, "\xe2\x81\xa8%s\xe2\x81\xa9", name);
}

static bool write_words(struct letter *letter, struct arena *arena, const struct portal *portal,
                        const struct outbox_mail *mail, const char *url, const char *secret)
{
    char number[24], minutes[24], hours[24], days[24];
    const char *name = mail->to_name && !*mail->to_name ? mail->to_address : mail->to_name;
    const char *author = author_of(arena, portal, letter->locale, mail);
    snprintf(number, sizeof number, "%lld", (long long)mail->number);
    snprintf(minutes, sizeof minutes, "%d",
             mail->kind == OUTBOX_SIGN_IN_LINK ? TOKEN_SIGN_IN_MINUTES : TOKEN_RESET_MINUTES);
    snprintf(hours, sizeof hours, "%d", SIGN_UP_HOURS);
    snprintf(days, sizeof days, "%ld",
             mail->kind == OUTBOX_ERASURE_ASKED ? portal->cool_off_days : portal->invitation_days);
    const struct locale_arg args[] = {
        {"portal", portal_name(portal, letter->locale)},
        {"number", number},
        {"subject", within(arena, letter->locale, mail->subject)},
        {"author", within(arena, letter->locale, author)},
        {"body", body_of(arena, portal, letter->locale, mail)},
        {"url", url},
        {"name", within(arena, letter->locale, name)},
        {"minutes", minutes},
        {"hours", hours},
        {"days", days},
        {"code", mail->kind == OUTBOX_SIGN_UP ? secret : ""},
        {"address", within(arena, letter->locale, mail->detail)},
        {"device", within(arena, letter->locale, mail->detail)},
    };
    const struct fill fill = {arena, args, sizeof args / sizeof args[0]};
    const char *subject = portal_mail(portal, letter->locale, pattern_of(mail), "subject");
    const char *text = portal_mail(portal, letter->locale, pattern_of(mail), "text");
    const char *html = portal_mail(portal, letter->locale, pattern_of(mail), "html");
    if (!subject || !text)
        return false;
    letter->subject = fill_text(&fill, subject);
    letter->text = fill_text(&fill, text);
    letter->html = html ? fill_html(&fill, html) : NULL;
    return letter->subject && letter->text && (letter->html || !html);
}

/* "support.example.com" of "https://support.example.com:8443". */
static const char *host_of(struct arena *arena, const char *origin)
{
    const char *host = strstr(origin, "://");
    host = host ? host + 3 : origin;
    return arena_strndup(arena, host, strcspn(host, ":/"));
}

static bool write_ids(struct letter *letter, struct arena *arena, const char *origin,
                      const struct outbox_mail *mail)
{
    char random[23];
    const char *host = host_of(arena, origin);
    if (!host)
        return false;
    store_random_id(random);
    letter->message_id = arena_printf(arena, "%lld.%s@%s", (long long)mail->id, random, host);
    if (mail->number)
        letter->thread_id = arena_printf(arena, "ticket-%lld@%s", (long long)mail->number, host);
    return letter->message_id && (letter->thread_id || !mail->number);
}

/* To people the portal writes in its own name; to the team in the customer's, who gets the answer. */
static void write_envelope(struct letter *letter, struct arena *arena, const struct portal *portal,
                           const struct outbox_mail *mail, const struct portal_inbox *inbox)
{
    const char *name = portal_name(portal, letter->locale);
    letter->from_name = name;
    letter->from_address = inbox->address;
    letter->to_name = mail->to_name;
    letter->to_address = mail->to_address;
    if (!is_for_inbox(mail))
        return;
    letter->to_name = name;
    letter->to_address = inbox->address;
    letter->reply_to = mail->author_address;
    const char *author = author_of(arena, portal, letter->locale, mail);
    letter->from_name = author ? arena_printf(arena, "%s (%s)", author, name) : name;
}

bool compose(struct letter *letter, struct arena *arena, const struct portal *portal, const char *origin,
             const struct outbox_mail *mail, const char *secret, int64_t now, const char **why)
{
    const struct portal_inbox *inbox = inbox_of(portal, mail);
    memset(letter, 0, sizeof *letter);
    letter->locale = locale_of(portal, mail);
    letter->sent_at = now;
    *why = "the portal has no inbox for it";
    if (!inbox)
        return false;
    *why = "the portal has no text for it";
    secret = secret ? secret : "";
    const char *url = url_of(arena, portal, origin, letter->locale, mail, secret);
    if (!url || !write_words(letter, arena, portal, mail, url, secret) ||
        !write_ids(letter, arena, origin, mail))
        return false;
    write_envelope(letter, arena, portal, mail, inbox);
    return true;
}
