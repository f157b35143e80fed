/*
 * person: who can sign in: contacts (customers) and staff. A contact belongs to one company or none.
 */
#ifndef GUICHET_STORE_PERSON_H
#define GUICHET_STORE_PERSON_H

#include "store.h"

enum role { ROLE_CONTACT, ROLE_AGENT, ROLE_ADMIN };

struct person {
    int64_t id;
    enum role role;
    const char *email;
    const char *first_name;
    const char *last_name;
    const char *locale;       /* the language of their mail */
    int64_t company_id;       /* 0: none */
    const char *company_name; /* NULL: none */
    const char *groups;       /* " customers partners ", as access.h reads them; NULL: none */
    const char *consent;      /* the version that they agreed to last, see consent.h; NULL: none that holds */
    const char *password;     /* the encoded hash; NULL: none was set. Only from person_by_email() */
    /* only for import.h, which writes them */
    const char *properties; /* of the admin's own, a JSON object; NULL: none */
    bool manager;           /* of their company */
};

/* RC_NOT_FOUND also for the disabled. The address is compared without case (ASCII) and blanks around it. */
enum rc person_by_email(struct store *store, struct arena *arena, const char *email, struct person *person);
enum rc person_by_id(struct store *store, struct arena *arena, int64_t id, struct person *person);

/* The admin's own properties of somebody, a JSON object. */
enum rc person_properties(struct store *store, struct arena *arena, int64_t id, const char **properties);

/* Set a password's hash and end every session of that person, in one transaction. */
enum rc person_set_password(struct store *store, int64_t id, const char *hash, int64_t now);

/*
 * The same password under another hash: nobody is signed out. Nothing is done when it is no longer `old`,
 * since the person may have set another one meanwhile.
 */
enum rc person_rehash(struct store *store, int64_t id, const char *old, const char *hash);

#endif
