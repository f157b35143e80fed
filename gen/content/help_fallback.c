#include "help_fallback.h"

#include <string.h>

/* One article: its text in each of the help centre's languages. */
struct topic {
    const struct article **texts; /* NULL where there is none */
};

struct filling {
    struct help *help;
    const struct site *site;
    struct diag *diag;
    struct topic *topics;
    size_t topic_count;
    size_t *order; /* for each of the site's languages, all of the help centre's: the best first */
    bool *empty;   /* of the site's languages: nothing is written in it, or for it */
    bool whole;    /* no text was refused: what is missing is missing */
};

static size_t language_len(const char *tag)
{
    return strcspn(tag, "-");
}

static bool has_script(const char *tag)
{
    const char *dash = strchr(tag, '-');
    return dash && strlen(dash + 1) == 4;
}

bool help_same_language(const char *tag, const char *other)
{
    size_t len = language_len(tag);
    if (len != language_len(other) || strncmp(tag, other, len) != 0)
        return false;
    return strcmp(tag, other) == 0 || (!has_script(tag) && !has_script(other));
}

/* How well a text of one language serves readers of another. */
static int serves(const struct site *site, const char *text, const char *reader)
{
    size_t len = language_len(reader);
    if (strcmp(text, reader) == 0)
        return 5;
    if (strlen(text) == len && strncmp(text, reader, len) == 0)
        return 4;
    if (language_len(text) == len && strncmp(text, reader, len) == 0)
        return 3;
    if (strcmp(text, site->default_locale) == 0)
        return 2;
    return strcmp(text, "en") == 0;
}

/* Few languages: the best of those that are left, again and again. */
static void order_languages(struct filling *filling, size_t reader)
{
    const struct help *help = filling->help;
    size_t *order = filling->order + reader * help->locale_count, count = 0;
    for (int fit = 5; fit >= 0; fit--) {
        for (size_t i = 0; i < help->locale_count; i++) {
            if (serves(filling->site, help->locales[i], filling->site->locales[reader]) == fit)
                order[count++] = i;
        }
    }
}

static struct topic *find_topic(struct filling *filling, json_t *known, const struct article *article)
{
    struct arena *arena = filling->help->arena;
    const char *key = arena_printf(arena, "%s/%s", article->section, article->id);
    json_t *at = json_object_get(known, key);
    if (at)
        return &filling->topics[json_integer_value(at)];
    struct topic *topic = &filling->topics[filling->topic_count];
    topic->texts = arena_alloc(arena, filling->help->locale_count * sizeof *topic->texts);
    json_object_set_new(known, key, json_integer((json_int_t)filling->topic_count++));
    return topic;
}

static void gather(struct filling *filling)
{
    const struct help *help = filling->help;
    json_t *known = json_object();
    for (size_t i = 0; i < help->count; i++) {
        const struct article *article = &help->articles[i];
        const struct article **text = &find_topic(filling, known, article)->texts[article->text_locale];
        if (*text)
            diag_error(filling->diag, (struct place){.file = article->source},
                       "has the same address as %s: %s%s/help/%s/%s/", (*text)->source, filling->site->slug,
                       help->locales[article->text_locale], article->section, article->id);
        else
            *text = article;
    }
    json_decref(known);
}

static const struct article *best_text(const struct filling *filling, const struct topic *topic,
                                       size_t reader)
{
    size_t count = filling->help->locale_count;
    for (size_t i = 0; i < count; i++) {
        const struct article *text = topic->texts[filling->order[reader * count + i]];
        if (text)
            return text;
    }
    return NULL; /* a topic has a text */
}

/* Links of a text lead elsewhere for readers of another language, so each has its own. */
static struct markdown *own_links(struct arena *arena, const struct markdown *body)
{
    struct markdown *own = arena_alloc(arena, sizeof *own);
    *own = *body;
    own->links = arena_alloc(arena, (body->link_count + 1) * sizeof *own->links);
    if (body->link_count > 0)
        memcpy(own->links, body->links, body->link_count * sizeof *own->links);
    return own;
}

static struct article in_language(const struct filling *filling, const struct article *text, size_t reader)
{
    struct arena *arena = filling->help->arena;
    struct article article = *text;
    article.locale = reader;
    article.url = arena_printf(arena, "%s%s/help/%s/%s/", filling->site->slug, filling->site->locales[reader],
                               text->section, text->id);
    if (text->text_locale != reader)
        article.body = own_links(arena, text->body);
    return article;
}

static bool is_foreign(const struct filling *filling, const struct article *text, size_t reader)
{
    return !help_same_language(filling->help->locales[text->text_locale], filling->site->locales[reader]);
}

/* Languages in which nothing is written are told of as such. */
static void warn_of_topic(const struct filling *filling, const struct topic *topic)
{
    const struct site *site = filling->site;
    const struct article *shown = NULL;
    struct buf missing;
    buf_init(&missing, 4096);
    for (size_t i = 0; i < site->locale_count; i++) {
        const struct article *text = best_text(filling, topic, i);
        if (!is_foreign(filling, text, i) || filling->empty[i])
            continue;
        buf_addf(&missing, "%s%s", missing.len > 0 ? ", " : "", site->locales[i]);
        shown = shown ? shown : text;
    }
    if (shown && !shown->alone && filling->whole)
        diag_warning(filling->diag, (struct place){.file = shown->source},
                     "is not translated into %s; its readers see this text, with a notice", missing.data);
    buf_release(&missing);
}

static void find_empty(struct filling *filling)
{
    for (size_t i = 0; i < filling->site->locale_count; i++) {
        filling->empty[i] = true;
        for (size_t j = 0; filling->empty[i] && j < filling->topic_count; j++)
            filling->empty[i] = is_foreign(filling, best_text(filling, &filling->topics[j], i), i);
        if (filling->empty[i] && filling->whole && filling->topic_count > 0)
            diag_warning(
                filling->diag, (struct place){.file = filling->help->dir},
                "there is no article in \"%s\"; its readers see those of other languages, with a notice",
                filling->site->locales[i]);
    }
}

static void fill(struct filling *filling)
{
    struct help *help = filling->help;
    size_t locales = filling->site->locale_count, count = 0;
    struct article *articles =
        arena_alloc(help->arena, (filling->topic_count * locales + 1) * sizeof *articles);
    for (size_t i = 0; i < filling->topic_count; i++) {
        const struct article **in_locale = arena_alloc(help->arena, locales * sizeof *in_locale);
        for (size_t reader = 0; reader < locales; reader++) {
            articles[count] = in_language(filling, best_text(filling, &filling->topics[i], reader), reader);
            articles[count++].in_locale = in_locale;
        }
        warn_of_topic(filling, &filling->topics[i]);
    }
    help->articles = articles;
    help->count = count;
}

void help_fill_languages(struct help *help, const struct site *site, struct diag *diag)
{
    struct filling filling = {
        .help = help, .site = site, .diag = diag, .whole = help->count == help->file_count};
    size_t locales = site->locale_count;
    filling.topics = arena_alloc(help->arena, (help->count + 1) * sizeof *filling.topics);
    filling.order = arena_alloc(help->arena, locales * help->locale_count * sizeof *filling.order + 1);
    filling.empty = arena_alloc(help->arena, locales * sizeof *filling.empty);
    for (size_t i = 0; i < locales; i++)
        order_languages(&filling, i);
    gather(&filling);
    find_empty(&filling);
    fill(&filling);
}

/* A text of no language of the portal belongs to those whose own it is but for the region. */
const struct article *help_original(const struct help *help, const struct site *site,
                                    const struct article *article)
{
    if (article->text_locale == article->locale)
        return NULL;
    if (article->text_locale < site->locale_count)
        return article->in_locale[article->text_locale];
    const char *tag = help->locales[article->text_locale];
    if (help_same_language(tag, site->locales[article->locale]))
        return NULL;
    for (size_t i = 0; i < site->locale_count; i++) {
        const struct article *other = article->in_locale[i];
        if (other->number == article->number && help_same_language(tag, site->locales[i]))
            return other;
    }
    return NULL;
}
