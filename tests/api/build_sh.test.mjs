import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Client } from '../harness/client.mjs';
import { freePort, root } from '../harness/guichet.mjs';
import { Program, run } from '../harness/process.mjs';
import { atEnd, tempFolder } from '../harness/temp.mjs';

const script = join(root, 'build.sh');
const data = join(tempFolder('first-run'), 'data');

async function startRun(port) {
  const program = new Program(script, ['run'], { cwd: root, env: { PORT: String(port), GUICHET_DATA: data, HOME: process.env.HOME } });
  atEnd(() => program.stop());
  assert.ok(await program.line(/Ctrl\+C stops/, 120_000), program.said);
  const client = new Client({ port, origin: `http://localhost:${port}`, host: `localhost:${port}` });
  return { program, client };
}

/** The word after a label of the block that is printed. */
const said = (program, label) => new RegExp(`^ *${label} +(\\S+)`, 'm').exec(program.stdout)?.[1];

describe('./build.sh run', () => {
  let filed;

  it('says where the portal is and who may sign in; and they may', async () => {
    const port = await freePort();
    const { program, client } = await startRun(port);
    assert.equal(said(program, 'Guichet runs at'), `http://localhost:${port}/`);
    assert.equal((await client.page('/')).status, 200);
    const password = said(program, 'password of both');
    for (const label of ['customer', 'staff']) {
      const answer = await client.signIn(said(program, label), password);
      assert.equal(answer.status, 200, `${label}: ${answer.text}`);
    }
    filed = (await client.file('Kept for the next start', 'Hello')).json.number;
    assert.ok(said(program, 'mail lands in').startsWith(data));
    assert.equal(await program.stop('SIGINT'), 0, program.said);
  });

  it('keeps what is there when it starts again', async () => {
    const { program, client } = await startRun(await freePort());
    await client.signIn(said(program, 'customer'), said(program, 'password of both'));
    await client.signIn(said(program, 'staff'), said(program, 'password of both'));
    assert.equal((await client.get(`/tickets/${filed}`)).json.ticket.subject, 'Kept for the next start');
    assert.equal(await program.stop('SIGTERM'), 0, program.said);
  });

  it('says how to choose another port when that one is taken', async () => {
    const holder = createServer();
    await new Promise((done) => holder.listen(0, '127.0.0.1', done));
    const { port } = holder.address();
    const { code, stderr } = await run(script, ['run'], { cwd: root, env: { PORT: String(port), GUICHET_DATA: data } });
    holder.close();
    assert.equal(code, 1);
    assert.match(stderr, new RegExp(`port ${port} is taken.*PORT=\\d+ \\./build\\.sh run`));
  });

  it('wants a port that is one', async () => {
    for (const port of ['http', '0', '65536', '-1', '8080; true']) {
      const { code, stderr } = await run(script, ['run'], { cwd: root, env: { PORT: port } });
      assert.equal(code, 1);
      assert.match(stderr, /PORT: want a number from 1 to 65535/);
    }
  });
});

describe('./build.sh', () => {
  it('takes no argument where none has a meaning', async () => {
    for (const verb of ['run', 'build', 'package', 'lint', 'clean', 'help']) {
      const { code, stderr } = await run(script, [verb, '--port'], { cwd: root });
      assert.equal(code, 2);
      assert.match(stderr, new RegExp(`${verb} takes no arguments, got "--port"`));
    }
  });

  it('lists its verbs, and does so when it is given one that it does not know', async () => {
    const help = await run(script, ['help'], { cwd: root });
    assert.equal(help.code, 0);
    const wrong = await run(script, ['rnu'], { cwd: root });
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr, /unknown verb "rnu"/);
    for (const verb of ['run', 'build', 'gen', 'preview', 'serve', 'test', 'bench', 'lint', 'fuzz', 'clean', 'help']) {
      assert.match(help.stdout, new RegExp(`^  ${verb}\\b`, 'm'));
      assert.match(wrong.stderr, new RegExp(`^  ${verb}\\b`, 'm'));
    }
  });

  it('has a reason for every package it installs', () => {
    const rows = readFileSync(join(root, 'cmake/packages'), 'utf8').split('\n').filter((line) => line && !line.startsWith('#'));
    assert.ok(rows.length > 10);
    for (const row of rows) assert.match(row, /^(run|package|test|node|lint|bench) +[a-z0-9.+-]+ +\S.+$/);
    const names = rows.map((row) => row.split(/ +/)[1]);
    assert.equal(new Set(names).size, names.length);
  });
});
