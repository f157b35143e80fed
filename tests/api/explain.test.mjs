// X9: `guichet-api explain` tells which tickets somebody sees and by which rule, in the words of the settings.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ANNA, BEN, CARL, DORA, MIA, editJson, run, serve } from '../harness/guichet.mjs';
import { served } from '../harness/settings.mjs';

const explain = (server, ...args) => run('guichet-api', ['explain', ...args],
  { env: { GUICHET_DATA: server.data, GUICHET_PORTAL: join(server.folder, 'out/portal') } });
async function told(server, ...args) {
  const { code, stdout, stderr } = await explain(server, ...args);
  assert.deepEqual([code, stderr], [0, '']);
  return stdout;
}

const open = await served({ permission: 'company' });
const narrow = await served({
  permission: 'matching',
  company_view: { managers: true, contacts: { any: [{ property: 'email', contains: 'birch' }, { property: 'language', equals: 'de' }] } },
  visible: { any: [{ property: 'category', is_none_of: ['billing', 'account'] }, { all: [{ property: 'closed', in_the_last_days: 7 }, { property: 'owner', is_known: true }] }] },
  inboxes: ['support'],
  internal: { senders: [MIA] },
}, (demo) => { demo.people.anna.manager = true; });

const shared = await served({ permission: 'own' }, (demo) => { demo.tickets.find((ticket) => ticket.requester === 'ben').participants = ['anna', 'carl']; });

const kept = await serve({ edit: (folder) => editJson(folder, 'content/portal.json', (p) => { p.access = { groups: { partners: { name: 'Partners' } } }; delete p.consent; }) });

describe('X9: guichet-api explain', () => {
  it('names who it was shared with', async () => {
    assert.match(await told(shared, '--as', ANNA, '--ticket', '1004'), /^#1004 shows: Invoice .*\n {2}requester: no .*\n.*\n {2}shared with them: yes\n/m);
    assert.match(await told(shared, '--as', DORA, '--ticket', '1004'), /^#1004 is hidden: .*\n.*\n.*\n {2}shared with them: no\n/m);
  });
  it('tells of who was in copy and is of another company now', async () => {
    assert.match(await told(shared, '--as', CARL, '--ticket', '1004'),
      /^#1004 is hidden: .*\n.*\n.*\n {2}shared with them: no \(it was, but they are not of its company\)\n/m);
  });
  it('lists what somebody sees, each with its rule, beside the running server', async () => {
    assert.equal(await told(open, '--as', ANNA), [
      'anna@acme.example: Anna Berg, a contact of Acme',
      'sees their own tickets, and those shared with them',
      'sees those of Acme: "permission" is "company"',
      '#1005    requester             The printer on floor two is on fire',
      '#1004    company               Invoice 2026-117 counts us twice',
      '#1001    requester             How do I change my password?',
      '3 show, 0 hidden', ''].join('\n'));
  });
  it('names the setting that hides a ticket', async () => {
    assert.equal(await told(narrow, '--as', ANNA), [
      'anna@acme.example: Anna Berg, a contact of Acme',
      'sees their own tickets, and those shared with them',
      'sees those of Acme: "permission" is "matching", and they are a manager',
      '#1005    requester             The printer on floor two is on fire',
      '#1004    hidden by "visible"   Invoice 2026-117 counts us twice',
      '#1001    hidden by "visible"   How do I change my password?',
      '1 show, 2 hidden', ''].join('\n'));
    assert.match(await told(narrow, '--as', CARL), /match "company_view"\n#1003 {4}hidden by "inboxes" {3}Birch saplings/);
  });
  it('goes through the filter, test by test, for one ticket', async () => {
    assert.equal(await told(narrow, '--as', BEN, '--ticket', '#1004'), [
      'ben@acme.example: Ben Ode, a contact of Acme',
      'sees their own tickets, and those shared with them',
      'does not see those of Acme: "permission" is "matching", and they neither are a manager nor match "company_view"',
      '    no  any of these:',
      '      no  email contains "birch"',
      '      no  language equals "de"',
      '#1004 is hidden: Invoice 2026-117 counts us twice',
      '  requester: yes (ben@acme.example)',
      '  company: no (Acme; "permission" is "matching", and they neither are a manager nor match "company_view")',
      '  shared with them: no',
      '  "inboxes": yes (support)',
      '  "visible": no',
      '    no  any of these:',
      '      no  category is_none_of "billing", "account"',
      '      no  all of these:',
      '        no  closed in_the_last_days 7',
      '        no  owner is_known', ''].join('\n'));
  });
  it('counts what of a conversation shows', async () => {
    const text = await told(narrow, '--as', ANNA, '--ticket', '1005');
    assert.match(text, /^#1005 shows: The printer/m);
    assert.match(text, /^ {2}messages: 1 of 3 show \(notes of the team: 1; by "threads" or "internal": 1\)$/m);
  });
  it('says the same as the pages do, for everybody and every ticket', async () => {
    for (const server of [open, narrow]) {
      for (const who of [ANNA, BEN, CARL, DORA, MIA]) {
        const client = await server.signedIn(who);
        for (const number of [1001, 1002, 1003, 1004, 1005]) {
          const shows = (await client.get(`/tickets/${number}`)).status === 200;
          assert.match(await told(server, '--as', who, '--ticket', String(number)), new RegExp(`^#${number} ${shows ? 'shows' : 'is hidden'}: `, 'm'));
        }
      }
    }
  });
  it('tells of the team that it sees everything', async () => {
    assert.equal(await told(narrow, '--as', MIA, '--ticket', '1004'),
      'mia@guichet.example: Mia Laurent, of the team\nsees every ticket and every message\n#1004 shows: Invoice 2026-117 counts us twice\n');
  });
  it('says first of all that somebody is not let in, and what lets them in', async () => {
    const env = { GUICHET_DATA: kept.data, GUICHET_PORTAL: join(kept.folder, 'out/portal') };
    await run('guichet-api', ['people', 'disable', MIA, BEN], { env });
    await run('guichet-api', ['people', 'set', CARL, '--group', 'partners'], { env });
    const lines = async (who) => (await told(kept, '--as', who)).split('\n');
    assert.deepEqual((await lines(ANNA)).slice(0, 4), [
      'anna@acme.example: Anna Berg, a contact of Acme',
      'is not let in: in none of the access groups ("access": {"groups"}); "guichet-api people set anna@acme.example --group ID" puts them into one',
      'sees nothing now; if they were let in, this would hold:',
      'sees their own tickets, and those shared with them']);
    assert.deepEqual((await lines(BEN)).slice(1, 4), [
      'is not let in: disabled; "guichet-api people enable ben@acme.example" lets them in again',
      'is not let in: in none of the access groups ("access": {"groups"}); "guichet-api people set ben@acme.example --group ID" puts them into one',
      'sees nothing now; if they were let in, this would hold:']);
    assert.deepEqual((await lines(MIA)).slice(0, 4), [
      'mia@guichet.example: Mia Laurent, of the team',
      'is not let in: disabled; "guichet-api people enable mia@guichet.example" lets them in again',
      'sees nothing now; if they were let in, this would hold:',
      'sees every ticket and every message']);
    assert.equal((await lines(CARL))[1], 'sees their own tickets, and those shared with them');
  });
  for (const [args, status, words] of [
    [['--as', 'x@y.example'], 1, 'error: --as: nobody has the address "x@y.example"; guichet-api people list shows who is there\n'],
    [['--as', ANNA, '--ticket', '4711'], 1, 'error: --ticket: there is no ticket 4711\n'],
    [['--ticket', '1001'], 2, 'error: explain: want whose eyes to look through: --as ADDRESS\n'],
    [['--as'], 2, 'error: --as: want an e-mail address after it\n'],
    [['--as', ANNA, '--ticket', 'x'], 2, 'error: --ticket: want a ticket\'s number, got "x"\n'],
  ]) {
    it(`refuses "${args.join(' ')}"`, async () => {
      const { code, stderr } = await explain(open, ...args);
      assert.deepEqual([code, stderr], [status, words]);
    });
  }
  it('needs no server, and leaves nothing that one would stumble over', async () => {
    await narrow.program.stop();
    const before = readdirSync(narrow.data);
    assert.match(await told(narrow, '--as', ANNA), /1 show, 2 hidden/);
    assert.deepEqual(readdirSync(narrow.data).filter((name) => !before.includes(name) && !/^guichet\.db-(shm|wal)$/.test(name)), []);
    const again = await serve({ folder: narrow.folder, data: narrow.data });
    assert.equal((await (await again.signedIn(ANNA)).file('Still here?', 'Yes.')).status, 201, 'a server starts and writes afterwards');
  });
});
