/**
 * The buffer protocol as types have it: `bf_getbuffer` gives a memoryview of the object, `bf_releasebuffer` is told when the
 * memoryview that a method of the program gave is no longer used. Source: CPython 3.12 abstract.c, memoryobject.c.
 */
import { newRef, ObjectWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { raise, typeError } from '../../core/errors.ts';
import { SLOT_FUNCTIONS } from '../../core/functions.ts';
import type { IndexSlot } from '../../core/functions.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { temp, untemp } from '../../core/temps.ts';
import { kindName } from '../../core/types.ts';
import { bufferOf, hasNativeBuffer, hasWritableBuffer } from './buffer.ts';
import { bufferTypeOf } from './buffer-types.ts';
import { ManagedWord } from './managed.ts';
import { anotherView, BufferFlag, MemoryviewWord, newMemoryview, ownerOf, rowStrides, viewOf } from './view.ts';
import type { View } from './view.ts';

/** `memoryview(object)`: of an object that has bytes itself, or of what its `__buffer__` gives. @runsPython */
export function memoryviewOf(rt: Runtime, object: Ref, flags: number = BufferFlag.FullReadOnly): Owned {
  const H = rt.words;
  if (H[object + ObjectWord.Type] === T.memoryview) return sameView(rt, object, flags);
  if (hasNativeBuffer(rt, object)) return nativeView(rt, object, flags);
  const slot = H[H[object + ObjectWord.Type] + TypeWord.BfGetBuffer];
  if (slot === 0) typeError(rt, `memoryview: a bytes-like object is required, not '${kindName(rt, object)}'`);
  const lent = temp(rt, (SLOT_FUNCTIONS[slot] as IndexSlot)(rt, object, flags));
  const view = newMemoryview(rt, ownerOf(rt, lent), viewOf(rt, lent));
  const managed = H[view + MemoryviewWord.Managed];
  H[managed + ManagedWord.Exporter] = newRef(rt, object);
  H[managed + ManagedWord.Lent] = untemp(rt, lent);
  return view;
}

function sameView(rt: Runtime, self: Ref, flags: number): Owned {
  const view = viewOf(rt, self);
  if ((flags & BufferFlag.Writable) !== 0 && view.readonly) {
    raise(rt, T.BufferError, 'memoryview: underlying buffer is not writable');
  }
  return anotherView(rt, self, view);
}

function nativeView(rt: Runtime, object: Ref, flags: number): Owned {
  const view = wholeView(rt, object);
  if ((flags & BufferFlag.Writable) !== 0 && view.readonly) raise(rt, T.BufferError, 'Object is not writable.');
  return newMemoryview(rt, object, view);
}

/** All of an object that has bytes itself, as its items. */
export function wholeView(rt: Runtime, object: Ref): View {
  const kind = bufferTypeOf(rt, object);
  const { format, itemsize } = kind?.item(rt, object) ?? { format: 'B', itemsize: 1 };
  const shape = kind?.shape?.(rt, object) ?? [(bufferOf(rt, object) as Uint8Array).length / itemsize];
  const strides = rowStrides(shape, itemsize);
  return { format, itemsize, shape, strides, offset: 0, readonly: !hasWritableBuffer(rt, object) };
}

/** `bf_releasebuffer` of the types whose memoryviews count themselves: nothing is left to do. */
export function releasesNothing(): void {
  return undefined;
}
