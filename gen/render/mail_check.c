#include "mail_check.h"

#include "../../lib/fs.h"
#include "../check/mail_markup.h"

#include <string.h>

enum { FILE_CEILING = 1024 * 1024 };

/* Without the link one could only throw these away. */
static const char *const leading[] = {"mail/shared",
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
                                      NULL};

/* As kinds of findings beside names of placeholders, which have no blank. */
#define NO_SUBJECT "no subject"
#define NO_LINK "no link"

static bool is_one_of(const char *name, size_t len, const char *const *names)
{
    while (*names && (strlen(*names) != len || memcmp(*names, name, len) != 0))
        names++;
    return *names != NULL;
}

void mail_check_begin(struct mail_check *check, const struct render *render)
{
    *check = (struct mail_check){.render = render, .found = json_object()};
}

static void note(struct mail_check *check, const char *template, const char *kind, const char *locale)
{
    json_t *kinds = json_object_get(check->found, template);
    if (!kinds)
        json_object_set_new(check->found, template, kinds = json_object());
    json_t *locales = json_object_get(kinds, kind);
    if (!locales)
        json_object_set_new(kinds, kind, locales = json_object());
    json_object_set_new(locales, locale, json_true());
}

/* A placeholder that nothing fills would reach customers as it is. */
static void check_placeholders(struct mail_check *check, const char *template, const char *locale,
                               const char *text)
{
    for (const char *open = strchr(text, '{'); open; open = strchr(open + 1, '{')) {
        size_t len = strspn(open + 1, "abcdefghijklmnopqrstuvwxyz_");
        if (len > 0 && open[len + 1] == '}' && !is_one_of(open + 1, len, mail_placeholders))
            note(check, template, arena_strndup(check->render->arena, open + 1, len), locale);
    }
}

/* A line that begins with `head` and says more; moves `*text` behind it. */
static bool take_line(const char **text, const char *head)
{
    size_t line = strcspn(*text, "\n");
    if (strncmp(*text, head, strlen(head)) != 0 || line <= strlen(head))
        return false;
    *text += line + ((*text)[line] == '\n');
    return true;
}

bool mail_check_text(struct mail_check *check, const char *template, const char *locale, const char *text)
{
    const char *rest = text;
    bool formed = take_line(&rest, "Subject: ");
    take_line(&rest, "Button: ");
    formed = formed && *rest == '\n';
    check_placeholders(check, template, locale, text);
    if (!formed)
        note(check, template, NO_SUBJECT, locale);
    if (is_one_of(template, strlen(template), leading) && !strstr(text, "{url}"))
        note(check, template, NO_LINK, locale);
    return formed;
}

/* --- where it stands ------------------------------------------------------------------------------------ */

/* Where `what` stands in a file; without a line when it does not. */
static struct place find_in(const char *file, const char *what)
{
    struct place place = {.file = file};
    struct buf text;
    buf_init(&text, FILE_CEILING);
    const char *at = fs_read(file, &text) == 0 ? strstr(text.data, what) : NULL;
    if (at)
        place = diag_place(file, text.data, at);
    buf_release(&text);
    return place;
}

/* After the last thing that it says: there is room for what it lacks. */
static struct place end_of(const char *file)
{
    struct place place = {.file = file};
    struct buf text;
    buf_init(&text, FILE_CEILING);
    if (fs_read(file, &text) == 0 && text.len > 0)
        place =
            diag_place(file, text.data, text.data + strlen(text.data) - (text.data[text.len - 1] == '\n'));
    buf_release(&text);
    return place;
}

/* In the template itself, else among the strings that it shows. */
static struct place find(const struct render *render, const char *file, const char *what, const char *locale)
{
    struct arena *arena = render->arena;
    const char *language = arena_strndup(arena, locale, strcspn(locale, "-"));
    const char *const tags[] = {locale, language, THEME_REFERENCE};
    struct place place = find_in(file, what), there;
    for (size_t i = 0; place.line == 0 && i < sizeof tags / sizeof tags[0]; i++) {
        const char *name = arena_printf(arena, "locales/%s.json", tags[i]);
        const char *own = site_path(arena, render->site->root, arena_printf(arena, "content/%s", name));
        there = find_in(own, what);
        if (there.line == 0)
            there = find_in(theme_path(render->theme, name), what);
        place = there.line > 0 ? there : place;
    }
    return place;
}

/* "in \"fr\" and \"de\": ", or nothing when it is all of them. */
static const char *languages(const struct render *render, json_t *locales)
{
    const char *text = "", *tag;
    json_t *value;
    if (json_object_size(locales) == render->site->locale_count)
        return "";
    json_object_foreach(locales, tag, value) text =
        arena_printf(render->arena, "%s%s\"%s\"", text, *text ? ", " : "", tag);
    return arena_printf(render->arena, "in %s: ", text);
}

static void report(const struct render *render, const char *template, const char *kind, json_t *locales,
                   struct diag *diag)
{
    const char *file = theme_path(render->theme, arena_printf(render->arena, "templates/%s.txt", template));
    const char *in = languages(render, locales);
    if (strcmp(kind, NO_SUBJECT) == 0) {
        diag_error(diag, (struct place){file, 1, 1},
                   "%swant \"Subject: ..\" in the first line, then an empty one; between them may be "
                   "\"Button: ..\", what its link is called",
                   in);
        return;
    }
    if (strcmp(kind, NO_LINK) == 0) {
        diag_error(
            diag, end_of(file),
            "%sthere is no {url}, and this mail is there to lead somewhere; put it in a line of its own", in);
        return;
    }
    const char *near = diag_nearest(kind, mail_placeholders);
    const char *first = json_object_iter_key(json_object_iter(locales));
    diag_error(diag, find(render, file, arena_printf(render->arena, "{%s}", kind), first),
               "%snothing fills {%s} in a mail%s%s%s", in, kind, near ? "; did you mean {" : "",
               near ? near : "", near ? "}?" : "");
}

void mail_check_end(struct mail_check *check, struct diag *diag)
{
    const char *template, *kind;
    json_t *kinds, *locales;
    json_object_foreach(check->found, template, kinds) json_object_foreach(kinds, kind, locales)
        report(check->render, template, kind, locales, diag);
    json_decref(check->found);
    check->found = NULL;
}
