// Asking whether something is new: ETags, and what asking does not do.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ANNA, BEN, DORA, MIA, serve } from '../harness/guichet.mjs';
import { PRINTER, numberOf } from '../harness/tickets.mjs';

const server = await serve();
const anna = await server.signedIn(ANNA);
const ben = await server.signedIn(BEN);
const mia = await server.signedIn(MIA);
const printer = await numberOf(anna, PRINTER);
const TAG = /^W\/"[0-9a-f]{32}"$/;

const tagOf = async (client, path) => (await client.get(path)).headers.etag;
const ask = (client, path, tag) => client.get(path, { headers: { 'If-None-Match': tag } });

for (const path of ['/tickets', `/tickets/${printer}`]) {
  describe(`GET ${path.replace(/\d+/, '{number}')}`, () => {
    it('carries a weak tag, which stays while nothing changes', async () => {
      const tag = await tagOf(anna, path);
      assert.match(tag, TAG);
      assert.equal(await tagOf(anna, path), tag);
    });

    it('answers 304, with nothing in it, to who has just that', async () => {
      const tag = await tagOf(anna, path);
      for (const asked of [tag, tag.slice(2), `"other", ${tag}`, '*']) {
        const answer = await ask(anna, path, asked);
        assert.equal(answer.status, 304, asked);
        assert.equal(answer.text, '');
        assert.equal(answer.headers.etag, tag);
        assert.match(answer.headers['cache-control'], /no-store/);
      }
    });

    it('answers anew when there is a reply, and to another tag', async () => {
      const tag = await tagOf(anna, path);
      await mia.reply(printer, 'Something new');
      const answer = await ask(anna, path, tag);
      assert.equal(answer.status, 200);
      assert.notEqual(answer.headers.etag, tag);
      assert.equal((await ask(anna, path, '"else"')).status, 200);
    });

    it('T21: names what the caller is told, and nothing else: staff, who see an internal note, have another tag', async () => {
      assert.notEqual(await tagOf(mia, path), await tagOf(anna, path));
      const again = await server.signedIn(ANNA);
      assert.equal(await tagOf(again, path), await tagOf(anna, path));
    });

    it('gives nobody a 304 for what they may not see, nor once they are signed out', async () => {
      const tag = await tagOf(anna, path);
      const dora = await server.signedIn(DORA);
      assert.equal((await ask(dora, path, tag)).status, path === '/tickets' ? 200 : 404);
      assert.equal((await ask(server.client(), path, tag)).code, 'signed_out');
    });
  });
}

it('what is the same for two people of a company differs by who is "me"', async () => {
  assert.notEqual(await tagOf(ben, `/tickets/${printer}`), await tagOf(anna, `/tickets/${printer}`));
});
