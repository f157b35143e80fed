import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ANNA, MIA, PASSWORD, serve } from '../harness/guichet.mjs';
import { awaitMails } from '../harness/mail.mjs';
import { file } from '../harness/multipart.mjs';
import { corpus } from '../harness/xss.mjs';

const server = await serve();
const anna = await server.signedIn(ANNA);

describe('T23: what an attacker types, through the API', () => {
  for (const attack of corpus) {
    it(`comes back as it was typed, as JSON and nothing else: ${attack.slice(0, 40)}`, async () => {
      const filed = await anna.file(attack, `Said: ${attack}`, { files: [file(`${attack}.txt`, attack, 'text/plain')] });
      assert.equal(filed.status, 201, filed.text);
      const answer = await anna.get(`/tickets/${filed.json.number}`);
      assert.match(answer.headers['content-type'], /^application\/json/);
      assert.equal(answer.headers['x-content-type-options'], 'nosniff');
      assert.doesNotMatch(answer.text, /<script|<img|<svg/i, 'a browser that sniffed would find no tag');
      const { ticket, messages } = answer.json;
      assert.equal(messages[0].body, `Said: ${attack}`);
      // Marks that turn the line around may be dropped from a subject or name; nothing else may.
      assert.equal(ticket.subject.replaceAll('\u202e', ''), attack.replaceAll('\u202e', ''));
    });
  }

  it('is text in the mail, plain and as a page', async () => {
    const mia = await server.signedIn(MIA);
    const { number } = (await anna.file('Plain 5b2c', 'Hello')).json;
    await mia.reply(number, `${corpus[0]} 5b2c`);
    const [mail] = await awaitMails(server.data, (m) => m.text.includes(`${corpus[0]} 5b2c`));
    assert.doesNotMatch(mail.html, /<script|<img/i);
  });

  it('is not reflected by an error', async () => {
    for (const attack of corpus) {
      for (const answer of [
        await server.client().get(`/${encodeURIComponent(attack)}`),
        await anna.get(`/tickets?status=${encodeURIComponent(attack)}`),
        await anna.get(`/tickets/${encodeURIComponent(attack)}`),
        await server.client().page(`/support/en/${encodeURIComponent(attack)}/`),
      ]) {
        assert.ok(answer.status >= 400 && answer.status < 500, String(answer.status));
        assert.doesNotMatch(answer.text, /alert\(1\)|evil\.example/);
      }
    }
  });

  it('in an address to sign in with leads to a message, not into the page', async () => {
    const answer = await server.client().form('/session', { email: corpus[0], password: PASSWORD, locale: 'en', return: corpus[8] });
    assert.equal(answer.status, 303);
    assert.doesNotMatch(answer.headers.location, /script|javascript|alert/);
  });
});
