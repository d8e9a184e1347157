/**
 * `npm run bench:profile [-- WORD...]`: where Moult's time goes in the programs of bench/programs (those whose name has a WORD), by V8's
 * sampling profiler, after they are warm. Writes bench/profiles.md when all programs are profiled.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRoot } from '../scripts/lib/paths.mjs';
import { AREAS, sharesOf } from './lib/areas.mjs';

const PASSES = 6;
const TIMEOUT_MS = 300_000;
/** Moult's bundle in the main thread, as a profile has one thread: with a stack that Python's recursion needs there. */
const COMMAND = ['--stack-size=50000', '--cpu-prof', inRoot('packages/cli/dist/moult.js'), inRoot('bench/repeat.py')];
/** How many functions of a program are named. */
const NAMED = 4;

const words = process.argv.slice(2);
const rows = ['cpu', 'mem'].flatMap((set) =>
  readdirSync(inRoot('bench/programs', set))
    .filter((name) => name.endsWith('.py') && (words.length === 0 || words.some((word) => name.includes(word))))
    .sort()
    .map((name) => profile(set, name)),
);
const table = [header(), ...rows].join('\n');
console.log(table);
if (words.length === 0) writeFileSync(inRoot('bench/profiles.md'), `${introduction()}\n\n${table}\n`);

/** @param {string} set @param {string} name @returns {string} a row of the table */
function profile(set, name) {
  const folder = mkdtempSync(join(tmpdir(), 'moult-profile-'));
  try {
    const path = inRoot('bench/programs', set, name);
    const done = spawnSync('sh', ['-c', 'ulimit -s unlimited 2>/dev/null; exec "$@"', 'sh', process.execPath, ...COMMAND, path, String(PASSES)], {
      cwd: folder,
      timeout: TIMEOUT_MS,
      encoding: 'utf8',
    });
    if (done.status !== 0) throw new Error(`${name} failed: ${done.stderr || done.error?.message || done.signal}`);
    const file = readdirSync(folder).find((entry) => entry.endsWith('.cpuprofile'));
    if (file === undefined) throw new Error(`${name} left no profile in ${folder}`);
    const { areas, functions } = sharesOf(join(folder, file), inRoot('packages/cli/dist/moult.js.map'));
    const cells = AREAS.map((area) => percent(areas.get(area) ?? 0));
    const named = functions.slice(0, NAMED).map(([label, share]) => `${label} ${percent(share)}`);
    console.error(`${name}: ${named.join(', ')}`);
    return `| ${name.replace('.py', '')} | ${cells.join(' | ')} | ${named.join(', ')} |`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {number} share */
function percent(share) {
  return `${Math.round(share * 100)} %`;
}

function header() {
  const names = ['program', ...AREAS, 'most time in'];
  return `| ${names.join(' | ')} |\n| --- | ${AREAS.map(() => '--:').join(' | ')} | --- |`;
}

function introduction() {
  return `# Where the time goes

${new Date().toISOString().slice(0, 10)}, Node ${process.version}. Written by \`npm run bench:profile\`: shares of the time of each program of \`bench/programs\`
once it is warm (the later 60 % of ${PASSES} passes in one process), by V8's sampling profiler. A function that V8 has inlined counts as
its caller.

- *generated*: functions made from hot bytecode (the second tier), *loop*: the evaluation loop, *eval*: what instructions do out of
  line, frames, calls, generators;
- *allocate*, *release*, *collect*: \`@moult/heap\`;
- *objects*: types and their operations, *natives*: modules, *V8*: its own collector, compiler and built-ins.`;
}
