import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ANNA, MIA, dataFolder, root, run, serve, start } from '../harness/guichet.mjs';
import { mails } from '../harness/mail.mjs';
import { tempFolder } from '../harness/temp.mjs';

// X14: what another system has comes along, again and again, and nobody is written to.
const server = await serve();
const folder = tempFolder('import');
const HUBSPOT = join(root, 'content/import/hubspot.json');

const write = (name, text) => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};
const lines = (name, records) => write(name, records.map((r) => JSON.stringify(r)).join('\n'));
const into = (data, args) => run('guichet-api', ['import', ...args], {
  env: { GUICHET_DATA: data, GUICHET_PORTAL: join(server.folder, 'out/portal'), GUICHET_ORIGIN: server.origin } });
const bring = (...args) => into(server.data, args);
const people = (...args) => run('guichet-api', ['people', ...args], {
  env: { GUICHET_DATA: server.data, GUICHET_PORTAL: join(server.folder, 'out/portal'), GUICHET_ORIGIN: server.origin } });
const found = async (client, words) => (await client.get(`/tickets?status=all&q=${encodeURIComponent(words)}`)).json;
const told = (result, text) => assert.ok(result.stdout.includes(text) || result.stderr.includes(text), `${result.stdout}${result.stderr}\nwant: ${text}`);

const contact = (id, fields) => ({ type: 'contact', id, email: `${id}@acme.example`, first_name: id, ...fields });
const ticket = (id, fields) => ({ type: 'ticket', id, subject: `Subject ${id}`, requester: ANNA, created_at: '2024-03-01T08:00:00Z', ...fields });

describe('an import of JSON lines', () => {
  const file = lines('lines.jsonl', [
    { type: 'message', id: 'm2', ticket: 't1', author: MIA, text: 'A note nobody else reads', internal: true, created_at: '2024-03-02T08:00:00Z' },
    ticket('t1', { subject: 'Wharf crane squeaks', requester: ANNA, owner: MIA, stage: 'closed', closed_at: '2024-03-04T08:00:00Z', text: 'It squeaks at dawn.',
      messages: [{ id: 'm1', author: MIA, text: 'We oiled it.', created_at: '2024-03-03T08:00:00+01:00' }] }),
    contact('zora', { company: 'c9', name: undefined, last_name: 'Hurston' }),
    { type: 'company', id: 'c9', name: 'Ninth Street' },
  ]);

  it('goes into a server that runs, in whatever order the lines stand, with its dates', async () => {
    const before = mails(server.data).length;
    const result = await bring(file, '--from', 'lines', '--source', 'old-desk');
    assert.equal(result.code, 0, result.stderr);
    told(result, 'new: 6  changed: 0  as before: 0  refused: 0');
    const anna = await server.signedIn(ANNA);
    const list = await found(anna, 'squeaks');
    assert.equal(list.tickets.length, 1);
    const [one] = list.tickets;
    assert.equal(one.created_at, '2024-03-01T08:00:00.000Z');
    assert.equal(one.last_activity_at, '2024-03-03T07:00:00.000Z');
    const page = (await anna.get(`/tickets/${one.number}`)).json;
    assert.equal(one.status, 'closed');
    assert.deepEqual(page.messages.map((m) => m.body), ['It squeaks at dawn.', 'We oiled it.'], 'T21: the note stays inside');
    assert.equal(mails(server.data).length, before, 'nobody is written to');
  });

  it('changes nothing when it is run again, and only what has changed there after that', async () => {
    told(await bring(file, '--from', 'lines', '--source', 'old-desk'), 'new: 0  changed: 0  as before: 6  refused: 0');
    const changed = lines('changed.jsonl', [ticket('t1', { subject: 'Wharf crane sings', owner: MIA, stage: 'waiting' }), ticket('t9')]);
    told(await bring(changed, '--from', 'lines', '--source', 'old-desk'), 'new: 1  changed: 1  as before: 0  refused: 0');
    const anna = await server.signedIn(ANNA);
    const [one] = (await found(anna, 'crane sings')).tickets;
    assert.equal(one.subject, 'Wharf crane sings');
    assert.equal(one.status, 'open');
    assert.equal((await found(anna, 'dawn')).tickets.length, 1, 'no double');
  });

  it('keeps what the other systems call alike apart', async () => {
    told(await bring(lines('other.jsonl', [ticket('t1', { subject: 'Another t1' })]), '--from', 'lines', '--source', 'second'), 'new: 1 ');
  });

  it('refuses what has the id of another that says something else, whichever file it stands in, and says where that is', async () => {
    const one = lines('one.jsonl', [{ type: 'company', id: 'd1', name: 'Dock One' }, contact('d2'), contact('d2'), ticket('d1', { subject: 'First' })]);
    const two = lines('two.jsonl', [{ type: 'company', id: 'd1', name: 'Dock Two' }, ticket('d1', { subject: 'Second' }), ticket('d3')]);
    for (const [args, counts] of [[['--dry-run'], 'would be new: '], [[], 'new: '], [[], 'new: 0  changed: 0  as before: ']]) {
      const result = await bring(one, two, '--from', 'lines', '--source', 'doubles', ...args);
      assert.equal(result.code, 1);
      told(result, counts);
      told(result, 'refused: 2');
      told(result, 'two.jsonl:1:24: error: "id": "d1" stands in ');
      told(result, 'one.jsonl:1 already, and says something else there; want each once');
      told(result, 'one.jsonl:4 already');
    }
  });

  it('makes nobody a colleague who comes in: agents are shut out until somebody lets them in', async () => {
    told(await bring(lines('agent.jsonl', [contact('smith', { role: 'agent' })]), '--from', 'lines'), 'new: 1 ');
    const { people: list } = JSON.parse((await people('list', '--disabled', '--format', 'json')).stdout);
    assert.deepEqual(list.filter((p) => p.email === 'smith@acme.example').map((p) => [p.role, p.disabled, p.password]), [['agent', true, false]]);
    told(await bring(lines('mia.jsonl', [contact('mia2', { email: MIA, first_name: 'Mallory' })]), '--from', 'lines'), 'refused: 0');
    assert.ok(!(await people('list', '--format', 'json')).stdout.includes('Mallory'), 'whoever is of the team is not changed');
    told(await bring(lines('admin.jsonl', [contact('root', { role: 'admin' })]), '--from', 'lines'), 'want "contact" or "agent", got "admin"');
  });
});

describe('what is refused', () => {
  const file = lines('bad.jsonl', [
    contact('p1', { email: 'no address' }),
    contact('p2', { emial: 'x' }),
    ticket('b1', { requester: 'nobody', stage: 'nwe', text: 'left out' }),
    ticket('b2', { created_at: 'yesterday' }),
    ticket('b3', { properties: { prodct: 'x' } }),
    { type: 'message', id: 'x', ticket: 't1', author: ANNA, text: 'x', internal: true, created_at: '2024-01-01' },
    ticket('b4', { subject: 'Kept all the same' }),
  ]) ;
  writeFileSync(file, `${readFileSync(file, 'utf8')}\nnonsense\n`);

  it('is told all at once, with file, line, column, and what was wanted; the rest comes in', async () => {
    const result = await bring(file, '--from', 'lines', '--source', 'old-desk');
    assert.equal(result.code, 1);
    told(result, 'new: 1  changed: 0  as before: 0  refused: 7');
    told(result, 'left out with their tickets: 1 messages');
    assert.match(result.stderr, /bad\.jsonl:1:\d+: error: "email": want an e-mail address, got "no address"/);
    told(result, 'unknown member "emial" of a contact; did you mean "email"?');
    told(result, 'no contact "nobody" was brought along');
    told(result, '"nwe": not a stage of the pipeline "support"; want one of "new", "in-progress", "waiting", "closed"');
    assert.match(result.stderr, /bad\.jsonl:4:\d+: error: "created_at": want a time such as 2026-11-22T10:15:03Z/);
    assert.match(result.stderr, /"prodct": not one of the portal's own properties of tickets/);
    told(result, 'only the team writes internal notes');
    told(result, 'bad.jsonl:8:1: error: want one JSON object a line');
  });

  it('goes into a report, as JSON, when one is wanted', async () => {
    const report = join(folder, 'report.json');
    const result = await bring(file, '--from', 'lines', '--source', 'old-desk', '--report', report);
    assert.equal(result.code, 1);
    const faults = JSON.parse(readFileSync(report, 'utf8'));
    assert.deepEqual([...new Set(faults.map((f) => f.line))].sort(), [1, 2, 3, 4, 5, 6, 8]);
    assert.ok(faults.every((f) => f.file === file && f.message));
  });

  it('is an unknown option, a wrong shape, and no way to read the files', async () => {
    for (const [args, said] of [[[file], 'want how to read the files'], [[file, '--from', 'zendsk'], 'did you mean "zendesk"?'], [['--from', 'lines'], 'want files to read'],
      [[file, '--from', 'lines', '--dryrun'], 'unknown option']]) {
      const result = await bring(...args);
      assert.equal(result.code, 2, result.stderr);
      told(result, said);
    }
  });
});

describe('a dry run', () => {
  it('changes nothing, and tells what would be, also of what stands in other batches', async () => {
    const records = [...Array(1100).keys()].map((i) => contact(`dry${i}`)).concat(ticket('d1', { requester: 'dry3', text: 'hello' }), ticket('d2', { requester: 'dry1101' }));
    const file = lines('dry.jsonl', records);
    for (let i = 0; i < 2; i++) {
      const result = await bring(file, '--from', 'lines', '--dry-run');
      told(result, 'would be new: 1102  changed: 0  as before: 0  refused: 1');
      told(result, 'no contact "dry1101"');
    }
    assert.ok(!(await people('list', '--format', 'json')).stdout.includes('dry3@'));
  });
});

describe('HubSpot’s CSV exports', () => {
  const sample = (name) => join(root, 'tests/api/import', name);
  const files = ['tickets.csv', 'contacts.csv', 'companies.csv'].map((name) => sample(`hubspot-${name}`));

  it('come in with the shipped mapping, all three at once, twice without doubles', async () => {
    const result = await bring(...files, '--mapping', HUBSPOT);
    assert.equal(result.code, 0, result.stderr);
    told(result, 'new: 9  changed: 0  as before: 0  refused: 0');
    told(await bring(...files, '--mapping', HUBSPOT), 'new: 0  changed: 0  as before: 9  refused: 0');
    const { people: list } = JSON.parse((await people('list', '--format', 'json')).stdout);
    assert.deepEqual(list.filter((p) => p.email.endsWith('@quay.example')).map((p) => [p.first_name, p.company]), [['Ines', 'Quay & Sons'], ['Olaf', 'Quay & Sons']]);
    const staff = await server.signedIn(MIA);
    const [one] = (await found(staff, 'bollard')).tickets;
    assert.equal(one.created_at, '2025-02-03T09:15:00.000Z');
    const page = (await staff.get(`/tickets/${one.number}`)).json;
    assert.equal(page.messages[0].body, 'The bollard is loose,\nand "wobbles".');
    assert.equal(one.status, 'closed');
  });

  it('say where a row or a column is wrong', async () => {
    const rows = write('rows.csv', 'Ticket ID,Ticket name,Associated Contact IDs,Create date\n71,,77,2025-02-30 10:00\n');
    const result = await bring(rows, '--mapping', HUBSPOT);
    assert.match(result.stderr, /rows\.csv:2:4: error: "subject" is missing; a ticket needs it/);
    assert.match(result.stderr, /rows\.csv:2:8: error: "created_at": want a time such as .*, got "2025-02-30 10:00"/);
    told(await bring(write('head.csv', 'Ticket ID,Ticket nam,Associated Contact IDs,Create date\n'), '--mapping', HUBSPOT), 'no column "Ticket name", from which "subject" comes; did you mean "Ticket nam"?');
    told(await bring(write('none.csv', 'a,b\n1,2\n'), '--mapping', HUBSPOT), 'the mapping names none of its columns');
  });

  it('and a mapping that is wrong says so before anything is read', async () => {
    const mapping = write('mapping.json', JSON.stringify({ source: 'x', zone: 'Paris', files: [{ type: 'ticket', columns: [
      { column: 'a', field: 'subjet' }, { column: 'b' }, { field: 'inbox' }, { column: 'c', field: 'id' }, { column: 'd', field: 'id' }] }], mor: 1 }, null, 1));
    const result = await bring(files[0], '--mapping', mapping);
    assert.equal(result.code, 1);
    told(result, 'unknown key "mor"');
    writeFileSync(mapping, readFileSync(mapping, 'utf8').replace(/,\s*"mor": 1/, ''));
    const { stderr } = await bring(files[0], '--mapping', mapping);
    for (const said of ['"zone": want one such as "+01:00" or "Z", got "Paris"', '"subjet": not a field of a ticket; did you mean "subject"?', 'want "field" or "property"', 'want "column" or "default"',
      '"id": said twice', 'no column says "requester", which every ticket needs'])
      assert.match(stderr, new RegExp(`mapping\\.json:\\d+:\\d+: error: .*${said.replace(/[+.?]/g, '\\$&')}`), stderr);
  });
});

describe('Zendesk’s JSON export', () => {
  const files = ['tickets', 'users', 'organizations'].map((name) => join(root, `tests/api/import/zendesk-${name}.json`));

  it('comes in with its comments, public and private', async () => {
    const result = await bring(...files, '--from', 'zendesk');
    assert.equal(result.code, 0, result.stderr);
    told(result, 'new: 10  changed: 0  as before: 0  refused: 0');
    told(await bring(...files, '--from', 'zendesk'), 'as before: 10');
    const staff = await server.signedIn(MIA);
    const [one] = (await found(staff, 'lighthouse')).tickets;
    const page = (await staff.get(`/tickets/${one.number}`)).json;
    assert.deepEqual(page.messages.map((m) => [m.body, m.internal ?? false]), [['The lighthouse is dark.', false], ['Bulb?', true], ['It shines again.', false]]);
    assert.equal(one.status, 'closed');
    assert.equal((await found(await server.signedIn(ANNA), 'lighthouse')).tickets.length, 0, 'T22: it is another customer’s');
  });
});

describe('without a server', () => {
  it('goes on where it was killed, and makes no doubles', async () => {
    const data = await dataFolder();
    const records = [...Array(2500).keys()].map((i) => ticket(`k${i}`, { text: `text ${i}` }));
    const file = lines('many.jsonl', records);
    const first = start('guichet-api', ['import', file, '--from', 'lines', '--data', data], { env: { GUICHET_PORTAL: join(server.folder, 'out/portal') } });
    await new Promise((done) => setTimeout(done, 400));
    await first.stop('SIGKILL');
    const result = await into(data, [file, '--from', 'lines']);
    assert.equal(result.code, 0, result.stderr);
    const [, created, same] = /new: (\d+)  changed: 0  as before: (\d+)  refused: 0/.exec(result.stdout).map(Number);
    assert.equal(created + same, 5000);
    told(await into(data, [file, '--from', 'lines']), 'new: 0  changed: 0  as before: 5000  refused: 0');
  });
});
