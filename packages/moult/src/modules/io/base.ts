/** The base class of streams, `_io._IOBase`. Methods here work through those of the subclass. */

import {
  callFinalizerFromDealloc,
  clearWeakrefs,
  clearWord,
  freeObject,
  genericAlloc,
  isTracked,
  LayoutKind,
  newRef,
  ObjectWord,
  TypeFlag,
  TypeWord,
  untrack,
} from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { caught, clearException, mark, none, restoreException, takeException } from '../../core/errors.ts';
import type { HeapSlot } from '../../core/functions.ts';
import { newInt } from '../../core/int.ts';
import { getset, native } from '../../core/native.ts';
import type { NativeFunction } from '../../core/native.ts';
import { isTrue, lookupAttrText, setAttrText } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S } from '../../core/static.ts';
import { dropTemp, releaseTemps, temp, untemp } from '../../core/temps.ts';
import { defineType } from '../../core/type-spec.ts';
import { genericGetDict, genericSetDict } from '../../objects/type/instance-dict.ts';
import { identitySlot } from '../../objects/iterators/shared.ts';
import { writeUnraisable } from '../../objects/exceptions/unraisable.ts';
import { inAnyCase } from './any-case.ts';
import { BaseWord } from './layout.ts';
import { nextLine, readline, readlines, writelines } from './lines.ts';
import { asks, callNamed, checkOpen, closedError, tells, unsupported } from './support.ts';
import { IO_BASE } from './types.ts';

/** Where `_IOBase.close` notes that it was called: an attribute, as in CPython. */
const CLOSED_MARK = '__IOBase_closed';

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
    const isInstance = H[H[self + ObjectWord.Type] + TypeWord.DefinitionIndex] === 0;
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

/** A method that only subclasses have. */
export const refuse =
  (name: string): NativeFunction =>
  (rt) =>
    unsupported(rt, name);
const saysNo: NativeFunction = () => pyBool(false) as Owned;

/** `_checkReadable` and its kin: true, or UnsupportedOperation. */
function requires(question: string, message: string): NativeFunction {
  return (rt, self) => (asks(rt, self, question) ? (pyBool(true) as Owned) : unsupported(rt, message));
}

/** What the types of all kinds of streams share. */
export const BASE_SPEC = {
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
  heapType: 'immutable',
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
