/** `_thread.lock` and `_thread.RLock`. Releasing a lock wakes the thread that has waited longest for it; whoever runs first
 *  then takes it, as with CPython's locks. */
import { genericAlloc, LayoutKind, newRef, ObjectWord, TypeFlag } from '@moult/heap';
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
import { blocking, defineWait, threadNumber, wakeOne } from '../../core/threads.ts';
import { tupleItem, tupleOf } from '../../core/tuple.ts';
import { defineType, moduleType } from '../../core/type-spec.ts';
import { typeFullName } from '../../core/types.ts';
import { waitFor } from '../../eval/threads/wait.ts';
import { numberArgument } from '../numbers.ts';
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
  wakeOne(rt, lock);
}

/** How long to wait: 0 not at all, −1 for ever, else seconds. */
function waitTime(rt: Runtime, flag: Ref, timeout: Ref): number {
  const block = flag === 0 || isTrue(rt, flag);
  const seconds = timeout === 0 ? -1 : numberArgument(rt, timeout);
  if (!block && seconds !== -1) valueError(rt, "can't specify a timeout for a non-blocking call");
  if (seconds < 0 && seconds !== -1) valueError(rt, 'timeout value must be positive');
  if (seconds > TIMEOUT_MAX) overflowError(rt, 'timestamp out of range for platform time_t');
  return block ? seconds : 0;
}

function tryLock(rt: Runtime, lock: Ref): boolean {
  if (rt.words[lock + LockWord.Locked] !== 0) return false;
  rt.words[lock + LockWord.Locked] = 1;
  return true;
}

const LOCK_WAIT = defineWait((rt, lock, _with, timedOut) => {
  if (tryLock(rt, lock)) return pyBool(true) as Owned;
  return timedOut ? (pyBool(false) as Owned) : 0;
});

function acquire(rt: Runtime, lock: Ref, block: Ref, timeout: Ref): Owned {
  const seconds = waitTime(rt, block, timeout);
  if (tryLock(rt, lock)) return pyBool(true) as Owned;
  return seconds === 0 ? (pyBool(false) as Owned) : waitFor(rt, LOCK_WAIT, lock, 0, seconds);
}

function release(rt: Runtime, lock: Ref): Owned {
  const H = rt.words;
  if (H[lock + LockWord.Locked] === 0) runtimeError(rt, 'release unlocked lock');
  releaseLock(rt, lock);
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
  heapType: 'immutable',
  basicSize: 8 * LockWord.Words,
  flags: TypeFlag.HaveGc | TypeFlag.DisallowInstantiation,
  layout: LayoutKind.Fixed,
  weakListWord: LockWord.WeakList,
  doc: 'A lock object is a synchronization primitive.',
  slots: { repr: lockRepr },
  methods: [
    blocking(unsigned('acquire_lock($self, blocking=True, timeout=-1)', acquire)),
    blocking(unsigned('acquire($self, blocking=True, timeout=-1)', acquire)),
    unsigned('release_lock()', release),
    unsigned('release()', release),
    unsigned('locked_lock()', locked),
    unsigned('locked()', locked),
    blocking(unsigned('__enter__()', (rt, lock) => acquire(rt, lock, 0, 0))),
    unsigned('__exit__(type=None, value=None, traceback=None, /)', release),
    unsigned('_at_fork_reinit()', reinit),
  ],
});

function rlockNew(rt: Runtime, type: Ref): Owned {
  return genericAlloc(rt, type);
}

function me(rt: Runtime): number {
  return threadNumber(rt) + 1;
}

/** Takes the lock `count` times if nobody else holds it. */
function tryRLock(rt: Runtime, lock: Ref, count: number): boolean {
  const H = rt.words;
  if (H[lock + RLockWord.Count] > 0 && H[lock + RLockWord.Owner] !== me(rt)) return false;
  H[lock + RLockWord.Owner] = me(rt);
  H[lock + RLockWord.Count] += count;
  return true;
}

const RLOCK_WAIT = defineWait((rt, lock, _with, timedOut) => {
  if (tryRLock(rt, lock, 1)) return pyBool(true) as Owned;
  return timedOut ? (pyBool(false) as Owned) : 0;
});

/** `with` is the state to be restored. */
const RESTORE_WAIT = defineWait((rt, lock, state) =>
  tryRLock(rt, lock, safeIntValue(rt, tupleItem(rt, state, 0))) ? none() : 0,
);

function rlockAcquire(rt: Runtime, lock: Ref, block: Ref, timeout: Ref): Owned {
  const seconds = waitTime(rt, block, timeout);
  if (tryRLock(rt, lock, 1)) return pyBool(true) as Owned;
  return seconds === 0 ? (pyBool(false) as Owned) : waitFor(rt, RLOCK_WAIT, lock, 0, seconds);
}

function acquireRestore(rt: Runtime, lock: Ref, state: Ref): Owned {
  const count = safeIntValue(rt, tupleItem(rt, state, 0));
  return tryRLock(rt, lock, count) ? none() : waitFor(rt, RESTORE_WAIT, lock, newRef(rt, state), -1);
}

function requireOwned(rt: Runtime, lock: Ref): void {
  const H = rt.words;
  if (H[lock + RLockWord.Count] === 0 || H[lock + RLockWord.Owner] !== me(rt)) {
    runtimeError(rt, 'cannot release un-acquired lock');
  }
}

function freeRLock(rt: Runtime, lock: Ref): void {
  rt.words[lock + RLockWord.Count] = rt.words[lock + RLockWord.Owner] = 0;
  wakeOne(rt, lock);
}

function rlockRelease(rt: Runtime, lock: Ref): Owned {
  requireOwned(rt, lock);
  const H = rt.words;
  if (--H[lock + RLockWord.Count] === 0) freeRLock(rt, lock);
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
  freeRLock(rt, lock);
  return tupleOf(rt, count, owner);
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
  return newStr(
    rt,
    `<${state} ${typeFullName(rt, H[lock + ObjectWord.Type])} object owner=${owner} count=${count} at ${hexAddress(lock)}>`,
  );
}

defineType({
  ref: RLOCK,
  name: '_thread.RLock',
  heapType: 'immutable',
  basicSize: 8 * RLockWord.Words,
  flags: TypeFlag.HaveGc | TypeFlag.BaseType,
  layout: LayoutKind.Fixed,
  weakListWord: RLockWord.WeakList,
  slots: { new: rlockNew, repr: rlockRepr },
  methods: [
    blocking(unsigned('acquire($self, blocking=True, timeout=-1)', rlockAcquire)),
    unsigned('release()', rlockRelease),
    unsigned('_is_owned()', isOwned),
    blocking(unsigned('_acquire_restore(state, /)', acquireRestore)),
    unsigned('_release_save()', releaseSave),
    unsigned('_recursion_count()', (rt, lock) =>
      newInt(rt, rt.words[lock + RLockWord.Owner] === me(rt) ? rt.words[lock + RLockWord.Count] : 0),
    ),
    blocking(unsigned('__enter__()', (rt, lock) => rlockAcquire(rt, lock, 0, 0))),
    unsigned('__exit__(type=None, value=None, traceback=None, /)', rlockRelease),
    unsigned('_at_fork_reinit()', rlockReinit),
  ],
});
