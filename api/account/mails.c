/* What one wants to be told by mail. */
#include "../server/respond.h"
#include "../server/write.h"
#include "../store/mail_choice.h"
#include "handlers.h"

#include <string.h>

enum problem handle_account_mails(struct request *request)
{
    struct mail_choice choice;
    enum rc rc = mail_choice_read(request->store, request->session.person.id, &choice);
    if (rc != RC_OK)
        return problem_of(rc);
    write_begin(&request->out, NULL, '{');
    for (int i = 0; i < MAIL_MATTERS; i++)
        write_bool(&request->out, mail_matter_word((enum mail_matter)i), choice.told[i]);
    write_text(&request->out, "together", mail_together_word(choice.together));
    write_end(&request->out, '}');
    return respond_json(request, 200);
}

/* Who says nothing of it gets each at once. */
static bool read_together(const char *word, enum mail_together *together)
{
    *together = MAIL_AT_ONCE;
    for (int i = 0; i < MAIL_TOGETHERS; i++)
        if (strcmp(word, mail_together_word((enum mail_together)i)) == 0) {
            *together = (enum mail_together)i;
            return true;
        }
    return *word == '\0';
}

enum problem handle_account_mails_set(struct request *request)
{
    const char *replies, *copies, *shared, *received, *together;
    enum problem problem = request_texts(request, (const struct request_text[]){{"?replies", &replies},
                                                                                {"?copies", &copies},
                                                                                {"?shared", &shared},
                                                                                {"?received", &received},
                                                                                {"~together", &together},
                                                                                {0}});
    if (problem != PROBLEM_NONE)
        return problem;
    struct mail_choice choice = {.told = {[MAIL_REPLIES] = *replies != '\0',
                                          [MAIL_COPIES] = *copies != '\0',
                                          [MAIL_SHARED] = *shared != '\0',
                                          [MAIL_RECEIVED] = *received != '\0'}};
    if (!read_together(together, &choice.together)) {
        request_error(request, "together", "option");
        return PROBLEM_INVALID;
    }
    problem =
        problem_of(mail_choice_write(request->store, request->session.person.id, &choice, request->now));
    return problem == PROBLEM_NONE ? respond_nothing(request, 204) : problem;
}
