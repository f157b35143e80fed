#include "audit.h"

#include "../account/audit_log.h"
#include "../server/write.h"

#include <stdio.h>
#include <string.h>

/* --- the command line ------------------------------------------------------------------------------------
 */

/* Where the value of an option goes. NULL: it is none of ours. */
static const char **place_of_option(struct audit_wanted *wanted, const char *option)
{
    if (strcmp(option, "--since") == 0)
        return &wanted->since;
    if (strcmp(option, "--until") == 0)
        return &wanted->until;
    if (strcmp(option, "--action") == 0)
        return &wanted->action;
    return strcmp(option, "--person") == 0 ? &wanted->person : NULL;
}

bool audit_take_options(char **args, struct audit_wanted *wanted, struct diag *diag)
{
    size_t before = diag_errors(diag);
    char **kept = args;
    *wanted = (struct audit_wanted){0};
    for (; *args; args++) {
        const char **place = place_of_option(wanted, *args);
        if (strcmp(*args, "--json") == 0)
            wanted->json = true;
        else if (!place)
            *kept++ = *args;
        else if (args[1])
            *place = *++args;
        else
            diag_error(diag, (struct place){0}, "%s: want a value after it", *args);
    }
    *kept = NULL;
    return diag_errors(diag) == before;
}

/* --- what is printed -------------------------------------------------------------------------------------
 */

struct printing {
    FILE *out;
    bool json;
    bool any; /* a row was printed */
    struct buf line;
};

static void print_who(FILE *out, const struct audit_row *row)
{
    if (row->email)
        fprintf(out, "  %s", row->email);
    else if (row->person_id)
        fprintf(out, "  person %lld", (long long)row->person_id);
}

static void print_text(struct printing *printing, const struct audit_row *row)
{
    FILE *out = printing->out;
    write_moment(&printing->line, row->at);
    fprintf(out, "%s  %-18s", printing->line.data, row->action);
    print_who(out, row);
    if (row->number)
        fprintf(out, "  #%lld", (long long)row->number);
    if (row->detail)
        fprintf(out, "  %s", row->detail);
    if (row->place)
        fprintf(out, "  from %s", row->place);
    if (row->actor)
        fprintf(out, "  by %s", row->actor);
    fputc('\n', out);
}

static bool print_row(void *context, const struct audit_row *row)
{
    struct printing *printing = context;
    printing->any = true;
    buf_reset(&printing->line);
    if (printing->json) {
        audit_log_line(&printing->line, row);
        fwrite(printing->line.data, 1, printing->line.len, printing->out);
    } else {
        print_text(printing, row);
    }
    return !ferror(printing->out);
}

/* --- the verb --------------------------------------------------------------------------------------------
 */

static void read_time(const char *option, const char *text, bool end, int64_t *ms, struct diag *diag)
{
    if (text && !audit_log_time(text, end, ms))
        diag_error(diag, (struct place){0},
                   "%s: want a day or a moment in UTC, as in 2026-11-22 or 2026-11-22T10:15:03Z, got \"%s\"",
                   option, text);
}

static bool print_all(struct store *store, struct arena *arena, const struct audit_wanted *wanted, FILE *out,
                      struct diag *diag)
{
    struct audit_query query = {.action = wanted->action};
    struct printing printing = {.out = out, .json = wanted->json};
    size_t before = diag_errors(diag);
    enum rc rc = RC_OK;
    read_time("--since", wanted->since, false, &query.from, diag);
    read_time("--until", wanted->until, true, &query.until, diag);
    if (query.from && query.until && query.from >= query.until)
        diag_error(diag, (struct place){0},
                   "--since: \"%s\" is later than --until, \"%s\"; want it to be earlier", wanted->since,
                   wanted->until);
    if (wanted->person)
        rc = audit_log_person(store, arena, wanted->person, &query.person_id);
    if (rc == RC_NOT_FOUND)
        diag_error(diag, (struct place){0}, "--person: nobody has the address \"%s\"", wanted->person);
    if (diag_errors(diag) > before)
        return false;
    buf_init(&printing.line, 64 * 1024);
    if (rc == RC_OK)
        rc = audit_walk(store, &query, -1, print_row, &printing);
    buf_release(&printing.line);
    if (rc == RC_OK && !printing.any)
        fputs("nothing of that kind was done; the action is a word or its beginning: \"session\", "
              "\"ticket.reply\"\n",
              stderr);
    if (rc != RC_OK || fflush(out) != 0)
        diag_error(diag, (struct place){0}, "the audit log cannot be %s",
                   rc != RC_OK ? "read; the log above says why" : "printed");
    return diag_errors(diag) == before;
}

bool audit_run(const struct config *config, const struct audit_wanted *wanted, FILE *out, struct diag *diag)
{
    bool good = false;
    struct arena *arena = arena_new(0);
    struct store *store =
        arena ? store_open(config->data, &(struct store_options){.look = true}, diag) : NULL;
    if (store)
        good = print_all(store, arena, wanted, out, diag);
    store_close(store);
    arena_free(arena);
    return good;
}
