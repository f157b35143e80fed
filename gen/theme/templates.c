/* Reading a theme's templates into a set. */
#include "theme.h"

#include "../../lib/fs.h"
#include "../check/hint.h"
#include "../check/markup.h"
#include "../check/sources.h"
#include "../site/system_pages.h"
#include "template_file.h"

#include <string.h>

const char *const theme_pages[] = {
    "pages/chooser",    "pages/home",          "pages/tickets",     "pages/ticket",       "pages/new",
    "pages/sign-in",    "pages/sign-up",       "pages/verify",      "pages/sign-out",     "pages/denied",
    "pages/reset",      "pages/reset-form",    "pages/closed",      "pages/unavailable",  "pages/not-found",
    "pages/help",       "pages/article",       "pages/forms",       "pages/link",         "pages/account",
    "pages/desk",       "pages/desk-ticket",   "pages/desk-people", "pages/desk-replies", "pages/desk-mail",
    "pages/desk-audit", "pages/desk-erasures", "pages/consent",     "pages/code",         NULL,
};

const char *const theme_mails[] = {"mail/reply",
                                   "mail/inbox_reply",
                                   "mail/inbox_ticket",
                                   "mail/shared",
                                   "mail/copy",
                                   "mail/digest",
                                   "mail/closed",
                                   "mail/rated_good",
                                   "mail/rated_bad",
                                   "mail/received",
                                   "mail/reset",
                                   "mail/invitation",
                                   "mail/sign_up",
                                   "mail/sign_up_known",
                                   "mail/sign_in_link",
                                   "mail/address",
                                   "mail/address_old",
                                   "mail/password_changed",
                                   "mail/two_step_on",
                                   "mail/two_step_off",
                                   "mail/recovery_used",
                                   "mail/recovery_new",
                                   "mail/consent_withdrawn",
                                   "mail/new_sign_in",
                                   "mail/erasure_asked",
                                   "mail/erasure_withdrawn",
                                   "mail/erasure_declined",
                                   "mail/erasure_done",
                                   NULL};

static bool is_one_of(const char *name, const char *const *names)
{
    while (*names && strcmp(*names, name) != 0)
        names++;
    return *names != NULL;
}

/* "pages/sign-in--split" */
static bool is_variant(const char *name)
{
    const char *dashes = strstr(name, "--");
    return strncmp(name, "pages/", 6) == 0 && dashes && dashes[2] &&
           system_page_is(name + 6, (size_t)(dashes - name) - 6);
}

/* "mail/layout", and the HTML of a mail: "mail/reset.html" */
static bool is_mail_html(const struct theme *theme, const char *name)
{
    const char *ending = strrchr(name, '.');
    return strcmp(name, MAIL_LAYOUT) == 0 ||
           (ending && is_one_of(arena_strndup(theme->arena, name, (size_t)(ending - name)), theme_mails));
}

/* pages/ and mail/ hold what a portal has and nothing else; a part of a page is at home in partials/. */
static void check_name(const struct theme *theme, const char *name, const char *file, struct diag *diag)
{
    const char *const *names = strncmp(name, "pages/", 6) == 0  ? theme_pages
                               : strncmp(name, "mail/", 5) == 0 ? theme_mails
                                                                : NULL;
    if (names && !is_one_of(name, names) && !is_variant(name) && !is_mail_html(theme, name))
        diag_warning(diag, (struct place){.file = file},
                     "is none of the %s that a portal has; nothing is made from it%s",
                     names == theme_pages ? "pages" : "mails", hint_near(theme->arena, name, names));
}

enum { MISSING_TOLD = 8 }; /* more templates than that are one finding */

/* Its text is kept, for findings in what is rendered. NULL: it is no HTML. */
static const char *keep_source(struct theme *theme, bool mail, const char *file)
{
    struct buf text;
    const char *ending = strrchr(file, '.'), *kept = NULL;
    const struct page_source **list = mail ? &theme->mail_sources : &theme->sources;
    buf_init(&text, TEMPLATE_CEILING);
    if (ending && strcmp(ending, ".html") == 0 && fs_read(file, &text) == 0) {
        struct page_source *source = arena_alloc(theme->arena, sizeof *source);
        kept = arena_strndup(theme->arena, text.data, text.len);
        *source = (struct page_source){file, kept, *list};
        *list = source;
    }
    buf_release(&text);
    return kept;
}

/* Only of what compiled. What may stand in mails is another matter, see gen/check/mail_markup.h. */
static void check_markup(struct theme *theme, const char *name, const char *file, struct diag *diag)
{
    size_t before = diag_errors(diag);
    bool mail = strncmp(name, "mail/", 5) == 0;
    const char *text = keep_source(theme, mail, file);
    if (text && !mail)
        markup_check(file, text, diag);
    if (diag_errors(diag) > before)
        template_set_doubt(theme->templates, name);
    if (text)
        markup_check_unescaped(file, text, diag);
}

static void add_template(struct theme *theme, const char *path, const char *file, struct diag *diag)
{
    const char *name = template_file_name(theme->arena, path);
    if (!name) {
        diag_warning(diag, (struct place){.file = file}, "is no template: want the ending .html or .txt");
        return;
    }
    check_name(theme, name, file, diag);
    if (template_file_add(theme->templates, name, file, diag))
        check_markup(theme, name, file, diag);
}

/* A child needs no templates of its own; whether there are enough in all is seen at the end. */
static bool add_link(struct theme *theme, size_t link, struct diag *diag)
{
    struct fs_entry *entries;
    size_t count = 0;
    const char *dir = theme_link_path(theme, link, "templates");
    bool is_first = link == theme->chain_len - 1;
    if (!is_first && !template_set_layer(theme->templates))
        return false;
    if (!is_first && !fs_is_dir(dir))
        return true;
    if (!sources_list(dir, theme->arena, &entries, &count, diag))
        return false;
    for (size_t i = 0; i < count; i++)
        add_template(theme, entries[i].path, fs_join(theme->arena, dir, entries[i].path), diag);
    return true;
}

/* How many are missing, each of which is told unless `aloud` is false. */
static size_t want_templates(const struct theme *theme, const char *const *names, const char *ending,
                             bool aloud, struct diag *diag)
{
    size_t missing = 0;
    for (; *names; names++) {
        if (template_set_has(theme->templates, *names))
            continue;
        const char *file = theme_path(theme, arena_printf(theme->arena, "templates/%s%s", *names, ending));
        if (fs_is_file(file)) /* one that does not compile has its own errors */
            continue;
        missing++;
        if (aloud)
            diag_error(diag, (struct place){.file = file}, "not found; every theme needs this template");
    }
    return missing;
}

static size_t want_all(const struct theme *theme, bool aloud, struct diag *diag)
{
    static const char *const layout[] = {MAIL_LAYOUT, NULL};
    return want_templates(theme, theme_pages, ".html", aloud, diag) +
           want_templates(theme, theme_mails, ".txt", aloud, diag) +
           want_templates(theme, layout, ".html", aloud, diag);
}

/* A theme that lacks most of them was meant to build upon another. */
static void check_whole(const struct theme *theme, struct diag *diag)
{
    size_t missing = want_all(theme, false, diag);
    if (theme->chain_len > 1 || missing <= MISSING_TOLD) {
        want_all(theme, true, diag);
        return;
    }
    diag_error(
        diag, json_doc_place(&theme->chain[0].manifest.doc, "", JSON_AT_VALUE),
        "most templates that every theme needs are not here; want \"parent\": \"default\", which has them");
}

bool theme_load_templates(struct theme *theme, struct diag *diag)
{
    size_t before = diag_errors(diag);
    theme->templates = template_set_new();
    for (size_t i = theme->chain_len; i-- > 0;) {
        if (!add_link(theme, i, diag))
            return false;
    }
    check_whole(theme, diag);
    template_set_check(theme->templates, diag);
    template_set_check_html(theme->templates, diag);
    return diag_errors(diag) == before;
}
