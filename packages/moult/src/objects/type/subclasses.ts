/** The dicts of subclasses: by address, held weakly. */
import { addressOf, clearWord, newWeakref, TupleWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictDelete, dictLength, dictSetTake, newDict } from '../../core/dict/index.ts';
import { newInt } from '../../core/int.ts';
import { listOf } from '../../core/list.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { dropTemp, temp, untemp } from '../../core/temps.ts';
import { forEachSubclass } from './lookup.ts';

/** Types of which CPython's own start makes subclasses in Python: their dict is there from the start and stays. */
const SUBCLASSED: ReadonlySet<Ref> = new Set([
  T.type,
  T.list,
  T.dict,
  T.property,
  T.staticmethod,
  T.classmethod,
  T.builtinFunction,
]);

/** Gives them the dict. */
export function prepareSubclasses(rt: Runtime): void {
  for (const type of SUBCLASSED)
    if (rt.words[type + TypeWord.Subclasses] === 0) rt.words[type + TypeWord.Subclasses] = newDict(rt);
}

/** Enters `type` among the subclasses of `base`. */
export function addSubclass(rt: Runtime, base: Ref, type: Ref): void {
  const H = rt.words;
  if (H[base + TypeWord.Subclasses] === 0) H[base + TypeWord.Subclasses] = newDict(rt);
  const key = temp(rt, newInt(rt, addressOf(type)));
  const reference = newWeakref(rt, T.weakref, type, 0);
  dictSetTake(rt, H[base + TypeWord.Subclasses], untemp(rt, key), reference);
}

/** Takes `type` from the subclasses of `base`. */
export function removeSubclass(rt: Runtime, base: Ref, type: Ref): void {
  const H = rt.words;
  const subclasses = H[base + TypeWord.Subclasses];
  if (subclasses === 0) return;
  const key = temp(rt, newInt(rt, addressOf(type)));
  dictDelete(rt, subclasses, key);
  dropTemp(rt, key);
  if (dictLength(rt, subclasses) === 0 && !SUBCLASSED.has(base)) clearWord(rt, base + TypeWord.Subclasses);
}

/** Enters `type` with all its bases. */
export function addToBases(rt: Runtime, type: Ref): void {
  const H = rt.words;
  const bases = H[type + TypeWord.Bases];
  for (let i = 0; i < H[bases + TupleWord.Size]; i++) addSubclass(rt, H[bases + TupleWord.Items + i], type);
}

/** Takes `type` from all its bases. */
export function removeFromBases(rt: Runtime, type: Ref): void {
  const H = rt.words;
  const bases = H[type + TypeWord.Bases];
  if (bases === 0) return;
  for (let i = 0; i < H[bases + TupleWord.Size]; i++) removeSubclass(rt, H[bases + TupleWord.Items + i], type);
}

/** The living direct subclasses as a list. */
export function subclassList(rt: Runtime, type: Ref): Owned {
  const found: Ref[] = [];
  forEachSubclass(rt, type, (_rt, subclass) => found.push(subclass));
  return listOf(rt, found);
}
