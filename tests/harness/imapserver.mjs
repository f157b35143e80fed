// A real IMAP server on loopback: Debian's dovecot, with a configuration and a mailbox of its own.
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort } from './guichet.mjs';
import { certificate } from './mailserver.mjs';
import { Program } from './process.mjs';
import { atEnd, tempFolder } from './temp.mjs';

const USER = 'portal@acme.example';
const PASSWORD = 'a mailbox %&+="';

const configuration = ({ folder, port, tls, me, group }) => `
protocols = imap
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
mail_location = maildir:${folder}/mail
mail_uid = ${me}
mail_gid = ${group}
first_valid_uid = 1
first_valid_gid = 1
default_internal_user = ${me}
default_internal_group = ${group}
default_login_user = ${me}
ssl = required
ssl_cert = <${tls.file}
ssl_key = <${folder}/key.pem
auth_mechanisms = plain
passdb {
  driver = passwd-file
  args = ${folder}/users
}
userdb {
  driver = static
  args = uid=${me} gid=${group} home=${folder}/home
}
service imap-login {
  chroot =
  inet_listener imap {
    address = 127.0.0.1
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
`;

/** Who its processes are: ourselves, but never root, which dovecot does not want to be. */
function whom() {
  const self = userInfo();
  if (self.uid !== 0) return self;
  const [username, , uid, gid] = readFileSync('/etc/passwd', 'utf8').split('\n').find((line) => line.startsWith('nobody:')).split(':');
  return { username, uid: Number(uid), gid: Number(gid) };
}

export class ImapServer {
  user = USER;
  password = PASSWORD;
  count = 0;

  /** One with an empty mailbox, until the file's tests are over. */
  static async start() {
    const server = new ImapServer();
    server.folder = tempFolder('imap');
    server.tls = certificate();
    server.port = await freePort();
    const { username, uid, gid } = whom();
    for (const name of ['mail/new', 'mail/cur', 'mail/tmp', 'home', 'run', 'state']) mkdirSync(join(server.folder, name), { recursive: true });
    writeFileSync(join(server.folder, 'key.pem'), server.tls.key, { mode: 0o600 });
    for (const name of ['mail', 'mail/new', 'mail/cur', 'mail/tmp', 'home']) chownSync(join(server.folder, name), uid, gid);
    chmodSync(server.folder, 0o711); // for those that it does not run as root
    const group = readFileSync('/etc/group', 'utf8').split('\n').find((line) => line.split(':')[2] === String(gid)).split(':')[0];
    writeFileSync(join(server.folder, 'users'), `${USER}:{PLAIN}${PASSWORD}\n`, { mode: 0o644 });
    writeFileSync(join(server.folder, 'dovecot.conf'), configuration({ ...server, me: username, group }));
    await server.open();
    atEnd(() => server.close());
    return server;
  }

  /** Anew, at the port that it had. */
  async open() {
    this.program = new Program('/usr/sbin/dovecot', ['-F', '-c', join(this.folder, 'dovecot.conf')]);
    const deadline = Date.now() + 20_000;
    while (!await this.#answers()) {
      if (this.program.code !== null || Date.now() > deadline) throw new Error(`dovecot does not start\n${this.program.said}`);
      await new Promise((later) => setTimeout(later, 100));
    }
  }

  #answers() {
    return new Promise((done) => {
      const socket = connect(this.port, '127.0.0.1');
      socket.once('data', () => { done(true); socket.destroy(); });
      socket.once('error', () => done(false));
      socket.once('close', () => done(false));
    });
  }

  /** A mail arrives in it; or stands there already, seen. */
  deliver(bytes, { seen = false } = {}) {
    const name = `${Date.now()}.${process.pid}_${++this.count}.localhost`;
    writeFileSync(join(this.folder, 'mail/tmp', name), bytes);
    const { uid, gid } = whom();
    chownSync(join(this.folder, 'mail/tmp', name), uid, gid);
    renameSync(join(this.folder, 'mail/tmp', name), join(this.folder, 'mail', seen ? `cur/${name}:2,S` : `new/${name}`));
  }

  /** How many of its mails are seen, and how many are not. */
  get seen() {
    const all = ['new', 'cur'].flatMap((name) => readdirSync(join(this.folder, 'mail', name)));
    const seen = all.filter((name) => /:2,[A-Z]*S/.test(name)).length;
    return [seen, all.length - seen];
  }

  /** Its helpers outlive it for a moment, and hold what it said open: only its own end is waited for. */
  async close() {
    const { child } = this.program;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const waiting = setTimeout(() => child.kill('SIGKILL'), 15_000);
    const ended = new Promise((done) => { child.once('exit', done); });
    const helpers = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim().split(' ').map(Number);
    child.kill('SIGTERM');
    await ended;
    clearTimeout(waiting);
    for (const pid of helpers) if (existsSync(`/proc/${pid}`)) process.kill(pid); // one that has a client would go on
  }
}
