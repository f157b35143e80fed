import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Client } from '../harness/client.mjs';
import { ANNA, portalFolder, root, run, serve } from '../harness/guichet.mjs';
import { edit, ownPortal, preview } from '../harness/preview.mjs';
import { head, raw } from '../harness/raw.mjs';
import { answerOf, faults } from '../harness/schema.mjs';
import { tempFolder } from '../harness/temp.mjs';

const shown = await preview();
const client = new Client({ port: shown.port, origin: shown.origin, host: shown.host });
const get = (path, options) => client.page(path, options);
const api = (state, path, method = 'GET', options = {}) => client.request(method, `/__preview/light/${state}/@api${path}`, { ...options, page: true });

describe('the preview', () => {
  it('serves the portal, every page with the script that keeps it fresh', async () => {
    for (const path of ['/', '/support/', '/support/en/', '/support/fr/tickets/', '/support/en/help/account/signing-out/']) {
      const answer = await get(path);
      assert.equal(answer.status, 200, path);
      assert.match(answer.text, /<script src="\/__preview\/live\.js" data-run="\w+" data-built="\d+"><\/script>\n<\/head>/);
      assert.doesNotMatch(answer.text, /\sstyle=|<style|<script(?![^>]*\ssrc=)/, 'nothing inline');
      assert.match(answer.headers['cache-control'], /no-store/);
    }
    const missing = await get('/support/fr/nothing/');
    assert.equal(missing.status, 404);
    assert.match(missing.text, /lang="fr"/);
    assert.equal((await get('/support/en/tickets')).headers.location, '/support/en/tickets/');
  });

  for (const host of ['evil.example', `evil.example:${shown.port}`, `localhost.evil.example:${shown.port}`, `127.0.0.2:${shown.port}`, 'localhost', `localhost:${shown.port + 1}`]) {
    it(`refuses the host ${host}: no page of the world reads what is unpublished`, async () => {
      const answer = await get('/support/en/', { headers: { Host: host } });
      assert.equal(answer.status, 400);
      assert.doesNotMatch(answer.text, /Acme/);
      assert.equal((await get('/__preview/news', { headers: { Host: host } })).status, 400);
    });
  }

  it('listens to this machine alone', () => {
    const sockets = readFileSync(`/proc/${shown.program.pid}/net/tcp`, 'utf8').split('\n')
      .map((line) => line.trim().split(/\s+/)).filter((row) => row[3] === '0A' && row[1]?.endsWith(`:${shown.port.toString(16).toUpperCase().padStart(4, '0')}`));
    assert.deepEqual(sockets.map((row) => row[1].split(':')[0]), ['0100007F']);
  });

  for (const path of ['/../portal/portal.json', '/support/../../portal/portal.json', '/%2e%2e/portal/portal.json', '//etc/passwd', '/support/%2e%2e%2f%2e%2e%2fportal/portal.json',
    '/__preview/light/usual/../../../portal/portal.json', '/__preview/light/-/support/assets/0123456789abcdef/../../../../portal/portal.json', '/__preview/../portal/portal.json',
    '/__preview/grid.html', '/__preview/own.h', '/__preview/light/usual', '/__preview/purple/usual/support/en/', '/support/en/index.html%00.png']) {
    it(`gives away nothing under ${path}`, async () => {
      const answer = await raw(shown.port, head(`GET ${path} HTTP/1.1`, `Host: ${shown.host}`, 'Connection: close'));
      assert.ok([400, 404].includes(answer.status), `${answer.status}`);
      assert.doesNotMatch(answer.body, /"format"|root:x:|\{\{/);
    });
  }

  it('takes nothing but reading, except where the API would', async () => {
    for (const path of ['/support/en/', '/__preview/', '/__preview/live.js']) {
      assert.equal((await client.request('POST', path, { page: true, body: 'x' })).status, 405);
    }
  });

  it('keeps links, API and assets within a look and a state', async () => {
    const html = (await get('/__preview/dark/loading/support/en/tickets/')).text;
    assert.match(html, /data-api="\/__preview\/dark\/loading\/@api" data-home="\/__preview\/dark\/loading\/support\/en\/"/);
    for (const [, url] of html.matchAll(/\s(?:href|src|action)="(\/[^"]*)"/g)) assert.match(url, /^\/__preview\/(dark\/(loading|-)\/|live\.js|state\.js)/);
    assert.doesNotMatch(html, /as="fetch"/, 'what is held back is not preloaded');
    const sheet = /href="([^"]*css\/base\.css)"/.exec(html)[1];
    const css = (await get(sheet)).text;
    assert.doesNotMatch(css, /prefers-color-scheme/);
    assert.match(css, /color-scheme: dark;/);
  });

  it('lets pages that exchanged only their styles ask for assets of an earlier build', async () => {
    const sheet = /href="([^"]*css\/base\.css)"/.exec((await get('/support/en/')).text)[1];
    const [current, old] = [await get(sheet), await get(sheet.replace(/[0-9a-f]{16}/, '0123456789abcdef'))];
    assert.equal(old.status, 200);
    assert.equal(old.text, current.text);
    assert.match(current.headers['cache-control'], /immutable/);
    assert.match(old.headers['cache-control'], /no-store/);
  });

  it('has the index of the search, in a state, too', async () => {
    for (const prefix of ['', '/__preview/dark/usual']) {
      const folder = /data-index="([^"]*)"/.exec((await get(`${prefix}/support/en/help/`)).text)[1];
      assert.ok((await get(`${folder}index.json`)).json.keys.length > 0, prefix);
    }
  });

  it('has a pseudo-language, from right to left, too, which follows what is edited', async () => {
    const html = (await get('/__preview/light-rtl/usual/support/en/tickets/')).text;
    assert.match(html, /<html lang="en" dir="rtl"/);
    assert.match(html, /<h1[^>]*>⟦[^<]*⟧<\/h1>/);
    assert.match(html, /<script src="\/__preview\/pseudo\.js">/);
    assert.doesNotMatch((await get('/__preview/light/usual/support/en/tickets/')).text, /⟦/);
    const { revision } = await shown.news();
    edit(shown.folder, 'content/portal.json', (text) => text.replace('Acme Support', 'Bcme'));
    await shown.news(revision);
    assert.match((await get('/__preview/auto-long/usual/support/en/')).text, /⟦Ɓçɱ[^<]*⟧/);
    edit(shown.folder, 'content/portal.json', (text) => text.replace('Bcme', 'Acme Support'));
    await shown.news(revision + 1);
  });

  describe('shows mails as their readers get them:', () => {
    const mails = readdirSync(join(shown.folder, 'themes/default/templates/mail')).filter((name) => name.endsWith('.txt')).map((name) => name.slice(0, -4));
    const locales = ['en', 'fr'];
    const letter = (state, name, look = 'light') => get(`/__preview/${look}/${state}/@mail/${name}`);

    it('each in each language, HTML and text, with nothing left to fill, in the usual and the long state', async () => {
      assert.ok(mails.length >= 20);
      for (const name of mails.flatMap((id) => locales.flatMap((locale) => [`${locale}/${id}.html`, `${locale}/${id}.txt`]))) {
        for (const state of ['usual', 'long']) {
          const { status, text, headers } = await letter(state, name);
          assert.equal(status, 200, name);
          assert.match(headers['content-type'], /^text\/html/);
          assert.match(headers['content-security-policy'], /default-src 'none'/);
          assert.match(text, /<script src="\/__preview\/live\.js" data-run="\w+" data-built="\d+" data-whole>/);
          assert.doesNotMatch(text.replace(/<style>[^]*?<\/style>/, ''), /\{[a-z_]+\}|<!--if/, name);
          assert.match(text, new RegExp(`<html lang="${name.slice(0, 2)}" dir="ltr">`));
        }
      }
    });

    it('with what the fixture says, escaped, in the scheme and the pseudo-language that were chosen', async () => {
      const { text } = await letter('usual', 'en/reply.html');
      assert.match(text, /Hello Anna Berg,[^]*<td dir="auto"[^>]*>Thank you both\./);
      assert.match((await letter('usual', 'en/reply.txt')).text, /<h1 dir="auto">Re: Label printer prints[^]*A new one leaves today/);
      assert.match((await letter('long', 'fr/reply.html')).text, /&gt; what was quoted/);
      const dark = (await letter('usual', 'en/reply.html', 'dark')).text;
      assert.doesNotMatch(dark, /prefers-color-scheme/);
      assert.match(dark, /<meta name="color-scheme" content="dark">/);
      assert.match((await letter('usual', 'en/reply.html', 'light-rtl')).text, /<html lang="en" dir="rtl">[^]*⟦/);
    });

    it('in the grid, with their subjects, by state, too', async () => {
      const grid = async (query) => [...(await get(`/__preview/?page=mails${query}`)).text.matchAll(/<h3><a href="([^"]*)"/g)].map(([, url]) => url);
      assert.equal((await grid('')).length, mails.length * 4);
      const french = await grid('&state=usual&language=fr&scheme=dark');
      assert.deepEqual(french, french.filter((url) => url.startsWith('/__preview/dark/usual/@mail/fr/')));
      assert.equal(french.length, mails.length * 2);
      assert.match((await get('/__preview/?page=mails&state=usual')).text, /Re: Label printer prints blank labels since this morning \(ticket 1042\)/);
      assert.deepEqual(await grid('&state=empty'), []);
    });

    for (const name of ['en/nothing.html', 'en/reply.pdf', 'en/reply', 'nl/reply.html', 'reply.html', ''])
      it(`no mail is called "${name}"`, async () => assert.equal((await letter('usual', name)).status, 404));
    it('none in a state that fills none', async () => assert.equal((await letter('empty', 'en/reply.html')).status, 404));
  });

  it('builds the pages of a state with the settings that it wants, and the portal as it is', async () => {
    const start = /href="[^"]*\/oidc\/acme\/start\?locale=en"/;
    assert.match((await get('/__preview/light/single-sign-on/support/en/sign-in/')).text, start);
    assert.match((await get('/__preview/light-long/single-sign-on/support/en/sign-in/')).text, /oidc\/acme\/start[^]*⟧/);
    assert.match((await get('/__preview/light/closing/support/en/ticket/')).text, /data-slot="closing"/);
    for (const path of ['/support/en/sign-in/', '/__preview/light/usual/support/en/sign-in/']) assert.doesNotMatch((await get(path)).text, start);
    assert.doesNotMatch((await get('/__preview/light/usual/support/en/ticket/')).text, /data-slot="closing"/);
    const { revision } = await shown.news();
    edit(shown.folder, 'content/portal.json', (text) => text.replace('"password_min": 12', '"password_min": 17'));
    await shown.news(revision);
    const changed = (await get('/__preview/light/single-sign-on/support/en/sign-up/')).text;
    assert.match(changed, /at least 17 characters/);
    edit(shown.folder, 'content/portal.json', (text) => text.replace('"password_min": 17', '"password_min": 12'));
    await shown.news(revision + 1);
  });

  it('answers otherwise once a request was made, where the fixture says so', async () => {
    const now = async (made) => (await api('closed-undo', '/tickets/1042', 'GET', { headers: made ? { 'Guichet-Preview-Made': made } : {} })).json.ticket.status;
    assert.deepEqual([await now(), await now('POST /tickets/{number}/close')], ['open', 'closed']);
  });

  it('answers plain forms with the way that the fixture names, in the language of the form', async () => {
    const answer = await api('usual', '/resets', 'POST', { headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: 'email=a%40b.example&locale=fr' });
    assert.equal(answer.status, 303);
    assert.equal(answer.headers.location, '/__preview/light/usual/support/fr/reset/#sent');
  });
});

describe('when files change, the preview', () => {
  const changes = async (what, change) => {
    const { revision, built } = await shown.news();
    change();
    const news = await shown.news(revision);
    assert.ok(news.revision > revision, what);
    return { ...news, before: built };
  };

  it('builds anew, and says whether pages must be loaded again', async () => {
    const css = await changes('a style', () => edit(shown.folder, 'themes/default/css/base.css', (text) => `${text}\n/* 1 */\n`));
    assert.ok(css.built > css.before);
    assert.ok(css.reload < css.built, 'only styles changed');
    const text = await changes('a text', () => edit(shown.folder, 'content/help/en/account/20-signing-out.md', (article) => `${article}\nOne line more.\n`));
    assert.equal(text.reload, text.built);
    assert.match((await get('/support/en/help/account/signing-out/')).text, /One line more/);
  });

  it('says what is wrong, with the line, and shows the last good build', async () => {
    const template = 'themes/default/templates/pages/home.html';
    const broken = await changes('a mistake', () => edit(shown.folder, template, (text) => text.replace('{{page.title}}', '{{page.titel}}')));
    assert.equal(broken.built, broken.before);
    const [error] = broken.findings.filter(({ level }) => level === 'error');
    assert.match(error.message, /page\.titel.*did you mean "page\.title"/);
    assert.ok(error.file.endsWith(template) && error.line > 1 && error.col > 1);
    assert.match(error.source, /\{\{page\.titel\}\}/);
    assert.equal((await get('/support/en/')).status, 200);
    const css = await changes('a style meanwhile', () => edit(shown.folder, 'themes/default/css/base.css', (text) => `${text}\n/* 2 */\n`));
    assert.equal(css.built, css.before);
    const mended = await changes('mended', () => edit(shown.folder, template, (text) => text.replace('{{page.titel}}', '{{page.title}}')));
    assert.equal(mended.findings.filter(({ level }) => level === 'error').length, 0);
    assert.equal(mended.reload, mended.built);
  });

  it('notices new folders and files in them, renamed ones, and what an editor replaces', async () => {
    const section = join(shown.folder, 'content/help/en/account');
    await changes('an editor saves', () => {
      writeFileSync(join(section, '.20-signing-out.md.swp'), 'x');
      writeFileSync(join(section, 'new.tmp~'), readFileSync(join(section, '20-signing-out.md'), 'utf8').replace('One line more', 'Two lines more'));
      renameSync(join(section, 'new.tmp~'), join(section, '20-signing-out.md'));
    });
    assert.match((await get('/support/en/help/account/signing-out/')).text, /Two lines more/);
    const icons = join(shown.folder, 'themes/default/images/new/deeper');
    await changes('a folder', () => mkdirSync(icons, { recursive: true }));
    await changes('a file in it', () => writeFileSync(join(icons, 'dot.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>'));
    const hash = (await shown.news()).hash;
    assert.equal((await get(`/support/assets/${hash}/images/new/deeper/dot.svg`)).status, 200);
    await changes('gone again', () => rmSync(join(shown.folder, 'themes/default/images'), { recursive: true }));
  });

  it('takes a burst for one change, and what nobody reads for none', async () => {
    const before = await shown.news();
    for (let i = 0; i < 40; i++) edit(shown.folder, 'content/help/en/account/20-signing-out.md', (text) => `${text}\nLine ${i}.\n`);
    const after = await shown.news(before.revision);
    writeFileSync(join(shown.folder, 'content/.hidden'), 'x');
    writeFileSync(join(shown.folder, 'content/backup~'), 'x');
    await new Promise((done) => setTimeout(done, 400));
    const still = await shown.news();
    assert.ok(still.revision - before.revision <= 6, `${still.revision - before.revision} builds`);
    assert.ok(after.revision > before.revision);
    assert.match((await get('/support/en/help/account/signing-out/')).text, /Line 39\./);
  });
});

describe('the style controls', () => {
  const post = (body, headers = {}) => client.request('POST', '/__preview/style', {
    page: true, body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { Origin: shown.origin, 'Content-Type': 'application/json', ...headers },
  });
  const style = async () => (await get('/__preview/style')).json;
  /** What became of it. */
  const say = async (overlay) => {
    const { revision } = await shown.news();
    const answer = await post(overlay);
    assert.equal(answer.status, 202, answer.text);
    let news = await shown.news(revision);
    while (news.style < answer.json.style) news = await shown.news(news.revision);
    return news;
  };
  const tokens = async () => (await get(`/support/assets/${(await shown.news()).hash}/css/tokens.css`)).text;
  const errors = ({ findings }) => findings.filter(({ level }) => level === 'error');
  /** After as many builds as it takes. */
  const until = async (holds) => {
    for (let builds = 0; !(await holds()); builds++) {
      assert.ok(builds < 20, `${holds}`);
      await shown.news((await shown.news()).revision);
    }
  };

  it('say of each setting what is in force, and what portal.json would have to say', async () => {
    const { overlay, settings, theme_settings: whole, files } = await style();
    assert.deepEqual([overlay, whole], [{}, {}]);
    assert.deepEqual(settings.accent, { shown: { light: '#0b6472', dark: '#7fd0d9' }, changed: false, given: false, own: false, mixed: { light: false, dark: false } });
    assert.match(settings.ink.shown.light, /^#[0-9a-f]{6}$/);
    assert.equal(settings.ink.mixed.light, true);
    assert.equal(settings.radius.shown, '8px');
    assert.equal(settings.logo.shown, true);
    assert.ok(files.font.includes('serif'));
  });

  it('change all pages, without a file being touched; a colour needs no page loaded again', async () => {
    const before = execFileSync('find', [shown.folder, '-printf', '%p %T@ %s\n'], { encoding: 'utf8' });
    const { built, reload } = await shown.news();
    const news = await say({ accent: { light: '#a02f6d' }, radius: '3px', 'text-size': 17 });
    assert.ok(news.built > built);
    assert.equal(news.reload, reload, 'only styles changed');
    assert.match(await tokens(), /--accent: #a02f6d;[^]*--radius: 3px;[^]*--accent: #7fd0d9;/);
    const now = await style();
    assert.deepEqual(now.theme_settings, { accent: { light: '#a02f6d' }, radius: '3px', 'text-size': 17 });
    assert.deepEqual([now.settings.accent.changed, now.settings.accent.shown], [true, { light: '#a02f6d', dark: '#7fd0d9' }]);
    assert.equal(execFileSync('find', [shown.folder, '-printf', '%p %T@ %s\n'], { encoding: 'utf8' }), before);
  });

  it('tell a file of the theme from one of the portal', async () => {
    const theme = 'themes/default/theme.json';
    mkdirSync(join(shown.folder, 'themes/default/images'));
    writeFileSync(join(shown.folder, 'themes/default/images/own.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    mkdirSync(join(shown.folder, 'content/images'));
    writeFileSync(join(shown.folder, 'content/images/ours.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    const before = readFileSync(join(shown.folder, theme), 'utf8');
    edit(shown.folder, theme, (text) => text.replace('"max_bytes": 40000,', '"max_bytes": 40000, "default": "images/own.svg",'));
    await until(async () => (await style()).settings['logo-image'].own);
    const { settings, files } = await style();
    assert.equal(settings['logo-image'].shown, null);
    assert.deepEqual(files.image.filter((path) => path.startsWith('images/')), ['images/ours.svg']);
    assert.deepEqual(errors(await say({ 'logo-image': 'images/ours.svg' })), []);
    assert.match((await get('/support/en/')).text, /class="brand-logo" src="[^"]*content\/images\/ours\.svg"/);
    assert.deepEqual(errors(await say({ 'logo-image': null })), []);
    assert.match((await get('/support/en/')).text, /class="brand-logo" src="[^"]*\/images\/own\.svg"/);
    writeFileSync(join(shown.folder, theme), before);
    for (const folder of ['themes/default/images', 'content/images']) rmSync(join(shown.folder, folder), { recursive: true });
    await until(async () => (await style()).settings['logo-image'].own === false && errors(await shown.news()).length === 0);
  });

  it('change texts and choices, in the pseudo-language, too', async () => {
    const news = await say({ notice: { en: 'Closed on Monday', fr: 'Fermé lundi' }, header: 'tint', logo: false });
    assert.equal(news.reload, news.built);
    const page = (await get('/support/fr/tickets/')).text;
    assert.match(page, /<p class="notice">Fermé lundi<\/p>/);
    assert.match(page, /class="top top-tint"/);
    assert.doesNotMatch(page, /brand-mark/);
    assert.match((await get('/__preview/light-long/usual/support/en/tickets/')).text, /class="top top-tint"/);
  });

  /** What portal.json says, and the news of it. */
  const given = async (value) => {
    const { revision } = await shown.news();
    edit(shown.folder, 'content/portal.json', (text) => text.replace(/"theme_settings": \{.*\}\n/, `"theme_settings": ${JSON.stringify(value)}\n`));
    return await shown.news(revision);
  };

  it('go over what portal.json says, colour by colour, or leave it to the theme', async () => {
    await say({ accent: { light: '#a02f6d' } });
    await given({ accent: { dark: '#9cc4f5' }, radius: '4px' });
    assert.deepEqual((await style()).theme_settings, { accent: { dark: '#9cc4f5', light: '#a02f6d' }, radius: '4px' });
    assert.match(await tokens(), /--accent: #a02f6d;[^]*--radius: 4px;[^]*--accent: #9cc4f5;/);
    await say({ radius: null });
    assert.match(await tokens(), /--accent: #0b6472;[^]*--radius: 8px;/);
    assert.deepEqual((await style()).theme_settings, { accent: { dark: '#9cc4f5' } });
  });

  it('let go of what portal.json says itself by then', async () => {
    await say({ accent: { light: '#a02f6d' }, 'text-size': 17 });
    const { theme_settings: whole } = await style();
    await given({ ...whole, 'text-size': 16.5 });
    const now = await style();
    assert.deepEqual(now.overlay, { 'text-size': 17 });
    assert.deepEqual([now.settings.accent.changed, now.settings.accent.given], [false, true]);
    await say({});
    assert.match(await tokens(), /--accent: #a02f6d;[^]*--text-size: 16\.5;/);
    await given({});
  });

  it('tell what is wrong beside the control, while the pages stay as they were', async () => {
    await say({ accent: { light: '#a02f6d' } });
    const before = await tokens();
    for (const [overlay, control, member, message] of [
      [{ accent: { light: '#ff9d5c' } }, 'accent', 'light', /pairs of colours have too little contrast: .* has \d\.\d\d, want 4\.5.*nearest that passes is #[0-9a-f]{6}$/],
      [{ accent: { dark: 'blue' } }, 'accent', 'dark', /want a colour such as/],
      [{ radius: '99px' }, 'radius', null, /"radius": want .*20/],
      [{ 'text-size': 'big' }, 'text-size', null, /want a number/],
      [{ header: 'papre' }, 'header', null, /did you mean "paper"/],
      [{ 'logo-image': 'images/none.svg' }, 'logo-image', null, /there is no file .*content\/images\/none\.svg/],
      [{ acent: '#123456' }, null, null, /unknown key "acent"; did you mean "accent"/],
      [{ notice: { en: 5 } }, 'notice', 'en', /want a text|want text/],
    ]) {
      const news = await say(overlay);
      const [error] = errors(news);
      assert.ok(error, JSON.stringify(overlay));
      assert.match(error.message, message);
      assert.deepEqual([error.file, error.line, error.control, error.member], ['style controls', null, control, member], error.message);
      assert.ok(news.built < news.revision);
      assert.equal(await tokens(), before);
      assert.equal((await get('/support/en/')).status, 200);
    }
    const [contrast] = errors(await say({ accent: { light: '#ff9d5c' } }));
    assert.deepEqual(errors(await say({ accent: { light: contrast.hint } })), [], 'what is offered passes');
    assert.deepEqual(errors(await say({})), []);
  });

  it('point to the control also for what portal.json says, under a former name, too', async () => {
    const [error] = errors(await given({ danger: { dark: '#300000' } }));
    assert.deepEqual([error.control, error.member], ['error', 'dark']);
    assert.match(error.file, /content\/portal\.json$/);
    assert.ok(error.line > 1);
    assert.deepEqual(errors(await given({})), []);
  });

  for (const [what, headers, body, status] of [
    ['another origin', { Origin: 'https://evil.example' }, '{}', 403],
    ['another port of this machine', { Origin: `http://localhost:${shown.port + 1}` }, '{}', 403],
    ['no origin', { Origin: null }, '{}', 403],
    ['the origin null', { Origin: 'null' }, '{}', 403],
    ['a plain form', { 'Content-Type': 'application/x-www-form-urlencoded' }, 'a=b', 415],
    ['a text', { 'Content-Type': 'text/plain' }, '{}', 415],
    ['no type', { 'Content-Type': null }, '{}', 415],
    ['broken JSON', {}, '{"accent": ', 400],
    ['a list', {}, '[]', 400],
    ['more than 64 KiB', {}, JSON.stringify({ notice: 'x'.repeat(65 * 1024) }), 413],
  ]) {
    it(`are not changed by ${what}${status === 403 ? ' (T42)' : ''}`, async () => {
      const before = await style();
      const answer = await post(body, headers);
      assert.equal(answer.status, status, answer.text);
      assert.equal((await style()).style, before.style);
    });
  }

  it('take no other method', async () => {
    for (const method of ['PUT', 'DELETE', 'OPTIONS']) {
      const answer = await client.request(method, '/__preview/style', { page: true });
      assert.equal(answer.status, 405);
      assert.equal(answer.headers.allow, 'GET, HEAD, POST');
    }
  });
});

describe('the preview begins and ends', () => {
  it('without touching out/, and leaving nothing behind', async () => {
    const folder = portalFolder();
    mkdirSync(join(folder, 'out/site'), { recursive: true });
    writeFileSync(join(folder, 'out/site/index.html'), 'published');
    const before = execFileSync('find', [folder, '-printf', '%p %T@ %s\n'], { encoding: 'utf8' });
    const one = await preview({ folder });
    assert.equal(readdirSync(one.temp).length, 1);
    assert.equal((await fetch(`${one.origin}/support/en/`)).status, 200);
    assert.equal(await one.program.stop('SIGINT'), 0, one.program.said);
    one.program.mustHaveEndedWell();
    assert.deepEqual(readdirSync(one.temp), []);
    assert.equal(execFileSync('find', [folder, '-printf', '%p %T@ %s\n'], { encoding: 'utf8' }), before);
  });

  it('clearing up after one that was killed, but not what another one uses', async () => {
    const temp = tempFolder('preview');
    const folder = portalFolder();
    const killed = await preview({ folder, temp });
    const used = await preview({ folder, temp });
    const [left] = readdirSync(temp).filter((name) => existsSync(join(temp, name)));
    assert.equal(readdirSync(temp).length, 2);
    await killed.program.stop('SIGKILL');
    assert.equal(readdirSync(temp).length, 2, left);
    const next = await preview({ folder, temp });
    assert.equal(readdirSync(temp).length, 2);
    for (const one of [used, next]) assert.equal((await fetch(`${one.origin}/support/en/`)).status, 200);
  });

  it('also with a portal that is broken, whose errors it shows until they are mended', async () => {
    const folder = ownPortal();
    edit(folder, 'content/portal.json', (text) => text.replace('"en"', '"en",,'));
    const one = await preview({ folder });
    assert.equal((await fetch(`${one.origin}/support/en/`)).status, 503);
    assert.equal((await fetch(`${one.origin}/__preview/`)).status, 503);
    const news = await one.news();
    assert.ok(news.findings.length > 0 && news.built === 0);
    edit(folder, 'content/portal.json', (text) => text.replace('"en",,', '"en"'));
    assert.ok((await one.news(news.revision)).built > 0);
    assert.equal((await fetch(`${one.origin}/support/en/`)).status, 200);
  });

  it('only on a port that is free, and one at all', async () => {
    const holder = createServer();
    await new Promise((done) => holder.listen(0, '127.0.0.1', done));
    const { port } = holder.address();
    const taken = await run('guichet-gen', ['preview', '--port', String(port)]);
    holder.close();
    assert.equal(taken.code, 1);
    assert.match(taken.stderr, new RegExp(`${port}.*(taken|in use)`));
    for (const odd of ['http', '65536', '-1', '80a']) {
      const { code, stderr } = await run('guichet-gen', ['preview', `--port=${odd}`]);
      assert.equal(code, 1);
      assert.match(stderr, /--port: want a number from 0 to 65535/);
    }
  });
});

describe('what the default theme’s fixtures let the API say', () => {
  const folder = join(root, 'themes/default/fixtures');
  for (const name of readdirSync(folder)) {
    it(`${name} is what the API says`, () => {
      const { answers = [] } = JSON.parse(readFileSync(join(folder, name), 'utf8'),
        (key, value) => (typeof value === 'string' && /^@[-+]\d+[smhd]$/.test(value) ? '2026-11-22T10:00:00.000Z' : value));
      for (const { request, outcome = 'answer', status = 200, body, location } of answers) {
        const [method, target] = request.split(' ');
        const path = target.split('?')[0];
        const described = answerOf(method, path, outcome === 'answer' ? status : 503);
        assert.ok(described, `${request}: ${status} is no answer of the API`);
        if (outcome !== 'answer') continue;
        assert.equal(location !== undefined, status === 303, request);
        if (typeof body === 'string') assert.equal(described.type, 'application/octet-stream', request);
        else if (described.schema) assert.deepEqual(faults(described.schema, body), [], request);
        else assert.equal(body, undefined, `${request}: ${status} has no body`);
      }
    });
  }

  it('and so says the real one, by the same descriptions', async () => {
    const server = await serve();
    const anna = await server.signedIn(ANNA);
    const { tickets } = (await anna.get('/tickets')).json;
    for (const [path, real] of [['/session', '/session'], ['/tickets', '/tickets'], ['/tickets/counts', '/tickets/counts'], ['/tickets/{number}', `/tickets/${tickets[0].number}`]]) {
      assert.deepEqual(faults(answerOf('GET', path, 200).schema, (await anna.get(real)).json), [], path);
    }
    assert.deepEqual(faults(answerOf('GET', '/session', 401).schema, (await server.client().get('/session')).json), []);
  });

  it('reaches the pages, with times of today', async () => {
    const answer = await api('usual', '/tickets?status=open');
    assert.equal(answer.status, 200);
    assert.ok(Math.abs(Date.now() - Date.parse(answer.json.tickets[0].last_activity_at) - 12 * 60_000) < 60_000);
    assert.equal((await api('usual', '/tickets?status=closed')).json.next, null);
    const limited = await api('too-many', '/session', 'POST', { body: '{}' });
    assert.equal(limited.status, 429);
    assert.equal(limited.headers['retry-after'], '45');
    assert.equal((await api('usual', '/nothing')).code, 'not_found');
    assert.equal((await api('usual', '/tickets/7/files/f1')).headers['content-type'], 'application/octet-stream');
  });
});
