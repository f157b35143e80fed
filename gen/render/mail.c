/* Mails are rendered once per language, at config time; the API only fills the {placeholders}. */
#include "render.h"

#include "../../lib/locale.h"

#include <string.h>

static const char *const placeholders[] = {"portal", "number",  "subject", "author", "body",
                                           "url",    "name",    "minutes", "hours",  "days",
                                           "code",   "address", "device",  NULL};

static struct place mail_place(const struct render *render, const char *template)
{
    const char *file = arena_printf(render->arena, "templates/%s.txt", template);
    return (struct place){.file = theme_path(render->theme, file)};
}

static bool is_known(const char *name, size_t len)
{
    for (const char *const *known = placeholders; *known; known++) {
        if (strlen(*known) == len && memcmp(*known, name, len) == 0)
            return true;
    }
    return false;
}

/* A placeholder that nothing fills would reach customers as it is. */
static void check_placeholders(const struct render *render, const char *template, const char *locale,
                               const char *text, struct diag *diag)
{
    for (const char *open = strchr(text, '{'); open; open = strchr(open + 1, '{')) {
        size_t len = strspn(open + 1, "abcdefghijklmnopqrstuvwxyz_");
        if (len == 0 || open[len + 1] != '}' || is_known(open + 1, len))
            continue;
        char *name = arena_strndup(render->arena, open + 1, len);
        const char *near = diag_nearest(name, placeholders);
        diag_error(diag, mail_place(render, template), "in \"%s\": nothing fills {%s}%s%s%s", locale, name,
                   near ? "; did you mean {" : "", near ? near : "", near ? "}?" : "");
    }
}

/* "Subject: ..", an empty line, the text. NULL: said why. */
static json_t *split_mail(const struct render *render, const char *template, const char *locale,
                          const char *text, struct diag *diag)
{
    static const char head[] = "Subject: ";
    size_t line = strcspn(text, "\n");
    if (strncmp(text, head, strlen(head)) != 0 || line <= strlen(head) ||
        strncmp(text + line, "\n\n", 2) != 0) {
        diag_error(diag, mail_place(render, template),
                   "in \"%s\": want \"Subject: ..\" in the first line, then an empty one", locale);
        return NULL;
    }
    const char *body = text + line + 2;
    size_t len = strlen(body);
    while (len > 0 && body[len - 1] == '\n')
        len--;
    json_t *mail = json_object();
    json_object_set_new(mail, "subject", json_stringn(text + strlen(head), line - strlen(head)));
    json_object_set_new(mail, "text", json_string(arena_printf(render->arena, "%.*s\n", (int)len, body)));
    return mail;
}

static json_t *render_mail(const struct render *render, const char *template, size_t locale,
                           struct buf *scratch, struct diag *diag)
{
    static const struct template_options options = {.escape = TEMPLATE_PLAIN, .strict = true};
    buf_reset(scratch);
    if (!template_render(render->theme->templates, template, &render->shared[locale], 1, &options, scratch,
                         diag))
        return NULL;
    const char *tag = render->site->locales[locale];
    check_placeholders(render, template, tag, scratch->data, diag);
    return split_mail(render, template, tag, scratch->data, diag);
}

json_t *render_mails(const struct render *render, struct diag *diag)
{
    size_t before = diag_errors(diag);
    struct buf scratch;
    buf_init(&scratch, 256 * 1024);
    json_t *mails = json_object();
    for (size_t i = 0; i < render->site->locale_count; i++) {
        json_t *own = json_object();
        for (const char *const *template = theme_mails; *template; template ++) {
            json_t *mail = render_mail(render, *template, i, &scratch, diag);
            if (mail)
                json_object_set_new(own, *template + strlen("mail/"), mail);
        }
        json_object_set_new(mails, render->site->locales[i], own);
    }
    buf_release(&scratch);
    if (diag_errors(diag) == before)
        return mails;
    json_decref(mails);
    return NULL;
}
