/** The MRO of a type as its metaclass wants it. */
import { newRef, ObjectWord, TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { typeError } from '../../core/errors.ts';
import { Id } from '../../core/names.ts';
import { iter, iterNext } from '../../core/protocol/iterate.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { releaseKeeping, temp, tempMark } from '../../core/temps.ts';
import { newTuple, tupleSize } from '../../core/tuple.ts';
import { isSubtype, isType, kindName, typeFullName } from '../../core/types.ts';
import { callMethod0 } from './call-method.ts';
import { computeMro, tupleItems } from './mro.ts';
import { solidBase } from './solid-base.ts';

/** Calls `mro()` of a metaclass that is not `type` and checks the result; else computes. @runsPython (mro_invoke) */
export function invokeMro(rt: Runtime, type: Ref): Owned {
  if (rt.words[type + ObjectWord.Type] === T.type) return computeMro(rt, type);
  const m = tempMark(rt);
  const result = temp(rt, callMethod0(rt, type, Id.mro));
  const order = temp(rt, tupleFromIterable(rt, result));
  if (tupleSize(rt, order) === 0) typeError(rt, 'type MRO must not be empty');
  check(rt, type, order);
  return releaseKeeping(rt, m, newRef(rt, order));
}

function check(rt: Runtime, type: Ref, order: Ref): void {
  const solid = solidBase(rt, type);
  for (const cls of tupleItems(rt, order)) {
    if (!isType(rt, cls)) typeError(rt, `mro() returned a non-class ('${kindName(rt, cls)}')`);
    if (!isSubtype(rt, solid, solidBase(rt, cls))) {
      typeError(rt, `mro() returned base with unsuitable layout ('${typeFullName(rt, cls)}')`);
    }
  }
}

/** `tuple(iterable)`: an exact tuple is returned itself. @runsPython */
export function tupleFromIterable(rt: Runtime, iterable: Ref): Owned {
  const H = rt.words;
  if (H[iterable + ObjectWord.Type] === T.tuple) return newRef(rt, iterable);
  const m = tempMark(rt);
  const it = temp(rt, iter(rt, iterable));
  const items: Ref[] = [];
  for (let item = iterNext(rt, it); item !== 0; item = iterNext(rt, it)) items.push(temp(rt, item));
  const tuple = newTuple(rt, items.length);
  for (let i = 0; i < items.length; i++) H[tuple + TupleWord.Items + i] = newRef(rt, items[i]);
  return releaseKeeping(rt, m, tuple);
}
