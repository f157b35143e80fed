import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { serve } from '../harness/guichet.mjs';

const server = await serve({ live: true });
const local = await serve();

describe('the door of the portal', () => {
  for (const [host, home] of [['support.acme.example', '/support/en/'], ['assistance.acme.example', '/support/fr/']]) {
    for (const path of ['/', '/support/']) {
      it(`https://${host}${path} leads to the home of the domain's language`, async () => {
        const client = server.client({ host });
        for (const method of ['GET', 'HEAD']) {
          const answer = await client.request(method, `${path}?from=mail`, { page: true, headers: { 'Accept-Language': 'de, fr;q=0.5, en;q=0.1' } });
          assert.equal(answer.status, 302);
          assert.equal(answer.headers.location, `${home}?from=mail`);
          assert.equal(answer.headers['cache-control'], 'no-cache');
          assert.equal(answer.headers.vary, undefined, 'it hangs on the address alone');
          assert.equal(answer.body.length, 0);
        }
        assert.equal((await client.page(home)).status, 200);
      });
    }
  }

  it('only looking is allowed there', async () => {
    assert.equal((await server.client().request('POST', '/', { page: true })).status, 405);
  });

  it('at a host that stands for no language one chooses', async () => {
    for (const path of ['/', '/support/']) {
      const answer = await local.client().page(path, { headers: { 'Accept-Language': 'fr' } });
      assert.equal(answer.status, 200);
      assert.match(answer.text, /href="\/support\/en\/"/);
      assert.match(answer.text, /href="\/support\/fr\/"/);
    }
  });
});
