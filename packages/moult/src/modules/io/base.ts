/** The base classes of streams: `_io._IOBase` and its kin. Methods here work through those of the subclass. */
import {
  callFinalizerFromDealloc,
  clearWeakrefs,
  clearWord,
  freeObject,
  genericAlloc,
  LayoutKind,
  newRef,
  ObjectWord,
  TypeFlag,
  TypeWord,
  isTracked,
  setWord,
  untrack,
} from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import {
  caught,
  clearException,
  mark,
  none,
  raise,
  restoreException,
  rethrow,
  takeException,
  typeError,
  valueError,
} from '../../core/errors.ts';
import type { HeapSlot } from '../../core/functions.ts';
import { ExcWord } from '../../core/layout/exceptions.ts';
import { newInt } from '../../core/int.ts';
import { listAppendTake, newList } from '../../core/list.ts';
import { getset, native } from '../../core/native.ts';
import type { NativeFunction } from '../../core/native.ts';
import { isTrue, iter, iterNext, length, lookupAttrText, setAttrText } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { bytesData, newBytes } from '../../core/str.ts';
import { dropTemp, releaseTemps, temp, tempMark, untemp } from '../../core/temps.ts';
import { defineType } from '../../core/type-spec.ts';
import { isBytes, kindName } from '../../core/types.ts';
import { genericGetDict, genericSetDict } from '../../objects/type/instance-dict.ts';
import { identitySlot } from '../../objects/iterators/shared.ts';
import { writeUnraisable } from '../../objects/exceptions/unraisable.ts';
import { bytearrayData, newBytearray, resizeBytearray } from '../../objects/bytes/storage.ts';
import { BaseWord } from './layout.ts';
import {
  asks,
  attributeIsTrue,
  callNamed,
  closedError,
  sizeOr,
  targetArgument,
  tells,
  unsupported,
} from './support.ts';
import { BUFFERED_IO_BASE, DEFAULT_BUFFER_SIZE, IO_BASE, RAW_IO_BASE, TEXT_IO_BASE, UNSUPPORTED } from './types.ts';

/** Where `_IOBase.close` notes that it was called: an attribute, as in CPython. */
const CLOSED_MARK = '__IOBase_closed';

/** Raises ValueError if the stream says that it is closed. @runsPython */
export function checkOpen(rt: Runtime, self: Ref): void {
  if (attributeIsTrue(rt, self, 'closed')) closedError(rt);
}

function isMarkedClosed(rt: Runtime, self: Ref): boolean {
  const found = lookupAttrText(rt, self, CLOSED_MARK);
  if (found === 0) return false;
  dropTemp(rt, temp(rt, found));
  return true;
}

/** `_IOBase.close`: flushes and marks the stream as closed, also where flushing fails. @runsPython
 *  Source: CPython 3.12 _io__IOBase_close_impl. */
export function closeBase(rt: Runtime, self: Ref): Owned {
  if (isMarkedClosed(rt, self)) return none();
  return inAnyCase(
    rt,
    () => {
      tells(rt, self, 'flush');
    },
    () => {
      setAttrText(rt, self, CLOSED_MARK, S.True);
      return none();
    },
  );
}

/** Raises an exception that is the newest temporary. */
export function rethrowTemp(rt: Runtime, exception: Ref): never {
  restoreException(rt, untemp(rt, exception));
  return rethrow();
}

/** Runs `first`, then `second` even if `first` raised; its exception is raised afterwards, as the context of a second one. */
export function inAnyCase(rt: Runtime, first: () => void, second: () => Owned): Owned {
  let failure: Ref = 0;
  const m = mark(rt);
  try {
    first();
    releaseTemps(rt, m.temps);
  } catch (error) {
    caught(rt, error, m);
    failure = temp(rt, takeException(rt));
  }
  if (failure === 0) return second();
  const before = mark(rt);
  try {
    temp(rt, second());
    releaseTemps(rt, before.temps);
  } catch (error) {
    caught(rt, error, before);
    const raised = temp(rt, takeException(rt));
    setWord(rt, raised + ExcWord.Context, newRef(rt, failure));
    rethrowTemp(rt, raised);
  }
  return rethrowTemp(rt, failure);
}

/** `tp_finalize`: closes what is still open; errors are nobody's. @runsPython
 *  Source: CPython 3.12 iobase_finalize. */
function finalizeStream(rt: Runtime, self: Ref): void {
  const pending = takeException(rt);
  if (pending !== 0) temp(rt, pending);
  const m = mark(rt);
  let isClosed = false;
  try {
    const closed = lookupAttrText(rt, self, 'closed');
    isClosed = closed !== 0 && isTrue(rt, temp(rt, closed));
    releaseTemps(rt, m.temps);
  } catch (error) {
    caught(rt, error, m);
    clearException(rt);
  }
  if (!isClosed) closeQuietly(rt, self);
  if (pending !== 0) restoreException(rt, untemp(rt, pending));
}

function closeQuietly(rt: Runtime, self: Ref): void {
  const m = mark(rt);
  try {
    setAttrText(rt, self, '_finalizing', S.True);
  } catch (error) {
    caught(rt, error, m);
    clearException(rt);
  }
  try {
    tells(rt, self, 'close');
  } catch (error) {
    caught(rt, error, m);
    if ((rt.options.flags?.['dev_mode'] ?? 0) !== 0) writeUnraisable(rt, null, self);
    else clearException(rt);
  }
}

/** A destructor: finalizes, clears weak references, then `release` gives back what is no reference, then the words. As the base of an
 *  instance it does not finalize: that was done. Without `finalizes` only the collector does. */
export function streamDealloc(
  weakListWord: number,
  words: readonly number[],
  release: (rt: Runtime, self: Ref) => void,
  finalizes = true,
): HeapSlot {
  return ((rt: Runtime, self: Ref): void => {
    const H = rt.words;
    const isInstance = (H[H[self + ObjectWord.Type] + TypeWord.Flags] & TypeFlag.HeapType) !== 0;
    if (finalizes && !isInstance && callFinalizerFromDealloc(rt, self)) return;
    if (isTracked(rt, self)) untrack(rt, self);
    if (weakListWord > 0 && H[self + weakListWord] !== 0) clearWeakrefs(rt, self);
    release(rt, self);
    for (const word of words) clearWord(rt, self + word);
    freeObject(rt, self);
  }) as HeapSlot;
}

function enter(rt: Runtime, self: Ref): Owned {
  checkOpen(rt, self);
  return newRef(rt, self);
}

function exit(rt: Runtime, self: Ref): Owned {
  return callNamed(rt, self, 'close');
}

function nextLine(rt: Runtime, self: Ref): Owned | 0 {
  const line = callNamed(rt, self, 'readline');
  temp(rt, line);
  if (length(rt, line) > 0) return untemp(rt, line);
  dropTemp(rt, line);
  return 0;
}

/** `_IOBase.readline`: by `peek` where there is one, else byte by byte. @runsPython
 *  Source: CPython 3.12 _io__IOBase_readline_impl. */
function readline(rt: Runtime, self: Ref, size: Ref): Owned {
  const limit = sizeOr(rt, size, -1);
  const peek = lookupAttrText(rt, self, 'peek');
  if (peek !== 0) dropTemp(rt, temp(rt, peek));
  const buffer = temp(rt, newBytearray(rt, new Uint8Array(0)));
  for (let length = 0; limit < 0 || length < limit;) {
    const m = tempMark(rt);
    const wanted = peek === 0 ? 1 : lineLength(rt, self, limit < 0 ? Infinity : limit - length);
    const part = temp(rt, callNamed(rt, self, 'read', temp(rt, newInt(rt, wanted))));
    if (!isBytes(rt, part))
      raise(rt, T.OSError, `read() should have returned a bytes object, not '${kindName(rt, part)}'`);
    const data = bytesData(rt, part);
    if (data.length === 0) break;
    resizeBytearray(rt, buffer, length + data.length);
    bytearrayData(rt, buffer).set(data, length);
    length += data.length;
    const ended = data[data.length - 1] === 10;
    releaseTemps(rt, m);
    if (ended) break;
  }
  return newBytes(rt, bytearrayData(rt, buffer).slice());
}

/** How much to read for a line, as `peek` shows it. */
function lineLength(rt: Runtime, self: Ref, most: number): number {
  const ahead = temp(rt, callNamed(rt, self, 'peek', temp(rt, newInt(rt, 1))));
  if (!isBytes(rt, ahead))
    raise(rt, T.OSError, `peek() should have returned a bytes object, not '${kindName(rt, ahead)}'`);
  const data = bytesData(rt, ahead);
  if (data.length === 0) return 1;
  const end = data.subarray(0, most).indexOf(10);
  return end < 0 ? Math.min(data.length, most) : end + 1;
}

function readlines(rt: Runtime, self: Ref, hint: Ref): Owned {
  const limit = sizeOr(rt, hint, -1);
  const list = temp(rt, newList(rt, 0));
  const it = temp(rt, iter(rt, self));
  let total = 0;
  for (let line = iterNext(rt, it); line !== 0; line = iterNext(rt, it)) {
    temp(rt, line);
    total += limit > 0 ? length(rt, line) : 0;
    listAppendTake(rt, list, untemp(rt, line));
    if (limit > 0 && total > limit) break;
  }
  return newRef(rt, list);
}

function writelines(rt: Runtime, self: Ref, lines: Ref): Owned {
  checkOpen(rt, self);
  const it = temp(rt, iter(rt, lines));
  for (let line = iterNext(rt, it); line !== 0; line = iterNext(rt, it)) {
    const m = tempMark(rt);
    tells(rt, self, 'write', temp(rt, line));
    releaseTemps(rt, m);
  }
  return none();
}

const refuse =
  (name: string): NativeFunction =>
  (rt) =>
    unsupported(rt, name);
const saysNo: NativeFunction = () => pyBool(false) as Owned;

/** `_checkReadable` and its kin: true, or UnsupportedOperation. */
function requires(question: string, message: string): NativeFunction {
  return (rt, self) => (asks(rt, self, question) ? (pyBool(true) as Owned) : unsupported(rt, message));
}

/** Raises UnsupportedOperation unless the stream can be read, written, sought. @runsPython */
export function requireCan(rt: Runtime, self: Ref, question: string, message: string): void {
  if (!asks(rt, self, question)) unsupported(rt, message);
}

const BASE_SPEC = {
  basicSize: 32,
  words: BaseWord.Words,
  flags: TypeFlag.HaveGc | TypeFlag.BaseType,
  layout: LayoutKind.Fixed,
  traverse: [BaseWord.Dict],
  dealloc: streamDealloc(BaseWord.WeakList, [BaseWord.Dict], () => undefined),
  dictWord: BaseWord.Dict,
  weakListWord: BaseWord.WeakList,
} as const;

defineType({
  ...BASE_SPEC,
  ref: IO_BASE,
  name: '_io._IOBase',
  doc: 'The abstract base class for all I/O classes.\n\nThis class provides dummy implementations for many methods that\nderived classes can override selectively; the default implementations\nrepresent a file that cannot be read, written or seeked.',
  slots: {
    new: (rt, type) => genericAlloc(rt, type),
    iter: (rt, self) => {
      checkOpen(rt, self);
      return identitySlot(rt, self);
    },
    iternext: nextLine,
    finalize: finalizeStream as HeapSlot,
  },
  methods: [
    native('seek($self, offset, whence=os.SEEK_SET, /)', refuse('seek')),
    native('tell($self, /)', (rt, self) =>
      callNamed(rt, self, 'seek', temp(rt, newInt(rt, 0)), temp(rt, newInt(rt, 1))),
    ),
    native('truncate($self, size=None, /)', refuse('truncate')),
    native('flush($self, /)', (rt, self) => {
      if (isMarkedClosed(rt, self)) closedError(rt);
      return none();
    }),
    native('close($self, /)', closeBase),
    native('seekable($self, /)', saysNo),
    native('readable($self, /)', saysNo),
    native('writable($self, /)', saysNo),
    native(
      '_checkClosed($self, /)',
      (rt, self) => {
        checkOpen(rt, self);
        return none();
      },
      { unsigned: true },
    ),
    native('_checkSeekable($self, /)', requires('seekable', 'File or stream is not seekable.'), { unsigned: true }),
    native('_checkReadable($self, /)', requires('readable', 'File or stream is not readable.'), { unsigned: true }),
    native('_checkWritable($self, /)', requires('writable', 'File or stream is not writable.'), { unsigned: true }),
    native('fileno($self, /)', refuse('fileno')),
    native('isatty($self, /)', (rt, self) => {
      checkOpen(rt, self);
      return pyBool(false) as Owned;
    }),
    native('__enter__($self, /)', enter, { unsigned: true }),
    native('__exit__($self, type=None, value=None, traceback=None, /)', exit, { unsigned: true }),
    native('readline($self, size=-1, /)', readline),
    native('readlines($self, hint=-1, /)', readlines),
    native('writelines($self, lines, /)', writelines),
  ],
  getset: [
    getset('__dict__', genericGetDict, genericSetDict),
    getset('closed', (rt, self) => pyBool(isMarkedClosed(rt, self)) as Owned),
  ],
});

/** `RawIOBase.read`: by `readinto`. @runsPython */
function rawRead(rt: Runtime, self: Ref, size: Ref): Owned {
  const n = sizeOr(rt, size, -1);
  if (n < 0) return callNamed(rt, self, 'readall');
  const buffer = temp(rt, newBytearray(rt, new Uint8Array(n)));
  const count = temp(rt, callNamed(rt, self, 'readinto', buffer));
  if (count === S.None) return none();
  const length = sizeOr(rt, count, 0);
  if (length < 0 || length > n) valueError(rt, `readinto returned ${length} outside buffer size ${n}`);
  return newBytes(rt, bytearrayData(rt, buffer).slice(0, length));
}

/** `RawIOBase.readall`: reads to the end; None if nothing is there yet. @runsPython */
function rawReadAll(rt: Runtime, self: Ref): Owned {
  const parts: Uint8Array[] = [];
  for (;;) {
    const m = tempMark(rt);
    const part = temp(rt, callNamed(rt, self, 'read', temp(rt, newInt(rt, DEFAULT_BUFFER_SIZE))));
    if (part === S.None) {
      if (parts.length === 0) return none();
      break;
    }
    if (!isBytes(rt, part)) typeError(rt, 'read() should return bytes');
    const data = bytesData(rt, part);
    if (data.length === 0) break;
    parts.push(data);
    releaseTemps(rt, m);
  }
  return newBytes(rt, joined(parts));
}

/** The parts as one. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const DERIVED = { basicSize: 32, flags: BASE_SPEC.flags, dictWord: BaseWord.Dict, weakListWord: BaseWord.WeakList };

defineType({
  ...DERIVED,
  ref: RAW_IO_BASE,
  name: '_io._RawIOBase',
  base: IO_BASE,
  doc: 'Base class for raw binary I/O.',
  methods: [
    native('read($self, size=-1, /)', rawRead),
    native('readall($self, /)', rawReadAll),
    native('readinto($self, buffer, /)', (rt) => raise(rt, T.NotImplementedError, ''), { unsigned: true }),
    native('write($self, b, /)', (rt) => raise(rt, T.NotImplementedError, ''), { unsigned: true }),
  ],
});

/** `readinto` and `readinto1` by `read` and `read1`. @runsPython */
function readIntoBy(name: string): NativeFunction {
  return (rt, self, buffer = 0) => {
    const target = targetArgument(rt, buffer, name === 'read' ? 'readinto' : 'readinto1');
    const data = temp(rt, callNamed(rt, self, name, temp(rt, newInt(rt, target.length))));
    if (!isBytes(rt, data)) typeError(rt, 'read() should return bytes');
    const bytes = bytesData(rt, data);
    const now = targetArgument(rt, buffer, 'readinto');
    if (bytes.length > now.length)
      valueError(rt, `read() returned too much data: ${now.length} bytes requested, ${bytes.length} returned`);
    now.set(bytes);
    return newInt(rt, bytes.length);
  };
}

defineType({
  ...DERIVED,
  ref: BUFFERED_IO_BASE,
  name: '_io._BufferedIOBase',
  base: IO_BASE,
  doc: 'Base class for buffered IO objects.',
  methods: [
    native('detach($self, /)', refuse('detach')),
    native('read($self, size=-1, /)', refuse('read')),
    native('read1($self, size=-1, /)', refuse('read1')),
    native('readinto($self, buffer, /)', readIntoBy('read')),
    native('readinto1($self, buffer, /)', readIntoBy('read1')),
    native('write($self, b, /)', refuse('write')),
  ],
});

defineType({
  ...DERIVED,
  ref: TEXT_IO_BASE,
  name: '_io._TextIOBase',
  base: IO_BASE,
  doc: "Base class for text I/O.\n\nThis class provides a character and line based interface to stream\nI/O. There is no readinto method because Python's character strings\nare immutable.",
  methods: [
    native('detach($self, /)', refuse('detach')),
    native('read($self, size=-1, /)', refuse('read')),
    native('readline($self, size=-1, /)', refuse('readline')),
    native('write($self, s, /)', refuse('write')),
  ],
  getset: [getset('encoding', () => none()), getset('newlines', () => none()), getset('errors', () => none())],
});

defineType({
  ref: UNSUPPORTED,
  name: 'io.UnsupportedOperation',
  bases: [T.OSError, T.ValueError],
  flags: TypeFlag.HaveGc | TypeFlag.BaseType,
  populate: (rt) => {
    // The library's `io` sets its `__module__`.
    rt.words[UNSUPPORTED + TypeWord.Flags] &= ~TypeFlag.ImmutableType;
  },
});
