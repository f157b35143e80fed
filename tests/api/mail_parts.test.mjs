// Every mail is there twice: as plain text and as a page, and the two say the same.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ANNA, BEN, MIA, serve } from '../harness/guichet.mjs';
import { awaitMails, recipient } from '../harness/mail.mjs';
import { corpus } from '../harness/xss.mjs';

const server = await serve();
const anna = await server.signedIn(ANNA);
const mia = await server.signedIn(MIA);

const to = (email, subject) => (mail) => recipient(mail) === email && subject.test(mail.get('Subject'));

/** What a reader sees of a page whose markup is ours: its words. */
const words = (html) => html.replace(/<style>[^]*?<\/style>|<title>[^]*?<\/title>/g, '').replace(/<[^>]*>/g, ' ')
  .replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&amp;/g, '&')
  .replace(/\s+/g, ' ');

describe('a mail', () => {
  it('is plain text and HTML, the HTML last, both in UTF-8', async () => {
    await server.client().post('/resets', { email: ANNA });
    const [mail] = await awaitMails(server.data, to(ANNA, /new password/));
    assert.match(mail.get('Content-Type'), /^multipart\/alternative;/);
    assert.equal(mail.get('MIME-Version'), '1.0');
    assert.deepEqual(mail.types.map((type) => type.split(';')[0]), ['text/plain', 'text/html']);
    for (const type of mail.types) assert.match(type, /charset=utf-8/i);
    for (const line of mail.source.split('\r\n')) assert.ok(line.length <= 998 && /^[\t\x20-\x7e]*$/.test(line), line);
  });

  it('leads to the same place by its button, its written address and its text (T07, T08)', async () => {
    await server.client().post('/resets', { email: BEN });
    const [mail] = await awaitMails(server.data, to(BEN, /mot de passe/));
    const url = /https?:\/\/\S+/.exec(mail.text)[0];
    assert.deepEqual([...mail.html.matchAll(/href="([^"]*)"/g)].map((found) => found[1]), [url]);
    assert.equal(mail.html.split(url).length - 1, 2, 'the link, and the address to read');
    assert.match(mail.html, />Choisir un mot de passe<\/a>/);
    assert.match(mail.html, /<html lang="fr" dir="ltr">/);
  });

  it('says in both parts what it says in one', async () => {
    const { number } = (await anna.file('Crack 71', 'First line\n\nSecond & last')).json;
    const [mail] = await awaitMails(server.data, (m) => to(ANNA, /Crack 71/)(m) && m.text.includes('Second'));
    assert.ok(mail.html.includes('First line<br>\n<br>\nSecond &amp; last'), mail.html);
    for (const line of mail.text.split('\n').filter((text) => text.trim()))
      assert.ok(words(mail.html).includes(line.trim().replace(/\s+/g, ' ')), line);
    assert.ok(mail.html.includes(String(number)));
  });

  it('loads nothing, runs nothing and asks for nothing', async () => {
    await mia.reply((await anna.file('Quiet 72', 'Hello')).json.number, 'An answer');
    const [mail] = await awaitMails(server.data, to(ANNA, /Re: Quiet 72/));
    assert.doesNotMatch(mail.html, /<(script|img|link|form|iframe|input|button)\b|url\(|@import|src=/i);
  });

  for (const attack of corpus) {
    it(`T23: shows what was typed as it was typed: ${attack.slice(0, 40)}`, async () => {
      const { number } = (await anna.file(attack, 'Hello')).json;
      await mia.reply(number, `${attack} 73-${number}`);
      const [mail] = await awaitMails(server.data, (m) => recipient(m) === ANNA && m.text.includes(`73-${number}`));
      const tags = [...mail.html.matchAll(/<([a-z]+[1-6]?)/gi)].map((found) => found[1].toLowerCase());
      const ours = ['html', 'head', 'meta', 'title', 'style', 'body', 'div', 'h1', 'table', 'tr', 'td', 'p', 'a', 'br', 'bdi'];
      assert.deepEqual([...new Set(tags)].filter((tag) => !ours.includes(tag)), []);
      assert.equal(tags.filter((tag) => tag === 'style' || tag === 'meta').length, 6, 'none is added');
      assert.ok(words(mail.html).includes(attack.replace(/\s+/g, ' ')), mail.html);
    });
  }

  it('decides what it leaves out when it is sent, and tells nobody', async () => {
    await anna.file('Told 74', 'Hello');
    const [mail] = await awaitMails(server.data, (m) => /Told 74/.test(m.get('Subject')) && /Hello/.test(m.text));
    assert.match(mail.html, /class="bar"/);
    assert.doesNotMatch(mail.html, /<!--/);
  });
});
