import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, it } from 'node:test';
import { editJson, generate, portalFolder, run } from '../harness/guichet.mjs';
import { tempFolder } from '../harness/temp.mjs';

const folder = portalFolder();
await generate(folder);
const out = join(folder, 'out');
const temporary = tempFolder('diff');
const article = join(folder, 'content/help/en/tickets/20-files.md');

const diff = (...args) => run('guichet-gen', ['diff', '--site', folder, ...args], { env: { TMPDIR: temporary } });
const stamps = () => readdirSync(out, { recursive: true }).map((name) => `${name} ${statSync(join(out, name)).mtimeMs}`).sort().join('\n');

/** Of the JSON form: "changed page site/support/..." without the language's own. */
function changes(stdout) {
  return JSON.parse(stdout).changes.map(({ change, kind, path }) => `${change} ${kind} ${path}`);
}

describe('guichet-gen diff', () => {
  beforeEach(async () => { await generate(folder); });

  it('says so when a build would change nothing, and exits 0', async () => {
    const { code, stdout } = await diff();
    assert.equal(stdout, 'a build would change nothing\n');
    assert.equal(code, 0);
    assert.deepEqual(JSON.parse((await diff('--format=json')).stdout).changes, []);
  });

  it('tells the lines of a page that change, exits 1, and publishes nothing', async () => {
    appendFileSync(article, '\nFiles may be *large*.\n');
    const before = stamps();
    const { code, stdout } = await diff();
    assert.equal(code, 1);
    assert.match(stdout, /^changed page {2}site\/support\/en\/help\/tickets\/files\/index\.html$/m);
    assert.match(stdout, /^ {4}\+<p>Files may be <em>large<\/em>\.<\/p>$/m);
    assert.match(stdout, /^pages: 0 added, 0 removed, 1 changed; assets: 0 added, 0 removed, 0 changed; files: /m);
    assert.equal(stamps(), before);
    assert.deepEqual(readdirSync(temporary), [], 'nothing is left lying about');
  });

  it('a changed setting of the theme changes one style sheet and the mails, not every page', async () => {
    editJson(folder, 'content/portal.json', (portal) => { portal.theme_settings = { radius: '3px' }; });
    const { code, stdout } = await diff('--format', 'json');
    assert.equal(code, 1);
    assert.deepEqual(changes(stdout), ['changed file portal/portal.json', 'changed asset site/support/assets/HASH/css/tokens.css']);
    const { counts, changes: [, { lines }] } = JSON.parse(stdout);
    assert.deepEqual(counts.assets, { added: 0, removed: 0, changed: 1 });
    assert.ok(lines.some((line) => line.startsWith('+') && line.includes('3px')), lines.join('\n'));
  });

  it('tells what comes and what goes', async () => {
    const added = join(folder, 'content/help/en/tickets/99-new.md');
    writeFileSync(added, '---\ntitle: New\nsummary: Something new.\n---\n\nNew.\n');
    const coming = changes((await diff('--format=json')).stdout);
    for (const line of ['added page site/support/en/help/tickets/new/index.html', 'changed page site/support/en/help/index.html', 'changed file site/sitemap.xml']) {
      assert.ok(coming.includes(line), `${line}\n${coming.join('\n')}`);
    }
    await generate(folder);
    rmSync(added);
    const going = changes((await diff('--format=json')).stdout);
    assert.ok(going.includes('removed page site/support/en/help/tickets/new/index.html'), going.join('\n'));
  });

  it('before the first build everything is added; packed forms do not count', async () => {
    const fresh = tempFolder('fresh');
    const empty = await diff('--out', join(fresh, 'nothing'), '--format=json');
    assert.equal(empty.code, 1);
    assert.ok(changes(empty.stdout).every((line) => line.startsWith('added ')));
    mkdirSync(join(fresh, 'out'));
    assert.equal((await run('guichet-gen', ['build', '--compress', '--site', folder, '--out', join(fresh, 'out')])).code, 0);
    assert.equal((await diff('--out', join(fresh, 'out'))).code, 0);
  });

  it('long differences are cut, and how much is said', async () => {
    appendFileSync(article, Array.from({ length: 300 }, (_, i) => `\nLine ${i}.\n`).join(''));
    const { stdout } = await diff();
    assert.ok(stdout.split('\n').length < 120);
    assert.match(stdout, /^ {4}\.\.\. \d{3} more lines$/m);
  });

  it('errors are 2, told as by a build, and nothing is compared', async () => {
    const text = '---\ntitle: Odd\n';
    writeFileSync(join(folder, 'content/help/en/tickets/99-odd.md'), text);
    const { code, stdout, stderr } = await diff();
    assert.equal(code, 2);
    assert.equal(stdout, '');
    assert.match(stderr, /99-odd\.md:\d+:\d+: error: /);
    const json = await diff('--format=json');
    assert.equal(json.code, 2);
    assert.equal(JSON.parse(json.stdout)[0].level, 'error');
    rmSync(join(folder, 'content/help/en/tickets/99-odd.md'));
    assert.equal((await run('guichet-gen', ['diff', '--color'])).code, 2);
    const bare = await run('guichet-gen', ['diff', '--site', folder], { env: { TMPDIR: join(temporary, 'missing') } });
    assert.equal(bare.code, 2);
    assert.match(bare.stderr, /missing\/guichet-diff-\w+: error: cannot be made/);
  });
});
