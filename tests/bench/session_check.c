/*
 * What it costs to know who asks: the processor time that a request spends from the text of its cookie to the
 * viewer whose rule it reads by. A hundred people's sessions in turn, on one thread; no HTTP.
 *
 *     bench-session-check DATA_DIR PORTAL_DIR CHECKS      prints microseconds a check
 */
#include "../../api/server/who.h"
#include "../../api/store/secret.h"
#include "../../api/store/session.h"
#include "../../api/store/visible_rule.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { PEOPLE = 100, PER_COMPANY = 5 }; /* fill.sql made them */

#define DAY_MS INT64_C(86400000)

struct scene {
    struct store *store;
    struct portal *portal;
    const struct visible_rule *rule;
    struct arena *arena; /* of the rule */
    char cookies[PEOPLE][SECRET_TEXT_LEN + 1];
};

static void die(const char *what)
{
    fprintf(stderr, "bench-session-check: %s\n", what);
    exit(1);
}

static void sign_in(struct scene *scene, int who, struct arena *arena)
{
    unsigned char hash[SECRET_HASH_BYTES];
    char id[23], email[64];
    struct person person;
    int64_t now = store_now();
    snprintf(email, sizeof email, "person%d@company%d.example", who, 1 + who / PER_COMPANY);
    if (person_by_email(scene->store, arena, email, &person) != RC_OK)
        die("too few people; fill.sql was not run");
    store_random_id(id);
    secret_make(scene->cookies[who], hash);
    const struct new_session session = {.hash = hash,
                                        .id = id,
                                        .person_id = person.id,
                                        .way = "password",
                                        .agent = "",
                                        .place = "",
                                        .expires_at = now + DAY_MS};
    if (session_create(scene->store, &session, now) != RC_OK)
        die("no session");
    arena_reset(arena);
}

static void check(const struct scene *scene, int who, struct arena *arena)
{
    unsigned char hash[SECRET_HASH_BYTES];
    struct session session;
    struct viewer viewer;
    int64_t now = store_now();
    if (!secret_hash(scene->cookies[who], hash) ||
        session_use(scene->store, arena, hash, now, who_idle(scene->portal), &session) != RC_OK ||
        visible_viewer(scene->store, scene->rule, &session.person, now, &viewer) != RC_OK)
        die("nobody is signed in");
    arena_reset(arena);
}

static double processor_us(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static void open_all(struct scene *scene, char **argv)
{
    struct diag *diag = diag_new();
    scene->store = store_open(argv[1], &(struct store_options){0}, diag);
    scene->portal = portal_load(argv[2], diag);
    scene->arena = arena_new(0);
    scene->rule = scene->portal ? visible_rule_make(scene->arena, scene->portal) : NULL;
    diag_print(diag, stderr);
    diag_free(diag);
    if (!scene->store || !scene->rule)
        exit(1);
}

int main(int argc, char **argv)
{
    static struct scene scene;
    if (argc != 4) {
        fputs("usage: bench-session-check DATA_DIR PORTAL_DIR CHECKS\n", stderr);
        return 2;
    }
    open_all(&scene, argv);
    struct arena *arena = arena_new(0);
    for (int i = 0; i < PEOPLE; i++)
        sign_in(&scene, i, arena);
    for (int i = 0; i < PEOPLE; i++) /* warms up */
        check(&scene, i, arena);
    const long checks = strtol(argv[3], NULL, 10);
    const double begun = processor_us();
    for (long i = 0; i < checks; i++)
        check(&scene, (int)(i % PEOPLE), arena);
    printf("%.2f\n", (processor_us() - begun) / (double)checks);
    arena_free(arena);
    arena_free(scene.arena);
    portal_free(scene.portal);
    store_close(scene.store);
    return 0;
}
