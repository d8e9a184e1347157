/** Reading the bytes of an argument: bytes-like objects, or an iterable of small ints. */
import { decref, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call0, call1 } from '../../core/call.ts';
import { typeError } from '../../core/errors.ts';
import { Id } from '../../core/names.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { bytesData } from '../../core/str.ts';
import { temp, untemp } from '../../core/temps.ts';
import { isBytes, isStr, kindName, slotOf } from '../../core/types.ts';
import { hasBuffer } from '../bytes/buffer.ts';
import { lookupSpecial } from '../type/lookup.ts';

/** The bytes of a bytes-like object, or of `bytes(o)`. @runsPython */
export function bytesOf(rt: Runtime, o: Ref): Uint8Array {
  if (isBytes(rt, o)) return bytesData(rt, o);
  const method = lookupSpecial(rt, o, Id.__bytes__);
  if (method === 0 && !hasItems(rt, o)) typeError(rt, `cannot convert '${kindName(rt, o)}' object to bytes`);
  const made = method === 0 ? call1(rt, T.bytes, o) : callAndDrop(rt, method);
  if (!isBytes(rt, made)) {
    const name = kindName(rt, made);
    decref(rt, made);
    typeError(rt, `__bytes__ returned non-bytes (type ${name})`);
  }
  const data = bytesData(rt, made);
  decref(rt, made);
  return data;
}

/** Whether there are bytes to take: from a buffer, or one by one. A count of zeros or a text is none. */
function hasItems(rt: Runtime, o: Ref): boolean {
  if (isStr(rt, o)) return false;
  return hasBuffer(rt, o) || slotOf(rt, o, TypeWord.Iter) !== 0 || slotOf(rt, o, TypeWord.SqItem) !== 0;
}

function callAndDrop(rt: Runtime, method: Owned): Owned {
  temp(rt, method);
  const made = call0(rt, method);
  decref(rt, untemp(rt, method));
  return made;
}
