/** `_thread.lock` and `_thread.RLock`. Only one thread runs at a time, and it runs until it ends: waiting for a lock that
 *  somebody holds would never end, and raises RuntimeError. */
import { genericAlloc, LayoutKind, ObjectWord, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { none, overflowError, runtimeError, valueError } from '../../core/errors.ts';
import { newInt, safeIntValue } from '../../core/int.ts';
import { native } from '../../core/native.ts';
import type { NativeDefinition, NativeFunction } from '../../core/native.ts';
import { hexAddress, isTrue } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool } from '../../core/static.ts';
import { newStr } from '../../core/str.ts';
import { temp } from '../../core/temps.ts';
import { tupleItem, tupleOf } from '../../core/tuple.ts';
import { defineType, moduleType } from '../../core/type-spec.ts';
import { typeFullName } from '../../core/types.ts';
import { numberArgument } from '../numbers.ts';
import { ModuleNum } from '../module-roots.ts';
import { threadIdent } from './ident.ts';

export const LOCK = moduleType();
export const RLOCK = moduleType();

/** `lockobject` (40 bytes), `rlockobject` (48 bytes). `Owner` is a thread's number plus one, 0: unlocked. */
const enum LockWord {
  Locked = 2,
  WeakList = 3,
  Words = 5,
}
const enum RLockWord {
  Owner = 2,
  Count = 3,
  WeakList = 4,
  Words = 6,
}

/** Longest wait, in seconds: `threading.TIMEOUT_MAX`. */
export const TIMEOUT_MAX = 9223372036;

/** A lock that nobody holds. */
export function newLock(rt: Runtime): Owned {
  return genericAlloc(rt, LOCK);
}

/** Gives a lock free without asking who holds it. */
export function releaseLock(rt: Runtime, lock: Ref): void {
  rt.words[lock + LockWord.Locked] = 0;
}

/** How long to wait: 0 not at all, −1 for ever, else seconds. */
function waitTime(rt: Runtime, blocking: Ref, timeout: Ref): number {
  const block = blocking === 0 || isTrue(rt, blocking);
  const seconds = timeout === 0 ? -1 : numberArgument(rt, timeout);
  if (!block && seconds !== -1) valueError(rt, "can't specify a timeout for a non-blocking call");
  if (seconds < 0 && seconds !== -1) valueError(rt, 'timeout value must be positive');
  if (seconds > TIMEOUT_MAX) overflowError(rt, 'timestamp out of range for platform time_t');
  return block ? seconds : 0;
}

/** Waiting for what no other thread can give: the time passes, or the program is stuck. */
function waitInVain(rt: Runtime, seconds: number): Owned {
  if (seconds < 0) runtimeError(rt, 'deadlock: the lock is held and no other thread can run');
  if (seconds > 0) rt.host?.sleep?.(seconds);
  return pyBool(false) as Owned;
}

function acquire(rt: Runtime, lock: Ref, blocking: Ref, timeout: Ref): Owned {
  const seconds = waitTime(rt, blocking, timeout);
  const H = rt.words;
  if (H[lock + LockWord.Locked] !== 0) return waitInVain(rt, seconds);
  H[lock + LockWord.Locked] = 1;
  return pyBool(true) as Owned;
}

function release(rt: Runtime, lock: Ref): Owned {
  const H = rt.words;
  if (H[lock + LockWord.Locked] === 0) runtimeError(rt, 'release unlocked lock');
  H[lock + LockWord.Locked] = 0;
  return none();
}

function locked(rt: Runtime, lock: Ref): Owned {
  return pyBool(rt.words[lock + LockWord.Locked] !== 0) as Owned;
}

function reinit(rt: Runtime, lock: Ref): Owned {
  rt.words[lock + LockWord.Locked] = 0;
  return none();
}

function lockRepr(rt: Runtime, lock: Ref): Owned {
  const state = rt.words[lock + LockWord.Locked] !== 0 ? 'locked' : 'unlocked';
  return newStr(rt, `<${state} ${typeFullName(rt, rt.words[lock + ObjectWord.Type])} object at ${hexAddress(lock)}>`);
}

const unsigned = (signature: string, fn: NativeFunction): NativeDefinition => native(signature, fn, { unsigned: true });

defineType({
  ref: LOCK,
  name: '_thread.lock',
  basicSize: 8 * LockWord.Words,
  flags: TypeFlag.HaveGc | TypeFlag.DisallowInstantiation,
  layout: LayoutKind.Fixed,
  weakListWord: LockWord.WeakList,
  doc: 'A lock object is a synchronization primitive.',
  slots: { repr: lockRepr },
  methods: [
    unsigned('acquire_lock($self, blocking=True, timeout=-1)', acquire),
    unsigned('acquire($self, blocking=True, timeout=-1)', acquire),
    unsigned('release_lock()', release),
    unsigned('release()', release),
    unsigned('locked_lock()', locked),
    unsigned('locked()', locked),
    unsigned('__enter__()', (rt, lock) => acquire(rt, lock, 0, 0)),
    unsigned('__exit__(type=None, value=None, traceback=None, /)', release),
    unsigned('_at_fork_reinit()', reinit),
  ],
});

function rlockNew(rt: Runtime, type: Ref): Owned {
  return genericAlloc(rt, type);
}

function me(rt: Runtime): number {
  return rt.words[ModuleNum.Thread] + 1;
}

function rlockAcquire(rt: Runtime, lock: Ref, blocking: Ref, timeout: Ref): Owned {
  const seconds = waitTime(rt, blocking, timeout);
  const H = rt.words;
  if (H[lock + RLockWord.Count] > 0 && H[lock + RLockWord.Owner] !== me(rt)) return waitInVain(rt, seconds);
  H[lock + RLockWord.Owner] = me(rt);
  H[lock + RLockWord.Count]++;
  return pyBool(true) as Owned;
}

function requireOwned(rt: Runtime, lock: Ref): void {
  const H = rt.words;
  if (H[lock + RLockWord.Count] === 0 || H[lock + RLockWord.Owner] !== me(rt)) {
    runtimeError(rt, 'cannot release un-acquired lock');
  }
}

function rlockRelease(rt: Runtime, lock: Ref): Owned {
  requireOwned(rt, lock);
  const H = rt.words;
  if (--H[lock + RLockWord.Count] === 0) H[lock + RLockWord.Owner] = 0;
  return none();
}

function isOwned(rt: Runtime, lock: Ref): Owned {
  const H = rt.words;
  return pyBool(H[lock + RLockWord.Count] > 0 && H[lock + RLockWord.Owner] === me(rt)) as Owned;
}

/** `(count, owner)`, to be given to `_acquire_restore`. */
function releaseSave(rt: Runtime, lock: Ref): Owned {
  const H = rt.words;
  if (H[lock + RLockWord.Count] === 0) runtimeError(rt, 'cannot release un-acquired lock');
  const count = temp(rt, newInt(rt, H[lock + RLockWord.Count]));
  const owner = temp(rt, newInt(rt, threadIdent(H[lock + RLockWord.Owner] - 1)));
  H[lock + RLockWord.Count] = H[lock + RLockWord.Owner] = 0;
  return tupleOf(rt, count, owner);
}

function acquireRestore(rt: Runtime, lock: Ref, state: Ref): Owned {
  const H = rt.words;
  if (H[lock + RLockWord.Count] > 0) return waitInVain(rt, -1);
  H[lock + RLockWord.Count] = safeIntValue(rt, tupleItem(rt, state, 0));
  H[lock + RLockWord.Owner] = me(rt);
  return none();
}

function rlockReinit(rt: Runtime, lock: Ref): Owned {
  rt.words[lock + RLockWord.Count] = rt.words[lock + RLockWord.Owner] = 0;
  return none();
}

function rlockRepr(rt: Runtime, lock: Ref): Owned {
  const H = rt.words;
  const count = H[lock + RLockWord.Count];
  const owner = count === 0 ? 0 : threadIdent(H[lock + RLockWord.Owner] - 1);
  const state = count === 0 ? 'unlocked' : 'locked';
  return newStr(rt, `<${state} ${typeFullName(rt, H[lock + ObjectWord.Type])} object owner=${owner} count=${count} at ${hexAddress(lock)}>`);
}

defineType({
  ref: RLOCK,
  name: '_thread.RLock',
  basicSize: 8 * RLockWord.Words,
  flags: TypeFlag.HaveGc | TypeFlag.BaseType,
  layout: LayoutKind.Fixed,
  weakListWord: RLockWord.WeakList,
  slots: { new: rlockNew, repr: rlockRepr },
  methods: [
    unsigned('acquire($self, blocking=True, timeout=-1)', rlockAcquire),
    unsigned('release()', rlockRelease),
    unsigned('_is_owned()', isOwned),
    unsigned('_acquire_restore(state, /)', acquireRestore),
    unsigned('_release_save()', releaseSave),
    unsigned('_recursion_count()', (rt, lock) =>
      newInt(rt, rt.words[lock + RLockWord.Owner] === me(rt) ? rt.words[lock + RLockWord.Count] : 0),
    ),
    unsigned('__enter__()', (rt, lock) => rlockAcquire(rt, lock, 0, 0)),
    unsigned('__exit__(type=None, value=None, traceback=None, /)', rlockRelease),
    unsigned('_at_fork_reinit()', rlockReinit),
  ],
});

