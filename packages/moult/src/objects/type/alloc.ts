/** Making instances: allocation as `tp_alloc` does it, and `object.__new__`. */
import { decref, genericAlloc, ObjectWord, TupleWord, TypeFlag, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictLength, initInlineValues, newDict, newDictSharing } from '../../core/dict/index.ts';
import { typeError } from '../../core/errors.ts';
import { slotIndex, SLOT_FUNCTIONS } from '../../core/functions.ts';
import type { AllocSlot } from '../../core/functions.ts';
import { Id } from '../../core/names.ts';
import { getAttr } from '../../core/protocol/attribute.ts';
import { sortedTexts } from './sorted-names.ts';
import type { Runtime } from '../../core/runtime.ts';
import { dropTemp, temp } from '../../core/temps.ts';
import { typeFullName } from '../../core/types.ts';

const OBJECT_NEW = slotIndex(objectNew);
const OBJECT_INIT = slotIndex(objectInit);

/** A zeroed instance with `nitems` items, through the type's `alloc` slot; tracked if it is collected. */
export function allocInstance(rt: Runtime, type: Ref, nitems: number): Owned {
  const alloc = rt.words[type + TypeWord.Alloc];
  if (alloc === 0) return genericAlloc(rt, type, nitems);
  return (SLOT_FUNCTIONS[alloc] as AllocSlot)(rt, type, nitems);
}

/** The `alloc` slot of `object` (PyType_GenericAlloc). */
export function genericAllocSlot(rt: Runtime, type: Ref, nitems: number): Owned {
  return genericAlloc(rt, type, nitems);
}

/** `object.__new__`. Raises TypeError for arguments that nobody takes, and for abstract classes. */
export function objectNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  const H = rt.words;
  if (hasArguments(rt, args, kwargs)) refuseArguments(rt, type);
  if ((H[type + TypeWord.Flags] & TypeFlag.IsAbstract) !== 0) refuseAbstract(rt, type);
  const o = allocInstance(rt, type, 0);
  try {
    if (H[type + TypeWord.DictOffset] !== 0) initAttributes(rt, o, type);
  } catch (error) {
    decref(rt, o);
    throw error;
  }
  return o;
}

/** `object.__init__` */
export function objectInit(rt: Runtime, self: Ref, args: Ref, kwargs: Ref): void {
  if (!hasArguments(rt, args, kwargs)) return;
  const H = rt.words;
  const type = H[self + ObjectWord.Type];
  if (H[type + TypeWord.Init] !== OBJECT_INIT) {
    typeError(rt, 'object.__init__() takes exactly one argument (the instance to initialize)');
  }
  if (H[type + TypeWord.New] === OBJECT_NEW) {
    typeError(rt, `${typeFullName(rt, type)}.__init__() takes exactly one argument (the instance to initialize)`);
  }
}

function hasArguments(rt: Runtime, args: Ref, kwargs: Ref): boolean {
  return rt.words[args + TupleWord.Size] !== 0 || (kwargs !== 0 && dictLength(rt, kwargs) !== 0);
}

function refuseArguments(rt: Runtime, type: Ref): void {
  const H = rt.words;
  if (H[type + TypeWord.New] !== OBJECT_NEW) {
    typeError(rt, 'object.__new__() takes exactly one argument (the type to instantiate)');
  }
  if (H[type + TypeWord.Init] === OBJECT_INIT) typeError(rt, `${typeFullName(rt, type)}() takes no arguments`);
}

function refuseAbstract(rt: Runtime, type: Ref): never {
  const methods = temp(rt, getAttr(rt, type, Id.__abstractmethods__));
  const names = sortedTexts(rt, methods);
  dropTemp(rt, methods);
  const plural = names.length > 1 ? 's' : '';
  const list = names.map((name) => `'${name}'`).join(', ');
  typeError(
    rt,
    `Can't instantiate abstract class ${typeFullName(rt, type)} without an implementation for abstract method${plural} ${list}`,
  );
}

/** Gives a new instance its values record or its dict. Source: CPython 3.12 _PyObject_InitializeDict. */
function initAttributes(rt: Runtime, o: Ref, type: Ref): void {
  const H = rt.words;
  const keys = H[type + TypeWord.HtCachedKeys];
  if ((H[type + TypeWord.Flags] & TypeFlag.ManagedDict) !== 0) {
    if (keys !== 0) initInlineValues(rt, o, type);
    return;
  }
  const offset = H[type + TypeWord.DictOffset];
  if (offset > 0) H[o + (offset >> 3)] = keys === 0 ? newDict(rt) : newDictSharing(rt, keys);
}
