/** Functions of `sys` about objects and memory: counts, sizes, interning. */
import { allocatedBlocks, debugMallocStats, newRef, ObjectWord, touchTuple, TypeFlag, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call0 } from '../../core/call.ts';
import {
  caught,
  clearException,
  mark,
  none,
  overflowError,
  pendingMatches,
  rethrow,
  typeError,
  valueError,
} from '../../core/errors.ts';
import { bigIntValue, newBigInt, newInt } from '../../core/int.ts';
import { native } from '../../core/native.ts';
import { RootNum } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { internTake } from '../../core/str.ts';
import { temp } from '../../core/temps.ts';
import { argumentName, isInt, isStr, kindName } from '../../core/types.ts';
import { Id } from '../../core/names.ts';
import { lookupSpecial } from '../../objects/type/lookup.ts';
import { writeError } from './streams.ts';

/** What an immortal object's count reads as. */
const IMMORTAL_COUNT = 0xffffffff;

/** The count of `o` as a program sees it. */
export function visibleCount(rt: Runtime, o: Ref): number {
  const count = rt.words[o];
  return count < 0 ? IMMORTAL_COUNT : count;
}

function getrefcount(rt: Runtime, _module: Ref, object: Ref): Owned {
  return newInt(rt, visibleCount(rt, object));
}

function getsizeof(rt: Runtime, _module: Ref, object: Ref, fallback: Ref): Owned {
  const m = mark(rt);
  touchTuple(rt, fallback === 0 ? 1 : 2);
  // CPython's tuple of arguments holds the object too.
  temp(rt, newRef(rt, object));
  try {
    return newBigInt(rt, sizeOfObject(rt, object));
  } catch (error) {
    caught(rt, error, m);
    if (fallback === 0 || !pendingMatches(rt, T.TypeError)) rethrow();
    clearException(rt);
    return newRef(rt, fallback);
  }
}

/** `__sizeof__()` and what lies before the object. @runsPython Source: CPython 3.12 _PySys_GetSizeOf. */
function sizeOfObject(rt: Runtime, object: Ref): bigint {
  const H = rt.words;
  const method = lookupSpecial(rt, object, Id.__sizeof__);
  if (method === 0) typeError(rt, `Type ${kindName(rt, object)} doesn't define __sizeof__`);
  temp(rt, method);
  const result = temp(rt, call0(rt, method));
  if (!isInt(rt, result)) typeError(rt, 'an integer is required');
  const size = bigIntValue(rt, result);
  if (BigInt.asIntN(64, size) !== size) overflowError(rt, 'Python int too large to convert to C ssize_t');
  if (size < 0n) valueError(rt, '__sizeof__() should return >= 0');
  const flags = H[H[object + ObjectWord.Type] + TypeWord.Flags];
  const head = (flags & TypeFlag.HaveGc) !== 0 && !isStaticType(rt, object) ? 16 : 0;
  return size + BigInt(head + ((flags & TypeFlag.PreHeader) !== 0 ? 16 : 0));
}

/** Static types have no collector head (tp_is_gc). */
function isStaticType(rt: Runtime, o: Ref): boolean {
  const H = rt.words;
  return (
    (H[H[o + ObjectWord.Type] + TypeWord.Flags] & TypeFlag.TypeSubclass) !== 0 &&
    (H[o + TypeWord.Flags] & TypeFlag.HeapType) === 0
  );
}

function intern(rt: Runtime, _module: Ref, s: Ref): Owned {
  if (!isStr(rt, s)) typeError(rt, `intern() argument must be str, not ${argumentName(rt, s)}`);
  if (rt.words[s + ObjectWord.Type] !== T.str) typeError(rt, `can't intern ${kindName(rt, s)}`);
  return internTake(rt, newRef(rt, s));
}

function getallocatedblocks(rt: Runtime): Owned {
  return newInt(rt, allocatedBlocks(rt));
}

function debugmallocstats(rt: Runtime): Owned {
  writeError(rt, debugMallocStats(rt));
  return none();
}

function getunicodeinternedsize(rt: Runtime): Owned {
  return newInt(rt, rt.words[RootNum.InternUsed]);
}

export const OBJECT_FUNCTIONS = [
  native('getrefcount($module, object, /)', getrefcount, { doc: 'Return the reference count of object.' }),
  native('getsizeof($module, /, object, default=0)', getsizeof, {
    unsigned: true,
    doc: 'getsizeof(object [, default]) -> int\n\nReturn the size of object in bytes.',
  }),
  native('intern($module, string, /)', intern, {
    doc: 'Return the one string of this text that the interpreter keeps.',
  }),
  native('getallocatedblocks($module, /)', getallocatedblocks, { doc: 'Return the number of memory blocks in use.' }),
  native('_debugmallocstats($module, /)', debugmallocstats, {
    doc: "Print debug info to stderr about the allocator's state.",
  }),
  native('getunicodeinternedsize($module, /)', getunicodeinternedsize, {
    doc: 'Return the number of interned strings.',
  }),
];
