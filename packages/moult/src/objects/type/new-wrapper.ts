/** `__new__` of built-in types: a builtin function that checks its first argument and calls the type's `new` slot. */
import { TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictFromKeywords } from '../../core/dict/index.ts';
import { typeError } from '../../core/errors.ts';
import { slotIndex, SLOT_FUNCTIONS } from '../../core/functions.ts';
import type { CallSlot } from '../../core/functions.ts';
import { nativeRaw } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { temp } from '../../core/temps.ts';
import { tupleFromWords } from '../../core/tuple.ts';
import { isSubtype, isType, kindName, typeFullName } from '../../core/types.ts';
import { newBuiltin } from '../descriptors/make.ts';
import { slotNew } from './dispatch/basic.ts';

const NEW = nativeRaw('__new__', newWrapper, {
  keywords: true,
  tuple: true,
  signature: '($type, *args, **kwargs)',
  doc: 'Create and return a new object.  See help(type) for accurate signature.',
});

/** Whether the native is what `newNewWrapper` makes. */
export function isNewWrapper(nativeIndex: number): boolean {
  return nativeIndex === NEW.index;
}

/** The `__new__` of a built-in type. */
export function newNewWrapper(rt: Runtime, type: Ref): Owned {
  return newBuiltin(rt, NEW.index, type, 0);
}

function newWrapper(rt: Runtime, self: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  const H = rt.words;
  const own = typeFullName(rt, self);
  if (nargs < 1) typeError(rt, `${own}.__new__(): not enough arguments`);
  const type = H[args];
  if (!isType(rt, type)) typeError(rt, `${own}.__new__(X): X is not a type object (${kindName(rt, type)})`);
  const name = typeFullName(rt, type);
  if (!isSubtype(rt, type, self)) typeError(rt, `${own}.__new__(${name}): ${name} is not a subtype of ${own}`);
  checkSafe(rt, self, type);
  const tuple = temp(rt, tupleFromWords(rt, args + 1, nargs - 1));
  const kwargs = kwnames === 0 ? 0 : temp(rt, dictFromKeywords(rt, kwnames, args + nargs));
  return (SLOT_FUNCTIONS[H[self + TypeWord.New]] as CallSlot)(rt, type, tuple, kwargs);
}

/** `object.__new__(dict)` would make a broken dict: the nearest base made in TypeScript must have the same slot. */
function checkSafe(rt: Runtime, self: Ref, type: Ref): void {
  const H = rt.words;
  const python = slotIndex(slotNew);
  let base = type;
  while (base !== 0 && H[base + TypeWord.New] === python) base = H[base + TypeWord.Base];
  if (base === 0 || H[base + TypeWord.New] === H[self + TypeWord.New]) return;
  const own = typeFullName(rt, self);
  const name = typeFullName(rt, type);
  typeError(rt, `${own}.__new__(${name}) is not safe, use ${typeFullName(rt, base)}.__new__()`);
}
