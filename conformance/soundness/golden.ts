/**
 * Programs run while collections or switches of threads come at every point where CPython 3.12 could have them, and print what
 * they always print. That point is a look at the eval breaker: at the start of a function, at a backward jump, and when a native was called.
 */
import { readFileSync } from 'node:fs';
import { setCollectorStress } from '@moult/heap';
import { createRuntime, finalize, LIBRARY_FOLDER, leftovers, runFile, withLibrary } from 'moult';
import type { LibraryPack, Runtime } from 'moult';
import { RootNum } from '../../packages/moult/src/core/roots.ts';
import { attempt } from './defects.ts';
import { KeepingHost } from './host.ts';
import type { Golden, Task, Verdict } from './task.ts';

const RESERVE_BYTES = 2 ** 31;

/** So many collections are full ones, and after them each so-many-th: one that looks at all modules takes a millisecond, and a program
 *  with its imports makes up to a hundred thousand. The others are of generation 0. */
const FULL_COLLECTIONS = 1000;
const FULL_EVERY = 64;

/** A collection is due after every allocation of a collected object. */
export function sweepCollect(task: Task, library: LibraryPack): Verdict {
  return runOnce(task, library, (rt) => {
    const stop = rt.onCollectionStop;
    let left = FULL_COLLECTIONS;
    rt.onCollectionStop = (generation, collected, uncollectable) => {
      if (--left === 0) setCollectorStress(rt, true, FULL_EVERY);
      stop(generation, collected, uncollectable);
    };
    setCollectorStress(rt, true);
  });
}

/** A thread's slice is one look at the eval breaker long. */
export function sweepThreads(task: Task, library: LibraryPack): Verdict {
  return runOnce(task, library, (rt) => {
    rt.words[RootNum.SliceLength] = rt.words[RootNum.SliceLeft] = 1;
  });
}

function runOnce(task: Task, library: LibraryPack, prepare: (rt: Runtime) => void): Verdict {
  const host = new KeepingHost(task.folder);
  let exitCode: number | null = null;
  const broken = attempt(() => {
    exitCode = execute(task, host, library, prepare);
  });
  const defects = broken === null ? differences(task.golden, host.written(1), exitCode) : [broken];
  return { runs: 1, defects: defects.length > 0 ? [...defects, host.written(2).trimEnd().slice(-600)] : [] };
}

/** Runs the program to the end of the interpreter; returns the exit code. Throws what should never be thrown. */
function execute(
  { path, folder }: Task,
  host: KeepingHost,
  library: LibraryPack,
  prepare: (rt: Runtime) => void,
): number {
  const file = path.slice(folder.length + 1);
  const rt = createRuntime({
    host: withLibrary(host, library),
    argv: [file],
    path: [folder, LIBRARY_FOLDER],
    reserveBytes: RESERVE_BYTES,
  });
  rt.libraryPack = library.find;
  prepare(rt);
  const code = runFile(rt, readFileSync(path), file);
  rt.audit();
  const unflushed = finalize(rt);
  const left = leftovers(rt).length;
  if (left > 0) throw new Error(`${left} tracked objects outlive the interpreter`);
  rt.audit();
  return unflushed && code === 0 ? 120 : code;
}

function differences(golden: Golden | null, out: string, exitCode: number | null): string[] {
  if (golden === null) return [];
  const defects: string[] = [];
  if (exitCode !== golden.exitCode) defects.push(`exit code ${exitCode}, expected ${golden.exitCode}`);
  if (out !== golden.out) defects.push(firstDifference(golden.out.split('\n'), out.split('\n')));
  return defects;
}

function firstDifference(wanted: readonly string[], got: readonly string[]): string {
  const at = wanted.findIndex((line, i) => line !== got[i]);
  const line = at < 0 ? wanted.length : at;
  return `standard output, line ${line + 1}:\n- ${wanted[line] ?? '(its end)'}\n+ ${got[line] ?? '(its end)'}`;
}
