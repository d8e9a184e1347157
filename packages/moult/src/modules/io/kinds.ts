/** The base classes of the kinds of streams: raw, buffered, text; and `io.UnsupportedOperation`. */

import type { Owned, Ref } from '@moult/heap';
import { none, raise, typeError, valueError } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { getset, native } from '../../core/native.ts';
import type { NativeFunction } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { bytesData, newBytes } from '../../core/str.ts';
import { releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { defineType } from '../../core/type-spec.ts';
import { isBytes } from '../../core/types.ts';
import { bytearrayData, newBytearray } from '../../objects/bytes/storage.ts';
import { joinBytes } from '../../text/join-bytes.ts';
import { BASE_SPEC, refuse } from './base.ts';
import { BaseWord } from './layout.ts';
import { callNamed, sizeOr, targetArgument } from './support.ts';
import { BUFFERED_IO_BASE, DEFAULT_BUFFER_SIZE, IO_BASE, RAW_IO_BASE, TEXT_IO_BASE, UNSUPPORTED } from './types.ts';

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
  return newBytes(rt, joinBytes(parts));
}

const DERIVED = { basicSize: 32, flags: BASE_SPEC.flags, dictWord: BaseWord.Dict, weakListWord: BaseWord.WeakList };

defineType({
  ...DERIVED,
  ref: RAW_IO_BASE,
  name: '_io._RawIOBase',
  heapType: 'immutable',
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
  heapType: 'immutable',
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
  heapType: 'immutable',
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
  heapType: 'class',
  bases: [T.OSError, T.ValueError],
});
