/** Where a buffered stream is: `seek`, `tell`, `truncate`. Source: CPython 3.12 Modules/_io/bufferedio.c. */
import type { Owned, Ref } from '@moult/heap';
import { caught, clearException, mark, valueError } from '../../../core/errors.ts';
import { newInt } from '../../../core/int.ts';
import type { Runtime } from '../../../core/runtime.ts';
import { S } from '../../../core/static.ts';
import { BufferedFlag, BufferedWord } from '../layout.ts';
import { fileSeekable } from '../raw-file.ts';
import { callNamed, readOffset, requireCan, sizeOr, unsupported } from '../support.ts';
import {
  checkClosed,
  exclusively,
  hasFlag,
  isPlainFile,
  knownTell,
  rawOffset,
  rawSeek,
  rawTell,
  readAhead,
  requireRaw,
  resetRead,
} from './state.ts';
import { flushAndRewind, flushWrites } from './writing.ts';

export function tell(rt: Runtime, self: Ref): Owned {
  requireRaw(rt, self);
  return newInt(rt, Math.max(0, rawTell(rt, self) - rawOffset(rt, self)));
}

export function seek(rt: Runtime, self: Ref, targetArg: Ref, whenceArg: Ref): Owned {
  const raw = requireRaw(rt, self);
  const whence = whenceArg === 0 ? 0 : sizeOr(rt, whenceArg, 0);
  if (whence < 0 || whence > 4) valueError(rt, `whence value ${whence} unsupported`);
  checkClosed(rt, self, 'seek of closed file');
  if (!isPlainFile(rt, raw) || !fileSeekable(rt, raw))
    requireCan(rt, raw, 'seekable', 'File or stream is not seekable.');
  const target = readOffset(rt, targetArg);
  const within = whence <= 1 && hasFlag(rt, self, BufferedFlag.Readable) ? seekInBlock(rt, self, target, whence) : -1;
  if (within >= 0) return newInt(rt, within);
  return newInt(
    rt,
    exclusively(rt, self, () => {
      if (hasFlag(rt, self, BufferedFlag.Writable)) flushWrites(rt, self);
      const position = rawSeek(rt, self, whence === 1 ? target - rawOffset(rt, self) : target, whence);
      rt.words[self + BufferedWord.RawPos] = -1;
      if (hasFlag(rt, self, BufferedFlag.Readable)) resetRead(rt, self);
      return position;
    }),
  );
}

/** Moves within what is in the block; −1 if the target is not there. */
function seekInBlock(rt: Runtime, self: Ref, target: number, whence: number): number {
  const current = knownTell(rt, self);
  const ahead = readAhead(rt, self);
  if (ahead <= 0) return -1;
  const offset = whence === 0 ? target - (current - rawOffset(rt, self)) : target;
  if (offset < -rt.words[self + BufferedWord.Pos] || offset > ahead) return -1;
  rt.words[self + BufferedWord.Pos] += offset;
  return current - ahead + offset;
}

export function truncate(rt: Runtime, self: Ref, pos: Ref): Owned {
  const raw = requireRaw(rt, self);
  checkClosed(rt, self, 'truncate of closed file');
  if (!hasFlag(rt, self, BufferedFlag.Writable)) unsupported(rt, 'truncate');
  return exclusively(rt, self, () => {
    flushAndRewind(rt, self);
    const result = callNamed(rt, raw, 'truncate', pos === 0 ? S.None : pos);
    const m = mark(rt);
    try {
      rawTell(rt, self);
    } catch (error) {
      caught(rt, error, m);
      clearException(rt);
    }
    return result;
  });
}
