/* Mails are rendered once per language, at config time; the API only fills the {placeholders}. */
#include "mail.h"
#include "mail_check.h"

#include <string.h>

/* What stands behind `head` on the line at `*text`, which moves behind it. "": another line. */
static const char *take_head(const struct render *render, const char **text, const char *head)
{
    size_t len = strlen(head), line = strcspn(*text, "\n");
    if (strncmp(*text, head, len) != 0)
        return "";
    const char *value = arena_strndup(render->arena, *text + len, line - len);
    *text += line + 1;
    return value;
}

/* As mail_check_text() found it. */
static struct mail_text split_mail(const struct render *render, const char *template, const char *text)
{
    struct mail_text mail = {.template = template};
    mail.subject = take_head(render, &text, "Subject: ");
    mail.button = take_head(render, &text, "Button: ");
    size_t len = strlen(++text);
    while (len > 0 && text[len - 1] == '\n')
        len--;
    mail.text = arena_printf(render->arena, "%.*s\n", (int)len, text);
    return mail;
}

static json_t *compiled(const struct mail_text *mail, const struct buf *html)
{
    json_t *view = json_object();
    json_object_set_new(view, "subject", json_string(mail->subject));
    json_object_set_new(view, "text", json_string(mail->text));
    json_object_set_new(view, "html", json_stringn(html->data, html->len));
    return view;
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
    const struct mail_text mail = split_mail(render, template, scratch->data);
    buf_reset(scratch);
    return mail_html(render, locale, &mail, scratch, diag) ? compiled(&mail, scratch) : NULL;
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
