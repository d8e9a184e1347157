/** The module `_signal`: handlers, and the signals that a program sends itself or the user sends by Ctrl-C. */
import { newRef, setWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call2 } from '../core/call.ts';
import { dictGet, dictGetText, dictSet, newDict } from '../core/dict/index.ts';
import { none, raise, raiseEmpty, typeError, valueError } from '../core/errors.ts';
import { hostErrorCode } from '../core/host-files.ts';
import { newInt } from '../core/int.ts';
import { RootNum } from '../core/roots.ts';
import { defineModule } from '../core/module-spec.ts';
import { native } from '../core/native.ts';
import type { Runtime } from '../core/runtime.ts';
import { asSsize } from '../core/ssize.ts';
import { S, smallInt, T } from '../core/static.ts';
import { newStr } from '../core/str.ts';
import { releaseTemps, temp, tempMark, untemp } from '../core/temps.ts';
import { currentThread } from '../core/threads.ts';
import { slotOf } from '../core/types.ts';
import { handleSignals, signalHandling, tripSignal } from '../eval/signals.ts';
import { frameObject } from '../frames/frame-object.ts';
import { newSet, setAdd } from '../objects/set/index.ts';
import { asCInt } from './buffers.ts';
import { setTake } from './make.ts';
import { ModuleNum, ModuleRef } from './module-roots.ts';
import { hostCall, raiseErrno } from './posix/paths.ts';
import { endpointOf, isBroken, isWritable, write } from './socket/endpoint.ts';

const NAMES = (
  'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF ' +
  'WINCH IO PWR SYS'
).split(' ');
const MEANINGS = [
  'Hangup',
  'Interrupt',
  'Quit',
  'Illegal instruction',
  'Trace/breakpoint trap',
  'Aborted',
  'Bus error',
  'Floating point exception',
  'Killed',
  'User defined signal 1',
  'Segmentation fault',
  'User defined signal 2',
  'Broken pipe',
  'Alarm clock',
  'Terminated',
  'Stack fault',
  'Child exited',
  'Continued',
  'Stopped (signal)',
  'Stopped',
  'Stopped (tty input)',
  'Stopped (tty output)',
  'Urgent I/O condition',
  'CPU time limit exceeded',
  'File size limit exceeded',
  'Virtual timer expired',
  'Profiling timer expired',
  'Window changed',
  'I/O possible',
  'Power failure',
  'Bad system call',
];
const OTHER_NAMES = { SIGCLD: 17, SIGIOT: 6, SIGPOLL: 29, SIGRTMIN: 34, SIGRTMAX: 64 };

/** One more than the highest number. */
export const SIGNALS = 65;
export const SIGINT = 2;
const EINVAL = 22;
const SIGKILL = 9;
const SIGPIPE = 13;
const SIGSTOP = 19;
const SIGXFSZ = 25;
const REALTIME = 34;
/** Numbers of signals that glibc keeps for itself. */
const RESERVED = [32, 33];
const DEFAULT = 0;
const IGNORE = 1;

/** Handlers by number; what is not there is the default. */
function handlers(rt: Runtime): Ref {
  if (rt.words[ModuleRef.SignalHandlers] === 0) setWord(rt, ModuleRef.SignalHandlers, newDict(rt));
  return rt.words[ModuleRef.SignalHandlers];
}

function handlerOf(rt: Runtime, number: number): Ref {
  const found = dictGet(rt, handlers(rt), smallInt(number));
  if (found !== 0) return found;
  if (RESERVED.includes(number)) return S.None;
  return smallInt(number === SIGPIPE || number === SIGXFSZ ? IGNORE : DEFAULT);
}

function isAction(handler: Ref): boolean {
  return handler === (smallInt(DEFAULT) as number) || handler === (smallInt(IGNORE) as number);
}

/** Whether a function of the program is called for the signal. */
export function isHandled(rt: Runtime, number: number): boolean {
  if (rt.words[ModuleRef.SignalHandlers] === 0) return number === SIGINT;
  const handler = handlerOf(rt, number);
  return !isAction(handler) && handler !== S.None;
}

/** Whether the system refuses to have the signal handled. */
function isReserved(number: number): boolean {
  return number === SIGKILL || number === SIGSTOP || RESERVED.includes(number);
}

function signalNumber(rt: Runtime, o: Ref): number {
  const number = asSsize(rt, o);
  if (number < 1 || number >= SIGNALS) valueError(rt, 'signal number out of range');
  return number;
}

function getSignal(rt: Runtime, _module: Ref, number: Ref): Owned {
  return newRef(rt, handlerOf(rt, signalNumber(rt, number)));
}

function signal(rt: Runtime, module: Ref, o: Ref, handler: Ref): Owned {
  const number = asSsize(rt, o);
  if (currentThread(rt) !== rt.words[RootNum.FirstThread])
    valueError(rt, 'signal only works in main thread of the main interpreter');
  const callable = slotOf(rt, handler, TypeWord.Call) !== 0;
  if (number < 1 || number >= SIGNALS) valueError(rt, 'signal number out of range');
  if (!callable && !isAction(handler)) {
    typeError(rt, 'signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object');
  }
  if (isReserved(number)) raiseErrno(rt, EINVAL, 0);
  const old = temp(rt, getSignal(rt, module, o));
  dictSet(rt, handlers(rt), smallInt(number), handler);
  handleSignals(rt);
  return untemp(rt, old);
}

/** The main thread serves a signal. @runsPython */
function serve(rt: Runtime, number: number): void {
  if (rt.words[ModuleRef.SignalHandlers] === 0 && number === SIGINT) raiseEmpty(rt, T.KeyboardInterrupt);
  const handler = handlerOf(rt, number);
  if (isAction(handler)) {
    if (number === SIGINT && handler === (smallInt(DEFAULT) as number)) raiseEmpty(rt, T.KeyboardInterrupt);
    return;
  }
  const m = tempMark(rt);
  temp(rt, newRef(rt, handler));
  const frame = rt.words[RootNum.CurrentFrame];
  temp(rt, call2(rt, handler, smallInt(number), frame === 0 ? S.None : frameObject(rt, frame)));
  releaseTemps(rt, m);
}

signalHandling.handler = serve;

/** Writes the number of a signal to the descriptor of `set_wakeup_fd`, on which an event loop waits. What cannot be written is
 *  dropped. */
function wakeLoop(rt: Runtime, number: number): void {
  const fd = rt.words[ModuleNum.WakeupFd] - 1;
  if (fd < 0) return;
  const data = Uint8Array.of(number);
  const endpoint = endpointOf(rt, fd);
  if (endpoint !== 0) {
    if (isWritable(rt, endpoint) && !isBroken(rt, endpoint)) write(rt, endpoint, data);
    return;
  }
  try {
    rt.host?.files?.write(fd, data);
  } catch (error) {
    if (hostErrorCode(error) === null) throw error;
  }
}

signalHandling.arrived = wakeLoop;

/** A signal that the program sends to itself: its handler runs before anything else does. False if there is none, and the host has to
 *  take the default action. @runsPython */
export function signalSelf(rt: Runtime, number: number): boolean {
  if (isHandled(rt, number)) tripSignal(rt, number);
  else if (handlerOf(rt, number) === (smallInt(DEFAULT) as number)) return false;
  handleSignals(rt);
  return true;
}

function raiseSignal(rt: Runtime, _module: Ref, o: Ref): Owned {
  const number = signalNumber(rt, o);
  if (!signalSelf(rt, number)) raise(rt, T.OSError, `[Errno 38] The default action of signal ${number} is not offered`);
  return none();
}

function strsignal(rt: Runtime, _module: Ref, o: Ref): Owned {
  const number = signalNumber(rt, o);
  if (number >= REALTIME) return newStr(rt, `Real-time signal ${number - REALTIME}`);
  const text = MEANINGS[number - 1];
  return text === undefined ? none() : newStr(rt, text);
}

function validSignals(rt: Runtime): Owned {
  const set = temp(rt, newSet(rt));
  for (let number = 1; number < SIGNALS; number++) if (!RESERVED.includes(number)) setAdd(rt, set, smallInt(number));
  return untemp(rt, set);
}

/** Only checks its arguments: no call of the host is ever interrupted by a handler, so there is none to restart. */
function siginterrupt(rt: Runtime, _module: Ref, o: Ref, flag: Ref): Owned {
  const number = signalNumber(rt, o);
  asSsize(rt, flag);
  if (isReserved(number)) raiseErrno(rt, EINVAL, 0);
  return none();
}

/** Raises OSError for a descriptor that is not open, ValueError for one at which a write may wait. Sockets in memory never do. */
function requireNonBlocking(rt: Runtime, fd: number): void {
  if (endpointOf(rt, fd) !== 0) return;
  const blocks = hostCall(rt, 0, (files) => files.isBlocking(fd));
  if (blocks) valueError(rt, `the fd ${fd} must be in non-blocking mode`);
}

/** `set_wakeup_fd`: signals are also told to a socket. Returns the descriptor that it was, −1: none. */
function setWakeupFd(rt: Runtime, _module: Ref, fd: Ref): Owned {
  const H = rt.words;
  if (currentThread(rt) !== H[RootNum.FirstThread])
    valueError(rt, 'set_wakeup_fd only works in main thread of the main interpreter');
  const old = H[ModuleNum.WakeupFd] - 1;
  const wanted = asCInt(rt, fd);
  if (wanted !== -1) requireNonBlocking(rt, wanted);
  H[ModuleNum.WakeupFd] = wanted + 1;
  return newInt(rt, old);
}

defineModule({
  name: '_signal',
  doc: 'This module provides mechanisms to use signal handlers in Python.',
  functions: [
    native('signal($module, signalnum, handler, /)', signal),
    native('getsignal($module, signalnum, /)', getSignal),
    native('raise_signal($module, signalnum, /)', raiseSignal),
    native('strsignal($module, signalnum, /)', strsignal),
    native('valid_signals($module, /)', validSignals),
    native('siginterrupt($module, signalnum, flag, /)', siginterrupt),
    native('set_wakeup_fd(fd, *, warn_on_full_buffer=True)', setWakeupFd, { unsigned: true }),
    native('default_int_handler($module, signalnum, frame, /)', (rt) => raiseEmpty(rt, T.KeyboardInterrupt)),
  ],
  populate: (rt, dict) => {
    NAMES.forEach((name, i) => {
      setTake(rt, dict, `SIG${name}`, newInt(rt, i + 1));
    });
    const numbers = {
      ...OTHER_NAMES,
      SIG_DFL: DEFAULT,
      SIG_IGN: IGNORE,
      NSIG: SIGNALS,
      SIG_BLOCK: 0,
      SIG_UNBLOCK: 1,
      SIG_SETMASK: 2,
    };
    for (const [name, value] of Object.entries(numbers)) setTake(rt, dict, name, newInt(rt, value));
    dictSet(rt, handlers(rt), smallInt(SIGINT), dictGetText(rt, dict, 'default_int_handler'));
  },
});
