/**
 * Calls of classes whose instances `object.__new__` makes and a Python `__init__` fills: the loop pushes the frame of `__init__`
 * instead of entering itself anew.
 *
 * While `__init__` runs, the caller's stack holds what CPython's call holds: the instance (in the slot below the class), the class,
 * the arguments, and above them the argument tuple, in a spare word. `Quick.ExitInit` stands in the last cache unit of CALL: where
 * `__init__` returns to.
 */
import { decref, newRef, ObjectWord, TypeFlag, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { typeError } from '../core/errors.ts';
import { slotIndex } from '../core/functions.ts';
import { FrameWord } from '../core/layout/frame.ts';
import { CodeWord, FunctionWord } from '../core/layout/functions.ts';
import { moveWords } from '../core/move-words.ts';
import { Id } from '../core/names.ts';
import { RootNum } from '../core/roots.ts';
import type { Runtime } from '../core/runtime.ts';
import { S, T } from '../core/static.ts';
import { popArgs, pushArgs } from '../core/temps.ts';
import { tupleFromWords } from '../core/tuple.ts';
import { kindName } from '../core/types.ts';
import { CodeHead } from '../frames/code-area.ts';
import { newFrame } from '../frames/frames.ts';
import { genericAllocSlot, objectNew } from '../objects/type/alloc.ts';
import { slotInit } from '../objects/type/dispatch/basic.ts';
import { typeLookup } from '../objects/type/lookup.ts';
import { bindArguments } from './bind.ts';
import { noteQuietCall } from './breaker.ts';
import { replaceMany } from './operands.ts';

const OBJECT_NEW = slotIndex(objectNew);
const SLOT_INIT = slotIndex(slotInit);
const GENERIC_ALLOC = slotIndex(genericAllocSlot);

/** Words of the stack around the arguments: instance and class below, tuple and result above. */
const AROUND_ARGUMENTS = 4;

/** Begins the call of a class with the `nargs` topmost operands: makes tuple and instance, and the frame of `__init__`, which is
 *  returned, not yet current. 0, with nothing changed, if the class makes its instances in another way. @runsPython */
export function pushInit(rt: Runtime, frame: number, type: Ref, nargs: number, sp: number): number {
  const H = rt.words;
  const init = plainInit(rt, type);
  if (init === 0) return 0;
  const args = sp - nargs;
  H[sp] = tupleFromWords(rt, args, nargs);
  H[frame + FrameWord.StackTop] = sp + 1 - frame - FrameWord.LocalsPlus;
  const self = objectNew(rt, type, H[sp], 0);
  H[args - 2] = self;
  const code = H[init + FunctionWord.Code];
  const callee = newFrame(rt, init, code, 0);
  if (H[H[code + CodeWord.Units] + CodeHead.SimpleArgs] === nargs + 1) {
    if ((H[type + TypeWord.Flags] & TypeFlag.ManagedDict) !== 0) noteQuietCall(H, frame);
    const locals = callee + FrameWord.LocalsPlus;
    H[locals] = newRef(rt, self);
    for (let i = 0; i < nargs; i++) H[locals + 1 + i] = newRef(rt, H[args + i]);
  } else bindInit(rt, callee, init, self, args, nargs);
  return callee;
}

/** The Python function `__init__` of a class that is instantiated as most are, borrowed; else 0. */
function plainInit(rt: Runtime, type: Ref): Ref {
  const H = rt.words;
  if (H[type + TypeWord.Init] !== SLOT_INIT || H[type + TypeWord.New] !== OBJECT_NEW) return 0;
  if (H[type + TypeWord.Alloc] !== GENERIC_ALLOC || (H[type + TypeWord.Flags] & TypeFlag.IsAbstract) !== 0) return 0;
  if (H[RootNum.Monitored] !== 0) return 0;
  const init = typeLookup(rt, type, Id.__init__);
  return init !== 0 && H[init + ObjectWord.Type] === T.function ? init : 0;
}

function bindInit(rt: Runtime, callee: number, init: Ref, self: Ref, args: number, nargs: number): void {
  const base = pushArgs(rt, nargs + 1);
  rt.words[base] = self;
  moveWords(rt.words, base + 1, args, nargs);
  bindArguments(rt, callee, init, base, nargs + 1, 0);
  popArgs(rt, base);
}

/** Ends the call that `pushInit` began, with the result of `__init__` on top: leaves the instance. Returns the new `sp`. @runsPython */
export function finishInit(rt: Runtime, frame: number, sp: number, nargs: number): number {
  const H = rt.words;
  H[frame + FrameWord.StackTop] = sp - frame - FrameWord.LocalsPlus;
  const result = H[sp - 1];
  if (result !== (S.None as number)) typeError(rt, `__init__() should return None, not '${kindName(rt, result)}'`);
  const tuple = H[sp - 2];
  H[frame + FrameWord.StackTop] = sp - 2 - frame - FrameWord.LocalsPlus;
  decref(rt, tuple);
  const target = sp - AROUND_ARGUMENTS - nargs;
  const self = H[target] as Owned;
  H[target] = 0;
  return replaceMany(rt, frame, sp - 2, nargs + 2, self);
}
