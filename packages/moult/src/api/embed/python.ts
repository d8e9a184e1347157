/**
 * An interpreter for embedders: run programs within limits, hold their objects, save and restore whole states.
 *
 * Everything here is a thin layer over a `Runtime`, which is reached by `runtime` for what has no method of its own.
 */
import { newRef, peakBytes, restoreSnapshot, setLimit, snapshotBytes, takeSnapshot } from '@moult/heap';
import type { Owned, Ref, Snapshot } from '@moult/heap';
import { dictGetText, dictSetText } from '../../core/dict/index.ts';
import { caught, clearException, mark, takeException } from '../../core/errors.ts';
import type { Mark } from '../../core/errors.ts';
import { enterFromHost, forgetRoom, leaveFromHost } from '../../core/host-stack.ts';
import { isEnding, stepsMade } from '../../core/limits.ts';
import { RootRef } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { releaseTemps, temp } from '../../core/temps.ts';
import { strTextOf } from '../../core/protocol/index.ts';
import { flushStandardFiles } from '../../modules/sys/flush.ts';
import { adoptUnits } from '../../frames/code-area.ts';
import { formatException } from '../../objects/exceptions/display.ts';
import { typeText } from '../../objects/exceptions/display/printer.ts';
import { LIBRARY_FOLDER } from '../../stdlib/pack.ts';
import { createRuntime } from '../create.ts';
import { finalize } from '../finalize.ts';
import { evaluate, mainNamespace, runSource } from '../run.ts';
import { bounded } from './bounds.ts';
import type { EndRequest } from './bounds.ts';
import { toJs, toPython } from './convert.ts';
import type { Converted } from './convert.ts';
import { completeHost, EmbedHost } from './embed-host.ts';
import { PythonError } from './errors.ts';
import { CONVERTERS, newHostFunction } from './host-function.ts';
import type { HostFunction } from './host-function.ts';
import { PythonObject } from './object.ts';
import type { Owner } from './object.ts';
import { checkLimits, checkOptions } from './options.ts';
import type { PythonOptions, RunLimits } from './options.ts';

export interface RunOptions extends RunLimits {
  /** What tracebacks and `__file__` call the program. Default `<string>`. */
  readonly filename?: string;
}

/** What a run did. */
export interface RunResult {
  /** 0, 1 for an uncaught exception (its traceback is in `stderr`), or what `sys.exit` said. */
  readonly exitCode: number;
  /** What was written, unless the options' `stdout` and `stderr` got it. */
  readonly stdout: string;
  readonly stderr: string;
  /** Calls and backward jumps made: the same in each run of the same program. */
  readonly steps: number;
}

/** The whole state of an interpreter between two runs. Immutable. */
export class PythonSnapshot {
  readonly state: Snapshot;

  constructor(state: Snapshot) {
    this.state = state;
  }

  /** Bytes it takes. */
  get bytes(): number {
    return snapshotBytes(this.state);
  }
}

export class Python implements Owner {
  readonly runtime: Runtime;
  readonly options: PythonOptions;
  private readonly host: EmbedHost;
  private readonly endRequest: EndRequest = { requested: false };
  /** Calls of `enter` that have not returned. */
  private depth = 0;
  private closed = false;
  /** Counts restored states. */
  epoch = 0;

  /** Throws RangeError for options that cannot be. */
  constructor(options: PythonOptions = {}) {
    checkOptions(options);
    this.options = options;
    this.host = new EmbedHost(options);
    this.runtime = startRuntime(options, this.host);
    forgetRoom(this.runtime);
    CONVERTERS.set(this.runtime, { toJs: (o) => this.toJs(o), toPython: (value) => this.toPython(value) });
  }

  // Running

  /** Runs a program in `__main__`. An exception that it does not catch is shown on its standard error. Throws LimitExceeded.
   *  @runsPython */
  run(source: string, options: RunOptions = {}): RunResult {
    const exitCode = this.within(options, () => {
      return runSource(this.runtime, source, options.filename ?? '<string>');
    });
    return { exitCode, ...this.takeOutput(), steps: stepsMade(this.runtime) };
  }

  /** The value of an expression in `__main__`. Throws PythonError, LimitExceeded. @runsPython */
  evaluate(expression: string, options: RunOptions = {}): PythonObject {
    return this.within(options, () =>
      this.protect(() => this.adopt(evaluate(this.runtime, expression, options.filename ?? '<string>', 'eval'))),
    );
  }

  /** `import name`: the module itself, also for a dotted name. @runsPython */
  import(name: string): PythonObject {
    return this.enter(() => this.adopt(this.runtime.importModule(name)));
  }

  /** A global of `__main__`; null if there is none. */
  get(name: string): PythonObject | null {
    this.checkOpen();
    const value = dictGetText(this.runtime, mainNamespace(this.runtime), name);
    return value === 0 ? null : this.adopt(newRef(this.runtime, value));
  }

  /** Sets a global of `__main__`. Functions become callables of the program. */
  set(name: string, value: unknown): void {
    this.enter(() => {
      dictSetText(this.runtime, mainNamespace(this.runtime), name, temp(this.runtime, this.toPython(value)));
    });
  }

  /** What was written since the last run or call of this, unless somebody listens. */
  takeOutput(): { stdout: string; stderr: string } {
    return { stdout: this.host.stdout.take(), stderr: this.host.stderr.take() };
  }

  /** Ends the run that is going on, with RunEnded, at its next look. To be called by a function that the program called. */
  end(): void {
    this.endRequest.requested = true;
  }

  // States

  /** Copies the state. Throws TypeError while a program runs or objects are held: those could not be saved. */
  snapshot(): PythonSnapshot {
    this.checkIdle('saved');
    const H = this.runtime.words;
    const held = this.runtime.handles();
    if ((H[RootRef.TraceFunction] | H[RootRef.ProfileFunction]) !== 0)
      throw new TypeError('a state cannot be saved while tracing is on');
    if (held.length > 0) throw new TypeError(`a state cannot be saved while ${held.length} objects are held`);
    return new PythonSnapshot(takeSnapshot(this.runtime));
  }

  /** Goes back, or over, to a state of this interpreter or one with the same options. Objects held are gone. */
  restore(snapshot: PythonSnapshot): void {
    this.checkIdle('restored');
    restoreSnapshot(this.runtime, snapshot.state);
    adoptUnits(this.runtime);
    this.runtime.methodCache.fill(0);
    setLimit(this.runtime, this.options.memory ?? Infinity);
    this.epoch++;
  }

  /** Another interpreter in the same state; from here on they are independent. Options may differ but for sizes. */
  fork(options: Partial<PythonOptions> = {}): Python {
    const snapshot = this.snapshot();
    const other = new Python({ ...this.options, ...options });
    other.restore(snapshot);
    return other;
  }

  // Looking

  /** Metered bytes in use, as CPython would count them. */
  get usedBytes(): number {
    return this.runtime.usedBytes();
  }

  /** The most metered bytes in use at any moment. */
  get peakBytes(): number {
    return peakBytes(this.runtime);
  }

  /** `gc.collect()` @mayCollect */
  collect(): number {
    return this.enter(() => this.runtime.collect());
  }

  /** Recomputes every reference count. Throws HeapCorruption for the first that is wrong. */
  audit(): void {
    this.runtime.audit();
  }

  // The end

  /** Ends the interpreter as CPython does: exit callbacks, then everything dies. Returns what was written meanwhile. Throws
   *  HeapLeak, afterwards, if objects are still held. Again does nothing. @runsPython */
  close(): { stdout: string; stderr: string } {
    if (this.closed) return { stdout: '', stderr: '' };
    try {
      this.within({}, () => finalize(this.runtime));
    } finally {
      this.closed = true;
    }
    this.runtime.close();
    return this.takeOutput();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  // For objects of this interpreter

  enter<R>(action: () => R): R {
    return this.within({}, () => this.protect(action));
  }

  toPython(value: unknown): Owned {
    return toPython(this.runtime, value, (other) => {
      if (typeof other === 'function') return newHostFunction(this.runtime, other as HostFunction);
      if (!(other instanceof PythonObject)) return null;
      if (!other.belongsTo(this.runtime)) throw new TypeError('this object belongs to another interpreter');
      return newRef(this.runtime, other.ref);
    });
  }

  toJs(o: Ref): Converted {
    const made: PythonObject[] = [];
    try {
      return toJs(this.runtime, o, (other) => {
        const object = this.adopt(newRef(this.runtime, other));
        made.push(object);
        return object;
      });
    } catch (error) {
      for (const object of made) object.release();
      throw error;
    }
  }

  private adopt(o: Owned): PythonObject {
    return new PythonObject(this, o);
  }

  /** Runs within the given limits or the default ones; calls inside of a run are a part of it. */
  private within<R>(options: RunLimits, action: () => R): R {
    this.checkOpen();
    checkLimits(options);
    const outer = enterFromHost(this.runtime);
    this.depth++;
    try {
      if (this.depth > 1) return action();
      const limits = { ...this.options.limits, ...given(options) };
      return bounded(this.runtime, this.host, limits, this.endRequest, () => this.flushed(action));
    } finally {
      this.depth--;
      leaveFromHost(this.runtime, outer);
    }
  }

  /** Writes afterwards what the program's streams hold back, so that the embedder sees it. */
  private flushed<R>(action: () => R): R {
    try {
      return action();
    } finally {
      if (!isEnding(this.runtime)) flushStandardFiles(this.runtime);
    }
  }

  /** A Python exception becomes a PythonError. */
  private protect<R>(action: () => R): R {
    const m = mark(this.runtime);
    try {
      const result = action();
      releaseTemps(this.runtime, m.temps);
      return result;
    } catch (error) {
      throw this.errorOf(error, m);
    }
  }

  private errorOf(error: unknown, m: Mark): unknown {
    const rt = this.runtime;
    if (error instanceof Error) releaseTemps(rt, m.temps);
    else caught(rt, error, m);
    // What ends the run passes through a call inside of it as it is.
    if (isEnding(rt)) return error;
    const exception = takeException(rt);
    if (exception === 0) return error;
    const inside = mark(rt);
    temp(rt, exception);
    const type = typeText(rt, exception);
    const traceback = formatException(rt, exception);
    let message = '';
    try {
      message = strTextOf(rt, exception);
    } catch (failure) {
      // Its `__str__` fails too.
      caught(rt, failure, inside);
      clearException(rt);
      return new PythonError(type, '', traceback);
    }
    releaseTemps(rt, inside.temps);
    return new PythonError(type, message, traceback);
  }

  private checkOpen(): void {
    if (this.closed) throw new TypeError('this interpreter was closed');
  }

  private checkIdle(what: string): void {
    this.checkOpen();
    if (this.depth > 0) throw new TypeError(`a state cannot be ${what} while a program runs`);
  }
}

function given({ steps, time, output }: RunLimits): RunLimits {
  return {
    ...(steps === undefined ? {} : { steps }),
    ...(time === undefined ? {} : { time }),
    ...(output === undefined ? {} : { output }),
  };
}

function startRuntime(options: PythonOptions, host: EmbedHost): Runtime {
  const { library } = options;
  const rt = createRuntime({
    host: completeHost(host, options),
    argv: options.argv ?? [''],
    path: [...(options.path ?? []), ...(library ? [LIBRARY_FOLDER] : [])],
    optimize: options.optimize ?? 0,
    hashSeed: options.hashSeed ?? 0,
    ...(options.reserveBytes === undefined ? {} : { reserveBytes: options.reserveBytes }),
  });
  rt.libraryPack = library?.find ?? null;
  limitMemory(rt, options.memory ?? Infinity);
  return rt;
}

function limitMemory(rt: Runtime, nbytes: number): void {
  const used = rt.usedBytes();
  if (nbytes < used) throw new RangeError(`memory of ${nbytes} bytes is less than the ${used} of an empty interpreter`);
  setLimit(rt, nbytes);
}

/** Starts an interpreter. */
export function createPython(options: PythonOptions = {}): Python {
  return new Python(options);
}
