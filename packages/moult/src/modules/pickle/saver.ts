/** One run of `dump` or `dumps`: what all functions that save something need, and how saved objects are remembered. */
import { ObjectWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { raise, valueError } from '../../core/errors.ts';
import { hexAddress } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { typeFullName } from '../../core/types.ts';
import { PICKLING_ERROR, PicklerWord } from './layout.ts';
import { memoIndex, memoSet } from './memo.ts';
import { Op } from './opcodes.ts';
import type { Output } from './output.ts';

const NESTING_LIMIT = 50;

export interface Saver {
  readonly rt: Runtime;
  /** The pickler. */
  readonly self: Ref;
  readonly out: Output;
  readonly proto: number;
  readonly bin: boolean;
  /** Nothing is remembered: objects that occur twice are written twice. */
  readonly fast: boolean;
  readonly hasPersistentId: boolean;
  /** Saves any object. @runsPython */
  readonly save: (s: Saver, o: Ref) => void;
  /** How deep containers are nested under `fast`, and those beyond the limit. */
  nesting: number;
  readonly open: Set<Ref>;
}

export function picklingError(rt: Runtime, message: string): never {
  raise(rt, PICKLING_ERROR, message);
}

/** Remembers `o`, and tells the reader to. */
export function memoize(s: Saver, o: Ref): void {
  if (s.fast) return;
  const { rt, self, out } = s;
  const index = rt.words[self + PicklerWord.MemoUsed];
  memoSet(rt, self, o, index);
  if (s.proto >= 4) out.byte(Op.Memoize);
  else if (!s.bin) out.text(Op.Put, `${index}\n`);
  else if (index < 256) out.number(Op.BinPut, index, 1);
  else out.number(Op.LongBinPut, index, 4);
}

/** True if `o` was saved before; then the reader is told to take it again. */
export function recall(s: Saver, o: Ref): boolean {
  const index = memoIndex(s.rt, s.self, o);
  if (index < 0) return false;
  if (!s.bin) s.out.text(Op.Get, `${index}\n`);
  else if (index < 256) s.out.number(Op.BinGet, index, 1);
  else s.out.number(Op.LongBinGet, index, 4);
  return true;
}

/** True if `o` was saved before. */
export function isMemoized(s: Saver, o: Ref): boolean {
  return memoIndex(s.rt, s.self, o) >= 0;
}

/** Under `fast`, containers in themselves are found by their depth. Raises ValueError. Pair with `leaveNested`. */
export function enterNested(s: Saver, o: Ref): void {
  if (!s.fast || ++s.nesting < NESTING_LIMIT) return;
  if (s.open.has(o)) {
    const type = typeFullName(s.rt, s.rt.words[o + ObjectWord.Type]);
    valueError(
      s.rt,
      `fast mode: can't pickle cyclic objects including object type ${type.slice(0, 200)} at ${hexAddress(o)}`,
    );
  }
  s.open.add(o);
}

export function leaveNested(s: Saver, o: Ref): void {
  if (s.fast && s.nesting-- >= NESTING_LIMIT) s.open.delete(o);
}
