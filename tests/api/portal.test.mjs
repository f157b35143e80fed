import assert from 'node:assert/strict';
import { appendFileSync, existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ANNA, PASSWORD, editArticles, editJson, generate, portalFolder, root, run, serve } from '../harness/guichet.mjs';

/** Every file below a folder with its bytes, to compare whole trees. */
function tree(folder, below = '') {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const path = join(below, entry.name);
    return entry.isDirectory() ? tree(folder, path) : [[path, readFileSync(join(folder, path)).toString('base64')]];
  }).sort();
}

async function until(condition, what, milliseconds = 8_000) {
  const deadline = Date.now() + milliseconds;
  while (!(await condition())) {
    assert.ok(Date.now() < deadline, what);
    await new Promise((done) => setTimeout(done, 100));
  }
}

const portalJson = (change) => (folder) => editJson(folder, 'content/portal.json', change);
const closed = await serve({
  edit: (folder) => {
    portalJson((p) => { p.open = false; })(folder);
    writeFileSync(join(folder, 'content/pages/en/closed.md'), '---\ntitle: We move house\n---\n\nBack on **Monday**.\n');
  },
});
const changing = await serve({ edit: () => {} });
const atRoot = await serve({
  edit: (folder) => {
    portalJson((p) => { p.slug = '/'; })(folder);
    editArticles(folder, (text) => text.replaceAll('/support/', '/'));
  },
});

describe('S21: a portal that is switched off', () => {
  it('shows the closed page everywhere', async () => {
    for (const path of ['/', '/support/', '/support/en/', '/support/en/tickets/', '/support/en/sign-in/', '/support/en/new/']) {
      const answer = await closed.client().page(path);
      assert.equal(answer.status, 200, path);
      assert.match(answer.text, /<h1>We move house<\/h1>/, path);
      assert.doesNotMatch(answer.text, /<form/, path);
    }
    assert.match((await closed.client().page('/support/fr/tickets/')).text, /ferm/i);
  });

  it('says what the team wrote, and tells others which language that is', async () => {
    const [english, french] = [await closed.client().page('/support/en/tickets/'), await closed.client().page('/support/fr/tickets/')];
    assert.match(english.text, /<div class="prose page-text">\s*<p>Back on <strong>Monday<\/strong>/);
    assert.match(french.text, /<h1>Le portail est fermé<\/h1>\s*<div class="prose page-text" lang="en" dir="ltr">/);
    assert.match(french.text, /mailto:support@acme\.example/);
  });

  it('refuses every portal call with one clear code', async () => {
    for (const send of [(c) => c.signIn(ANNA, PASSWORD), (c) => c.get('/session'), (c) => c.get('/tickets'), (c) => c.get('/tickets/1'),
      (c) => c.file('x', 'x'), (c) => c.post('/resets', { email: ANNA })]) {
      const answer = await send(closed.client());
      assert.equal(answer.status, 503);
      assert.equal(answer.code, 'closed');
    }
  });

  it('refuses every route of the API but its health and those of programs that hold a token, whoever asks and however', async () => {
    const { paths } = JSON.parse(readFileSync(join(root, 'api/openapi.json'), 'utf8'));
    for (const [path, methods] of Object.entries(paths)) {
      for (const [method, { requestBody }] of Object.entries(methods)) {
        if (!/^(get|post|put|patch|delete)$/.test(method) || path.endsWith('/health')) continue;
        const where = path.replace('/api/v1', '').replace('{number}', '1042').replace(/\{\w+\}/, 'a'.repeat(22));
        for (const type of Object.keys(requestBody?.content ?? { none: 0 })) {
          const found = await closed.client().request(method.toUpperCase(), `/api/v1${where}`, { page: true, body: requestBody && '',
            headers: { Origin: closed.origin, 'X-Guichet': '1', ...(requestBody && { 'Content-Type': `${type}; boundary=x` }) } });
          const wanted = path.includes('/sync/') ? [401, 'token'] : [503, 'closed'];
          assert.deepEqual([found.status, found.code], wanted, `${method} ${where} ${type}`);
        }
      }
    }
  });

  it('shows the closed page wherever a mailed link leads', async () => {
    for (const path of ['ticket/?n=1042', 'reset-form/', 'sign-in/', 'reset/']) {
      assert.match((await closed.client().page(`/support/en/${path}`)).text, /switched off|closed/i, path);
    }
  });

  it('still says that it is healthy', async () => {
    assert.equal((await closed.client().get('/health')).status, 200);
  });
});

describe('a portal that is generated again while it is served', () => {
  it('is taken up within seconds, without a restart; who is signed in stays so', async () => {
    const anna = await changing.signedIn(ANNA);
    assert.match((await anna.page('/support/en/')).text, /Acme Support/);
    editJson(changing.folder, 'content/portal.json', (p) => {
      p.name = 'Renamed Support';
      p.tickets.permission = 'own';
    });
    await generate(changing.folder);
    await until(async () => (await anna.get('/session')).json.views.length === 1, 'the API did not take up the new portal');
    await until(async () => (await anna.page('/support/en/')).text.includes('Renamed Support'), 'the pages did not change');
  });

  it('can be switched off and on again', async () => {
    const anna = await changing.signedIn(ANNA);
    editJson(changing.folder, 'content/portal.json', (p) => { p.open = false; });
    await generate(changing.folder);
    await until(async () => (await anna.get('/session')).code === 'closed', 'it stayed open');
    editJson(changing.folder, 'content/portal.json', (p) => { p.open = true; });
    await generate(changing.folder);
    await until(async () => (await anna.get('/session')).status === 200, 'it stayed closed');
  });

  it('keeps the old one when the new one is broken, and says why in the log', async () => {
    const anna = await changing.signedIn(ANNA);
    writeFileSync(join(changing.folder, 'out/portal/portal.json'), '{"format":4,"open":');
    await changing.program.line(/portal\.json:1:/, 8_000);
    assert.equal((await anna.get('/session')).status, 200);
    await generate(changing.folder);
  });
});

describe('a portal at the root of its domain (S2)', () => {
  it('serves its pages, its sign-in and its links there', async () => {
    const client = atRoot.client();
    assert.equal((await client.page('/en/')).status, 200);
    const answer = await client.form('/session', { email: ANNA, password: PASSWORD, locale: 'en', return: '/en/ticket/?n=1' });
    assert.equal(answer.headers.location, '/en/ticket/?n=1');
    const foreign = await client.form('/session', { email: ANNA, password: PASSWORD, locale: 'en', return: '//evil.example/' });
    assert.equal(foreign.headers.location, '/en/tickets/');
  });
});

describe('the generator', () => {
  it('has nothing to remark on the example portal', async () => {
    const { code, stdout, stderr } = await run('guichet-gen', ['build', '--site', portalFolder()]);
    assert.equal(code, 0);
    assert.equal(stderr, '');
    assert.match(stdout, /^built \d+ pages in 2 languages in \d+ ms[^\n]*\n$/);
  });

  it('gives the same bytes for the same input', async () => {
    const [one, two] = [portalFolder(), portalFolder()];
    await generate(one);
    await generate(two);
    const bytes = (folder) => [...tree(join(folder, 'out/site')), ...tree(join(folder, 'out/portal'))];
    assert.deepEqual(bytes(one), bytes(two));
    await generate(two);
    assert.deepEqual(bytes(one), bytes(two), 'nor does a second run change any');
  });

  it('reports every mistake at once, with its place, and leaves out/ as it was', async () => {
    const folder = portalFolder();
    await generate(folder);
    const before = tree(join(folder, 'out'));
    const built = statSync(join(folder, 'out/site')).mtimeMs;
    editJson(folder, 'content/portal.json', (p) => {
      p.tickets.per_page = 'ten';
      p.inboxs = {};
      p.slug = 'support';
    });
    editJson(folder, 'content/pipelines.json', (p) => { p.support.stages[0].id = 'New!'; });
    const { code, stdout, stderr } = await run('guichet-gen', ['build', '--site', folder]);
    assert.equal(code, 1);
    const said = stdout + stderr;
    assert.match(said, /content\/portal\.json:\d+:\d+: error: .*per_page/);
    assert.match(said, /content\/pipelines\.json:\d+:\d+: error: /);
    assert.match(said, /content\/portal\.json:\d+:\d+: error: .*"inboxs".*did you mean "inboxes"/);
    assert.match(said, /content\/portal\.json:\d+:\d+: error: .*slug/);
    assert.deepEqual(tree(join(folder, 'out')), before);
    assert.equal(statSync(join(folder, 'out/site')).mtimeMs, built);
  });

  for (const [what, path, change, expected] of [
    ['a form without fields (S7)', 'content/forms/support.json', (f) => { f.fields = []; }, /forms\/support\.json:\d+:\d+: error/],
    ['a form whose inbox is not there (S7)', 'content/forms/support.json', (f) => { f.inbox = 'nowhere'; }, /forms\/support\.json:\d+:\d+: error: .*nowhere/],
    ['a default inbox that is not one of them (S4)', 'content/portal.json', (p) => { p.default_inbox = 'suport'; },
      /portal\.json:\d+:\d+: error: .*suport/],
    ['a form that is not there', 'content/portal.json', (p) => { p.forms[0] = 'suport'; }, /portal\.json:\d+:\d+: error: .*suport/],
    ['a field of an unknown type', 'content/forms/support.json', (f) => { f.fields[0].type = 'txt'; }, /forms\/support\.json:\d+:\d+: error: .*txt/],
    ['a pipeline without an open stage', 'content/pipelines.json', (p) => { p.support.stages = [{ id: 'closed', label: 'Closed', closed: true }]; },
      /pipelines\.json:\d+:\d+: error/],
    ['a language without strings', 'content/portal.json', (p) => { p.locales.push('xx'); }, /error: .*xx/],
    ['a default language that is not one of them', 'content/portal.json', (p) => { p.default_locale = 'de'; }, /portal\.json:\d+:\d+: error: .*de/],
    ['a theme that is not there', 'content/portal.json', (p) => { p.theme = 'defualt'; }, /portal\.json:\d+:\d+: error: .*defualt/],
  ]) {
    it(`refuses ${what}`, async () => {
      const folder = portalFolder((f) => editJson(f, path, change));
      const { code, stdout, stderr } = await run('guichet-gen', ['build', '--site', folder]);
      assert.equal(code, 1, stdout + stderr);
      assert.match(stdout + stderr, expected);
      assert.ok(!existsSync(join(folder, 'out/portal/portal.json')), 'nothing was published');
    });
  }

  it('names line and column of broken JSON', async () => {
    const folder = portalFolder((f) => appendFileSync(join(f, 'content/pipelines.json'), ' }'));
    const { code, stderr, stdout } = await run('guichet-gen', ['check', '--site', folder]);
    assert.equal(code, 1);
    assert.match(stdout + stderr, /content\/pipelines\.json:\d+:\d+: error: /);
  });

  it('checks without writing', async () => {
    const folder = portalFolder();
    assert.equal((await run('guichet-gen', ['check', '--site', folder])).code, 0);
    assert.ok(!existsSync(join(folder, 'out')));
  });

  it('lets no raw HTML and no script link of an article through (T23, T27)', async () => {
    const folder = portalFolder((f) => {
      const section = readdirSync(join(f, 'content/help/en'))[0];
      const name = readdirSync(join(f, 'content/help/en', section))[0];
      appendFileSync(join(f, 'content/help/en', section, name),
        '\n\n<script>alert(1)</script>\n\n[a](javascript:alert(1)) <img src=x onerror=alert(1)> ![x](data:text/html,x)\n');
    });
    const { code, stdout, stderr } = await run('guichet-gen', ['build', '--site', folder]);
    if (code !== 0) {
      assert.match(stdout + stderr, /\.md:\d+/);
      return;
    }
    for (const [path, bytes] of tree(join(folder, 'out/site/support/en/help'))) {
      const text = Buffer.from(bytes, 'base64').toString();
      assert.doesNotMatch(text, /<script>|javascript:|onerror=|data:text/, path);
    }
  });

  it('escapes what the admin writes', async () => {
    const folder = portalFolder((f) => editJson(f, 'content/portal.json', (p) => { p.name = '<img src=x onerror=alert(1)> & "Co"'; }));
    await generate(folder);
    const text = readFileSync(join(folder, 'out/site/support/en/index.html'), 'utf8');
    assert.ok(!text.includes('<img src=x'));
    assert.match(text, /<title>[^<]*&lt;img src=x onerror=alert\(1\)&gt; &amp; (&quot;|")Co/);
  });
});
