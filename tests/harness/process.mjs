// Start a program, wait for a line of it, end it, and keep what it said.
import { spawn } from 'node:child_process';

const SAID_AT_MOST = 4 * 1024 * 1024;
const SANITIZER = /(AddressSanitizer|LeakSanitizer|ThreadSanitizer|runtime error:)/;

/** What a program gets to see of our surroundings: nothing of ours but the path. */
function surroundings(env) {
  return {
    PATH: process.env.PATH,
    LANG: 'C.UTF-8',
    ASAN_OPTIONS: 'abort_on_error=0:exitcode=99:detect_stack_use_after_return=1:strict_string_checks=1',
    UBSAN_OPTIONS: 'print_stacktrace=1:exitcode=99',
    TSAN_OPTIONS: 'exitcode=99',
    ...env,
  };
}

export class Program {
  constructor(file, args, { cwd, env, input } = {}) {
    this.name = `${file.split('/').pop()} ${args.join(' ')}`;
    this.stdout = '';
    this.stderr = '';
    this.code = null;
    // However this process ends, even killed: the kernel ends the program with it.
    const wrapped = ['--pdeathsig', 'KILL', '--', file, ...args];
    this.child = spawn('setpriv', wrapped, { cwd, env: surroundings(env), stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] });
    this.child.stdin?.on('error', () => {}); // a program may end before it has read all
    this.child.stdin?.end(input);
    // node:test ends a file when nothing is left to wait for; a server that runs must not count as that.
    for (const handle of [this.child, this.child.stdout, this.child.stderr]) handle.unref?.();
    this.#collect('stdout');
    this.#collect('stderr');
    this.ended = new Promise((resolve) => {
      this.child.on('error', (error) => {
        this.stderr += String(error);
        this.#end(127, resolve);
      });
      this.child.on('close', (code, signal) => this.#end(code ?? signal, resolve));
    });
  }

  #collect(stream) {
    this.child[stream].setEncoding('utf8');
    this.child[stream].on('data', (text) => {
      if (this[stream].length < SAID_AT_MOST) this[stream] += text;
      this.listener?.();
    });
  }

  #end(code, resolve) {
    this.code = code;
    resolve(code);
    this.listener?.();
  }

  get pid() {
    return this.child.pid;
  }

  get said() {
    return `--- ${this.name} (${this.code === null ? 'running' : `ended: ${this.code}`})\n${this.stdout}${this.stderr}`;
  }

  /** Resolves with the match as soon as stdout or stderr holds one; with null when the program ends first. */
  async line(pattern, milliseconds = 20_000) {
    const match = () => pattern.exec(this.stdout) ?? pattern.exec(this.stderr);
    return await new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.listener = undefined;
        reject(new Error(`no ${pattern} within ${milliseconds} ms\n${this.said}`));
      }, milliseconds);
      this.listener = () => {
        const found = match();
        if (!found && this.code === null) return;
        clearTimeout(timer);
        this.listener = undefined;
        resolve(found);
      };
      this.listener();
    });
  }

  /** Ask it to stop and wait; killed when it does not within `milliseconds`. */
  async stop(signal = 'SIGTERM', milliseconds = 15_000) {
    if (this.code === null) this.child.kill(signal);
    const timer = setTimeout(() => this.child.kill('SIGKILL'), milliseconds);
    await this.ended;
    clearTimeout(timer);
    return this.code;
  }

  /** Throws unless the program ended with 0 and no sanitizer spoke. */
  mustHaveEndedWell() {
    if (this.code !== 0 || SANITIZER.test(this.stderr)) throw new Error(`did not end well\n${this.said}`);
  }
}

/** Run to the end, `input` on its standard input: { code, stdout, stderr }. A sanitizer's report throws. */
export async function run(file, args, options = {}) {
  const program = new Program(file, args, options);
  const timer = setTimeout(() => program.child.kill('SIGKILL'), options.milliseconds ?? 60_000);
  await program.ended;
  clearTimeout(timer);
  if (SANITIZER.test(program.stderr)) throw new Error(program.said);
  return { code: program.code, stdout: program.stdout, stderr: program.stderr };
}
