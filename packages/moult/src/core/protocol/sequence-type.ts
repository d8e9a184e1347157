/** Which types have methods of sequences at all, in CPython's sense. */
import { TypeFlag, TypeWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import type { Runtime } from '../runtime.ts';

const SLOTS: readonly number[] = [
  TypeWord.SqLength,
  TypeWord.SqItem,
  TypeWord.SqContains,
  TypeWord.SqConcat,
  TypeWord.SqRepeat,
  TypeWord.SqAssItem,
];

/** Whether CPython's type has a table of sequence methods, though perhaps an empty one: every class has. */
export function isSequenceType(rt: Runtime, type: Ref): boolean {
  const H = rt.words;
  if ((H[type + TypeWord.Flags] & TypeFlag.HeapType) !== 0) return true;
  for (const slot of SLOTS) if (H[type + slot] !== 0) return true;
  return false;
}
