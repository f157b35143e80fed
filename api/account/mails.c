/* What one wants to be told by mail. */
#include "../server/respond.h"
#include "../server/write.h"
#include "../store/mail_choice.h"
#include "handlers.h"

enum problem handle_account_mails(struct request *request)
{
    struct mail_choice choice;
    enum rc rc = mail_choice_read(request->store, request->session.person.id, &choice);
    if (rc != RC_OK)
        return problem_of(rc);
    write_begin(&request->out, NULL, '{');
    for (int i = 0; i < MAIL_MATTERS; i++)
        write_bool(&request->out, mail_matter_word((enum mail_matter)i), choice.told[i]);
    write_end(&request->out, '}');
    return respond_json(request, 200);
}

enum problem handle_account_mails_set(struct request *request)
{
    const char *replies, *copies, *shared, *received;
    enum problem problem = request_texts(request, (const struct request_text[]){{"?replies", &replies},
                                                                                {"?copies", &copies},
                                                                                {"?shared", &shared},
                                                                                {"?received", &received},
                                                                                {0}});
    if (problem != PROBLEM_NONE)
        return problem;
    const struct mail_choice choice = {.told = {[MAIL_REPLIES] = *replies != '\0',
                                                [MAIL_COPIES] = *copies != '\0',
                                                [MAIL_SHARED] = *shared != '\0',
                                                [MAIL_RECEIVED] = *received != '\0'}};
    problem =
        problem_of(mail_choice_write(request->store, request->session.person.id, &choice, request->now));
    return problem == PROBLEM_NONE ? respond_nothing(request, 204) : problem;
}
