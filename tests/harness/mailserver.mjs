// A mail server on loopback (smtp-server): takes mails over SMTP, refuses what it is told to, and remembers.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { parseMail } from './mail.mjs';
import { atEnd, tempFolder } from './temp.mjs';

/** A certificate of its own for localhost: { cert, key } as texts, and the `file` to believe. */
export function certificate() {
  const folder = tempFolder('certificate');
  const [key, file] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1', '-keyout', key,
    '-out', file, '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1,IP:127.0.0.2'], { stdio: 'ignore' });
  return { cert: readFileSync(file), key: readFileSync(key), file };
}

const refusal = (code, text) => Object.assign(new Error(text), { responseCode: code });

export class MailServer {
  mails = []; // { from, to, secure, user, get(name), text, source }
  tries = []; // recipients that were named, also of what was refused
  refuse = () => null; // (recipient) => [550, 'words'] or null
  refuseContent = () => null;
  die = () => false; // (recipient) => true: it keeps the mail, and is gone before it says so

  /** start({ tls: certificate(), implicit, user, password, host, port }) */
  static async start(options = {}) {
    const server = new MailServer();
    server.options = options;
    await server.open();
    atEnd(() => server.close());
    return server;
  }

  /** Anew, at the port that it had. */
  async open() {
    const { tls, implicit = false, user, password, host = '127.0.0.1' } = this.options;
    this.server = new SMTPServer({
      ...tls && { cert: tls.cert, key: tls.key },
      secure: implicit,
      hideSTARTTLS: !tls || implicit,
      authOptional: !user,
      disabledCommands: user ? [] : ['AUTH'],
      allowInsecureAuth: !tls,
      logger: false,
      onAuth: (given, session, done) => (given.username === user && given.password === password
        ? done(null, { user }) : done(refusal(535, 'Who are you?'))),
      onRcptTo: ({ address }, session, done) => {
        this.tries.push(address);
        const no = this.refuse(address);
        done(no && refusal(...no));
      },
      onData: (stream, session, done) => this.#take(stream, session, done),
    });
    this.server.on('error', () => {}); // connections that end in the middle are part of the tests
    await new Promise((opened) => this.server.listen(this.port ?? this.options.port ?? 0, host, opened));
    this.port = this.server.server.address().port;
  }

  async #take(stream, session, done) {
    const pieces = [];
    for await (const piece of stream) pieces.push(piece);
    const no = this.refuseContent(session.envelope.rcptTo[0].address);
    if (no) {
      done(refusal(...no));
      return;
    }
    this.mails.push({ from: session.envelope.mailFrom.address, to: session.envelope.rcptTo.map(({ address }) => address),
      secure: session.secure, user: session.user, ...parseMail(Buffer.concat(pieces)) });
    if (this.die(session.envelope.rcptTo[0].address)) for (const connection of this.server.connections) connection._socket.destroy();
    else done();
  }

  close() {
    return new Promise((closed) => {
      for (const connection of this.server.connections) connection.close();
      this.server.close(closed);
    });
  }

  /** Waits until `count` mails are there that `wanted` accepts. */
  async await(wanted, count = 1, milliseconds = 20_000) {
    const deadline = Date.now() + milliseconds;
    for (;;) {
      const found = this.mails.filter(wanted);
      if (found.length >= count) return found;
      if (Date.now() > deadline) throw new Error(`want ${count} mails, found ${found.length} of ${this.mails.length}`);
      await new Promise((later) => setTimeout(later, 50));
    }
  }
}
