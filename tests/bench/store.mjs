// Stores to measure with, large ones: filled by SQL (fill.sql), then read by the program's own code for the search.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Run SQL text on a store; answers what it prints. */
export function sql(data, text) {
  return execFileSync('sqlite3', ['-bail', join(data, 'guichet.db')], { input: text, encoding: 'utf8', maxBuffer: 1 << 28 });
}

/**
 * What goes before the filling and comes back after it: sorted at the end, an index is made many times faster, and
 * triggers are for one row at a time.
 */
function setAside(data) {
  const lines = sql(data, `.mode json
SELECT type, name, sql FROM sqlite_schema WHERE tbl_name IN ('ticket', 'thread', 'message') AND type IN ('index', 'trigger') AND sql IS NOT NULL;`);
  const things = lines.trim() ? JSON.parse(lines) : [];
  return {
    drop: things.map(({ type, name }) => `DROP ${type} "${name}";`).join('\n'),
    make: things.map(({ sql: text }) => `${text};`).join('\n'),
  };
}

/** Without this the whole store would be read for the search when it is opened. */
const SEARCH_KNOWS_ALL = 'UPDATE search_progress SET ticket = (SELECT max(number) FROM ticket);\n';

/**
 * A store of so many tickets, each with so many messages, in the new folder `data`. Without messages nothing can be
 * searched for either.
 */
export function makeStore({ root, api, portal, data, tickets, messages }) {
  execFileSync(api, ['demo', join(root, 'content/demo/demo.json'), '--data', data, '--portal', portal], { stdio: ['ignore', 'ignore', 'inherit'] });
  const { drop, make } = setAside(data);
  const searchable = sql(data, "SELECT count(*) FROM sqlite_schema WHERE name = 'search_progress';").trim() === '1';
  sql(data, `.parameter set :tickets ${tickets}
.parameter set :messages ${messages}
${drop}
${readFileSync(join(root, 'tests/bench/fill.sql'), 'utf8')}
${make}
${searchable && messages === 0 ? SEARCH_KNOWS_ALL : ''}ANALYZE;
PRAGMA wal_checkpoint(TRUNCATE);
`);
}
