/** `_thread._local`: attributes that each thread has for itself. The object owns a dict of dicts, by thread number. */
import { genericAlloc, LayoutKind, newRef, ObjectWord, TupleWord, TypeFlag, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictGet, dictLength, dictSet, newDict } from '../../core/dict/index.ts';
import { attributeError, typeError } from '../../core/errors.ts';
import { noAttribute, nothingToSet } from '../../core/attribute-error.ts';
import { SLOT_FUNCTIONS } from '../../core/functions.ts';
import type { InitSlot } from '../../core/functions.ts';
import { newInt } from '../../core/int.ts';
import { listAppend, listItem, listLength, newList } from '../../core/list.ts';
import { Id } from '../../core/names.ts';
import { dictDelete } from '../../core/dict/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { strText } from '../../core/str.ts';
import { dropTemp, temp, untemp } from '../../core/temps.ts';
import { perThreadRef, threadNumber } from '../../core/threads.ts';
import { threadHooks } from '../../eval/threads/life.ts';
import { defineType, moduleType } from '../../core/type-spec.ts';
import { typeFullName } from '../../core/types.ts';
import { genericLookupWithDict } from '../../objects/object/generic-attributes.ts';
import { ModuleRef } from '../module-roots.ts';

export const LOCAL = moduleType();

perThreadRef(ModuleRef.ThreadLocals);

/** `localobject` (64 bytes): constructor arguments, then the dicts. */
const enum LocalWord {
  Dicts = 2,
  Args = 3,
  Kwargs = 4,
  WeakList = 5,
  Words = 8,
}

function localNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  const H = rt.words;
  const some = H[args + TupleWord.Size] > 0 || (kwargs !== 0 && dictLength(rt, kwargs) > 0);
  if (some && H[type + TypeWord.Init] === H[T.object + TypeWord.Init]) {
    typeError(rt, 'Initialization arguments are not supported');
  }
  const local = temp(rt, genericAlloc(rt, type));
  H[local + LocalWord.Args] = newRef(rt, args);
  H[local + LocalWord.Kwargs] = kwargs === 0 ? 0 : newRef(rt, kwargs);
  H[local + LocalWord.Dicts] = newDict(rt);
  addDict(rt, local);
  return untemp(rt, local);
}

/** The running thread's dict, borrowed. A thread's first look at the object calls `__init__`. @runsPython */
function ownDict(rt: Runtime, local: Ref): Ref {
  const H = rt.words;
  const key = temp(rt, newInt(rt, threadNumber(rt)));
  const dict = dictGet(rt, H[local + LocalWord.Dicts], key);
  dropTemp(rt, key);
  if (dict !== 0) return dict;
  const made = addDict(rt, local);
  const init = H[H[local + ObjectWord.Type] + TypeWord.Init];
  if (init !== H[T.object + TypeWord.Init]) {
    (SLOT_FUNCTIONS[init] as InitSlot)(rt, local, H[local + LocalWord.Args], H[local + LocalWord.Kwargs]);
  }
  return made;
}

function addDict(rt: Runtime, local: Ref): Ref {
  const H = rt.words;
  const key = temp(rt, newInt(rt, threadNumber(rt)));
  const dict = temp(rt, newDict(rt));
  dictSet(rt, H[local + LocalWord.Dicts], key, dict);
  if (threadNumber(rt) !== 0) rememberDicts(rt, H[local + LocalWord.Dicts]);
  dropTemp(rt, dict);
  dropTemp(rt, key);
  return dict;
}

/** The running thread has an entry in `dicts`, to be taken out when it ends. */
function rememberDicts(rt: Runtime, dicts: Ref): void {
  const H = rt.words;
  if (H[ModuleRef.ThreadLocals] === 0) H[ModuleRef.ThreadLocals] = newList(rt, 0);
  listAppend(rt, H[ModuleRef.ThreadLocals], dicts);
}

/** At the end of a thread: its attributes of `_local` objects die, and once more what dying objects have set. @runsPython */
function dropThreadLocals(rt: Runtime): void {
  const H = rt.words;
  const key = temp(rt, newInt(rt, threadNumber(rt)));
  for (let pass = 0; pass < 2 && H[ModuleRef.ThreadLocals] !== 0; pass++) {
    const list = H[ModuleRef.ThreadLocals];
    H[ModuleRef.ThreadLocals] = 0;
    temp(rt, list as Owned);
    for (let i = 0; i < listLength(rt, list); i++) dictDelete(rt, listItem(rt, list, i), key);
    dropTemp(rt, list);
  }
  dropTemp(rt, key);
}

function getAttribute(rt: Runtime, local: Ref, name: Ref): Owned {
  const dict = ownDict(rt, local);
  if (name === Id.__dict__ || strText(rt, name) === '__dict__') return newRef(rt, dict);
  const value = genericLookupWithDict(rt, local, name, dict);
  return value === 0 ? noAttribute(rt, local, name) : value;
}

function setAttribute(rt: Runtime, local: Ref, name: Ref, value: Ref): void {
  if (strText(rt, name) === '__dict__') {
    attributeError(
      rt,
      `'${typeFullName(rt, rt.words[local + ObjectWord.Type])}' object attribute '__dict__' is read-only`,
    );
  }
  const dict = ownDict(rt, local);
  if (value !== 0) dictSet(rt, dict, name, value);
  else if (!dictDelete(rt, dict, name)) nothingToSet(rt, local, name);
}

defineType({
  ref: LOCAL,
  name: '_thread._local',
  heapType: 'immutable',
  basicSize: 8 * LocalWord.Words,
  flags: TypeFlag.HaveGc | TypeFlag.BaseType,
  layout: LayoutKind.Fixed,
  traverse: [LocalWord.Dicts, LocalWord.Args, LocalWord.Kwargs],
  weakListWord: LocalWord.WeakList,
  doc: 'Thread-local data',
  slots: { new: localNew, getattro: getAttribute, setattro: setAttribute },
});

threadHooks.beforeClear.push(dropThreadLocals);
