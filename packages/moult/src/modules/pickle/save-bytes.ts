/** Saving bytes, bytearrays and buffers. */
import type { Ref } from '@moult/heap';
import { call1 } from '../../core/call.ts';
import { overflowError } from '../../core/errors.ts';
import { isTrue } from '../../core/protocol/index.ts';
import { S, T } from '../../core/static.ts';
import { bytesData, newBytes, newStr } from '../../core/str.ts';
import { dropTemp, releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { tupleOf } from '../../core/tuple.ts';
import { bytearrayData } from '../../objects/bytes/storage.ts';
import { isContiguous, isFortranContiguous, memoryviewBytes, viewOf } from '../../objects/bytes/view.ts';
import { latin1Text } from '../../text/bytes-case.ts';
import { Op } from './opcodes.ts';
import { PicklerWord } from './layout.ts';
import { heldView } from './pickle-buffer.ts';
import { saveReduced } from './save-reduce.ts';
import { memoize, picklingError } from './saver.ts';
import type { Saver } from './saver.ts';
import { Shared, shared } from './shared.ts';

const MAX_UINT32 = 0xffffffff;
const BUFFER_PROTOCOL = 5;

/** Source: CPython 3.12 save_bytes. @runsPython */
export function saveBytes(s: Saver, o: Ref): void {
  const data = bytesData(s.rt, o);
  if (s.proto < 3) saveOldBytes(s, o, data);
  else saveBytesData(s, o, data);
}

/** As a call: of `bytes`, or of `codecs.encode` with the bytes as Latin-1 text. */
function saveOldBytes(s: Saver, o: Ref, data: Uint8Array): void {
  const { rt } = s;
  const m = tempMark(rt);
  if (data.length === 0) saveReduced(s, temp(rt, tupleOf(rt, T.bytes, S.EmptyTuple)), o);
  else {
    const text = temp(rt, newStr(rt, latin1Text(data)));
    const args = temp(rt, tupleOf(rt, text, temp(rt, newStr(rt, 'latin1'))));
    saveReduced(s, temp(rt, tupleOf(rt, shared(rt, Shared.Encode), args)), o);
  }
  releaseTemps(rt, m);
}

function saveBytesData(s: Saver, o: Ref, data: Uint8Array): void {
  if (data.length <= 0xff) s.out.large(Op.ShortBinBytes, 1, data);
  else if (data.length <= MAX_UINT32) s.out.large(Op.BinBytes, 4, data);
  else if (s.proto >= 4) s.out.large(Op.BinBytes8, 8, data);
  else overflowError(s.rt, 'serializing a bytes object larger than 4 GiB requires pickle protocol 4 or higher');
  memoize(s, o);
}

/** Source: CPython 3.12 save_bytearray. @runsPython */
export function saveBytearray(s: Saver, o: Ref): void {
  const { rt } = s;
  const data = bytearrayData(rt, o).slice();
  if (s.proto >= BUFFER_PROTOCOL) {
    saveBytearrayData(s, o, data);
    return;
  }
  const m = tempMark(rt);
  const args = data.length === 0 ? S.EmptyTuple : temp(rt, tupleOf(rt, temp(rt, newBytes(rt, data))));
  saveReduced(s, temp(rt, tupleOf(rt, T.bytearray, args)), o);
  releaseTemps(rt, m);
}

function saveBytearrayData(s: Saver, o: Ref, data: Uint8Array): void {
  s.out.large(Op.ByteArray8, 8, data);
  memoize(s, o);
}

/** In the pickle itself, unless the callback takes the buffer. Source: CPython 3.12 save_picklebuffer. @runsPython */
export function savePickleBuffer(s: Saver, o: Ref): void {
  const { rt } = s;
  if (s.proto < BUFFER_PROTOCOL) picklingError(rt, 'PickleBuffer can only pickled with protocol >= 5');
  const memory = heldView(rt, o);
  const view = viewOf(rt, memory);
  if (!isContiguous(view) && !isFortranContiguous(view)) {
    picklingError(rt, 'PickleBuffer can not be pickled when pointing to a non-contiguous buffer');
  }
  const { readonly } = view;
  if (goesAlong(s, o)) {
    const data = memoryviewBytes(rt, memory).slice();
    if (readonly) saveBytesData(s, o, data);
    else saveBytearrayData(s, o, data);
    return;
  }
  s.out.byte(Op.NextBuffer);
  if (readonly) s.out.byte(Op.ReadonlyBuffer);
}

function goesAlong(s: Saver, o: Ref): boolean {
  const { rt } = s;
  const callback = rt.words[s.self + PicklerWord.BufferCallback];
  if (callback === 0) return true;
  const answer = temp(rt, call1(rt, callback, o));
  const kept = isTrue(rt, answer);
  dropTemp(rt, answer);
  return kept;
}
