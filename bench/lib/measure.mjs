/** Running one program on one engine, once. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { inRoot, root } from '../../scripts/lib/paths.mjs';

/** @typedef {import('./options.mjs').Engine} Engine */

/** @typedef {object} Sample
 *  @property {string} result  what the program computed; '' if it failed
 *  @property {number} cold  ms
 *  @property {number} warm  ms; as `cold` where there is one pass only
 *  @property {number} rss  peak resident memory in MB; NaN where it cannot be measured
 *  @property {string} error  why there is no result */

/** Ten times what the slowest program takes in CPython with five passes. */
const LIMIT_MS = 120_000;
const MEASURED = existsSync('/usr/bin/time');

/** @param {Engine} engine @returns {string | null} its version, or null if it is not on this machine */
export function versionOf(engine) {
  const [program, ...args] = engine.command;
  const done = spawnSync(program ?? '', [...args, '--version'], { cwd: root, encoding: 'utf8' });
  return done.status === 0 ? (done.stdout || done.stderr).trim().split('\n')[0] : null;
}

/** Several passes of a program in one process.
 *  @param {Engine} engine @param {string} path @param {number} passes @param {boolean} cpu @returns {Sample} */
export function measurePasses(engine, path, passes, cpu) {
  const done = start(engine, [inRoot('bench/repeat.py'), path, String(passes)]);
  if (done.error !== '') return done;
  const lines = done.stdout.split('\n').map((line) => line.split(/\s+/));
  const numbers = (/** @type {string} */ word) => lines.filter(([first]) => first === word).map((line) => Number(line[1]));
  const times = cpu ? numbers('PASS') : numbers('TIME');
  const results = lines.filter(([first]) => first === 'RESULT').map((line) => line.slice(1).join(' '));
  const differing = results.find((result) => result !== results[0]);
  if (times.length !== passes || results.length !== passes || differing !== undefined) {
    return { ...done, error: `${results.length} of ${passes} passes with a result, ${differing ?? 'all alike'}` };
  }
  return { ...done, result: results[0] ?? '', cold: times[0] ?? NaN, warm: Math.min(...times.slice(1), Infinity) };
}

/** The whole process, by the clock: processor time is too coarse for it.
 *  @param {Engine} engine @param {string} path @returns {Sample} */
export function measureProcess(engine, path) {
  const begin = performance.now();
  const done = start(engine, [path]);
  const elapsed = performance.now() - begin;
  return { ...done, result: done.stdout.trim(), cold: elapsed, warm: elapsed };
}

/** @param {Engine} engine @param {string[]} args */
function start(engine, args) {
  const command = MEASURED ? ['/usr/bin/time', '-f', '\n%M', ...engine.command] : engine.command;
  const done = spawnSync(command[0] ?? '', [...command.slice(1), ...args], {
    cwd: root,
    encoding: 'utf8',
    timeout: LIMIT_MS,
    env: { ...process.env, PYTHONHASHSEED: '0' },
    maxBuffer: 1 << 26,
  });
  const rss = MEASURED ? Number(done.stderr.trim().split('\n').at(-1)) : NaN;
  const error = done.status === 0 ? '' : done.stderr.trim().split('\n').slice(-3).join(' | ') || String(done.error);
  return { stdout: done.stdout, error, result: '', cold: NaN, warm: NaN, rss: rss / 1024 };
}
