-- A store of 1,000,000 tickets over 1,000 companies, scattered: the n-th ticket belongs to company n modulo 1,000,
-- so that one company's tickets lie far from each other on disk, as in life. Run on a store that the demo made:
-- its sign-ins stay good, and its first company has 1,000 tickets more.
PRAGMA journal_mode = WAL;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -400000;
BEGIN;

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
INSERT OR IGNORE INTO company (id, name, created_at) SELECT i, 'Company ' || i, 0 FROM n;

WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 4999)
INSERT INTO person (id, role, email, first_name, last_name, locale, company_id, created_at)
SELECT 100000 + i, 'contact', 'person' || i || '@company' || (1 + i % 1000) || '.example', 'Person', 'Number ' || i, 'en', 1 + i % 1000, 0
FROM n;

WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 999999)
INSERT INTO ticket (subject, requester_id, company_id, owner_id, inbox, pipeline, stage, category, priority, source, created_at,
    last_activity_at, closed_at, open)
SELECT 'Ticket ' || i || ' about a delivery that did not come', 100000 + i % 5000, 1 + i % 1000,
    (SELECT min(id) FROM person WHERE role = 'agent'), 'support', 'support', iif(i % 3, 'new', 'closed'), NULL, NULL, 'portal',
    1700000000000 + i * 60000, 1700000000000 + (i * 7919 % 1000000) * 60000, iif(i % 3, NULL, 1800000000000), iif(i % 3, 1, 0)
FROM n;

COMMIT;
ANALYZE;
PRAGMA wal_checkpoint(TRUNCATE);
