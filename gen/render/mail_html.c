#include "../check/mail_markup.h"
#include "../theme/template_file.h"
#include "mail.h"

#include <string.h>

#define HTML_CEILING (256 * 1024)

static bool is_line(const char *line, size_t len, const char *word)
{
    return strlen(word) == len && memcmp(line, word, len) == 0;
}

static json_t *new_part(json_t *parts)
{
    static const char *const kinds[] = {"text", "link", "body", "code"};
    json_t *part = json_object();
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        json_object_set_new(part, kinds[i], json_false());
    json_array_append_new(parts, part);
    return part;
}

/* To the part that the line before stands in, if that is text, too. */
static void add_text(json_t *parts, bool goes_on, const char *line, size_t len)
{
    json_t *last = json_array_get(parts, json_array_size(parts) - 1);
    json_t *lines = goes_on ? json_object_get(json_object_get(last, "text"), "lines") : NULL;
    if (!lines) {
        lines = json_array();
        json_object_set_new(new_part(parts), "text", json_pack("{s:o}", "lines", lines));
    } else {
        json_object_set_new(json_array_get(lines, json_array_size(lines) - 1), "more", json_true());
    }
    json_t *item = json_object();
    json_object_set_new(item, "line", json_stringn(line, len));
    json_object_set_new(item, "more", json_false());
    json_array_append_new(lines, item);
}

static json_t *parts_of(const char *text)
{
    json_t *parts = json_array();
    bool goes_on = false;
    for (size_t len; *text; text += len + (text[len] == '\n')) {
        len = strcspn(text, "\n");
        const char *alone = is_line(text, len, "{url}")    ? "link"
                            : is_line(text, len, "{body}") ? "body"
                            : is_line(text, len, "{code}") ? "code"
                                                           : NULL;
        if (alone)
            json_object_set_new(new_part(parts), alone, json_true());
        else if (len > 0)
            add_text(parts, goes_on, text, len);
        goes_on = len > 0 && !alone;
    }
    return parts;
}

/* The first text that says something: not the greeting. */
static const char *preview_of(const json_t *parts, const char *greeting)
{
    size_t i;
    const json_t *part;
    json_array_foreach((json_t *)parts, i, part)
    {
        const json_t *line = json_array_get(json_object_get(json_object_get(part, "text"), "lines"), 0);
        const char *text = json_string_value(json_object_get(line, "line"));
        if (text && (!greeting || strcmp(text, greeting) != 0))
            return text;
    }
    return "";
}

static json_t *view_of(const struct render *render, size_t locale, const struct mail_text *mail)
{
    const json_t *strings = json_object_get(json_object_get(render->shared[locale], "t"), "mail");
    json_t *parts = parts_of(mail->text);
    json_t *own = json_object();
    const char *preview = preview_of(parts, json_string_value(json_object_get(strings, "greeting")));
    json_object_set_new(own, "id", json_string(mail->template + strlen("mail/")));
    json_object_set_new(own, "subject", json_string(mail->subject));
    json_object_set_new(own, "preview", json_string(preview));
    json_object_set_new(own, "button", json_string(mail->button));
    json_object_set_new(own, "parts", parts);
    json_t *view = json_object();
    json_object_set_new(view, "mail", own);
    return view;
}

/* The mail's own HTML, if the theme has one. */
static const char *template_of(const struct render *render, const char *template)
{
    const char *own = arena_printf(render->arena, "%s.html", template);
    return template_set_has(render->theme->templates, own) ? own : MAIL_LAYOUT;
}

static const char *file_of(const struct render *render, const char *template)
{
    const char *ending = strcmp(template, MAIL_LAYOUT) == 0 ? ".html" : "";
    return theme_path(render->theme, arena_printf(render->arena, "templates/%s%s", template, ending));
}

/* Without indentation and empty lines: it is compiled for every mail in every language. */
static void compact(const char *html, struct buf *out)
{
    for (size_t len; *html; html += len + (html[len] == '\n')) {
        html += strspn(html, " \t\n");
        len = strcspn(html, "\n");
        if (len > 0)
            buf_addf(out, "%.*s\n", (int)len, html);
    }
}

bool mail_html(const struct render *render, size_t locale, const struct mail_text *mail, struct buf *out,
               struct diag *diag)
{
    static const struct template_options options = {.escape = TEMPLATE_HTML, .strict = true};
    size_t before = diag_errors(diag);
    const char *template = template_of(render, mail->template);
    const char *file = file_of(render, template);
    json_t *view = view_of(render, locale, mail);
    struct buf html, lines;
    buf_init(&html, HTML_CEILING);
    buf_init(&lines, HTML_CEILING);
    if (template_render(render->theme->templates, template, (json_t *[]){render->shared[locale], view}, 2,
                        &options, &html, diag)) {
        compact(html.data, &lines);
        mail_tokens(render->theme, file, lines.data, out, diag);
        mail_markup_check(render->theme->mail_sources, file, render->site->locales[locale], mail->text,
                          out->data, diag);
    }
    buf_release(&html);
    buf_release(&lines);
    json_decref(view);
    return diag_errors(diag) == before;
}
