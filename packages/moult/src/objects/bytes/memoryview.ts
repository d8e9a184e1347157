/** The type `memoryview`. Layout: view.ts. */
import { clearWord, gcNew, LayoutKind, newRef, ObjectWord, track, TupleWord, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictGetText, dictLength } from '../../core/dict/index.ts';
import { indexError, none, raise, typeError, valueError } from '../../core/errors.ts';
import { CompareOp } from '../../core/functions.ts';
import { newInt } from '../../core/int.ts';
import { listAppendTake, newList } from '../../core/list.ts';
import { getset, native, nativeRaw } from '../../core/native.ts';
import { hasIndex, indexNumber } from '../../core/protocol/number.ts';
import { hexAddress } from '../../core/protocol/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { fastItem, fastSize } from '../../core/sequence-fast.ts';
import { sliceIndices } from '../../core/slice.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { hashOfBytes, newStr, newUnsharedBytes, strText } from '../../core/str.ts';
import { temp, untemp } from '../../core/temps.ts';
import { newTuple } from '../../core/tuple.ts';
import { defineType, moduleType } from '../../core/type-spec.ts';
import { argumentName, isInt, isStr, isTuple, kindName } from '../../core/types.ts';
import { bufferOf, hasBuffer } from './buffer.ts';
import { itemSize } from './item-codes.ts';
import { identitySlot } from '../iterators/shared.ts';
import { hexOf } from './methods.ts';
import { memoryviewOf, releasesNothing, wholeView } from './protocol.ts';
import { rawItem, readItem, writeItem } from './view-items.ts';
import {
  anotherView,
  clearMemoryview,
  deallocMemoryview,
  isContiguous,
  isFortranContiguous,
  itemTotal,
  fortranBytes,
  memoryviewBytes,
  MemoryIteratorWord,
  MemoryviewWord,
  ownerData,
  ownerOf,
  releaseMemoryview,
  rowStrides,
  showInstead,
  viewOf,
} from './view.ts';
import type { View } from './view.ts';

const MEMORY_ITERATOR = moduleType();

function makeNew(rt: Runtime, _type: Ref, args: Ref, kwargs: Ref): Owned {
  const H = rt.words;
  const nargs = H[args + TupleWord.Size];
  const named = kwargs === 0 ? 0 : dictLength(rt, kwargs);
  if (nargs + named > 1) typeError(rt, `memoryview() takes at most 1 argument (${nargs + named} given)`);
  const object = nargs > 0 ? H[args + TupleWord.Items] : named === 0 ? 0 : dictGetText(rt, kwargs, 'object');
  if (object === 0) typeError(rt, "memoryview() missing required argument 'object' (pos 1)");
  return memoryviewOf(rt, object);
}

function fromFlags(rt: Runtime, _type: Ref, object: Ref, flags: Ref): Owned {
  return memoryviewOf(rt, object, indexNumber(rt, flags, T.OverflowError));
}

/** `iter(view)`; only of one dimension. */
function newMemoryIterator(rt: Runtime, self: Ref): Owned {
  const view = viewOf(rt, self);
  if (view.shape.length === 0) typeError(rt, 'invalid indexing of 0-dim memory');
  if (view.shape.length !== 1) raise(rt, T.NotImplementedError, 'multi-dimensional sub-views are not implemented');
  const it = gcNew(rt, MEMORY_ITERATOR);
  rt.words[it + MemoryIteratorWord.View] = newRef(rt, self);
  rt.words[it + MemoryIteratorWord.Length] = view.shape[0] as number;
  track(rt, it);
  return it;
}

function memoryIteratorNext(rt: Runtime, it: Ref): Owned | 0 {
  const H = rt.words;
  const view = H[it + MemoryIteratorWord.View];
  if (view === 0) return 0;
  const i = H[it + MemoryIteratorWord.Index];
  if (i < H[it + MemoryIteratorWord.Length]) {
    H[it + MemoryIteratorWord.Index] = i + 1;
    return item(rt, view, i);
  }
  clearWord(rt, it + MemoryIteratorWord.View);
  return 0;
}

function firstLength(rt: Runtime, self: Ref): number {
  const view = viewOf(rt, self);
  if (view.shape.length === 0) typeError(rt, '0-dim memory has no length');
  return view.shape[0] as number;
}

function positionOf(rt: Runtime, view: View, at: number, dimension: number, i: number): number {
  const n = view.shape[dimension] as number;
  const index = i < 0 ? i + n : i;
  if (index < 0 || index >= n) indexError(rt, `index out of bounds on dimension ${dimension + 1}`);
  return at + index * (view.strides[dimension] as number);
}

const SUB_VIEWS = 'multi-dimensional sub-views are not implemented';

/** Position of the item that an index or a tuple of indices names. */
function itemPosition(rt: Runtime, view: View, key: Ref, refusal = SUB_VIEWS): number {
  if (!isTuple(rt, key)) {
    if (view.shape.length === 0) typeError(rt, 'invalid indexing of 0-dim memory');
    if (view.shape.length > 1) raise(rt, T.NotImplementedError, refusal);
    return positionOf(rt, view, view.offset, 0, indexNumber(rt, key, T.IndexError));
  }
  const n = rt.words[key + TupleWord.Size];
  if (n < view.shape.length) raise(rt, T.NotImplementedError, 'sub-views are not implemented');
  if (n > view.shape.length) typeError(rt, `cannot index ${view.shape.length}-dimension view with ${n}-element tuple`);
  let at = view.offset;
  for (let i = 0; i < n; i++) {
    at = positionOf(rt, view, at, i, indexNumber(rt, rt.words[key + TupleWord.Items + i], T.IndexError));
  }
  return at;
}

function isIndexTuple(rt: Runtime, key: Ref): boolean {
  if (!isTuple(rt, key)) return false;
  const H = rt.words;
  for (let i = 0; i < H[key + TupleWord.Size]; i++) if (!hasIndex(rt, H[key + TupleWord.Items + i])) return false;
  return true;
}

/** `self[key]` @runsPython */
function subscript(rt: Runtime, self: Ref, key: Ref): Owned {
  const view = viewOf(rt, self);
  if (view.shape.length === 0 && isTuple(rt, key) && rt.words[key + TupleWord.Size] === 0) {
    return readItem(rt, ownerData(rt, self), view.offset, view.format);
  }
  if (hasIndex(rt, key) || isIndexTuple(rt, key)) {
    const at = itemPosition(rt, view, key);
    viewOf(rt, self);
    return readItem(rt, ownerData(rt, self), at, view.format);
  }
  requireSlice(rt, key);
  return newSlice(rt, self, view, key);
}

function requireSlice(rt: Runtime, key: Ref): void {
  const H = rt.words;
  if (H[key + ObjectWord.Type] === T.slice) return;
  const size = isTuple(rt, key) ? H[key + TupleWord.Size] : 0;
  let slices = 0;
  while (slices < size && H[H[key + TupleWord.Items + slices] + ObjectWord.Type] === T.slice) slices++;
  if (size > 0 && slices === size) {
    raise(rt, T.NotImplementedError, 'multi-dimensional slicing is not implemented');
  }
  typeError(rt, 'memoryview: invalid slice key');
}

/** The part of a view that a slice names. The bytes stay where they are, even if `self` is released, while the program is asked for its
 *  indices. @runsPython */
function newSlice(rt: Runtime, self: Ref, view: View, key: Ref): Owned {
  const result = temp(rt, anotherView(rt, self, view));
  showInstead(rt, result, sliceView(rt, view, key));
  return untemp(rt, result);
}

function sliceView(rt: Runtime, view: View, key: Ref): View {
  const { start, step, count } = sliceIndices(rt, key, view.shape[0] ?? 0);
  const stride = view.strides[0] ?? 1;
  return {
    ...view,
    offset: view.offset + start * stride,
    shape: [count, ...view.shape.slice(1)],
    strides: [stride * step, ...view.strides.slice(1)],
  };
}

function item(rt: Runtime, self: Ref, i: number): Owned {
  const view = viewOf(rt, self);
  if (view.shape.length === 0) typeError(rt, 'invalid indexing of 0-dim memory');
  if (view.shape.length > 1) raise(rt, T.NotImplementedError, 'multi-dimensional sub-views are not implemented');
  if (i < 0 || i >= (view.shape[0] as number)) indexError(rt, 'index out of bounds on dimension 1');
  return readItem(rt, ownerData(rt, self), view.offset + i * (view.strides[0] as number), view.format);
}

/** `self[key] = value` @runsPython */
function setSubscript(rt: Runtime, self: Ref, key: Ref, value: Ref): void {
  const view = viewOf(rt, self);
  if (view.readonly) typeError(rt, 'cannot modify read-only memory');
  if (value === 0) typeError(rt, 'cannot delete memory');
  if (hasIndex(rt, key) || isIndexTuple(rt, key)) {
    const at = itemPosition(rt, view, key, 'sub-views are not implemented');
    writeItem(rt, () => (viewOf(rt, self), ownerData(rt, self)), at, view.format, value);
    return;
  }
  requireSlice(rt, key);
  if (view.shape.length > 1) {
    raise(rt, T.NotImplementedError, 'memoryview slice assignments are currently restricted to ndim = 1');
  }
  const source = bufferOf(rt, value);
  if (source === null) typeError(rt, `a bytes-like object is required, not '${kindName(rt, value)}'`);
  assignSlice(rt, self, sliceView(rt, view, key), source.slice(), formatOf(rt, value));
}

function formatOf(rt: Runtime, o: Ref): string {
  return rt.words[o + ObjectWord.Type] === T.memoryview ? viewOf(rt, o).format : wholeView(rt, o).format;
}

function assignSlice(rt: Runtime, self: Ref, target: View, source: Uint8Array, format: string): void {
  viewOf(rt, self);
  const count = target.shape[0] as number;
  if (source.length !== count * target.itemsize || plain(format) !== plain(target.format)) {
    valueError(rt, 'memoryview assignment: lvalue and rvalue have different structures');
  }
  const data = ownerData(rt, self);
  for (let i = 0; i < count; i++) {
    const part = source.subarray(i * target.itemsize, (i + 1) * target.itemsize);
    data.set(part, target.offset + i * (target.strides[0] as number));
  }
}

function plain(format: string): string {
  return format[0] === '@' ? format.slice(1) : format;
}

function hash(rt: Runtime, self: Ref): number {
  const H = rt.words;
  if (H[self + MemoryviewWord.HashKnown] === 0) {
    const view = viewOf(rt, self);
    if (!view.readonly) valueError(rt, 'cannot hash writable memoryview object');
    if (!'Bbc'.includes(plain(view.format)))
      valueError(rt, "memoryview: hashing is restricted to formats 'B', 'b' or 'c'");
    H[self + MemoryviewWord.HashLow] = hashOfBytes(rt, memoryviewBytes(rt, self));
    H[self + MemoryviewWord.HashHigh] = rt.hashHigh;
    H[self + MemoryviewWord.HashKnown] = 1;
  }
  rt.hashHigh = H[self + MemoryviewWord.HashHigh];
  return H[self + MemoryviewWord.HashLow];
}

function compare(rt: Runtime, self: Ref, other: Ref, op: number): Owned {
  if ((op !== CompareOp.Eq && op !== CompareOp.Ne) || !hasBuffer(rt, other)) return S.NotImplemented as Ref as Owned;
  return pyBool(equals(rt, self, other) === (op === CompareOp.Eq)) as Owned;
}

function equals(rt: Runtime, self: Ref, other: Ref): boolean {
  if (self === other) return true;
  const H = rt.words;
  if (ownerOf(rt, self) === 0) return false;
  const isView = H[other + ObjectWord.Type] === T.memoryview;
  if (isView && ownerOf(rt, other) === 0) return false;
  const a = viewOf(rt, self);
  const x = memoryviewBytes(rt, self);
  const y = bufferOf(rt, other) as Uint8Array;
  const b = isView ? viewOf(rt, other) : wholeView(rt, other);
  if (a.shape.length !== b.shape.length || a.shape.some((n, i) => n !== b.shape[i])) return false;
  const n = itemTotal(a);
  const left = plain(a.format);
  const right = plain(b.format);
  // Characters are bytes objects, which equal no number.
  if (n > 0 && (left === 'c') !== (right === 'c')) return false;
  for (let i = 0; i < n; i++) {
    const p = rawItem(x, i * a.itemsize, left);
    const q = rawItem(y, i * b.itemsize, right);
    if (p < q || p > q || p !== p || q !== q) return false;
  }
  return true;
}

function nested(rt: Runtime, data: Uint8Array, view: View, dimension: number, at: number): Owned {
  if (dimension === view.shape.length) return readItem(rt, data, at, view.format);
  const list = temp(rt, newList(rt, 0));
  const stride = view.strides[dimension] as number;
  for (let i = 0; i < (view.shape[dimension] as number); i++) {
    listAppendTake(rt, list, nested(rt, data, view, dimension + 1, at + i * stride));
  }
  return untemp(rt, list);
}

function tolist(rt: Runtime, self: Ref): Owned {
  const view = viewOf(rt, self);
  return nested(rt, ownerData(rt, self), view, 0, view.offset);
}

function tobytes(rt: Runtime, self: Ref, order = 0): Owned {
  if (order !== 0 && order !== S.None) checkOrder(rt, order);
  const turned = order !== 0 && order !== S.None && strText(rt, order) === 'F';
  return newUnsharedBytes(rt, turned ? fortranBytes(rt, self) : memoryviewBytes(rt, self).slice());
}

function checkOrder(rt: Runtime, order: Ref): void {
  if (!isStr(rt, order))
    typeError(rt, `tobytes() argument 'order' must be str or None, not ${argumentName(rt, order)}`);
  if (!['C', 'F', 'A'].includes(strText(rt, order))) valueError(rt, "order must be 'C', 'F' or 'A'");
}

function cast(rt: Runtime, self: Ref, format: Ref, shape = 0): Owned {
  const view = viewOf(rt, self);
  if (!isStr(rt, format)) typeError(rt, `cast() argument 'format' must be str, not ${argumentName(rt, format)}`);
  const text = strText(rt, format);
  if (!isContiguous(view)) typeError(rt, 'memoryview: casts are restricted to C-contiguous views');
  if ((shape !== 0 || view.shape.length !== 1) && view.shape.includes(0)) {
    typeError(rt, 'memoryview: cannot cast view with zeros in shape or strides');
  }
  if (shape !== 0 && view.shape.length !== 1 && shapeLength(rt, shape) !== 1) {
    typeError(rt, 'memoryview: cast must be 1D -> ND or ND -> 1D');
  }
  const itemsize = itemSize(plain(text));
  if (itemsize === 0) {
    valueError(
      rt,
      "memoryview: destination format must be a native single character format prefixed with an optional '@'",
    );
  }
  const bytes = 'Bbc';
  if (!bytes.includes(plain(text)) && !bytes.includes(plain(view.format))) {
    typeError(rt, 'memoryview: cannot cast between two non-byte formats');
  }
  const nbytes = itemTotal(view) * view.itemsize;
  if (nbytes % itemsize !== 0) typeError(rt, 'memoryview: length is not a multiple of itemsize');
  const dimensions = shape === 0 ? [nbytes / itemsize] : shapeOf(rt, shape, nbytes, itemsize);
  const seen: View = { ...view, format: text, itemsize, shape: dimensions, strides: rowStrides(dimensions, itemsize) };
  return anotherView(rt, self, seen);
}

function shapeLength(rt: Runtime, shape: Ref): number {
  const type = rt.words[shape + ObjectWord.Type];
  if (type !== T.list && type !== T.tuple) typeError(rt, 'shape must be a list or a tuple');
  return fastSize(rt, shape);
}

function shapeOf(rt: Runtime, shape: Ref, nbytes: number, itemsize: number): number[] {
  shapeLength(rt, shape);
  const result: number[] = [];
  for (let i = 0; i < fastSize(rt, shape); i++) {
    const n = fastItem(rt, shape, i);
    if (!isInt(rt, n)) typeError(rt, 'memoryview.cast(): elements of shape must be integers');
    const value = indexNumber(rt, n, T.OverflowError);
    if (value <= 0) valueError(rt, 'memoryview.cast(): elements of shape must be integers > 0');
    result.push(value);
  }
  if (result.reduce((product, n) => product * n, itemsize) !== nbytes) {
    typeError(rt, 'memoryview: product(shape) * itemsize != buffer size');
  }
  return result;
}

function toreadonly(rt: Runtime, self: Ref): Owned {
  return anotherView(rt, self, { ...viewOf(rt, self), readonly: true });
}

function release(rt: Runtime, self: Ref): Owned {
  releaseMemoryview(rt, self);
  return none();
}

function enter(rt: Runtime, self: Ref): Owned {
  viewOf(rt, self);
  return newRef(rt, self);
}

function numbers(rt: Runtime, values: readonly number[]): Owned {
  const tuple = temp(rt, newTuple(rt, values.length));
  values.forEach((value, i) => (rt.words[tuple + TupleWord.Items + i] = newInt(rt, value)));
  return untemp(rt, tuple);
}

function repr(rt: Runtime, self: Ref): Owned {
  const released = ownerOf(rt, self) === 0;
  return newStr(rt, `<${released ? 'released memory' : 'memory'} at ${hexAddress(self)}>`);
}

function owner(rt: Runtime, self: Ref): Owned {
  viewOf(rt, self);
  return newRef(rt, ownerOf(rt, self));
}

function property(name: string, get: (rt: Runtime, view: View) => Owned) {
  return getset(name, (rt, self) => get(rt, viewOf(rt, self)));
}

defineType({
  ref: T.memoryview,
  name: 'memoryview',
  basicSize: 144,
  itemSize: 8,
  words: MemoryviewWord.Words,
  itemWords: 0,
  flags: TypeFlag.HaveGc | TypeFlag.Sequence,
  layout: LayoutKind.Fixed,
  traverse: [MemoryviewWord.Managed],
  weakListWord: MemoryviewWord.WeakList,
  shownWeakListOffset: 136,
  dealloc: deallocMemoryview,
  clear: (rt, self) => clearMemoryview(rt as Runtime, self),
  doc: 'memoryview(object)\n--\n\nCreate a new memoryview object which references the given object.',
  slots: {
    repr,
    hash,
    richcompare: compare,
    new: makeNew,
    mpLength: firstLength,
    mpSubscript: subscript,
    mpAssSubscript: setSubscript,
    sqLength: firstLength,
    sqItem: item,
    iter: newMemoryIterator,
    bfGetBuffer: memoryviewOf,
    bfReleaseBuffer: releasesNothing,
  },
  methods: [
    native('release($self, /)', release, { doc: 'Let go of the object.' }),
    native("tobytes($self, /, order='C')", tobytes, { doc: 'The bytes, copied.' }),
    native(
      'hex(sep=<unrepresentable>, bytes_per_sep=1)',
      (rt, self, separator = 0, group = 0) => hexOf(rt, memoryviewBytes(rt, self), separator, group),
      { unsigned: true, doc: "The bytes in hexadecimal.\n\n>>> memoryview(b'\\xab\\x12').hex('-')\n'ab-12'" },
    ),
    native('tolist($self, /)', tolist, { doc: 'The items as list.' }),
    native('cast($self, /, format, shape=<unrepresentable>)', cast, {
      doc: 'A view of the same bytes in another format or shape.',
    }),
    native('toreadonly($self, /)', toreadonly, { doc: 'A view that cannot be written to.' }),
    native('_from_flags($type, /, object, flags)', fromFlags, {
      binding: 'class',
      doc: 'A memoryview of the object, asked for with these flags.',
    }),
    native('__enter__()', enter, { unsigned: true }),
    nativeRaw('__exit__', release),
  ],
  getset: [
    getset('obj', owner, null, 'The underlying object of the memoryview.'),
    property('nbytes', (rt, view) => newInt(rt, itemTotal(view) * view.itemsize)),
    property('readonly', (_rt, view) => pyBool(view.readonly) as Owned),
    property('itemsize', (rt, view) => newInt(rt, view.itemsize)),
    property('format', (rt, view) => newStr(rt, view.format)),
    property('ndim', (rt, view) => newInt(rt, view.shape.length)),
    property('shape', (rt, view) => numbers(rt, view.shape)),
    property('strides', (rt, view) => numbers(rt, view.strides)),
    property('suboffsets', (rt) => newTuple(rt, 0)),
    property('c_contiguous', (_rt, view) => pyBool(isContiguous(view)) as Owned),
    property('f_contiguous', (_rt, view) => pyBool(isFortranContiguous(view)) as Owned),
    property('contiguous', (_rt, view) => pyBool(isContiguous(view) || isFortranContiguous(view)) as Owned),
  ],
});

defineType({
  ref: MEMORY_ITERATOR,
  name: 'memory_iterator',
  basicSize: 8 * MemoryIteratorWord.Words,
  flags: TypeFlag.HaveGc,
  layout: LayoutKind.Fixed,
  traverse: [MemoryIteratorWord.View],
  noClear: true,
  slots: { iter: identitySlot, iternext: memoryIteratorNext },
});
