/*
 * statements_list: the rows of the table in statements.c that list and count tickets (ticket.h); included
 * there, within the table, and nowhere else.
 */
#ifndef GUICHET_STORE_STATEMENTS_LIST_H
#define GUICHET_STORE_STATEMENTS_LIST_H

/* clang-format off */

/*
 * A list: arms that each walk one index backwards, merged without doubles until the page is full; then the
 * rows themselves. INDEXED BY makes it an error, not a slow day, should an index no longer fit.
 */
#define ARM(index, rule, open) ARM_OF_ANY(index, rule " AND " VISIBLE_SHOWS, open)
#define ARM_OF_ANY(index, rule, open)                                                                                      \
    "SELECT ticket.last_activity_at, ticket.number FROM ticket INDEXED BY " index                                   \
    " WHERE " rule " AND ticket.open = " open                                                                       \
    " AND (ticket.last_activity_at, ticket.number) < (:after_activity, :after_number)"
#define UNION " UNION "
#define LIST(arms)                                                                                                  \
    "WITH page (at, number) AS (" arms " ORDER BY 1 DESC, 2 DESC LIMIT :limit)"                                     \
    " SELECT " TICKET_COLUMNS " FROM page CROSS JOIN ticket ON ticket.number = page.number" TICKET_PEOPLE           \
    " WHERE " VISIBLE_TICKET " ORDER BY page.at DESC, page.number DESC"

#define ARM_OWN(open) ARM("ticket_by_requester", VISIBLE_OWN, open)
#define ARM_COMPANY(open) ARM("ticket_by_company", VISIBLE_COMPANY, open)
/* Those that were shared with somebody are few: the arm reads and sorts them all. */
#define ARM_SHARED(open)                                                                                            \
    "SELECT ticket.last_activity_at, ticket.number FROM " VISIBLE_SHARED_TICKETS                                    \
    " WHERE " VISIBLE_PARTICIPANT " AND " VISIBLE_SHOWS " AND ticket.open = " open                                  \
    " AND (ticket.last_activity_at, ticket.number) < (:after_activity, :after_number)"
#define ARM_OWNER(open) ARM_OF_ANY("ticket_by_owner", "ticket.owner_id = :person", open)
#define ARM_STAFF(open) ARM_OF_ANY("ticket_by_activity", VISIBLE_STAFF, open)

#define TALLY(index, rule, open) TALLY_OF_ANY(index, rule " AND " VISIBLE_SHOWS, open)
#define TALLY_OF_ANY(index, rule, open)                                                                                    \
    "(SELECT count(*) FROM ticket INDEXED BY " index " WHERE " rule " AND ticket.open = " open ")"
#define TALLY_COMPANY(open)                                                                                         \
    TALLY("ticket_by_company", VISIBLE_COMPANY, open) " + "                                                         \
    TALLY("ticket_by_requester", VISIBLE_OWN " AND ticket.company_id IS NOT :company", open)

#define TALLY_SHARED(open, besides)                                                                                 \
    "(SELECT count(*) FROM " VISIBLE_SHARED_TICKETS                                                                 \
    " WHERE " VISIBLE_PARTICIPANT " AND " VISIBLE_SHOWS " AND ticket.open = " open besides ")"
#define NOT_OWN " AND ticket.requester_id <> :person"
#define NOT_COMPANY " AND ticket.company_id IS NOT :company"

    SQL(LIST_OWN, LIST(ARM_OWN(":open"))),
    SQL(LIST_OWN_ANY, LIST(ARM_OWN("1") UNION ARM_OWN("0"))),
    SQL(LIST_SHARED, LIST(ARM_SHARED(":open"))),
    SQL(LIST_SHARED_ANY, LIST(ARM_SHARED("1") UNION ARM_SHARED("0"))),
    SQL(LIST_PERSON, LIST(ARM_OWN(":open") UNION ARM_SHARED(":open"))),
    SQL(LIST_PERSON_ANY, LIST(ARM_OWN("1") UNION ARM_OWN("0") UNION ARM_SHARED("1") UNION ARM_SHARED("0"))),
    SQL(LIST_COMPANY, LIST(ARM_OWN(":open") UNION ARM_COMPANY(":open") UNION ARM_SHARED(":open"))),
    SQL(LIST_COMPANY_ANY,
        LIST(ARM_OWN("1") UNION ARM_OWN("0") UNION ARM_COMPANY("1") UNION ARM_COMPANY("0")
             UNION ARM_SHARED("1") UNION ARM_SHARED("0"))),
    SQL(LIST_OWNER, LIST(ARM_OWNER(":open"))),
    SQL(LIST_OWNER_ANY, LIST(ARM_OWNER("1") UNION ARM_OWNER("0"))),
    SQL(LIST_STAFF, LIST(ARM_STAFF(":open"))),
    SQL(LIST_STAFF_ANY, LIST(ARM_STAFF("1") UNION ARM_STAFF("0"))),
    SQL(COUNT_OWN,
        "SELECT " TALLY("ticket_by_requester", VISIBLE_OWN, "1") ", "
                  TALLY("ticket_by_requester", VISIBLE_OWN, "0")),
    SQL(COUNT_SHARED, "SELECT " TALLY_SHARED("1", "") ", " TALLY_SHARED("0", "")),
    SQL(COUNT_PERSON,
        "SELECT " TALLY("ticket_by_requester", VISIBLE_OWN, "1") " + " TALLY_SHARED("1", NOT_OWN) ", "
                  TALLY("ticket_by_requester", VISIBLE_OWN, "0") " + " TALLY_SHARED("0", NOT_OWN)),
    SQL(COUNT_COMPANY,
        "SELECT " TALLY_COMPANY("1") " + " TALLY_SHARED("1", NOT_OWN NOT_COMPANY) ", "
                  TALLY_COMPANY("0") " + " TALLY_SHARED("0", NOT_OWN NOT_COMPANY)),
    SQL(COUNT_OWNER,
        "SELECT " TALLY_OF_ANY("ticket_by_owner", "ticket.owner_id = :person AND " VISIBLE_STAFF, "1") ", "
                  TALLY_OF_ANY("ticket_by_owner", "ticket.owner_id = :person AND " VISIBLE_STAFF, "0")),
    SQL(COUNT_QUEUES,
        "SELECT ticket.inbox, ticket.pipeline, ticket.stage, count(*), count(*) FILTER (WHERE ticket.owner_id = :person),"
        " count(*) FILTER (WHERE ticket.owner_id IS NULL) FROM ticket INDEXED BY ticket_by_queue"
        " WHERE " VISIBLE_STAFF " AND ticket.open = 1 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"),
    SQL(COUNT_STAFF,
        "SELECT " TALLY_OF_ANY("ticket_by_activity", VISIBLE_STAFF, "1") ", "
                  TALLY_OF_ANY("ticket_by_activity", VISIBLE_STAFF, "0")),

#endif
