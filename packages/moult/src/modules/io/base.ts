/** The base classes of streams: `_io._IOBase` and its kin. Methods here work through those of the subclass. */
import {
  clearWeakrefs,
  clearWord,
  freeObject,
  genericAlloc,
  hostFree,
  LayoutKind,
  newRef,
  TypeFlag,
  TypeWord,
  untrack,
} from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call0, call1 } from '../../core/call.ts';
import { none, raise, valueError } from '../../core/errors.ts';
import { listAppend, newList } from '../../core/list.ts';
import { getset, native } from '../../core/native.ts';
import type { NativeFunction } from '../../core/native.ts';
import { getAttrText, isTrue, iter, iterNext, lengthOrMinusOne } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { dropTemp, releaseKeeping, releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { defineType } from '../../core/type-spec.ts';
import { identitySlot } from '../../objects/iterators/shared.ts';
import {
  BUFFERED_IO_BASE,
  BUFFERED_PAIR,
  BUFFERED_RANDOM,
  FILE_IO,
  IO_BASE,
  NEWLINE_DECODER,
  RAW_IO_BASE,
  StreamWord,
  TEXT_IO_BASE,
  UNSUPPORTED,
} from './types.ts';

/** `self.name()` @runsPython */
export function callNamed(rt: Runtime, self: Ref, name: string): Owned {
  const m = tempMark(rt);
  const method = temp(rt, getAttrText(rt, self, name));
  return releaseKeeping(rt, m, call0(rt, method));
}

function isClosed(rt: Runtime, self: Ref): boolean {
  const closed = temp(rt, getAttrText(rt, self, 'closed'));
  const truth = isTrue(rt, closed);
  dropTemp(rt, closed);
  return truth;
}

/** Raises ValueError if the stream says that it is closed. @runsPython */
export function checkOpen(rt: Runtime, self: Ref): void {
  if (isClosed(rt, self)) valueError(rt, 'I/O operation on closed file.');
}

/** Raises io.UnsupportedOperation. */
export function unsupported(name: string): NativeFunction {
  return (rt) => raise(rt, UNSUPPORTED, name);
}

function close(rt: Runtime, self: Ref): Owned {
  const H = rt.words;
  if (H[self + StreamWord.Closed] !== 0) return none();
  dropTemp(rt, temp(rt, callNamed(rt, self, 'flush')));
  H[self + StreamWord.Closed] = 1;
  return none();
}

function enter(rt: Runtime, self: Ref): Owned {
  checkOpen(rt, self);
  return newRef(rt, self);
}

function exit(rt: Runtime, self: Ref): Owned {
  temp(rt, callNamed(rt, self, 'close'));
  return none();
}

function nextLine(rt: Runtime, self: Ref): Owned | 0 {
  const line = callNamed(rt, self, 'readline');
  if (lengthOrMinusOne(rt, line) > 0) return line;
  dropTemp(rt, temp(rt, line));
  return 0;
}

function readlines(rt: Runtime, self: Ref, hint: Ref): Owned {
  const limit = hint === 0 || hint === S.None ? -1 : asSsize(rt, hint);
  const list = temp(rt, newList(rt, 0));
  const it = temp(rt, iter(rt, self));
  let total = 0;
  for (let line = iterNext(rt, it); line !== 0; line = iterNext(rt, it)) {
    temp(rt, line);
    listAppend(rt, list, line);
    total += lengthOrMinusOne(rt, line);
    dropTemp(rt, line);
    if (limit > 0 && total >= limit) break;
  }

  return newRef(rt, list);
}

function writelines(rt: Runtime, self: Ref, lines: Ref): Owned {
  checkOpen(rt, self);
  const it = temp(rt, iter(rt, lines));
  const m = tempMark(rt);
  for (let line = iterNext(rt, it); line !== 0; line = iterNext(rt, it)) {
    temp(rt, line);
    const write = temp(rt, getAttrText(rt, self, 'write'));
    temp(rt, call1(rt, write, line));
    releaseTemps(rt, m);
  }
  return none();
}

const saysNo: NativeFunction = (rt, self) => {
  checkOpen(rt, self);
  return pyBool(false) as Owned;
};

function deallocStream(rt: Runtime, self: Ref): void {
  const H = rt.words;
  untrack(rt, self);
  if (H[self + StreamWord.WeakList] !== 0) clearWeakrefs(rt, self);
  if (H[self + StreamWord.Payload] !== 0) hostFree(rt, H[self + StreamWord.Payload]);
  H[self + StreamWord.Payload] = 0;
  clearWord(rt, self + StreamWord.Dict);
  clearWord(rt, self + StreamWord.Path);
  clearWord(rt, self + StreamWord.Mode);
  freeObject(rt, self);
}

export const STREAM_SPEC = {
  basicSize: 8 * StreamWord.Words,
  flags: TypeFlag.HaveGc | TypeFlag.BaseType,
  layout: LayoutKind.Fixed,
  traverse: [StreamWord.Dict, StreamWord.Path, StreamWord.Mode],
  dealloc: deallocStream,
  dictWord: StreamWord.Dict,
  weakListWord: StreamWord.WeakList,
} as const;

defineType({
  ...STREAM_SPEC,
  ref: IO_BASE,
  name: '_io._IOBase',
  doc: 'The abstract base class for all I/O classes.',
  slots: { new: (rt, type) => genericAlloc(rt, type), iter: identitySlot, iternext: nextLine },
  methods: [
    native('seek($self, offset, whence=0, /)', unsupported('seek')),
    native('tell($self, /)', unsupported('tell')),
    native('truncate($self, size=None, /)', unsupported('truncate')),
    native('fileno($self, /)', unsupported('fileno')),
    native('flush($self, /)', (rt, self) => {
      checkOpen(rt, self);
      return none();
    }),
    native('close($self, /)', close),
    native('seekable($self, /)', saysNo),
    native('readable($self, /)', saysNo),
    native('writable($self, /)', saysNo),
    native('isatty($self, /)', saysNo),
    native('_checkClosed($self, /)', (rt, self) => {
      checkOpen(rt, self);
      return none();
    }),
    native('__enter__($self, /)', enter),
    native('__exit__($self, type=None, value=None, traceback=None, /)', exit),
    native('readlines($self, hint=-1, /)', readlines),
    native('writelines($self, lines, /)', writelines),
  ],
  getset: [getset('closed', (rt, self) => pyBool(rt.words[self + StreamWord.Closed] !== 0) as Owned)],
});

defineType({
  ref: RAW_IO_BASE,
  name: '_io._RawIOBase',
  base: IO_BASE,
  ...sizes(),
  doc: 'Base class for raw binary I/O.',
});
defineType({
  ref: BUFFERED_IO_BASE,
  name: '_io._BufferedIOBase',
  base: IO_BASE,
  ...sizes(),
  doc: 'Base class for buffered IO objects.',
  methods: [
    native('detach($self, /)', unsupported('detach')),
    native('read($self, size=-1, /)', unsupported('read')),
    native('read1($self, size=-1, /)', unsupported('read1')),
    native('write($self, b, /)', unsupported('write')),
  ],
});
defineType({
  ref: TEXT_IO_BASE,
  name: '_io._TextIOBase',
  base: IO_BASE,
  ...sizes(),
  doc: 'Base class for text I/O.',
  methods: [
    native('detach($self, /)', unsupported('detach')),
    native('read($self, size=-1, /)', unsupported('read')),
    native('readline($self, size=-1, /)', unsupported('readline')),
    native('write($self, s, /)', unsupported('write')),
  ],
  getset: [getset('encoding', () => none()), getset('newlines', () => none()), getset('errors', () => none())],
});

for (const [ref, name, base] of [
  [FILE_IO, '_io.FileIO', RAW_IO_BASE],
  [BUFFERED_RANDOM, '_io.BufferedRandom', BUFFERED_IO_BASE],
  [BUFFERED_PAIR, '_io.BufferedRWPair', BUFFERED_IO_BASE],
] as const) {
  defineType({ ref, name, base, ...sizes(), doc: 'Not offered: use open().', slots: { new: refuseNew(name) } });
}
defineType({
  ref: NEWLINE_DECODER,
  name: '_io.IncrementalNewlineDecoder',
  basicSize: 16,
  slots: { new: refuseNew('_io.IncrementalNewlineDecoder') },
});

/** A constructor for what is there by name only. */
function refuseNew(name: string): (rt: Runtime) => Owned {
  return (rt) => raise(rt, UNSUPPORTED, `${name} is not supported; use open()`);
}

/** A derived type has the same records as its base. */
export function sizes(): { basicSize: number; flags: number; dictWord: number; weakListWord: number } {
  const { basicSize, flags, dictWord, weakListWord } = STREAM_SPEC;
  return { basicSize, flags, dictWord, weakListWord };
}

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
