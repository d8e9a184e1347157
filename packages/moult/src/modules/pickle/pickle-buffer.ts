/** The type `PickleBuffer`: a buffer that a pickle may leave out. */
import { genericAlloc, LayoutKind, setWord, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { none, raise, typeError, valueError } from '../../core/errors.ts';
import { native } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { dropTemp, temp, untemp } from '../../core/temps.ts';
import { defineType, moduleType } from '../../core/type-spec.ts';
import { kindName } from '../../core/types.ts';
import { hasBuffer } from '../../objects/bytes/buffer.ts';
import { memoryviewOf } from '../../objects/bytes/protocol.ts';
import {
  anotherView,
  isContiguous,
  isFortranContiguous,
  itemTotal,
  releaseMemoryview,
  viewOf,
} from '../../objects/bytes/view.ts';
import { parseArguments, refuseKeywords } from '../arguments.ts';

export const PICKLE_BUFFER = moduleType();

/** `PyPickleBufferObject` (104 bytes). `View` is a memoryview that nobody else sees; 0 once released. */
const enum BufferWord {
  View = 2,
  WeakList = 12,
  Words = 13,
}

function bufferNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  refuseKeywords(rt, 'PickleBuffer', kwargs);
  const [object = 0] = parseArguments(rt, 'PickleBuffer', ['object'], 1, args, 0);
  if (!hasBuffer(rt, object)) typeError(rt, `a bytes-like object is required, not '${kindName(rt, object)}'`);
  const self = temp(rt, genericAlloc(rt, type));
  setWord(rt, self + BufferWord.View, memoryviewOf(rt, object));
  return untemp(rt, self);
}

/** The memoryview, borrowed. Raises ValueError once released. */
export function heldView(rt: Runtime, self: Ref): Ref {
  return rt.words[self + BufferWord.View] || valueError(rt, 'operation forbidden on released PickleBuffer object');
}

/** All bytes as they lie, without a format. Source: CPython 3.12 picklebuf_raw. */
function raw(rt: Runtime, self: Ref): Owned {
  const memory = heldView(rt, self);
  const view = viewOf(rt, memory);
  if (!isContiguous(view) && !isFortranContiguous(view)) {
    raise(rt, T.BufferError, 'cannot extract raw buffer from non-contiguous buffer');
  }
  const shape = [itemTotal(view) * view.itemsize];
  return anotherView(rt, memory, { ...view, format: 'B', itemsize: 1, shape, strides: [1] });
}

function release(rt: Runtime, self: Ref): Owned {
  const H = rt.words;
  const view = H[self + BufferWord.View];
  if (view === 0) return none();
  H[self + BufferWord.View] = 0;
  temp(rt, view as Owned);
  releaseMemoryview(rt, view);
  dropTemp(rt, view);
  return none();
}

defineType({
  ref: PICKLE_BUFFER,
  name: 'pickle.PickleBuffer',
  builtin: true,
  basicSize: 8 * BufferWord.Words,
  flags: TypeFlag.HaveGc,
  layout: LayoutKind.Fixed,
  traverse: [BufferWord.View],
  weakListWord: BufferWord.WeakList,
  doc: 'Wrapper for potentially out-of-band buffers',
  slots: {
    new: bufferNew,
    bfGetBuffer: (rt, self, flags) => memoryviewOf(rt, heldView(rt, self), flags),
    bfReleaseBuffer: (rt, _self, view) => {
      releaseMemoryview(rt, view);
    },
  },
  methods: [
    native('raw($self, /)', raw, {
      doc: "Return a memoryview of the raw memory underlying this buffer.\n\nWill raise BufferError is the buffer isn't contiguous.",
    }),
    native('release($self, /)', release, { doc: 'Release the underlying buffer exposed by the PickleBuffer object.' }),
  ],
});
