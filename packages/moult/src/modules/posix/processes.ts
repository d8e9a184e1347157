/** The functions of `os` about child processes, of which there are none: reading a status, and waiting in vain. */
import type { Owned, Ref } from '@moult/heap';
import { newInt } from '../../core/int.ts';
import { valueError } from '../../core/errors.ts';
import { native } from '../../core/native.ts';
import type { NativeDefinition } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { pyBool } from '../../core/static.ts';
import { raiseErrno } from './paths.ts';

const ECHILD = 10;
const SIGNAL_MASK = 0x7f;
const CORE_FLAG = 0x80;
const STOPPED = 0x7f;
const CONTINUED = 0xffff;

const exitStatus = (status: number): number => (status >> 8) & 0xff;
const termSignal = (status: number): number => status & SIGNAL_MASK;
const isStopped = (status: number): boolean => (status & 0xff) === STOPPED;
const isSignaled = (status: number): boolean => termSignal(status) !== 0 && termSignal(status) !== STOPPED;

function question(name: string, answer: (status: number) => boolean): NativeDefinition {
  return native(`${name}($module, /, status)`, (rt, _module, status) => pyBool(answer(asSsize(rt, status))) as Owned);
}

function number(name: string, answer: (status: number) => number): NativeDefinition {
  return native(`${name}($module, /, status)`, (rt, _module, status) => newInt(rt, answer(asSsize(rt, status))));
}

/** What `subprocess` shows as return code: the exit code, or the signal's number negated. */
function exitCode(rt: Runtime, _module: Ref, o: Ref): Owned {
  const status = asSsize(rt, o);
  if (isSignaled(status)) return newInt(rt, -termSignal(status));
  if (isStopped(status)) valueError(rt, `process stopped by delivery of signal ${exitStatus(status)}`);
  return newInt(rt, exitStatus(status));
}

export const PROCESS_FUNCTIONS = [
  native('waitpid($module, pid, options, /)', (rt) => raiseErrno(rt, ECHILD, 0)),
  native('waitstatus_to_exitcode($module, /, status)', exitCode),
  question('WIFEXITED', (status) => termSignal(status) === 0),
  question('WIFSIGNALED', isSignaled),
  question('WIFSTOPPED', isStopped),
  question('WIFCONTINUED', (status) => status === CONTINUED),
  question('WCOREDUMP', (status) => (status & CORE_FLAG) !== 0),
  number('WEXITSTATUS', exitStatus),
  number('WTERMSIG', termSignal),
  number('WSTOPSIG', exitStatus),
];
