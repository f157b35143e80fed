-- A store of :tickets tickets with :messages messages each. A company has 1,000 tickets, of which two thirds are open,
-- and they lie far from each other on disk, as in life; one in ten belongs to one large company, number 3. Run on a
-- store that the demo made: its sign-ins stay good, and its first company has 1,000 tickets more. Whoever is made
-- here has the password of anna.berg@acme.example.
PRAGMA journal_mode = WAL;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -800000;
BEGIN;

INSERT OR IGNORE INTO company (id, name, created_at)
SELECT value, 'Company ' || value, 0 FROM generate_series(1, max(3, :tickets / 1000));

INSERT INTO person (id, role, email, first_name, last_name, locale, company_id, password, created_at)
SELECT 100000 + value, 'contact', 'person' || value || '@company' || (1 + value / 5) || '.example', 'Person', 'Number ' || value, 'en',
    1 + value / 5, (SELECT password FROM person WHERE email = 'anna.berg@acme.example'), 0
FROM generate_series(0, 5 * max(3, :tickets / 1000) - 1);

-- Its companies as the tickets name them, without a count of them for each row.
CREATE TEMP TABLE plan AS SELECT max(3, :tickets / 1000) AS companies,
    (SELECT min(id) FROM person WHERE role = 'agent') AS agent, 10000 AS first, 1700000000000 AS epoch;

INSERT INTO ticket (number, subject, requester_id, company_id, owner_id, inbox, pipeline, stage, source, created_at, last_activity_at,
    closed_at, open)
SELECT first + value, 'Ticket ' || value || ' about a delivery that did not come',
    100000 + 5 * iif(value % 10 = 9, 2, value % companies) + value / companies % 5,
    iif(value % 10 = 9, 3, 1 + value % companies), agent, 'support', 'support', iif(value % 3, 'new', 'closed'), 'portal',
    epoch + value * 60000, epoch + (value * 7919 % :tickets) * 60000, iif(value % 3, NULL, 1800000000000), value % 3 > 0
FROM plan, generate_series(0, :tickets - 1);

CREATE TEMP TABLE phrase (id INTEGER PRIMARY KEY, text TEXT);
INSERT INTO phrase (text) VALUES
    ('the parcel never arrived at our office'), ('please send the invoice once more'), ('our printer shows an error again'),
    ('nobody can sign in since this morning'), ('the delivery came with a broken lid'), ('we need it before Friday'),
    ('thank you for the quick answer'), ('the password mail does not reach us'), ('could you change the address'),
    ('the amount on the invoice is wrong'), ('it works again after a restart'), ('attached you find a screenshot'),
    ('the colleague who ordered is on leave'), ('the update broke our report'), ('where is our order'),
    ('bitte prüfen Sie die Rechnung für März'), ('la facture ne correspond pas à la commande'), ('el pedido llegó incompleto'),
    ('打印机又坏了 请帮忙'), ('請求書を再送してください'), ('we tried another cable and another room'),
    ('the portal said the file is too large'), ('our account should have two users'), ('the report shows last year'),
    ('how long does the repair take'), ('the new device makes a strange noise'), ('it happens every day at noon'),
    ('we would like to cancel the second part'), ('the courier left it with a neighbour'), ('is there a discount for schools'),
    ('the screen stays dark after starting'), ('the contract ends in December');

-- One thread each, of the same number; the first message is the customer's, then they take turns.
INSERT INTO thread (id, ticket, channel, created_at)
SELECT first + value, first + value, 'portal', epoch FROM plan, generate_series(0, iif(:messages > 0, :tickets, 0) - 1);

INSERT INTO message (thread_id, author_id, internal, body, created_at)
SELECT first + t.value, iif(m.value % 2, agent, 100000 + 5 * iif(t.value % 10 = 9, 2, t.value % companies) + t.value / companies % 5), 0,
    (SELECT text FROM phrase WHERE id = 1 + (t.value * 7 + m.value * 3) % 32) || ', '
    || (SELECT text FROM phrase WHERE id = 1 + (t.value / 32 + m.value * 5) % 32) || '.',
    epoch + t.value * 60000 + m.value * 1000
FROM plan, generate_series(0, :tickets - 1) AS t, generate_series(0, :messages - 1) AS m
WHERE :messages > 0;

COMMIT;
