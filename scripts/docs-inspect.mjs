/** `npm run docs:inspect [-- COMMAND...]`: writes docs/inspect-examples.md, what the inspecting commands say about the seed programs and
 *  about a program of 300 lines that leaks. COMMAND is what runs `moult`; by default the built one. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { inRoot } from './lib/paths.mjs';

/** Lines of an output that are shown. */
const MOST = 32;

/** @type {readonly { program: string; about: string; commands: readonly string[] }[]} */
const PROGRAMS = [
  {
    program: 'conformance/seeds/pythontutorial_cycle.py',
    about: 'Two objects in a cycle. At line 49 the variable is gone and the collector has not run yet.',
    commands: [
      'why --at 49 --type A FILE',
      'why --type A FILE',
      'trace --limit 6 FILE',
      'snapshot --at 49 -o before.heapsnapshot FILE',
      'snapshot -o after.heapsnapshot FILE',
      'diff --limit 4 before.heapsnapshot after.heapsnapshot',
      'ledger --object "ref_count" FILE',
      'report -o report.html FILE',
    ],
  },
  {
    program: 'conformance/seeds/realpython_weakref.py',
    about: 'A weak reference does not keep its object alive: it dies at line 16, by its count.',
    commands: [
      'why --at 16 --type Number FILE',
      'trace --limit 6 FILE',
      'snapshot --at 16 -o before.heapsnapshot FILE',
      'snapshot -o after.heapsnapshot FILE',
      'diff --limit 4 before.heapsnapshot after.heapsnapshot',
      'ledger --object weak_ref FILE',
      'report -o report.html FILE',
    ],
  },
  {
    program: 'conformance/seeds/zenva_gc.py',
    about:
      'Cycles that the collector finds, one with a finalizer. Two objects of the first class are still there at the end.',
    commands: [
      'why --limit 1 --type MyClass FILE',
      'trace --limit 6 FILE',
      'snapshot --at 10 -o before.heapsnapshot FILE',
      'snapshot -o after.heapsnapshot FILE',
      'diff --limit 4 before.heapsnapshot after.heapsnapshot',
      'ledger --object b FILE',
      'report -o report.html FILE',
    ],
  },
  {
    program: 'examples/leak_hunt.py',
    about:
      'Seven leaks in 296 lines. Between the lines 94 and 99 a function has made a document and returned, and the document stays.',
    commands: [
      'why --at 99 --type Document FILE',
      'trace --limit 8 FILE',
      'snapshot --at 94 -o before.heapsnapshot FILE',
      'snapshot --at 99 -o after.heapsnapshot FILE',
      'diff --limit 4 before.heapsnapshot after.heapsnapshot',
      'ledger --object news FILE',
      'report -o report.html FILE',
    ],
  },
];

const [file = process.execPath, ...before] =
  process.argv.length > 2 ? process.argv.slice(2) : [process.execPath, inRoot('packages/cli/bin/moult.js')];

/** @param {string} command  @param {string} folder  @param {string} program  @returns {string} a block for the page */
function block(command, folder, program) {
  const text = command.replace('FILE', program).replace(/^(?!diff)\w+/, '$& --quiet');
  const words = [...text.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? '');
  const output = outputOf(words, folder).trimEnd();
  const lines = output === '' ? [] : output.split('\n');
  const shown = lines.length <= MOST ? lines : [...lines.slice(0, MOST - 8), '…', ...lines.slice(-7)];
  const written = words.includes('-o') ? words[words.indexOf('-o') + 1] : undefined;
  const size =
    written === undefined ? '' : `${(statSync(join(folder, written)).size / 1000).toFixed(0)} kB in ${written}`;
  return ['```', `$ moult ${text}`, ...shown, ...(size === '' ? [] : [`(${size})`]), '```'].join('\n');
}

/** @param {readonly string[]} words  @param {string} folder */
function outputOf(words, folder) {
  try {
    return execFileSync(file, [...before, ...words], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (error) {
    // 1: something differs, or nothing was found.
    const { status, stdout, stderr } = /** @type {{ status: number; stdout: string; stderr: string }} */ (error);
    if (status !== 1) throw error;
    return stdout + stderr;
  }
}

const parts = PROGRAMS.map(({ program, about, commands }) => {
  const folder = mkdtempSync(join(tmpdir(), 'moult-docs-'));
  const name = basename(program);
  copyFileSync(inRoot(program), join(folder, name));
  const blocks = commands.map((command) => block(command, folder, name));
  rmSync(folder, { recursive: true });
  return `## [${name}](../${program})\n\n${about}\n\n${blocks.join('\n\n')}\n`;
});
const head = `# What the inspecting commands say

Written by \`npm run docs:inspect\`; what the commands are for, and how to read their answers, is in
[inspect.md](inspect.md). Long answers are cut in the middle (\`…\`).
`;
writeFileSync(inRoot('docs/inspect-examples.md'), `${head}\n${parts.join('\n')}`);
