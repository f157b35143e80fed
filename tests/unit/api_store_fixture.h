/*
 * A store in a temporary folder, with the people that the tests of the store speak of.
 *
 * Acme has Anna, Bo and Cleo; Birch has Dan; Eve has no company; Mia is an agent.
 */
#ifndef API_STORE_FIXTURE_H
#define API_STORE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../api/store/file.h"
#include "../../api/store/import.h"
#include "../../api/store/outbox.h"
#include "../../api/store/session.h"
#include "../../api/store/ticket.h"
#include "../../api/store/token.h"
#include "../../lib/fs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define T0 1790000000000 /* when the tests begin */
#define MINUTE 60000LL

/* Nobody is remembered for longer. */
#define IDLE(ms) ((struct session_idle){(ms), (ms)})

struct fixture {
    char dir[64];
    struct store *store;
    struct arena *arena;
    int64_t acme, birch;
    int64_t anna, bo, cleo, dan, eve, mia;
};

static inline struct store *fixture_open(const char *dir, struct store_options options)
{
    struct diag *diag = diag_new();
    struct store *store = store_open(dir, &options, diag);
    if (!store)
        diag_print(diag, stderr);
    diag_free(diag);
    return store;
}

static inline int64_t fixture_person(struct import *import, enum role role, const char *first,
                                     int64_t company)
{
    char email[64];
    int64_t id = 0;
    snprintf(email, sizeof email, "%s@test.example", first);
    struct person person = {.role = role,
                            .email = email,
                            .first_name = first,
                            .last_name = "Test",
                            .locale = "en",
                            .company_id = company,
                            .password = "hash"};
    assert_int_equal(import_person(import, &person, T0, &id), RC_OK);
    return id;
}

static inline void fixture_people(struct fixture *fixture)
{
    struct import *import = import_begin(fixture->store);
    assert_int_equal(import_company(import, "Acme", T0, &fixture->acme), RC_OK);
    assert_int_equal(import_company(import, "Birch", T0, &fixture->birch), RC_OK);
    fixture->anna = fixture_person(import, ROLE_CONTACT, "Anna", fixture->acme);
    fixture->bo = fixture_person(import, ROLE_CONTACT, "Bo", fixture->acme);
    fixture->cleo = fixture_person(import, ROLE_CONTACT, "Cleo", fixture->acme);
    fixture->dan = fixture_person(import, ROLE_CONTACT, "Dan", fixture->birch);
    fixture->eve = fixture_person(import, ROLE_CONTACT, "Eve", 0);
    fixture->mia = fixture_person(import, ROLE_AGENT, "Mia", 0);
    assert_int_equal(import_end(import, true, T0), RC_OK);
}

static inline enum rc create_session_with(struct fixture *fixture,
                                          const unsigned char hash[SESSION_HASH_BYTES], int64_t person,
                                          int64_t now, int64_t expires_at, bool remembered)
{
    char id[23];
    store_random_id(id);
    const struct new_session session = {.hash = hash,
                                        .id = id,
                                        .person_id = person,
                                        .way = "password",
                                        .agent = "Firefox, Linux",
                                        .place = "192.0.2.1",
                                        .remembered = remembered,
                                        .expires_at = expires_at};
    return session_create(fixture->store, &session, now);
}

static inline enum rc create_session(struct fixture *fixture, const unsigned char hash[SESSION_HASH_BYTES],
                                     int64_t person, int64_t now, int64_t expires_at)
{
    return create_session_with(fixture, hash, person, now, expires_at, false);
}

static inline int fixture_setup(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    assert_non_null(fixture);
    strcpy(fixture->dir, "/tmp/guichet-store-XXXXXX");
    assert_non_null(mkdtemp(fixture->dir));
    fixture->store = fixture_open(fixture->dir, (struct store_options){.create = true});
    assert_non_null(fixture->store);
    fixture->arena = arena_new(0);
    fixture_people(fixture);
    *state = fixture;
    return 0;
}

static inline int fixture_teardown(void **state)
{
    struct fixture *fixture = *state;
    store_close(fixture->store);
    arena_free(fixture->arena);
    fs_remove_tree(fixture->dir);
    free(fixture);
    return 0;
}

static inline struct viewer as_contact(int64_t person, int64_t company)
{
    return (struct viewer){.person_id = person, .company_id = company};
}

static inline struct viewer as_staff(int64_t person)
{
    return (struct viewer){.person_id = person, .staff = true};
}

static inline struct new_ticket fixture_new_ticket(const char *subject)
{
    return (struct new_ticket){.subject = subject,
                               .inbox = "support",
                               .pipeline = "support",
                               .stage = "new",
                               .source = "portal",
                               .message = {.body = "Please help."}};
}

/* File a ticket as a contact, without a key. */
static inline int64_t fixture_ticket(struct fixture *fixture, int64_t person, const char *subject,
                                     int64_t now)
{
    int64_t number = 0;
    bool repeated = true;
    struct viewer viewer = as_contact(person, 0);
    struct new_ticket ticket = fixture_new_ticket(subject);
    assert_int_equal(ticket_create(fixture->store, &viewer, &ticket, NULL, now, &number, &repeated), RC_OK);
    assert_false(repeated);
    return number;
}

/* A ticket as an import puts it in: who, whose, when; closed_at 0: open. */
static inline int64_t fixture_import(struct fixture *fixture, int64_t requester, int64_t owner, int64_t at,
                                     int64_t closed_at)
{
    int64_t number = 0;
    struct import_ticket ticket = {.ticket = fixture_new_ticket("Imported"),
                                   .requester_id = requester,
                                   .owner_id = owner,
                                   .created_at = at,
                                   .closed_at = closed_at};
    struct new_message message = {.body = "Imported."};
    struct import *import = import_begin(fixture->store);
    assert_int_equal(import_ticket(import, &ticket, &number), RC_OK);
    assert_int_equal(import_message(import, number, requester, false, &message, at), RC_OK);
    assert_int_equal(import_end(import, true, at), RC_OK);
    return number;
}

#endif
