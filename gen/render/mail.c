/* Mails are rendered once per language, at config time; the API only fills the {placeholders}. */
#include "mail_check.h"

#include <string.h>

/* "Subject: ..", an empty line, the text, as mail_check_text() found it. */
static json_t *split_mail(const struct render *render, const char *text)
{
    static const char head[] = "Subject: ";
    size_t line = strcspn(text, "\n");
    const char *body = text + line + 2;
    size_t len = strlen(body);
    while (len > 0 && body[len - 1] == '\n')
        len--;
    json_t *mail = json_object();
    json_object_set_new(mail, "subject", json_stringn(text + strlen(head), line - strlen(head)));
    json_object_set_new(mail, "text", json_string(arena_printf(render->arena, "%.*s\n", (int)len, body)));
    return mail;
}

static json_t *render_mail(struct mail_check *check, const char *template, size_t locale, struct buf *scratch,
                           struct diag *diag)
{
    static const struct template_options options = {.escape = TEMPLATE_PLAIN, .strict = true};
    const struct render *render = check->render;
    buf_reset(scratch);
    if (!template_set_is_sound(render->theme->templates, template) ||
        !template_render(render->theme->templates, template, &render->shared[locale], 1, &options, scratch,
                         diag) ||
        !mail_check_text(check, template, render->site->locales[locale], scratch->data))
        return NULL;
    return split_mail(render, scratch->data);
}

json_t *render_mails(const struct render *render, struct diag *diag)
{
    size_t before = diag_errors(diag);
    struct mail_check check;
    struct buf scratch;
    mail_check_begin(&check, render);
    buf_init(&scratch, 256 * 1024);
    json_t *mails = json_object();
    for (size_t i = 0; i < render->site->locale_count; i++) {
        json_t *own = json_object();
        for (const char *const *template = theme_mails; *template; template ++) {
            json_t *mail = render_mail(&check, *template, i, &scratch, diag);
            if (mail)
                json_object_set_new(own, *template + strlen("mail/"), mail);
        }
        json_object_set_new(mails, render->site->locales[i], own);
    }
    buf_release(&scratch);
    mail_check_end(&check, diag);
    if (diag_errors(diag) == before)
        return mails;
    json_decref(mails);
    return NULL;
}
