// The API at another host than the pages: who may read its answers, who may change something, and whose word counts.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ANNA, DORA, HOST, PASSWORD, editJson, serve } from '../harness/guichet.mjs';
import { awaitMails, recipient } from '../harness/mail.mjs';

const API_HOST = 'api.acme.example';
const SECOND = 'assistance.acme.example';
const edit = (folder) => editJson(folder, 'content/portal.json', (portal) => {
  portal.api = `https://${API_HOST}/api/v1`;
  portal.access = { sign_up: true, sign_in_links: true };
});
const server = await serve({ live: true, edit });
server.host = API_HOST;
const OURS = [`https://${HOST}`, `https://${SECOND}`];
const NOT_OURS = ['null', `https://${API_HOST}`, 'https://acme.example', 'https://blog.acme.example', `https://${HOST}.evil.example`, `https://evil-${HOST}`,
  `https://evil.example/${HOST}`, `https://x.${HOST}`, `http://${HOST}`, `https://${HOST}:8443`, `https://${HOST}.`, 'https://support.acme.exampl', `HTTPS://${HOST}`, '', null];
const granted = ({ headers }) => [headers['access-control-allow-origin'], headers['access-control-allow-credentials']];

describe('T42: pages at another host of the domain', () => {
  const preflight = (Origin) => server.client().request('OPTIONS', '/session', { headers: { Origin, 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'x-guichet' } });

  for (const origin of OURS) {
    it(`of ours may read and change: ${origin}`, async () => {
      const before = await preflight(origin);
      assert.equal(before.status, 204);
      assert.deepEqual(granted(before), [origin, 'true']);
      assert.match(before.headers['access-control-allow-methods'], /\bPOST\b.*\bDELETE\b/);
      for (const name of ['content-type', 'x-guichet', 'x-guichet-quiet', 'idempotency-key'])
        assert.ok(before.headers['access-control-allow-headers'].toLowerCase().split(', ').includes(name), name);
      const client = server.client({ origin });
      const answer = await client.signIn(ANNA, PASSWORD);
      assert.equal(answer.status, 200);
      assert.deepEqual(granted(answer), [origin, 'true']);
      const [cookie] = answer.headers['set-cookie'];
      assert.match(cookie, /^__Host-guichet=[^;]+; Path=\/; Secure; HttpOnly; SameSite=Lax$/);
      assert.deepEqual(granted(await client.get('/session', { headers: { Origin: origin } })), [origin, 'true']);
      assert.deepEqual(granted(await client.get('/tickets/999999', { headers: { Origin: origin } })), [origin, 'true'], 'errors can be read, too');
    });
  }

  for (const origin of NOT_OURS) {
    it(`that are not ours get no leave, and change nothing: ${origin === null ? 'no Origin' : `"${origin}"`}`, async () => {
      const anna = await server.signedIn(ANNA);
      const headers = { Origin: origin };
      assert.equal((await preflight(origin)).headers['access-control-allow-methods'], undefined);
      for (const answer of [
        await anna.delete('/session', { headers }),
        await anna.multipart('/tickets', { subject: 'x', message: 'x' }, { headers }),
        await anna.post('/account/details', { name: 'Mallory', locale: 'en' }, { headers }),
        await server.client().post('/session', { email: ANNA, password: PASSWORD }, { headers }),
        await server.client().post('/resets', { email: ANNA }, { headers }),
        // as plain forms, which a browser sends without asking first; their page may hide its origin, but not the site
        ...(await Promise.all(['same-site', 'cross-site', 'none', null].map((site) =>
          anna.form('/session/end', { locale: 'en' }, { headers: { ...headers, 'Sec-Fetch-Site': site } })))),
        await server.client().form('/session', { email: ANNA, password: PASSWORD, locale: 'en', return: '' }, { headers: { ...headers, 'Sec-Fetch-Site': 'same-site' } }),
      ]) {
        assert.deepEqual([answer.status, answer.code], [403, 'origin']);
        assert.deepEqual(granted(answer), [undefined, undefined]);
        assert.equal(answer.headers['set-cookie'], undefined);
      }
      const read = await anna.get('/session', { headers });
      assert.deepEqual([read.status, ...granted(read)], [200, undefined, undefined]);
      assert.equal(read.json.person.name, 'Anna Berg');
    });
  }

  it('caches are told that the answer hangs on who asks', async () => {
    for (const headers of [{}, { Origin: OURS[0] }, { Origin: 'https://evil.example' }])
      assert.equal((await server.client().get('/health', { headers })).headers.vary, 'Origin');
  });

  it('the marker of our scripts is wanted besides the origin', async () => {
    const anna = await server.signedIn(ANNA);
    for (const marker of [null, '0', '2'])
      assert.equal((await anna.delete('/session', { headers: { 'X-Guichet': marker } })).status, 403);
  });

  it('plain forms lead back to the domain that they came from, T27: and to no other', async () => {
    for (const origin of OURS) {
      const answer = await server.client({ origin }).form('/session', { email: ANNA, password: PASSWORD, locale: 'en', return: '/support/en/account/' });
      assert.equal(answer.headers.location, `${origin}/support/en/account/`);
      for (const bad of ['https://evil.example/', '//evil.example/', '/support/../x', '@evil.example/']) {
        const led = await server.client({ origin }).form('/session', { email: ANNA, password: PASSWORD, locale: 'en', return: bad });
        assert.equal(led.headers.location, `${origin}/support/en/tickets/`);
      }
    }
  });
});

describe('T44: what anybody says about where a request came from', () => {
  const FORGED = { 'X-Forwarded-For': '198.51.100.9', 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'http', 'X-Real-IP': '198.51.100.9',
    Forwarded: 'for=198.51.100.9;host=evil.example;proto=http' };
  const places = async (at, headers) => {
    const client = at.client();
    assert.equal((await client.post('/session', { email: DORA, password: PASSWORD }, { headers })).status, 200);
    const { sessions } = (await client.get('/account/sessions')).json;
    return sessions.find(({ current }) => current).place;
  };

  it('counts for nothing without a proxy', async () => assert.equal(await places(server, FORGED), '127.0.0.1'));

  it('counts for nothing from an address that is not a proxy’s, and from ours only what it wrote itself', async () => {
    const other = await serve({ folder: server.folder, live: true, env: { GUICHET_PROXY: '127.0.0.9' } });
    assert.equal(await places(other, FORGED), '127.0.0.1');
    const behind = await serve({ folder: server.folder, live: true, env: { GUICHET_PROXY: '127.0.0.1' } });
    assert.equal(await places(behind, FORGED), '198.51.100.9');
    assert.equal(await places(behind, { ...FORGED, 'X-Forwarded-For': '203.0.113.1, 198.51.100.7' }), '198.51.100.7');
    assert.equal(await places(behind, { ...FORGED, 'X-Forwarded-For': 'evil' }), '127.0.0.1');
  });

  it('T07: makes no link and leads nobody elsewhere', async () => {
    assert.equal((await server.client().post('/sign-in-links', { email: DORA }, { headers: FORGED })).status, 202);
    const [mail] = await awaitMails(server.data, (m) => recipient(m) === DORA);
    assert.equal(new URL(/https?:\/\/\S+/.exec(mail.text)[0]).origin, `https://${HOST}`);
    const answer = await server.client().form('/session', { email: DORA, password: PASSWORD, locale: 'en', return: '' }, { headers: FORGED });
    assert.equal(answer.headers.location, `https://${HOST}/support/en/tickets/`);
  });
});
