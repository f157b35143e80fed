// A program elsewhere that webhooks call: it remembers what it was told, checks signatures, and answers as it is told to.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { faults, openapi } from './schema.mjs';
import { atEnd } from './temp.mjs';

/** As the article shows it. */
export function isSigned(secret, headers, body) {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const mac = createHmac('sha256', key).update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.`).update(body).digest();
  return (headers['webhook-signature'] ?? '').split(' ').some((one) => {
    const said = Buffer.from(one.replace(/^v1,/, ''), 'base64');
    return said.length === mac.length && timingSafeEqual(said, mac);
  });
}

export class Receiver {
  told = []; // { path, headers, body, news } of each call, in the order of their coming; `news`: the body read
  answer = () => 200; // (news, call) => status, { status, headers, body }, or 'hang'

  /** start({ tls: certificate(), host }) */
  static async start({ tls, host = '127.0.0.1' } = {}) {
    const receiver = new Receiver();
    const take = (request, response) => receiver.#take(request, response);
    receiver.server = tls ? createSecureServer(tls, take) : createServer(take);
    await new Promise((open) => receiver.server.listen(0, host, open));
    receiver.port = receiver.server.address().port;
    receiver.url = `http${tls ? 's' : ''}://${host}:${receiver.port}`;
    receiver.server.unref();
    atEnd(() => {
      receiver.server.closeAllConnections();
      receiver.server.close();
    });
    return receiver;
  }

  async #take(request, response) {
    const pieces = [];
    request.on('error', () => {});
    response.on('error', () => {});
    try {
      for await (const piece of request) pieces.push(piece);
    } catch {
      return; // it was called off
    }
    const body = Buffer.concat(pieces).toString('utf8');
    const call = { path: request.url, headers: request.headers, body, news: JSON.parse(body) };
    this.told.push(call);
    const answer = this.answer(call.news, call);
    if (answer === 'hang') return;
    const { status = 200, headers = {}, body: said = '' } = typeof answer === 'number' ? { status: answer } : answer;
    response.writeHead(status, headers).end(said);
  }

  /** What it was told under this path. */
  of(path) {
    return this.told.filter((call) => call.path === path);
  }

  /** Waits until `count` calls are there that `wanted` accepts. */
  async await(wanted, count = 1, milliseconds = 20_000) {
    for (const deadline = Date.now() + milliseconds; ;) {
      const found = this.told.filter(wanted);
      if (found.length >= count) return found;
      if (Date.now() > deadline) throw new Error(`want ${count} calls, found ${found.length} of ${this.told.map(({ path, news }) => `${path} ${news.type}`).join(', ')}`);
      await new Promise((later) => setTimeout(later, 20));
    }
  }
}

/** What of some news is not as openapi.json says; [] is good. */
export const newsFaults = (news) => faults(openapi.components.schemas.News, news);
