import assert from 'node:assert/strict';
import { appendFileSync, existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { editJson, generate, portalFolder, run, serve } from '../harness/guichet.mjs';

const PAGE = '/support/en/help/';
const unpack = { br: brotliDecompressSync, gzip: gunzipSync, undefined: (bytes) => bytes };

async function pack(folder) {
  const { code, stderr } = await run('guichet-gen', ['build', '--compress', '--site', folder]);
  assert.equal(code, 0, stderr);
}

function files(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1)).sort();
}

/** Every text worth it has both siblings, each sibling is of its text. Returns how many there are. */
function mustBeWhole(site) {
  const all = files(site);
  let siblings = 0;
  for (const file of all.filter((name) => /\.(br|gz)$/.test(name))) {
    const text = readFileSync(join(site, file.slice(0, -3)));
    const packed = readFileSync(join(site, file));
    assert.deepEqual((file.endsWith('.br') ? unpack.br : unpack.gzip)(packed), text, file);
    assert.ok(packed.length < text.length && text.length >= 1024, file);
    siblings++;
  }
  for (const file of all.filter((name) => /\.(html|css|js|svg|json)$/.test(name) && statSync(join(site, name)).size >= 2048)) {
    assert.ok(existsSync(join(site, `${file}.br`)) && existsSync(join(site, `${file}.gz`)), `${file} has no siblings`);
  }
  return siblings;
}

const folder = portalFolder();
await pack(folder);
const server = await serve({ folder });
const client = server.client();
const get = (path, accept, headers = {}) => client.page(path, { headers: { 'Accept-Encoding': accept, ...headers } });

describe('packed pages', () => {
  it('stand beside every text that is worth it, and hold the same', () => {
    assert.ok(mustBeWhole(join(folder, 'out/site')) > 50);
    assert.deepEqual(files(join(folder, 'out/portal')).filter((name) => /\.(br|gz)$/.test(name)), []);
  });

  it('are of the same bytes each time, and never older than their text', async () => {
    const own = portalFolder();
    for (let round = 0; round < 4; round++) {
      appendFileSync(join(own, 'content/help/en/tickets/20-files.md'), `\nRound ${round % 2}.\n`);
      await pack(own);
      mustBeWhole(join(own, 'out/site'));
    }
    const [mine, others] = [join(own, 'out/site'), portalFolder((fresh) => {
      for (let round = 0; round < 4; round++) appendFileSync(join(fresh, 'content/help/en/tickets/20-files.md'), `\nRound ${round % 2}.\n`);
    })];
    await pack(others);
    const fresh = join(others, 'out/site');
    assert.deepEqual(files(mine), files(fresh));
    for (const file of files(fresh)) assert.deepEqual(readFileSync(join(mine, file)), readFileSync(join(fresh, file)), file);
  });

  it('go when a build does not want them', async () => {
    const own = portalFolder();
    await pack(own);
    await generate(own);
    assert.deepEqual(files(join(own, 'out/site')).filter((name) => /\.(br|gz)$/.test(name)), []);
  });

  it('what was damaged is packed anew', async () => {
    const own = portalFolder();
    for (let round = 0; round < 3; round++) {
      appendFileSync(join(own, 'content/help/en/tickets/20-files.md'), `\nRound ${round}.\n`);
      await pack(own);
    }
    for (const place of ['out/site', 'out/.staging/site']) appendFileSync(join(own, place, 'index.html.br'), 'x');
    appendFileSync(join(own, 'content/help/en/tickets/20-files.md'), '\nMore.\n');
    await pack(own);
    mustBeWhole(join(own, 'out/site'));
  });
});

describe('a packed page on its way', () => {
  for (const [accept, encoding] of [['gzip, deflate, br, zstd', 'br'], ['gzip', 'gzip'], ['br;q=0.1, gzip', 'gzip'], ['identity', undefined], ['br;q=0, gzip;q=0', undefined]]) {
    it(`goes as ${encoding ?? 'it is'} to who takes "${accept}"`, async () => {
      const answer = await get(PAGE, accept);
      assert.equal(answer.status, 200);
      assert.equal(answer.headers['content-encoding'], encoding);
      assert.equal(answer.headers.vary, 'Accept-Encoding');
      assert.match(answer.headers['content-type'], /^text\/html/);
      assert.match(answer.headers['content-security-policy'], /frame-ancestors 'none'/);
      assert.match(unpack[encoding](answer.body).toString(), /<html lang="en"/);
    });
  }

  it('each form has a tag of its own, which spares it and no other', async () => {
    const forms = ['br', 'gzip', 'identity'];
    const tags = await Promise.all(forms.map(async (accept) => (await get(PAGE, accept)).headers.etag));
    assert.equal(new Set(tags).size, 3);
    for (const [i, accept] of forms.entries()) {
      for (const [j, tag] of tags.entries()) {
        const answer = await get(PAGE, accept, { 'If-None-Match': tag });
        assert.equal(answer.status, i === j ? 304 : 200);
        assert.equal(answer.headers.vary, 'Accept-Encoding');
        assert.equal(answer.headers.etag, tags[i]);
      }
    }
  });

  it('HEAD tells the same as GET, without the bytes', async () => {
    const got = await get(PAGE, 'br');
    const head = await client.request('HEAD', PAGE, { page: true, headers: { 'Accept-Encoding': 'br' } });
    assert.equal(head.body.length, 0);
    for (const name of ['content-length', 'content-encoding', 'etag', 'vary', 'content-type']) assert.equal(head.headers[name], got.headers[name], name);
    assert.equal(Number(got.headers['content-length']), got.body.length);
  });

  it('a range is not cut out of it: the whole comes', async () => {
    const answer = await get(PAGE, 'gzip', { Range: 'bytes=0-9' });
    assert.equal(answer.status, 200);
    assert.equal(answer.headers['accept-ranges'], 'none');
    assert.match(gunzipSync(answer.body).toString(), /<\/html>/);
  });

  it('has no address of its own', async () => {
    for (const ending of ['br', 'gz']) assert.equal((await client.page(`${PAGE}index.html.${ending}`)).status, 404);
  });

  it('an image goes as it is, and does not vary', async () => {
    const html = (await client.page('/support/en/')).text;
    const icon = /href="([^"]*favicon\.png)"/.exec(html)[1];
    const answer = await get(icon, 'br, gzip');
    assert.equal(answer.headers['content-encoding'], undefined);
    assert.equal(answer.headers.vary, undefined);
  });

  it('what is not there is told in packed form, too', async () => {
    const answer = await get('/support/en/nothing/', 'br');
    assert.equal(answer.status, 404);
    assert.match(brotliDecompressSync(answer.body).toString(), /<html lang="en"/);
  });
});

describe('assets of a moment ago', () => {
  it('are still there for the pages of then, and those before them are not', async () => {
    const own = portalFolder();
    await pack(own);
    const live = await serve({ folder: own });
    const visitor = live.client();
    const sheet = async () => /href="([^"]*css\/tokens\.css)"/.exec((await visitor.page('/support/en/')).text)[1];
    const restyle = async (radius, before) => {
      editJson(own, 'content/portal.json', (portal) => { portal.theme_settings = { radius }; });
      await pack(own);
      for (let i = 0; i < 100 && (await sheet()) === before; i++) await new Promise((done) => setTimeout(done, 100));
      return await sheet();
    };
    const first = await sheet();
    const text = (await visitor.page(first)).text;
    const second = await restyle('2px', first);
    assert.notEqual(second, first);
    const old = await visitor.page(first);
    assert.equal(old.status, 200);
    assert.equal(old.text, text);
    assert.match(old.headers['cache-control'], /immutable/);
    assert.notEqual((await visitor.page(second)).text, text);
    const script = first.replace('css/tokens.css', 'js/api.js');
    assert.equal((await visitor.page(script, { headers: { 'Accept-Encoding': 'br' } })).headers['content-encoding'], 'br');
    const third = await restyle('3px', second);
    assert.equal((await visitor.page(second)).status, 200);
    assert.equal((await visitor.page(first)).status, 404);
    assert.equal((await visitor.page(third)).status, 200);
    await live.stop();
  });
});
