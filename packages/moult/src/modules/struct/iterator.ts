/** `_struct.unpack_iterator`: the values of a buffer, one tuple for each turn. */
import { clearWord, freeObject, gcNew, LayoutKind, newRef, track, TypeFlag, untrack } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { newInt } from '../../core/int.ts';
import { native } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { temp } from '../../core/temps.ts';
import { defineType, moduleType } from '../../core/type-spec.ts';
import { hasNativeBuffer, requireBuffer } from '../../objects/bytes/buffer.ts';
import { memoryviewOf } from '../../objects/bytes/protocol.ts';
import { holdBytes } from '../../objects/bytes/view.ts';
import { identitySlot } from '../../objects/iterators/shared.ts';
import type { Layout } from './format.ts';
import { structError, unpackValues } from './pack.ts';

/** CPython's 112 bytes. `Struct` and `Buffer` (what has the bytes) are owned, and 0 at the end; `Index` is the byte where
 *  the next tuple begins. */
const enum UnpackWord {
  Struct = 2,
  Buffer = 3,
  Index = 13,
  Words = 14,
}

const UNPACK_ITERATOR = moduleType();

/** How the layout of a Struct is found. */
type FindLayout = (rt: Runtime, struct: Ref) => Layout;

/** `struct.iter_unpack(buffer)`. Raises struct.error, TypeError. @runsPython */
export function newUnpackIterator(rt: Runtime, struct: Ref, layout: Layout, source: Ref): Owned {
  if (layout.size === 0) structError(rt, 'cannot iteratively unpack with a struct of length 0');
  const buffer = temp(rt, hasNativeBuffer(rt, source) ? newRef(rt, source) : memoryviewOf(rt, source));
  if (requireBuffer(rt, buffer).length % layout.size !== 0) {
    structError(rt, `iterative unpacking requires a buffer of a multiple of ${layout.size} bytes`);
  }
  const it = gcNew(rt, UNPACK_ITERATOR);
  rt.words[it + UnpackWord.Struct] = newRef(rt, struct);
  rt.words[it + UnpackWord.Buffer] = newRef(rt, buffer);
  holdBytes(rt, buffer, 1);
  track(rt, it);
  return it;
}

/** Lets go of the Struct and of the bytes. @runsPython */
function finish(rt: Runtime, it: Ref): void {
  const buffer = rt.words[it + UnpackWord.Buffer];
  if (buffer !== 0) holdBytes(rt, buffer, -1);
  clearWord(rt, it + UnpackWord.Struct);
  clearWord(rt, it + UnpackWord.Buffer);
}

function dealloc(rt: Runtime, it: Ref): void {
  untrack(rt, it);
  finish(rt, it);
  freeObject(rt, it);
}

/** Defines the type. Only while modules load. */
export function defineUnpackIterator(layoutOf: FindLayout): void {
  const rest = (rt: Runtime, it: Ref): number => {
    const H = rt.words;
    if (H[it + UnpackWord.Buffer] === 0) return 0;
    const left = requireBuffer(rt, H[it + UnpackWord.Buffer]).length - H[it + UnpackWord.Index];
    return Math.floor(left / layoutOf(rt, H[it + UnpackWord.Struct]).size);
  };
  const next = (rt: Runtime, it: Ref): Owned | 0 => {
    const H = rt.words;
    if (rest(rt, it) <= 0) {
      finish(rt, it);
      return 0;
    }
    const layout = layoutOf(rt, H[it + UnpackWord.Struct]);
    const data = requireBuffer(rt, H[it + UnpackWord.Buffer]);
    const at = H[it + UnpackWord.Index];
    H[it + UnpackWord.Index] = at + layout.size;
    return unpackValues(rt, layout, data, at);
  };
  defineType({
    ref: UNPACK_ITERATOR,
    name: '_struct.unpack_iterator',
    heapType: 'immutable',
    genericAccess: 'get',
    basicSize: 8 * UnpackWord.Words,
    flags: TypeFlag.HaveGc | TypeFlag.DisallowInstantiation,
    layout: LayoutKind.Fixed,
    traverse: [UnpackWord.Struct, UnpackWord.Buffer],
    noClear: true,
    dealloc,
    slots: { iter: identitySlot, iternext: next },
    methods: [native('__length_hint__($self, /)', (rt, it) => newInt(rt, rest(rt, it)))],
  });
}
