#include "unsubscribe.h"

#include "../server/respond.h"
#include "handlers.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_LEN = 64, NUMBER_LEN_MAX = 15 };

static void words_of(const struct unsubscribe *unsubscribe, char words[WORDS_LEN])
{
    snprintf(words, WORDS_LEN, "unsubscribe %" PRIx64 "-%s", (uint64_t)unsubscribe->person_id,
             mail_matter_word(unsubscribe->matter));
}

const char *unsubscribe_token(struct arena *arena, const struct reply_key *key,
                              const struct unsubscribe *unsubscribe)
{
    char words[WORDS_LEN], mac[REPLY_MAC_LEN + 1];
    words_of(unsubscribe, words);
    reply_mac(key, words, mac);
    return arena_printf(arena, "%s-%s", strchr(words, ' ') + 1, mac);
}

bool unsubscribe_read(const struct reply_key *key, const char *token, struct unsubscribe *unsubscribe)
{
    char words[WORDS_LEN];
    size_t digits = strspn(token, "0123456789abcdef");
    if (digits == 0 || digits > NUMBER_LEN_MAX || token[digits] != '-')
        return false;
    const char *word = token + digits + 1, *mac = strchr(word, '-');
    if (!mac || strlen(mac + 1) != REPLY_MAC_LEN)
        return false;
    unsubscribe->person_id = strtoll(token, NULL, 16);
    for (int i = 0; i < MAIL_MATTERS; i++) {
        const char *known = mail_matter_word((enum mail_matter)i);
        if (strlen(known) != (size_t)(mac - word) || strncmp(known, word, strlen(known)) != 0)
            continue;
        unsubscribe->matter = (enum mail_matter)i;
        words_of(unsubscribe, words);
        return reply_mac_is(key, words, mac + 1);
    }
    return false;
}

static enum problem read_token(struct request *request, struct unsubscribe *unsubscribe)
{
    struct reply_key key;
    if (!reply_key_load(&key, store_dir(request->store)))
        return PROBLEM_INTERNAL;
    return unsubscribe_read(&key, request->id, unsubscribe) ? PROBLEM_NONE : PROBLEM_NOT_FOUND;
}

/* Whatever the body says: that somebody pressed is all there is to say. */
enum problem handle_unsubscribe(struct request *request)
{
    struct unsubscribe unsubscribe;
    enum problem problem = read_token(request, &unsubscribe);
    if (problem != PROBLEM_NONE)
        return problem;
    problem =
        problem_of(mail_choice_stop(request->store, unsubscribe.person_id, unsubscribe.matter, request->now));
    return problem == PROBLEM_NONE ? respond_nothing(request, 204) : problem;
}

/* Mail scanners open links, too: the page that it leads to has the button. */
enum problem handle_unsubscribe_link(struct request *request)
{
    struct unsubscribe unsubscribe;
    struct person person;
    enum problem problem = read_token(request, &unsubscribe);
    if (problem != PROBLEM_NONE)
        return problem;
    enum rc rc = person_by_id(request->store, request->arena, unsubscribe.person_id, &person);
    if (rc != RC_OK)
        return problem_of(rc);
    const char *to =
        arena_printf(request->arena, "%slink/#mails=%s", request_home(request, person.locale), request->id);
    return to ? respond_see_other(request, to) : PROBLEM_INTERNAL;
}
