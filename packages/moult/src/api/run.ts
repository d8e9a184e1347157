/** Running programs in `__main__`: a source text, a file, one interactive statement. */
import { decref } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call2 } from '../core/call.ts';
import { dictSetText } from '../core/dict/index.ts';
import { caught, mark } from '../core/errors.ts';
import { forgetRoom } from '../core/host-stack.ts';
import { isEnding } from '../core/limits.ts';
import { getAttrText } from '../core/protocol/index.ts';
import { RootNum, RootRef } from '../core/roots.ts';
import type { Runtime } from '../core/runtime.ts';
import { pyBool, S } from '../core/static.ts';
import { newStr } from '../core/str.ts';
import { releaseTemps, temp, tempMark } from '../core/temps.ts';
import { displayAndExit } from '../objects/exceptions/display/top-level.ts';
import { compileProgram } from '../modules/builtins/compile.ts';
import type { CompileMode } from '../modules/builtins/compile.ts';
import { evalCode } from '../modules/builtins/run-code.ts';
import { moduleDict } from '../modules/make.ts';
import { flushStandardFiles } from '../modules/sys/flush.ts';
import { settleGenerations } from './settle.ts';

/** The namespace of `__main__`, borrowed. */
export function mainNamespace(rt: Runtime): Ref {
  return moduleDict(rt, rt.words[RootRef.MainModule]);
}

/** Runs `action`; a Python exception that comes out is shown as the interpreter shows it. Returns the exit code, 0 when there was no
 *  exception. @runsPython @mayCollect */
export function guarded(rt: Runtime, action: () => void): number {
  const m = mark(rt);
  forgetRoom(rt);
  try {
    action();
    return 0;
  } catch (error) {
    caught(rt, error, m);
    // Nothing is shown of a run that was ended from outside: its exception is not the program's.
    return isEnding(rt) ? 0 : displayAndExit(rt);
  } finally {
    forgetRoom(rt);
  }
}

/** Compiles and runs a source text in `__main__`, then flushes the standard streams. Returns the exit code. */
export function runSource(
  rt: Runtime,
  source: string | Uint8Array,
  filename: string,
  mode: CompileMode = 'exec',
): number {
  const code = guarded(rt, () => {
    const m = tempMark(rt);
    decref(rt, evaluate(rt, source, filename, mode));
    releaseTemps(rt, m);
  });
  flushStandardFiles(rt);
  return code;
}

/** As `runSource`, with `__file__` and `__cached__` set. */
export function runFile(rt: Runtime, source: Uint8Array, filename: string): number {
  nameMainFile(rt, filename);
  return runSource(rt, source, filename);
}

/** Imports `warnings`, which reads `sys.warnoptions`; without it the native part knows its own filters alone. Its output at
 *  import (options that say nothing) is the program's. @runsPython
 *  Source: CPython 3.12 init_interp_main. */
export function applyWarnOptions(rt: Runtime): void {
  guarded(rt, () => {
    decref(rt, rt.importModule('warnings'));
  });
}

/** Sets `__file__` and `__cached__` of `__main__`. */
export function nameMainFile(rt: Runtime, filename: string): void {
  const name = temp(rt, newStr(rt, filename));
  dictSetText(rt, mainNamespace(rt), '__file__', name);
  dictSetText(rt, mainNamespace(rt), '__cached__', S.None);
  releaseTemps(rt, tempMark(rt) - 1);
}

/** Runs a module as `-m` does: `runpy` finds it and runs it in `__main__`. `isPlace`: it is the `__main__` of a folder or an
 *  archive, which is the first entry of `sys.path`. Returns the exit code. @runsPython */
export function runModule(rt: Runtime, name: string, isPlace = false): number {
  return guarded(rt, () => {
    const m = tempMark(rt);
    settleGenerations(rt, 0);
    const runpy = temp(rt, rt.importModule('runpy'));
    const run = temp(rt, getAttrText(rt, runpy, '_run_module_as_main'));
    decref(rt, call2(rt, run, temp(rt, newStr(rt, name)), pyBool(!isPlace)));
    releaseTemps(rt, m);
  });
}

/** Whether the program ended by a KeyboardInterrupt that nobody caught: a command then ends itself by SIGINT. */
export function wasInterrupted(rt: Runtime): boolean {
  return rt.words[RootNum.Interrupted] !== 0;
}

/** The value of an expression in `__main__`, owned; 0 if it raised: the traceback was printed then. */
export function evaluateExpression(rt: Runtime, expression: string): Owned | 0 {
  let value: Owned | 0 = 0;
  guarded(rt, () => {
    value = evaluate(rt, expression, '<expression>', 'eval');
  });
  return value;
}

/** Compiles and runs in `__main__`; throws Python exceptions. The result is owned. */
export function evaluate(rt: Runtime, source: string | Uint8Array, filename: string, mode: CompileMode): Owned {
  const dict = mainNamespace(rt);
  const code = temp(rt, compileProgram(rt, source, { filename, mode, flags: 0, fromFile: true }));
  settleGenerations(rt, code);
  return evalCode(rt, code, dict, dict);
}
