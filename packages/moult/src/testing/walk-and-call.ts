/** Walks all that a program of an embedded interpreter reaches, calls what it finds, and prints what came of it as JSON: a
 *  `WalkReport`. A program of its own, because a test runner's way of loading modules makes it ten times slower.
 *
 *  `node scripts/run-ts.mjs packages/moult/src/testing/walk-and-call.ts STRIDE`: of STRIDE groups of calls one is made. */
import { homedir } from 'node:os';
import { cwd } from 'node:process';
import { createPython, type Python } from '../api/embed/python.ts';
import type { HostInterface } from '../core/host.ts';
import { withTraps } from './js-traps.ts';
import { useLibrary } from './library.ts';
import { CALLS, WALK } from './reachable.ts';

export interface WalkReport {
  /** Strings that the walk found, and things that can be called. */
  readonly texts: number;
  readonly callables: number;
  /** Texts, found or made by calls, that only the host or its JavaScript could have put there. */
  readonly foreign: string[];
  /** Globals of the engine that were asked for. */
  readonly globals: string[];
  /** What of the host interface was asked for. */
  readonly host: string[];
  /** Calls after which the interpreter could not go on, by themselves. */
  readonly broken: string[];
}

/** Things called from one state, after which it is restored. */
const GROUP = 64;
const STRIDE = Number(process.argv[2] ?? 1);

const FOREIGN =
  /\[object |function \w*\([^)]*\) ?\{|\[native code\]|=> ?\{|node:|node_modules|\.[cm]?[jt]s:\d|file:\/\//;
const isForeign = (text: string): boolean => FOREIGN.test(text) || text.includes(cwd()) || text.includes(homedir());

const foreign = new Set<string>();
const globals = new Set<string>();
const host = new Set<string>();
const broken: string[] = [];

/** A host that has nothing but chance, and notes what it is asked for. */
const trapped = new Proxy<HostInterface>(
  { randomBytes: (length) => new Uint8Array(length) },
  {
    get(target, name, receiver) {
      host.add(String(name));
      return Reflect.get(target, name, receiver) as unknown;
    },
  },
);

/** Runs a program, notes what was asked for and what `name`, a set of strings, holds afterwards. Returns its standard error. */
function observed(python: Python, source: string, name: string): string {
  let stderr = '';
  for (const asked of withTraps(() => ({ stderr } = python.run(source)))) globals.add(asked);
  using found = python.get(name);
  const texts = (found?.toJs() ?? []) as Iterable<string>;
  for (const text of [stderr, ...texts]) if (isForeign(text)) foreign.add(text);
  return stderr;
}

/** Makes some of the calls; true if enough of the interpreter was left to make the next one. */
function attempt(python: Python, from: number, to: number): boolean {
  const stderr = observed(python, `for i in range(${from}, min(${to}, len(work))): attempt(i)`, 'answers');
  python.audit();
  return !stderr.includes('Traceback');
}

function main(): WalkReport {
  using python = createPython({
    reserveBytes: 1 << 29,
    memory: 300 << 20,
    limits: { steps: 20_000_000 },
    host: trapped,
  });
  useLibrary(python.runtime);
  const stderr = observed(python, WALK + CALLS, 'texts');
  // Deprecated attributes warn.
  if (stderr.includes('Traceback')) throw new Error(stderr);
  const [texts, callables] = python.run('print(len(texts), len(work))').stdout.split(' ').map(Number) as [
    number,
    number,
  ];
  const start = python.snapshot();
  const from = (at: number, size: number): boolean => {
    const isWhole = attempt(python, at, at + size);
    python.restore(start);
    return isWhole;
  };
  for (let i = 0; i < callables; i += GROUP * STRIDE) {
    if (from(i, GROUP)) continue;
    // One used up the memory, or replaced what the others need: each by itself.
    for (let k = i; k < i + GROUP; k++) if (!from(k, 1)) broken.push(python.run(`print(work[${k}])`).stdout.trim());
  }
  return { texts, callables, foreign: [...foreign], globals: [...globals], host: [...host].sort(), broken };
}

console.log(JSON.stringify(main()));
