// Bodies of very many parts: each costs the sender some fifty bytes, and must cost us no more than a look.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ANNA, serve } from '../harness/guichet.mjs';
import { file } from '../harness/multipart.mjs';

const server = await serve();
const anna = await server.signedIn(ANNA);
const number = (await anna.file('Many parts', 'Look.')).json.number;
const nothing = file('', '');

describe('a reply', () => {
  it('with an empty file field, as a browser sends it, has no file', async () => {
    const answer = await anna.reply(number, 'No file chosen.', [nothing]);
    assert.equal(answer.status, 201, answer.text);
    assert.deepEqual(answer.json.message.files, []);
  });

  it('with sixty thousand empty file fields is too large, at once', async () => {
    const began = Date.now();
    const answer = await anna.reply(number, 'Many.', Array.from({ length: 60_000 }, () => nothing));
    assert.equal(answer.status, 413, answer.text);
    assert.equal(answer.code, 'too_large');
    assert.ok(Date.now() - began < 5_000);
    assert.deepEqual(readdirSync(join(server.data, 'files/tmp')), []);
  });

  it('with sixty thousand fields of no name of ours is refused at the first', async () => {
    const parts = Object.fromEntries(Array.from({ length: 60_000 }, (_, i) => [`x${i}`, 'y']));
    const answer = await anna.multipart(`/tickets/${number}/replies`, { message: 'Many.', ...parts });
    assert.equal(answer.status, 400, answer.text);
  });
});
