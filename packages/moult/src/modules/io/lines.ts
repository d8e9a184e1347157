/** Lines of any stream, through the methods of the subclass. */

import { newRef } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { none, raise } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { listAppendTake, newList } from '../../core/list.ts';
import { iter, iterNext, length, lookupAttrText } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { bytesData, newBytes } from '../../core/str.ts';
import { dropTemp, releaseTemps, temp, tempMark, untemp } from '../../core/temps.ts';
import { isBytes, kindName } from '../../core/types.ts';
import { bytearrayData, newBytearray, resizeBytearray } from '../../objects/bytes/storage.ts';
import { callNamed, checkOpen, sizeOr, tells } from './support.ts';

/** `next(stream)`: an empty line ends. @runsPython */
export function nextLine(rt: Runtime, self: Ref): Owned | 0 {
  const line = callNamed(rt, self, 'readline');
  temp(rt, line);
  if (length(rt, line) > 0) return untemp(rt, line);
  dropTemp(rt, line);
  return 0;
}

/** `_IOBase.readline`: by `peek` where there is one, else byte by byte. @runsPython
 *  Source: CPython 3.12 _io__IOBase_readline_impl. */
export function readline(rt: Runtime, self: Ref, size: Ref): Owned {
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

/** `_IOBase.readlines`: lines up to about `hint` bytes. @runsPython */
export function readlines(rt: Runtime, self: Ref, hint: Ref): Owned {
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

/** `_IOBase.writelines` @runsPython */
export function writelines(rt: Runtime, self: Ref, lines: Ref): Owned {
  checkOpen(rt, self);
  const it = temp(rt, iter(rt, lines));
  for (let line = iterNext(rt, it); line !== 0; line = iterNext(rt, it)) {
    const m = tempMark(rt);
    tells(rt, self, 'write', temp(rt, line));
    releaseTemps(rt, m);
  }
  return none();
}
