/** The module `_thread`: green threads (eval/threads/scheduler.ts). */
import { clearWord, newRef, setWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { audit } from '../../core/audit.ts';
import { call0 } from '../../core/call.ts';
import { dictGetText, dictSetText } from '../../core/dict/index.ts';
import { none, raiseEmpty, runtimeError, typeError, valueError } from '../../core/errors.ts';
import { newFloat, newInt } from '../../core/int.ts';
import { defineModule } from '../../core/module-spec.ts';
import { ThreadWord } from '../../core/layout/thread.ts';
import { native } from '../../core/native.ts';
import { getAttrText } from '../../core/protocol/index.ts';
import { RootRef } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { strTextOf } from '../../core/protocol/index.ts';
import { releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { currentThread, threadNumber } from '../../core/threads.ts';
import { tupleItem } from '../../core/tuple.ts';
import { moduleType } from '../../core/type-spec.ts';
import { isDict, isTuple, slotOf } from '../../core/types.ts';
import { newThread, threadHooks } from '../../eval/threads/life.ts';
import { invalidExceptionText } from '../../objects/exceptions/display/printer.ts';
import { defineStructSeq } from '../../objects/structseq.ts';
import { tripSignal } from '../../eval/signals.ts';
import { setTake } from '../make.ts';
import { isHandled, SIGINT, SIGNALS } from '../signal.ts';
import { ModuleNum } from '../module-roots.ts';
import { writeFile } from '../sys/streams.ts';
import { threadIdent } from './ident.ts';
import { LOCAL } from './local.ts';
import { LOCK, newLock, releaseLock, RLOCK, TIMEOUT_MAX } from './lock.ts';

/** What `stack_size` takes. */
const SMALLEST_STACK = 32768;
const LARGEST_STACK = 0x7fff_ffff;

const EXCEPT_HOOK_ARGS = defineStructSeq(
  moduleType(),
  '_thread._ExceptHookArgs',
  ['exc_type', 'exc_value', 'exc_traceback', 'thread'],
  'ExceptHookArgs\n\nType used to pass arguments to threading.excepthook.',
);

function startNewThread(rt: Runtime, _module: Ref, func: Ref, args: Ref, kwargs: Ref): Owned {
  if (slotOf(rt, func, TypeWord.Call) === 0) typeError(rt, 'first arg must be callable');
  if (!isTuple(rt, args)) typeError(rt, '2nd arg must be a tuple');
  if (kwargs !== 0 && !isDict(rt, kwargs)) typeError(rt, 'optional 3rd arg must be a dictionary');
  audit(rt, '_thread.start_new_thread', func, args, kwargs === 0 ? S.None : kwargs);
  if (rt.words[ModuleNum.ThreadsRefused] !== 0) runtimeError(rt, "can't create new thread at interpreter shutdown");
  const t = newThread(rt, func, args, kwargs);
  rt.words[ModuleNum.ThreadsRunning]++;
  return newInt(rt, threadIdent(rt.words[t + ThreadWord.Number]));
}

/** The last thing a thread does: it gives its sentinel free, for which others wait. */
function releaseSentinel(rt: Runtime): void {
  const H = rt.words;
  H[ModuleNum.ThreadsRunning]--;
  const word = currentThread(rt) + ThreadWord.Sentinel;
  if (H[word] === 0) return;
  releaseLock(rt, H[word]);
  clearWord(rt, word);
}

threadHooks.atEnd.push(releaseSentinel);

/** A lock that is released when the running thread ends. */
function setSentinel(rt: Runtime): Owned {
  const lock = newLock(rt);
  setWord(rt, currentThread(rt) + ThreadWord.Sentinel, newRef(rt, lock));
  return lock;
}

/** `sys.stderr`; where there is none, what it was when the thread was made. Held by the temporaries; None: nowhere. */
function errorFile(rt: Runtime, thread: Ref): Ref {
  const file = dictGetText(rt, rt.words[RootRef.SysDict], 'stderr');
  if (file !== 0 && file !== S.None) return temp(rt, newRef(rt, file));
  return thread === S.None ? S.None : temp(rt, getAttrText(rt, thread, '_stderr'));
}

/** `threading.excepthook` as the interpreter has it: shows what a thread's function raised. */
function exceptHook(rt: Runtime, _module: Ref, args: Ref): Owned {
  if (rt.words[args + 1] !== EXCEPT_HOOK_ARGS.ref)
    typeError(rt, '_thread.excepthook argument type must be ExceptHookArgs');
  if (tupleItem(rt, args, 0) === (T.SystemExit as number)) return none();
  const thread = tupleItem(rt, args, 3);
  const m = tempMark(rt);
  const file = errorFile(rt, thread);
  if (file === S.None) return none();
  const name =
    thread === S.None
      ? String(threadIdent(threadNumber(rt)))
      : strTextOf(rt, temp(rt, getAttrText(rt, thread, 'name')));
  writeFile(rt, file, `Exception in thread ${name}:\n`);
  writeFile(rt, file, invalidExceptionText(rt, tupleItem(rt, args, 1)));
  temp(rt, call0(rt, temp(rt, getAttrText(rt, file, 'flush'))));
  releaseTemps(rt, m);
  return none();
}

/** `interrupt_main(signum)`: as if the signal had arrived. */
function interruptMain(rt: Runtime, _module: Ref, signum: Ref): Owned {
  const number = signum === 0 ? SIGINT : asSsize(rt, signum);
  if (number < 1 || number >= SIGNALS) valueError(rt, 'signal number out of range');
  if (isHandled(rt, number)) tripSignal(rt, number);
  return none();
}

/** `stack_size(size)`: remembered and returned; stacks here do not depend on it. */
function stackSize(rt: Runtime, _module: Ref, size: Ref): Owned {
  const H = rt.words;
  const old = H[ModuleNum.ThreadStackBytes];
  const bytes = size === 0 ? 0 : asSsize(rt, size);
  if (bytes < 0) valueError(rt, 'size must be 0 or a positive value');
  if (size !== 0 && bytes !== 0 && bytes < SMALLEST_STACK) valueError(rt, `size not valid: ${bytes} bytes`);
  if (size !== 0) H[ModuleNum.ThreadStackBytes] = Math.min(bytes, LARGEST_STACK);
  return newInt(rt, old);
}

const unsigned = (doc: string): { unsigned: true; doc: string } => ({ unsigned: true, doc });
const newLockFunction = (rt: Runtime): Owned => newLock(rt);
const exit = (rt: Runtime): never => raiseEmpty(rt, T.SystemExit);
const ident = (rt: Runtime): Owned => newInt(rt, threadIdent(threadNumber(rt)));

defineModule({
  name: '_thread',
  doc: "This module provides primitive operations to write multi-threaded programs.\nThe 'threading' module provides a more convenient interface.",
  functions: [
    native(
      'start_new_thread(function, args, kwargs={}, /)',
      startNewThread,
      unsigned('Start a new thread and return its identifier.'),
    ),
    native(
      'start_new(function, args, kwargs={}, /)',
      startNewThread,
      unsigned('An obsolete synonym of start_new_thread().'),
    ),
    native(
      'daemon_threads_allowed()',
      () => pyBool(true) as Owned,
      unsigned('True if daemon threads are allowed in the current interpreter.'),
    ),
    native('allocate_lock()', newLockFunction, unsigned('Create a new lock object.')),
    native('allocate()', newLockFunction, unsigned('An obsolete synonym of allocate_lock().')),
    native('exit_thread()', exit, unsigned('An obsolete synonym of exit().')),
    native('exit()', exit, unsigned("This is synonymous to ``raise SystemExit''.")),
    native(
      'interrupt_main(signum=2, /)',
      interruptMain,
      unsigned('Simulate the arrival of a signal in the main thread.'),
    ),
    native('get_ident()', ident, unsigned('Return a non-zero integer that identifies the current thread.')),
    native(
      'get_native_id()',
      (rt) => newInt(rt, 1 + rt.words[currentThread(rt) + ThreadWord.Serial]),
      unsigned("Return the operating system's number of the current thread."),
    ),
    native(
      '_count()',
      (rt) => newInt(rt, rt.words[ModuleNum.ThreadsRunning]),
      unsigned('Return the number of currently running Python threads.'),
    ),
    native(
      'stack_size(size=0, /)',
      stackSize,
      unsigned('Return the thread stack size used when creating new threads.'),
    ),
    native(
      '_set_sentinel()',
      setSentinel,
      unsigned('Set a sentinel lock that will be released when the current thread ends.'),
    ),
    native('_excepthook(exc_type, /)', exceptHook, unsigned('Handle uncaught Thread.run() exception.')),
    native(
      '_is_main_interpreter()',
      () => pyBool(true) as Owned,
      unsigned('Return True if the current interpreter is the main Python interpreter.'),
    ),
  ],
  populate: (rt, dict) => {
    dictSetText(rt, dict, 'LockType', LOCK);
    dictSetText(rt, dict, 'RLock', RLOCK);
    dictSetText(rt, dict, '_local', LOCAL);
    dictSetText(rt, dict, 'error', T.RuntimeError);
    dictSetText(rt, dict, '_ExceptHookArgs', EXCEPT_HOOK_ARGS.ref);
    setTake(rt, dict, 'TIMEOUT_MAX', newFloat(rt, TIMEOUT_MAX));
  },
});
