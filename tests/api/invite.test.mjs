import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ANNA, BEN, CARL, PASSWORD, editJson, run, serve } from '../harness/guichet.mjs';
import { awaitMails, mails, recipient } from '../harness/mail.mjs';
import { tempFolder } from '../harness/temp.mjs';

// S16, S17: invitations, from the command line, a CSV file or a group; who gets mail is told before.
const GROUPS = { customers: { name: 'Customers' }, partners: { name: 'Partners' } };
const server = await serve();
const chosen = await serve({ edit: (folder) => editJson(folder, 'content/portal.json', (p) => { p.access = { groups: GROUPS, invitation_days: 5 }; delete p.consent; }) });
const NEW = 'a quiet harbour in the fog';
const folder = tempFolder('invite');

const api = (where, ...args) => run('guichet-api', args, {
  env: { GUICHET_DATA: where.data, GUICHET_PORTAL: join(where.folder, 'out/portal'), GUICHET_ORIGIN: where.origin } });
const invite = (where, ...args) => api(where, 'invite', ...args);
const told = async (where, ...args) => JSON.parse((await invite(where, ...args, '--format', 'json')).stdout);
const csv = (text, name = 'people.csv') => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};
const mailsTo = (where, email) => mails(where.data).filter((m) => recipient(m) === email);
const linkIn = (mail) => /https?:\/\/\S+#invitation=\S+/.exec(mail.text)[0];
const tokenIn = (mail) => linkIn(mail).split('#invitation=')[1];
const nth = async (where, email, count = 1) => (await awaitMails(where.data, (m) => recipient(m) === email, count)).at(-1);
const choose = (where, token, password = NEW) => where.client().post('/resets/confirm', { token, password });

describe('an invitation', () => {
  it('wants somebody to invite: a file with nothing but its header names nobody', async () => {
    const { code, stderr } = await invite(server, '--csv', csv('email\n', 'nobody.csv'));
    assert.equal(code, 1);
    assert.match(stderr, /nobody is named; want addresses, or rows below the header/);
  });

  it('goes from a row of a CSV file to one’s own tickets, in one’s own language', async () => {
    const file = csv('\ufeffE-Mail;First name;Last name;Company;Language\r\nzoe@acme.example;Zoé;del Mar;Acme;fr\r\n');
    const { code, stdout, stderr } = await invite(server, '--csv', file);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^zoe@acme\.example: invited \(new\)$/m);
    const mail = await nth(server, 'zoe@acme.example');
    assert.equal(mail.get('Subject'), 'Votre accès à Assistance Acme');
    assert.equal(mail.get('Content-Language'), 'fr');
    assert.match(mail.text, /Bonjour Zoé del Mar/);
    assert.match(mail.text, /14 jours/);
    assert.ok(linkIn(mail).startsWith(`${server.origin}/support/fr/reset-form/#invitation=`), mail.text);
    assert.equal((await choose(server, tokenIn(mail))).status, 204);
    const zoe = await server.signedIn('zoe@acme.example', NEW);
    assert.equal(zoe.me.company, 'Acme');
    assert.equal((await zoe.get('/tickets')).status, 200);
  });

  it('T09: works once; and no more when a later one was sent', async () => {
    await invite(server, 'twice@acme.example');
    const first = tokenIn(await nth(server, 'twice@acme.example'));
    assert.match((await invite(server, 'twice@acme.example')).stdout, /invited \(known, has no password yet\)/);
    const second = tokenIn(await nth(server, 'twice@acme.example', 2));
    assert.equal((await choose(server, first)).code, 'token_expired');
    const all = await Promise.all(Array.from({ length: 8 }, () => choose(server, second)));
    assert.deepEqual(all.map((a) => a.status).sort(), [204, ...Array(7).fill(410)]);
    assert.equal((await choose(server, second)).code, 'token_used');
  });

  it('wants a good password, and says what is wrong with a bad one', async () => {
    await invite(server, 'weak@acme.example');
    const token = tokenIn(await nth(server, 'weak@acme.example'));
    assert.equal((await choose(server, token, 'short')).json.errors[0].code, 'password_short');
    assert.equal((await choose(server, token, 'password1234')).json.errors[0].code, 'password_common');
    assert.equal((await choose(server, token)).status, 204);
  });

  it('works without scripts: the link is pasted', async () => {
    await invite(server, 'plain@acme.example');
    const token = linkIn(await nth(server, 'plain@acme.example'));
    const answer = await server.client().form('/resets/confirm', { token: ` ${token}\n`, password: NEW, locale: 'en' });
    assert.equal(answer.headers.location, '/support/en/sign-in/#reset-done');
    await server.signedIn('plain@acme.example', NEW);
  });

  it('whose link came too late is replaced by a reset', async () => {
    await invite(server, 'late@acme.example');
    await nth(server, 'late@acme.example');
    await server.client().post('/resets', { email: 'late@acme.example' });
    const mail = await nth(server, 'late@acme.example', 2);
    assert.equal((await choose(server, /#token=(\S+)/.exec(mail.text)[1])).status, 204);
    await server.signedIn('late@acme.example', NEW);
  });

  it('T14: opens nothing for somebody who was shut out meanwhile', async () => {
    await invite(server, 'gone@acme.example');
    const token = tokenIn(await nth(server, 'gone@acme.example'));
    await api(server, 'people', 'disable', 'gone@acme.example');
    assert.equal((await choose(server, token)).status, 410);
    await api(server, 'people', 'enable', 'gone@acme.example');
    assert.equal((await choose(server, token)).status, 410);
  });

  it('is for staff as well', async () => {
    await api(server, 'people', 'add', 'olga@guichet.example', '--name', 'Olga', '--role', 'agent');
    await invite(server, 'olga@guichet.example');
    await choose(server, tokenIn(await nth(server, 'olga@guichet.example')));
    assert.equal((await server.signedIn('olga@guichet.example', NEW)).me.role, 'agent');
  });
});

describe('who gets mail', () => {
  it('is told before anything is done', async () => {
    await api(server, 'people', 'disable', CARL);
    const answer = await told(server, ANNA, CARL, 'fresh@acme.example', '--dry-run');
    assert.deepEqual(answer.people, [
      { email: ANNA, state: 'has_access', mail: false },
      { email: CARL, state: 'disabled', mail: false },
      { email: 'fresh@acme.example', state: 'new', mail: true },
    ]);
    assert.equal(answer.errors.length, 0);
    assert.match(answer.done.at(-1), /^1 would get mail \(1 of them new\), 1 have access already, 1 disabled, 0 wrong$/);
    const { people } = JSON.parse((await api(server, 'people', 'list', '--format', 'json')).stdout);
    assert.equal(people.some((p) => p.email === 'fresh@acme.example'), false);
    assert.equal(mailsTo(server, 'fresh@acme.example').length + mailsTo(server, ANNA).length, 0);
  });

  it('is nobody when any row is wrong, and everything that is wrong is told with its column and place', async () => {
    const file = csv('name,email,Language,manager\nA,good@acme.example,en,yes\nB,nonsense,xx,perhaps\nÉmile,other@acme.example,fe,maybe\n"D ""D""", GOOD@acme.example ,,\nE,e@acme.example,,,more\n', 'wrong.csv');
    const { code, stderr, stdout } = await invite(server, '--csv', file);
    assert.equal(code, 1);
    for (const line of [
      /wrong\.csv:3:3: error: column "email": "nonsense": want an e-mail address/,
      /wrong\.csv:3:12: error: column "Language": nonsense: the portal does not speak "xx"/,
      /wrong\.csv:3:15: error: column "manager": nonsense: want yes or no, got "perhaps"/,
      /wrong\.csv:4:26: error: column "Language": other@acme\.example: the portal does not speak "fe"; did you mean "fr"\?/,
      /wrong\.csv:4:29: error: column "manager": other@acme\.example: want yes or no, got "maybe"/,
      /wrong\.csv:5:12: error: column "email": GOOD@acme\.example: is listed twice/,
      /wrong\.csv:6:20: error: e@acme\.example: the row has 5 cells, the first one names 4 columns/,
      /nothing was sent; mend these, or add --skip-bad/,
    ]) assert.match(stderr, line);
    assert.match(stdout, /good@acme\.example: would be invited/);
    assert.equal(mailsTo(server, 'good@acme.example').length, 0);
    const json = await told(server, '--csv', file, '--dry-run');
    assert.deepEqual(json.errors[0], { file, line: 3, col: 3, column: 'email', message: '"nonsense": want an e-mail address, as in anna@acme.example' });
  });

  it('is who is right, when the others are to be skipped; that is no failure', async () => {
    const file = csv('email,language\nright@acme.example,en\nwrong@acme.example,xx\n');
    const { code, stdout, stderr } = await invite(server, '--csv', file, '--skip-bad');
    assert.equal(code, 0, stderr);
    assert.match(stderr, /people\.csv:3:20: warning: column "language": wrong@acme\.example: the portal does not speak "xx"/);
    assert.match(stdout, /^1 skipped: mend what is said of them, and invite them again$/m);
    await nth(server, 'right@acme.example');
    assert.equal(mailsTo(server, 'wrong@acme.example').length, 0);
    const json = await told(server, '--csv', file, '--skip-bad', '--dry-run');
    assert.deepEqual([json.errors, json.skipped.map((s) => [s.line, s.column])], [[], [[3, 'language']]]);
  });

  it('T17: a column that is not known is an error, not lost in silence; the rows are checked as well', async () => {
    const file = csv('email,langauge,Shoe size,manager\na@acme.example,fr,42,maybe\n');
    for (const more of [[], ['--skip-bad']]) {
      const { code, stdout, stderr } = await invite(server, '--csv', file, ...more);
      assert.equal(code, 1);
      assert.match(stderr, /people\.csv:1:7: error: unknown column "langauge"; did you mean "language"\? Want email, name, first name, last name, company, language, groups, manager/);
      assert.match(stderr, /people\.csv:1:16: error: unknown column "Shoe size"; want email/);
      assert.match(stderr, /people\.csv:2:22: (error|warning): column "manager": a@acme\.example: want yes or no, got "maybe"/);
      assert.doesNotMatch(stdout, /: invited/);
    }
    assert.equal(mailsTo(server, 'a@acme.example').length, 0);
  });

  it('every name of a column that help lists is understood', async () => {
    const { stdout } = await invite(server, '--help');
    assert.match(stdout, /^usage: guichet-api invite \[ADDRESS\.\.\.\] \[OPTION\.\.\.\]\n/);
    const rows = stdout.split('columns of the CSV file')[1].split('\n\n')[0].split('\n').slice(1).filter(Boolean);
    const names = rows.flatMap((row) => [row.slice(6, 20).trim(), ...(/^or ([^;]*)/.exec(row.slice(20).trim())?.[1] ?? '').split(', ')]).filter(Boolean);
    for (const name of ['email', 'e-mail', 'mail', 'address', 'email address', 'first_name', 'locale', 'group', 'manager']) assert.ok(names.includes(name), `${name} in ${names}`);
    for (const name of names) {
      const isEmail = ['email', 'e-mail', 'mail', 'address', 'email address'].includes(name);
      const { stderr } = await invite(server, '--dry-run', '--csv', csv(isEmail ? `${name}\nx@acme.example\n` : `email,${name}\nx@acme.example,\n`));
      assert.equal(stderr, '', name);
    }
  });

  it('a file that is none of people is refused', async () => {
    for (const [text, expected] of [['name,company\nAnna,Acme\n', /people\.csv:1:1: error: want a first row that names the columns, among them "email"/],
      ['email,mail\na@b.example,c@d.example\n', /1:7: error: "email" and "mail" both name the same column/],
      ['email,name,first name\na@b.example,A B,C\n', /1:12: error: "name" and "first name" both say the name/],
      ['email,\na@b.example,lost\n', /2:13: error: a@b\.example: the first row names no column for "lost"/],
      ['email\na@b.example,too,many\n', /2:13: error: a@b\.example: the row has 3 cells, the first one names 1 columns/], ['', /is empty/],
      ['email,name\na@b.example,"open\n', /people\.csv:2:13: error: a quote opens here and never closes/]]) {
      const { code, stderr } = await invite(server, '--csv', csv(text));
      assert.equal(code, 1);
      assert.match(stderr, expected);
    }
    assert.match((await invite(server, '--csv', join(folder, 'none.csv'))).stderr, /none\.csv/);
    const usage = await invite(server);
    assert.equal(usage.code, 2);
    assert.match(usage.stderr, /invite: want whom: addresses, --csv FILE or --group ID/);
  });
});

describe('invitations where only some groups are let in', () => {
  it('are refused for who would not be let in', async () => {
    const { code, stderr } = await invite(chosen, 'outside@acme.example');
    assert.equal(code, 1);
    assert.match(stderr, /outside@acme\.example: would not be let in, being in no access group; --into ID puts them into one/);
  });

  it('put people into groups, by the command line or a column', async () => {
    const file = csv('email,groups\nleft@acme.example,partners\nright@acme.example,\n');
    assert.equal((await invite(chosen, '--csv', file, '--into', 'customers')).code, 0);
    const mail = await nth(chosen, 'left@acme.example');
    assert.match(mail.text, /for 5 days/);
    assert.match(mail.text, /Hello left@acme\.example,/);
    await choose(chosen, tokenIn(mail));
    assert.equal((await (await chosen.signedIn('left@acme.example', NEW)).get('/tickets')).status, 200);
    const { people } = JSON.parse((await api(chosen, 'people', 'list', '--format', 'json')).stdout);
    assert.deepEqual(people.find((p) => p.email === 'left@acme.example').groups.sort(), ['customers', 'partners']);
    assert.match((await invite(chosen, 'x@acme.example', '--into', 'customer')).stderr, /--into: no group "customer"; did you mean "customers"\?/);
  });

  it('go to everybody of a group who has no password yet', async () => {
    await api(chosen, 'people', 'add', 'one@gold.example', '--group', 'partners');
    await api(chosen, 'people', 'set', BEN, '--group', 'partners');
    const answer = await told(chosen, '--group', 'partners');
    assert.deepEqual(answer.people.map((p) => [p.email, p.state]), [[BEN, 'has_access'], ['left@acme.example', 'has_access'], ['one@gold.example', 'invited']]);
    await nth(chosen, 'one@gold.example');
    assert.equal(mailsTo(chosen, BEN).length, 0);
    assert.equal((await chosen.client().signIn(BEN, PASSWORD)).status, 200);
  });
});

it('a closed portal is told of before its links lead nowhere', async () => {
  const closed = await serve({ edit: (at) => editJson(at, 'content/portal.json', (p) => { p.open = false; }) });
  assert.match((await invite(closed, 'early@acme.example', '--dry-run')).stdout, /the portal is closed/);
  assert.doesNotMatch((await invite(server, 'early@acme.example', '--dry-run')).stdout, /closed/);
});

it('a thousand are invited in seconds, while the server serves', async () => {
  const file = csv(`email,name\n${Array.from({ length: 1000 }, (_, i) => `guest${i}@many.example,Guest Number ${i}`).join('\n')}\n`, 'many.csv');
  const begun = Date.now();
  const { code, stdout, stderr } = await invite(server, '--csv', file);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /1000 get mail \(1000 of them new\)/);
  assert.ok(Date.now() - begun < 20_000, `${Date.now() - begun} ms`);
  assert.equal((await (await server.signedIn(ANNA)).get('/tickets')).status, 200);
});
