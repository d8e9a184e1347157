/** What a class statement's `__slots__` say: which words instances get, whether a `__dict__` and weak references. */
import { decref, TupleWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictContains, dictGetInterned } from '../../core/dict/index.ts';
import { raise, typeError } from '../../core/errors.ts';
import { newList } from '../../core/list.ts';
import { Id } from '../../core/names.ts';
import { reprText } from '../../core/protocol/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { internText, strText } from '../../core/str.ts';
import { temp } from '../../core/temps.ts';
import { newTuple, tupleOf } from '../../core/tuple.ts';
import { isStr, kindName, typeFullName } from '../../core/types.ts';
import { isIdentifier } from '../../text/unicode.ts';
import { tupleFromIterable } from './mro-invoke.ts';
import { tupleItems } from './mro.ts';
import { compareCodePoints } from './sorted-names.ts';

/** What type_new finds out before it makes the type. */
export interface SlotPlan {
  /** Tuple of the sorted, mangled names, on the temporaries' stack; 0 without `__slots__`. */
  slots: Ref;
  addDict: boolean;
  addWeak: boolean;
}

/** Reads `__slots__` of the class's namespace `dict`. Raises TypeError or ValueError. @runsPython */
export function planSlots(rt: Runtime, name: Ref, bases: Ref, base: Ref, dict: Ref): SlotPlan {
  const H = rt.words;
  const mayAddDict = H[base + TypeWord.DictOffset] === 0;
  const mayAddWeak = H[base + TypeWord.WeakListOffset] === 0 && H[base + TypeWord.ItemSize] === 0;
  const declared = dictGetInterned(rt, dict, Id.__slots__);
  if (declared === 0) return { slots: 0, addDict: mayAddDict, addWeak: mayAddWeak };
  const given = temp(rt, isStr(rt, declared) ? tupleOf(rt, declared) : tupleFromIterable(rt, declared));
  if (H[given + TupleWord.Size] > 0 && H[base + TypeWord.ItemSize] !== 0) {
    typeError(rt, `nonempty __slots__ not supported for subtype of '${typeFullName(rt, base)}'`);
  }
  const plan: SlotPlan = { slots: 0, addDict: false, addWeak: false };
  visitSlots(rt, given, plan, mayAddDict, mayAddWeak);
  plan.slots = temp(rt, sortedSlots(rt, name, given, dict));
  addFromOtherBases(rt, bases, base, plan, mayAddDict, mayAddWeak);
  return plan;
}

function visitSlots(rt: Runtime, given: Ref, plan: SlotPlan, mayAddDict: boolean, mayAddWeak: boolean): void {
  for (const slot of tupleItems(rt, given)) {
    if (!isStr(rt, slot)) typeError(rt, `__slots__ items must be strings, not '${kindName(rt, slot)}'`);
    const text = strText(rt, slot);
    if (!isIdentifier(text)) typeError(rt, '__slots__ must be identifiers');
    if (text === '__dict__') {
      if (!mayAddDict || plan.addDict) typeError(rt, '__dict__ slot disallowed: we already got one');
      plan.addDict = true;
    } else if (text === '__weakref__') {
      if (!mayAddWeak || plan.addWeak) typeError(rt, '__weakref__ slot disallowed: we already got one');
      plan.addWeak = true;
    }
  }
}

/** The names of the words, mangled and sorted. */
function sortedSlots(rt: Runtime, className: Ref, given: Ref, dict: Ref): Owned {
  const texts: string[] = [];
  for (const slot of tupleItems(rt, given)) {
    const text = strText(rt, slot);
    if (text === '__dict__' || text === '__weakref__') continue;
    const mangled = mangle(strText(rt, className), text);
    texts.push(mangled);
    if (mangled === '__qualname__' || mangled === '__classcell__') continue;
    const name = temp(rt, internText(rt, mangled));
    if (dictContains(rt, dict, name)) {
      raise(rt, T.ValueError, `${reprText(rt, name)} in __slots__ conflicts with class variable`);
    }
  }
  texts.sort(compareCodePoints);
  decref(rt, newList(rt, 0)); // CPython sorts them in a list, which is left for reuse
  const tuple = newTuple(rt, texts.length);
  for (let i = 0; i < texts.length; i++) rt.words[tuple + TupleWord.Items + i] = internText(rt, texts[i]);
  return tuple;
}

/** A private name as the compiler mangles it in class `className`. */
function mangle(className: string, name: string): string {
  if (!name.startsWith('__') || name.endsWith('__') || name.includes('.')) return name;
  const stripped = className.replace(/^_+/, '');
  return stripped === '' ? name : `_${stripped}${name}`;
}

/** A base that is not the main one may bring a `__dict__` or weak references. */
function addFromOtherBases(
  rt: Runtime,
  bases: Ref,
  base: Ref,
  plan: SlotPlan,
  mayAddDict: boolean,
  mayAddWeak: boolean,
): void {
  const H = rt.words;
  for (const other of tupleItems(rt, bases)) {
    if (other === base) continue;
    if (mayAddDict && H[other + TypeWord.DictOffset] !== 0) plan.addDict = true;
    if (mayAddWeak && H[other + TypeWord.WeakListOffset] !== 0) plan.addWeak = true;
  }
}
