/**
 * A prepared program: its module was run, its `test` was called twice, so that caches are warm, and the state was saved. A
 * sweep goes back to that state as often as it likes, for the price of a copy, and does something to a further call of `test`.
 *
 * What a program in `programs/` is: imports and whatever else is to happen once, and `def test():` without arguments, which
 * leaves nothing behind.
 */
import { decref, unreachedBlocks } from '@moult/heap';
import { createPython, finalize, guarded, leftovers } from 'moult';
import type { LibraryPack, MemoryFiles, Python, PythonSnapshot, Runtime } from 'moult';
import { call0 } from '../../packages/moult/src/core/call.ts';
import { dictGetText, dictSetText } from '../../packages/moult/src/core/dict/index.ts';
import { ThreadWord } from '../../packages/moult/src/core/layout/thread.ts';
import { RootNum, RootRef } from '../../packages/moult/src/core/roots.ts';
import { S } from '../../packages/moult/src/core/static.ts';
import { releaseTemps, tempMark } from '../../packages/moult/src/core/temps.ts';
import { mainNamespace } from '../../packages/moult/src/api/run.ts';
import { emptyFolder, steadyHost } from './host.ts';

const RESERVE_BYTES = 2 ** 30;
const WARM_UPS = 2;

export class Lab {
  readonly python: Python;
  readonly rt: Runtime;
  /** What was written since it was looked at last. */
  output = '';
  readonly #files: MemoryFiles;
  readonly #ready: PythonSnapshot;
  /** Blocks whose objects do not tell the audit of them, in the saved state and after a regular end. */
  readonly #known: number;
  readonly #knownAtEnd: number;

  /** Throws Error if the program fails by itself. */
  constructor(source: string, path: string, library: LibraryPack) {
    const { host, files } = steadyHost((text) => (this.output += text));
    this.#files = files;
    this.python = createPython({
      library,
      host,
      reserveBytes: RESERVE_BYTES,
      argv: [path],
    });
    this.rt = this.python.runtime;
    this.#run(source, path);
    for (let i = 0; i < WARM_UPS; i++) this.#warmUp();
    this.forget();
    this.#ready = this.python.snapshot();
    this.#known = unreachedBlocks(this.rt);
    finalize(this.rt);
    this.#expectEmpty();
    this.#knownAtEnd = unreachedBlocks(this.rt);
    this.restart();
  }

  /** Goes back to the state before `test`. */
  restart(): void {
    this.output = '';
    emptyFolder(this.#files, '/tmp');
    this.python.restore(this.#ready);
  }

  /** Calls `test`; an exception that comes out of it is shown as the interpreter shows it. Returns the exit code. */
  test(): number {
    const { rt } = this;
    return guarded(rt, () => {
      const mark = tempMark(rt);
      decref(rt, call0(rt, dictGetText(rt, mainNamespace(rt), 'test')));
      releaseTemps(rt, mark);
    });
  }

  /** Drops what the interpreter keeps of the exception that it showed, and what that held. */
  forget(): void {
    const { rt } = this;
    for (const name of ['last_exc', 'last_type', 'last_value', 'last_traceback'])
      dictSetText(rt, rt.words[RootRef.SysDict], name, S.None);
    this.python.collect();
  }

  /** Checks every count, and that nothing is in use to which nothing leads. Throws HeapCorruption. */
  audit(): void {
    this.rt.audit({ leaks: true, known: this.#known });
  }

  /** Ends the interpreter: throws if anything mortal is left. `restart` revives it. What threads own that can never go on again, because
   *  the one that held their lock was ended, stays theirs, as in CPython. */
  end(): void {
    const { rt } = this;
    finalize(rt);
    if (hasOtherThreads(rt)) return rt.audit();
    this.#expectEmpty();
    rt.audit({ leaks: true, known: this.#knownAtEnd });
  }

  /** A call that may fail only if its program says so (`FAILS = True`). */
  #warmUp(): void {
    const fails = dictGetText(this.rt, mainNamespace(this.rt), 'FAILS') !== 0;
    const code = this.test();
    if (code !== 0 && !fails) throw new Error(`exit code ${code}\n${this.output}`);
  }

  #expectEmpty(): void {
    const { rt } = this;
    const left = leftovers(rt).map((o) => rt.typeNameOf(o));
    if (left.length > 0)
      throw new Error(`${left.length} tracked objects outlive the interpreter: ${left.slice(0, 5).join(', ')}`);
  }

  #run(source: string, path: string): void {
    const { exitCode } = this.python.run(source, { filename: path });
    if (exitCode !== 0) throw new Error(`exit code ${exitCode}\n${this.output}`);
  }
}

function hasOtherThreads({ words }: Runtime): boolean {
  return words[words[RootNum.FirstThread] + ThreadWord.Next] !== 0;
}
