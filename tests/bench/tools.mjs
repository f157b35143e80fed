// What all benchmarks need: to measure, and to note down.

import { spawnSync } from 'node:child_process';

/** Everything that was measured, by name. */
export const results = {};

export function record(name, value, digits = 2) {
  results[name] = Number(value.toFixed(digits));
  console.log(`  ${name.padEnd(28)} ${results[name]}`);
}

export function miss(name, why) {
  results[name] = null;
  results[`${name}_why`] = why;
  console.log(`  ${name.padEnd(28)} not measured: ${why}`);
}

export function has(program) {
  return spawnSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' }).status === 0;
}

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** Seconds that a command takes as a whole process; its failure ends the run. */
export function seconds(program, args, options = {}) {
  const start = process.hrtime.bigint();
  const run = spawnSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'], maxBuffer: 1 << 26, ...options });
  const end = process.hrtime.bigint();
  if (run.status !== 0) throw new Error(`${program} failed: ${run.error ?? run.stderr}`);
  return Number(end - start) / 1e9;
}
