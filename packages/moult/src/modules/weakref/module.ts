/** The modules `_weakref` and, while there is no library pack, `weakref`. */
import { newRef, TypeWord, weakrefCount, weakrefObject, weakrefsOf } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictDelete, dictGet, dictSetText } from '../../core/dict/index.ts';
import { none, typeError } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { listAppend, newList } from '../../core/list.ts';
import { defineModule } from '../../core/module-spec.ts';
import { native } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { dropTemp, temp, untemp } from '../../core/temps.ts';
import { tupleOf } from '../../core/tuple.ts';
import { argumentName, isDict, isInstance, slotOf } from '../../core/types.ts';
import { setTake } from '../make.ts';
import './proxy.ts';
import { makeWeakref } from './ref.ts';

function proxy(rt: Runtime, _module: Ref, object: Ref, callback: Ref): Owned {
  const type = slotOf(rt, object, TypeWord.Call) === 0 ? T.weakProxy : T.weakCallableProxy;
  return makeWeakref(rt, type, object, callback);
}

function getweakrefs(rt: Runtime, _module: Ref, object: Ref): Owned {
  const list = temp(rt, newList(rt, 0));
  for (const wr of weakrefsOf(rt, object)) if (rt.words[wr] > 0) listAppend(rt, list, wr);
  return untemp(rt, list);
}

/** Deletes `dct[key]` if its value is a weak reference to a dead object. */
function removeDead(rt: Runtime, _module: Ref, dct: Ref, key: Ref): Owned {
  if (!isDict(rt, dct)) typeError(rt, `_remove_dead_weakref() argument 1 must be dict, not ${argumentName(rt, dct)}`);
  const value = dictGet(rt, dct, key);
  if (value === 0) return none();
  if (!isInstance(rt, value, T.weakref)) typeError(rt, 'not a weakref');
  if (weakrefObject(rt, value) !== 0) return none();
  temp(rt, newRef(rt, value));
  dictDelete(rt, dct, key);
  dropTemp(rt, value);
  return none();
}

function addTypes(rt: Runtime, dict: Ref): void {
  dictSetText(rt, dict, 'ref', T.weakref);
  dictSetText(rt, dict, 'ReferenceType', T.weakref);
  dictSetText(rt, dict, 'ProxyType', T.weakProxy);
  dictSetText(rt, dict, 'CallableProxyType', T.weakCallableProxy);
}

const FUNCTIONS = [
  native('getweakrefcount($module, object, /)', (rt, _m, o) => newInt(rt, weakrefCount(rt, o)), {
    doc: "Return the number of weak references to 'object'.",
  }),
  native('_remove_dead_weakref($module, dct, key, /)', removeDead, {
    doc: 'Atomically remove key from dict if it points to a dead weakref.',
  }),
  native('getweakrefs($module, object, /)', getweakrefs, {
    doc: "Return a list of all weak reference objects pointing to 'object'.",
  }),
  native('proxy($module, object, callback=None, /)', proxy, {
    doc: "Create a proxy object that weakly references 'object'.",
  }),
];

defineModule({ name: '_weakref', doc: 'Weak-reference support module.', functions: FUNCTIONS, populate: addTypes });

defineModule({
  name: 'weakref',
  doc: 'Weak references.',
  hidden: true,
  functions: FUNCTIONS,
  populate: (rt, dict) => {
    addTypes(rt, dict);
    setTake(rt, dict, 'ProxyTypes', tupleOf(rt, T.weakProxy, T.weakCallableProxy));
  },
});
