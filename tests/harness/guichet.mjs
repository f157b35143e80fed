// The two programs, as the tests use them.
import { cpSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from './client.mjs';
import { Program, run as runProgram } from './process.mjs';
import { atEnd, tempFolder } from './temp.mjs';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const programs = resolve(root, process.env.GUICHET_PROGRAMS ?? 'build');
export const people = join(root, 'tests/harness/people.json');

/** Everybody of people.json has this one. */
export const PASSWORD = 'correct horse battery staple';
export const ANNA = 'anna@acme.example'; // Acme
export const BEN = 'ben@acme.example'; // Acme too
export const CARL = 'carl@birch.example'; // Birch
export const DORA = 'dora@private.example'; // no company
export const MIA = 'mia@guichet.example'; // of the team
export const NOA = 'noa@guichet.example'; // its admin

export const HOST = 'support.acme.example';

/** run('guichet-gen', ['check'], { cwd, env }) -> { code, stdout, stderr } */
export function run(program, args, options) {
  return runProgram(join(programs, program), args, { cwd: root, ...options });
}

export function start(program, args, options) {
  return new Program(join(programs, program), args, { cwd: root, ...options });
}

/** A copy of the example portal's folder: content/ of its own, the shipped themes/. `edit(folder)` may change it. */
export function portalFolder(edit) {
  const folder = tempFolder('portal');
  cpSync(join(root, 'content'), join(folder, 'content'), { recursive: true });
  symlinkSync(join(root, 'themes'), join(folder, 'themes'));
  edit?.(folder);
  return folder;
}

/** Change a JSON file of a portal's folder: editJson(folder, 'content/portal.json', (p) => { p.open = false; }) */
export function editJson(folder, path, change) {
  const whole = join(folder, path);
  const value = JSON.parse(readFileSync(whole, 'utf8'));
  writeFileSync(whole, JSON.stringify(change(value) ?? value, null, 2));
}

/** Change every help article of a portal's folder: editArticles(folder, (text, path) => text) */
export function editArticles(folder, change, below = 'content/help') {
  for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
    const path = join(below, entry.name);
    if (entry.isDirectory()) editArticles(folder, change, path);
    else if (path.endsWith('.md')) writeFileSync(join(folder, path), change(readFileSync(join(folder, path), 'utf8'), path));
  }
}

/** Run the generator on a portal's folder. Fails unless it succeeds. */
export async function generate(folder) {
  const { code, stdout, stderr } = await run('guichet-gen', ['build', '--site', folder]);
  if (code !== 0) throw new Error(`guichet-gen: ${code}\n${stdout}${stderr}`);
}

let example;
function examplePortal() {
  example ??= (async () => {
    const folder = portalFolder();
    await generate(folder);
    return folder;
  })();
  return example;
}

/** Fill a data folder from a file of people and tickets, held against the example portal. -> as run() */
export async function demo(file, data) {
  const portal = join(await examplePortal(), 'out/portal');
  return run('guichet-api', ['demo', file, '--data', data], { env: { GUICHET_PORTAL: portal } });
}

let filled;
function filledData() {
  filled ??= (async () => {
    const folder = join(tempFolder('people'), 'data');
    const { code, stdout, stderr } = await demo(people, folder);
    if (code !== 0) throw new Error(`guichet-api demo: ${code}\n${stdout}${stderr}`);
    return folder;
  })();
  return filled;
}

/** A data folder of its own with everybody of people.json, and their tickets. */
export async function dataFolder() {
  const folder = join(tempFolder('data'), 'data');
  cpSync(await filledData(), folder, { recursive: true });
  return folder;
}

/** A port that nobody listened on a moment ago. */
export function freePort() {
  return new Promise((done, fail) => {
    const server = createServer();
    server.on('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

export class Server {
  constructor(program, fields) {
    this.program = program;
    Object.assign(this, fields);
  }

  /** A client that nobody is signed in with. */
  client(fields) {
    return new Client({ port: this.port, origin: this.origin, host: this.host, ...fields });
  }

  async signedIn(email, password = PASSWORD) {
    const client = this.client();
    const answer = await client.signIn(email, password);
    if (answer.status !== 200) throw new Error(`signing in ${email}: ${answer.status} ${answer.text}\n${this.program.said}`);
    client.me = answer.json.person;
    return client;
  }

  /** End it in the middle of everything: kill -9. */
  async kill() {
    const waiting = setTimeout(() => {}, 15_000); // nothing else may hold the test's process
    this.program.child.kill('SIGKILL');
    await this.program.ended;
    clearTimeout(waiting);
  }

  /** After kill(): the same again, at the same port, with the same data. */
  async again() {
    const { program } = await startOnce({ ...this, at: this.port });
    this.program = program;
  }

  async stop() {
    await this.program.stop();
    this.program.mustHaveEndedWell();
  }
}

async function startOnce({ folder, data, env, args, live, at }) {
  const port = at ?? (live ? 0 : await freePort());
  const origin = live ? `https://${HOST}` : `http://localhost:${port}`;
  const program = start('guichet-api', ['serve', ...(args ?? [])], {
    env: {
      GUICHET_LISTEN: `127.0.0.1:${port}`,
      GUICHET_DATA: data,
      GUICHET_PORTAL: join(folder, 'out/portal'),
      GUICHET_SITE: join(folder, 'out/site'),
      ...(!live && { GUICHET_ORIGIN: origin }),
      ...env,
    },
  });
  const ready = await program.line(/^listening on http:\/\/127\.0\.0\.1:(\d+)$/m);
  return ready && new Server(program, { port: Number(ready[1]), origin, host: origin.split('//')[1], data, folder, env, args, live });
}

/**
 * Serve a portal until the file's tests are over; it must then end well.
 *   edit    changes a copy of the example portal before it is generated
 *   folder  a portal's folder that is generated already
 *   data    a data folder; default: everybody of people.json
 *   live    as in production: https origin, __Host- cookie. Default: http://localhost:PORT
 *   env, args  for the program
 */
export async function serve({ edit, folder, data, env, args, live = false } = {}) {
  if (!folder) {
    folder = edit ? portalFolder(edit) : await examplePortal();
    if (edit) await generate(folder);
  }
  data ??= await dataFolder();
  for (let attempt = 1; ; attempt++) {
    const server = await startOnce({ folder, data, env, args, live });
    if (server) {
      atEnd(() => server.stop());
      return server;
    }
    if (attempt === 5) throw new Error('guichet-api serve does not start');
  }
}

/** An empty folder `name` below a new temporary one. */
export function emptyFolder(name = 'data') {
  const folder = join(tempFolder('empty'), name);
  mkdirSync(folder);
  return folder;
}
