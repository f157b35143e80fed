// The app on somebody's phone: codes as RFC 6238 has them.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function bytesOf(secret) {
  const bits = [...secret.replaceAll(' ', '')].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
}

/** What the app shows now, or so many steps of half a minute later. */
export function codeOf(secret, later = 0) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + later));
  const digest = createHmac('sha1', bytesOf(secret)).update(counter).digest();
  const offset = digest[19] & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1000000).padStart(6, '0');
}

/** The next one, which is good already: the present one was used to set it up. */
export const nextCode = (secret) => codeOf(secret, 1);

/** Somebody has two-step sign-in on. */
export async function turnOn(server, email, password, options) {
  const client = server.client();
  const signedIn = await client.post('/session', { email, password }, options);
  assert.equal(signedIn.status, 200, signedIn.text);
  const begun = await client.post('/account/two-step', { password }, options);
  assert.equal(begun.status, 200, begun.text);
  const { secret } = begun.json;
  const done = await client.post('/account/two-step/confirm', { code: codeOf(secret) }, options);
  assert.equal(done.status, 200, done.text);
  return { client, secret, codes: done.json.recovery_codes };
}
