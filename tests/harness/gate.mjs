// A gate between a front and the API: it lets everything through, or loses the answers, as a broken line does.
import { connect, createServer } from 'node:net';
import { atEnd } from './temp.mjs';

export class Gate {
  #loses = false;
  #dead = new Set();

  get loses() {
    return this.#loses;
  }

  /** While true, no answer comes back, nor does the end of a connection. */
  set loses(on) {
    this.#loses = on;
    if (on) return;
    for (const front of this.#dead) front.destroy();
    this.#dead.clear();
  }

  /** A gate to `to` on a free port of this machine. Ends with the file's tests. */
  static async open(to) {
    const gate = new Gate();
    const sockets = new Set();
    const server = createServer((front) => {
      const api = connect(to, '127.0.0.1');
      for (const [one, other] of [[front, api], [api, front]]) {
        sockets.add(one);
        one.on('error', () => other.destroy());
        one.on('close', () => {
          sockets.delete(one);
          if (one === api && gate.loses) gate.#dead.add(front);
          else other.destroy();
        });
      }
      front.on('data', (bytes) => api.write(bytes));
      api.on('data', (bytes) => gate.loses || front.write(bytes));
    });
    await new Promise((done) => server.listen(0, '127.0.0.1', done));
    gate.port = server.address().port;
    atEnd(() => {
      server.close();
      for (const socket of sockets) socket.destroy();
    });
    return gate;
  }
}
