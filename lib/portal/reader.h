/*
 * reader: members of the compiled portal, each of its type, or one error.
 *
 * The first member that is missing or wrong is reported with its place; from then on every call answers
 * something harmless (0, "", an empty list) and reports no more, so that the code that reads can do without
 * a check at each step.
 */
#ifndef GUICHET_PORTAL_READER_H
#define GUICHET_PORTAL_READER_H

#include "../arena.h"
#include "../json.h"

struct portal_reader {
    const struct json_doc *doc;
    struct diag *diag;
    struct arena *arena;
    const char **locales; /* what every text by language must have, once known */
    size_t locale_count;
    bool failed;
};

/* Report that object[key] (key NULL: the object itself) is not what was `wanted`: "want a text". */
void reader_refuse(struct portal_reader *reader, const json_t *object, const char *key, const char *wanted);

const char *reader_text(struct portal_reader *reader, const json_t *object, const char *key);
/* A text that has a written form: settings/format.h. */
const char *reader_form(struct portal_reader *reader, const json_t *object, const char *key,
                        bool has_form(const char *text), const char *wanted);
bool reader_flag(struct portal_reader *reader, const json_t *object, const char *key);
long reader_number(struct portal_reader *reader, const json_t *object, const char *key, long min, long max);

/* A text in every language of the portal. */
const json_t *reader_texts(struct portal_reader *reader, const json_t *object, const char *key);

/* Which of `choices` (ended by NULL) it is. */
int reader_choice(struct portal_reader *reader, const json_t *object, const char *key,
                  const char *const *choices);

/* A list of at least `min` items; `*items` gets as many zeroed items of `size` bytes, from the arena. */
json_t *reader_list(struct portal_reader *reader, const json_t *object, const char *key, size_t min,
                    void *items, size_t size, size_t *count);

#endif
