// Many replies at once: they go to disk together, and each stands or falls by itself.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ANNA, BEN, serve } from '../harness/guichet.mjs';

const server = await serve({ env: { GUICHET_REPLIES_PER_HOUR: '100000' } });
const anna = await server.signedIn(ANNA);
const ben = await server.signedIn(BEN);
const MANY = 48;
const word = (letter, i) => `quokka${letter}${String.fromCharCode(97 + (i % 26))}${String.fromCharCode(97 + Math.floor(i / 26))}`;
const all = (count, make) => Promise.all(Array.from({ length: count }, (_, i) => make(i)));
const found = async (client, q) => (await client.get(`/tickets?status=all&q=${encodeURIComponent(q)}`)).json.tickets.map((t) => t.number);

const tickets = await all(4, async (i) => (await anna.file(`Crowd ${i}`, 'It begins')).json.number);

describe('replies that come at once', () => {
  it('are all there after the server was killed in their midst, when they were answered, and are found (T48)', async () => {
    const answered = [];
    let killed;
    await all(MANY, async (i) => {
      const number = tickets[i % tickets.length];
      const answer = await anna.reply(number, `Number ${i} says ${word('x', i)}`).catch(() => null);
      if (answer?.status === 201) answered.push({ number, id: answer.json.message.id, i });
      if (answered.length === 20) killed ??= server.kill();
      await killed;
    });
    assert.ok(answered.length >= 20, `${answered.length} were answered`);
    await server.again();
    const again = await server.signedIn(ANNA);
    for (const { number, id, i } of answered) {
      const { messages } = (await again.get(`/tickets/${number}`)).json;
      assert.equal(messages.filter((m) => m.id === id && m.body.includes(word('x', i))).length, 1, `reply ${i}`);
      assert.deepEqual(await found(again, word('x', i)), [number], `reply ${i} is found`);
    }
  });

  it('do not fall with one that is refused, whose words nobody finds', async () => {
    const own = (await ben.file('Of Ben alone', 'Mine')).json.number;
    const sent = await all(MANY, (i) => (i % 3 === 0
      ? ben.reply(99999, `Refused ${word('y', i)}`)
      : (i % 3 === 1 ? ben.reply(own, `Kept ${word('y', i)}`) : ben.reply(own, `Repeated ${word('y', i)}`, [], { key: 'the-same-key' }))));
    const statuses = (rest) => sent.filter((_, i) => i % 3 === rest).map((a) => a.status);
    assert.deepEqual(new Set(statuses(0)), new Set([404]));
    assert.deepEqual(new Set(statuses(1)), new Set([201]));
    assert.equal(statuses(2).filter((status) => status === 201).length, 1, 'one key, one reply');
    const { messages } = (await ben.get(`/tickets/${own}`)).json;
    assert.equal(messages.length, 1 + MANY / 3 + 1);
    for (let i = 0; i < MANY; i++) {
      const there = messages.some((m) => m.body.includes(word('y', i)));
      assert.deepEqual(await found(ben, word('y', i)), there ? [own] : [], `reply ${i}`);
    }
  });
});
