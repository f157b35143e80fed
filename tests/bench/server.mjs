// The programs that are measured over HTTP, and what puts load on them.

import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

export const CONNECTIONS = 32;
const SECONDS = Number(process.env.BENCH_SECONDS ?? 4);
const READY = 600000; // a store that was filled by SQL is first read for the search

/** Start a program that prints a line holding its port; resolves to { port, child }. */
export function start(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'], ...options });
    let text = '';
    const timer = setTimeout(() => reject(new Error(`${program}: not ready after ${READY / 1000} s`)), READY);
    child.on('exit', (code) => reject(new Error(`${program} ended with ${code}`)));
    child.stdout.on('data', (chunk) => {
      text += chunk;
      const port = text.match(/(\d+)\n/);
      if (port) {
        clearTimeout(timer);
        resolve({ port: Number(port[1]), child });
      }
    });
  });
}

export async function stop(child) {
  child.removeAllListeners('exit');
  const ended = new Promise((resolve) => child.on('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

async function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** The API on a store; `out` holds the generated portal and site. */
export async function serve(api, out, data) {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const { child } = await start(api, ['serve', '--data', data, '--portal', join(out, 'portal'), '--site', join(out, 'site'),
    '--listen', `127.0.0.1:${port}`, '--origin', origin], {
    env: { ...process.env, GUICHET_LOG: 'warning', GUICHET_REPLIES_PER_HOUR: '1000000' },
  });
  return { child, origin, base: `http://127.0.0.1:${port}/api/v1`, host: `localhost:${port}` };
}

/** Headers of somebody who is signed in. */
export async function signIn(server, email) {
  const answer = await fetch(`${server.origin}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.origin, 'x-guichet': '1' },
    body: JSON.stringify({ email, password: 'guichet-demo-2026' }),
  });
  if (answer.status !== 200) throw new Error(`sign-in answered ${answer.status}: ${await answer.text()}`);
  return { Cookie: answer.headers.get('set-cookie').split(';')[0], Host: server.host };
}

const UNITS = { us: 0.001, ms: 1, s: 1000 };

/** Requests a second, and the median and 99th percentile in milliseconds, by wrk with one thread. */
export function load(url, headers = {}, script = null, connections = CONNECTIONS) {
  const args = ['-t1', `-c${connections}`, `-d${SECONDS}s`, '--timeout', '20s', '--latency'];
  if (script) args.push('-s', script);
  for (const [name, value] of Object.entries(headers)) args.push('-H', `${name}: ${value}`);
  const text = execFileSync('wrk', [...args, url], { encoding: 'utf8' });
  if (/Non-2xx|Socket errors/.test(text)) throw new Error(`${url}: not every answer was good:\n${text}`);
  const at = (percent) => {
    const [, value, unit] = text.match(new RegExp(`${percent}%\\s+([\\d.]+)(us|ms|s)`));
    return Number(value) * UNITS[unit];
  };
  return { rate: Number(text.match(/Requests\/sec:\s+([\d.]+)/)[1]), p50: at(50), p99: at(99) };
}

/** A script for wrk that asks for one of these paths after the other. */
export function pathsScript(work, name, paths) {
  return writeScript(work, name, `local paths = {${paths.map((path) => JSON.stringify(path)).join(',\n')}}
local i = 0
request = function()
  i = i % #paths + 1
  return wrk.format(nil, paths[i])
end
`);
}

/** A script for wrk that posts a reply to one of these tickets after the other, each with a key of its own. */
export function repliesScript(work, origin, numbers) {
  return writeScript(work, 'replies', `local numbers = {${numbers.join(',')}}
local i = 0
wrk.headers["Content-Type"] = "multipart/form-data; boundary=bench"
wrk.headers["Origin"] = "${origin}"
wrk.headers["X-Guichet"] = "1"
request = function()
  i = i + 1
  wrk.headers["Idempotency-Key"] = "bench-" .. os.time() .. "-" .. i
  local body = '--bench\\r\\nContent-Disposition: form-data; name="message"\\r\\n\\r\\nThe shiny side faces the label, number ' .. i
    .. '\\r\\n--bench--\\r\\n'
  return wrk.format("POST", "/api/v1/tickets/" .. numbers[i % #numbers + 1] .. "/replies", nil, body)
end
`);
}

function writeScript(work, name, text) {
  const file = join(work, `${name}.lua`);
  writeFileSync(file, text);
  return file;
}

/** Of a process: "VmHWM" is the most it ever took. */
export function memoryMb(pid, field) {
  const line = readFileSync(`/proc/${pid}/status`, 'utf8').match(new RegExp(`${field}:\\s+(\\d+)`));
  return Number(line[1]) / 1024;
}
