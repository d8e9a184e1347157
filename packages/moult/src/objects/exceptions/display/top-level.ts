/** The end of a program that raised: SystemExit, KeyboardInterrupt, anything else. */
import { newRef, ObjectWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { audit } from '../../../core/audit.ts';
import { call3 } from '../../../core/call.ts';
import { dictSetText } from '../../../core/dict/index.ts';
import { caught, clearException, mark, takeException } from '../../../core/errors.ts';
import { isSafeInt, safeIntValue } from '../../../core/int.ts';
import { ExcWord } from '../../../core/layout/exceptions.ts';
import { getAttrText, strTextOf } from '../../../core/protocol/index.ts';
import { RootNum, RootRef } from '../../../core/roots.ts';
import type { Runtime } from '../../../core/runtime.ts';
import { S, T } from '../../../core/static.ts';
import { releaseTemps, temp, tempMark } from '../../../core/temps.ts';
import { isInstance, isInt } from '../../../core/types.ts';
import { displayException, flushStream, sysEntry, writeError } from '../display.ts';

const enum ExitCode {
  Error = 1,
  /** What a shell sees of a program that SIGINT ended. */
  Interrupted = 130,
}

/** What the interpreter does with the pending exception at the end of the program: SystemExit is obeyed, others go to
 *  `sys.excepthook`. Returns the exit code (0…255). Nothing is pending afterwards. @runsPython */
export function displayAndExit(rt: Runtime): number {
  const m = tempMark(rt);
  const exception = takeException(rt);
  if (exception === 0) return 0;
  temp(rt, exception);
  const interrupted = isInstance(rt, exception, T.KeyboardInterrupt);
  const code = isInstance(rt, exception, T.SystemExit) ? exitCode(rt, exception) : callExcepthook(rt, exception);
  releaseTemps(rt, m);
  if (!interrupted || code !== (ExitCode.Error as number)) return code & 0xff;
  rt.words[RootNum.Interrupted] = 1;
  return ExitCode.Interrupted;
}

/** The code a SystemExit asks for. What is neither None nor an int is shown. Source: CPython 3.12 _Py_HandleSystemExit. */
export function exitCode(rt: Runtime, exception: Ref): number {
  flushStream(rt, 'stdout');
  const m = mark(rt);
  let code: Ref = exception;
  try {
    code = temp(rt, getAttrText(rt, exception, 'code'));
  } catch (error) {
    caught(rt, error, m);
    clearException(rt);
  }
  if (code === S.None) return 0;
  if (isInt(rt, code)) return isSafeInt(rt, code) ? Number(BigInt.asIntN(32, BigInt(safeIntValue(rt, code)))) : -1;
  writeError(rt, `${textOf(rt, code)}\n`);
  return ExitCode.Error;
}

function textOf(rt: Runtime, code: Ref): string {
  const m = mark(rt);
  try {
    return strTextOf(rt, code);
  } catch (error) {
    caught(rt, error, m);
    clearException(rt);
    return '';
  }
}

/** Source: CPython 3.12 _PyErr_PrintEx. */
function callExcepthook(rt: Runtime, exception: Ref): number {
  rememberLast(rt, exception);
  const hook = sysEntry(rt, 'excepthook');
  if (hook === 0) {
    if (rt.words[RootRef.SysDict] !== 0) writeError(rt, 'sys.excepthook is missing\n');
    displayException(rt, exception);
    return ExitCode.Error;
  }
  const m = mark(rt);
  const H = rt.words;
  temp(rt, newRef(rt, hook));
  try {
    const traceback = H[exception + ExcWord.Traceback] || S.None;
    audit(rt, 'sys.excepthook', hook, H[exception + ObjectWord.Type], exception, traceback);
    temp(rt, call3(rt, hook, H[exception + ObjectWord.Type], exception, H[exception + ExcWord.Traceback] || S.None));
    releaseTemps(rt, m.temps);
    return ExitCode.Error;
  } catch (error) {
    caught(rt, error, m);
    return hookFailed(rt, exception);
  }
}

function hookFailed(rt: Runtime, exception: Ref): number {
  const raised = temp(rt, takeException(rt));
  if (isInstance(rt, raised, T.SystemExit)) return exitCode(rt, raised);
  writeError(rt, 'Error in sys.excepthook:\n');
  displayException(rt, raised);
  writeError(rt, '\nOriginal exception was:\n');
  displayException(rt, exception);
  return ExitCode.Error;
}

/** `sys.last_exc` and its parts. */
function rememberLast(rt: Runtime, exception: Ref): void {
  const H = rt.words;
  const sys = H[RootRef.SysDict];
  if (sys === 0) return;
  dictSetText(rt, sys, 'last_exc', exception);
  dictSetText(rt, sys, 'last_type', H[exception + ObjectWord.Type]);
  dictSetText(rt, sys, 'last_value', exception);
  dictSetText(rt, sys, 'last_traceback', H[exception + ExcWord.Traceback] || S.None);
}
