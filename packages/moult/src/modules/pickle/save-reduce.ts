/** Saving what `__reduce__` and its like said of an object: a call that makes it, its state, its items. */
import { newRef, ObjectWord, TupleWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { callWithTuple } from '../../core/call.ts';
import { isIterator, getAttrText, lookupAttrText } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S } from '../../core/static.ts';
import { strText } from '../../core/str.ts';
import { dropTemp, releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { newTuple, tupleItem, tupleSize } from '../../core/tuple.ts';
import { isDict, isStr, isTuple, isType, kindName, slotOf } from '../../core/types.ts';
import { Op } from './opcodes.ts';
import { saveAppended, savePairs } from './save-batches.ts';
import { isMemoized, memoize, picklingError, recall } from './saver.ts';
import type { Saver } from './saver.ts';
import { Shared, shared } from './shared.ts';

/** The parts of the tuple, 0 for None and what is missing. Raises PicklingError for wrong ones. */
function partsOf(rt: Runtime, value: Ref): readonly Ref[] {
  const size = tupleSize(rt, value);
  if (size < 2 || size > 6) picklingError(rt, 'tuple returned by __reduce__ must contain 2 through 6 elements');
  const parts = Array.from({ length: 6 }, (_, i) => (i < size ? tupleItem(rt, value, i) : 0)).map((part, i) =>
    i > 1 && part === S.None ? 0 : part,
  );
  const [callable = 0, args = 0, , items = 0, pairs = 0, setter = 0] = parts;
  const wrong = (which: string, what: string, part?: Ref): never =>
    picklingError(
      rt,
      `${which} ${part === undefined ? 'item' : 'element'} of the tuple returned by __reduce__ must be ${what}` +
        (part === undefined ? '' : `, not ${kindName(rt, part)}`),
    );
  if (!isCallable(rt, callable)) wrong('first', 'callable');
  if (!isTuple(rt, args)) wrong('second', 'a tuple');
  if (items !== 0 && !isIterator(rt, items)) wrong('fourth', 'an iterator', items);
  if (pairs !== 0 && !isIterator(rt, pairs)) wrong('fifth', 'an iterator', pairs);
  if (setter !== 0 && !isCallable(rt, setter)) wrong('sixth', 'a function', setter);
  return parts;
}

function isCallable(rt: Runtime, o: Ref): boolean {
  return slotOf(rt, o, TypeWord.Call) !== 0;
}

/** Saves the object `o` (0: none that could be remembered) by the tuple `value`.
 *  Source: CPython 3.12 save_reduce. @runsPython */
export function saveReduced(s: Saver, value: Ref, o: Ref): void {
  const { rt, out } = s;
  const [callable = 0, args = 0, state = 0, items = 0, pairs = 0, setter = 0] = partsOf(rt, value);
  const maker = s.proto >= 2 ? makerName(rt, callable) : '';
  if (maker === '__newobj_ex__') saveNewObjectEx(s, args);
  else if (maker === '__newobj__') saveNewObject(s, args, o);
  else saveCall(s, callable, args);
  if (o !== 0) {
    // An object that contains itself was saved on the way.
    if (isMemoized(s, o)) {
      out.byte(Op.Pop);
      recall(s, o);
      return;
    }
    memoize(s, o);
  }
  if (items !== 0) saveAppended(s, items);
  if (pairs !== 0) savePairs(s, pairs);
  if (state !== 0) saveState(s, o, state, setter);
}

function saveCall(s: Saver, callable: Ref, args: Ref): void {
  s.save(s, callable);
  s.save(s, args);
  s.out.byte(Op.Reduce);
}

function saveState(s: Saver, o: Ref, state: Ref, setter: Ref): void {
  if (setter === 0) {
    s.save(s, state);
    s.out.byte(Op.Build);
    return;
  }
  s.save(s, setter);
  s.save(s, o);
  s.save(s, state);
  s.out.byte(Op.Tuple2);
  s.out.byte(Op.Reduce);
  s.out.byte(Op.Pop);
}

/** `__name__` of what makes the object; those of `copyreg` have opcodes of their own. */
function makerName(rt: Runtime, callable: Ref): string {
  const name = lookupAttrText(rt, callable, '__name__');
  if (name === 0) return '';
  temp(rt, name);
  const text = isStr(rt, name) ? strText(rt, name) : '';
  dropTemp(rt, name);
  return text;
}

/** `cls.__new__(cls, *args)` */
function saveNewObject(s: Saver, args: Ref, o: Ref): void {
  const { rt } = s;
  const size = tupleSize(rt, args);
  if (size < 1) picklingError(rt, '__newobj__ arglist is empty');
  const cls = tupleItem(rt, args, 0);
  if (!isType(rt, cls)) picklingError(rt, 'args[0] from __newobj__ args is not a type');
  if (o !== 0) checkClass(rt, o, cls);
  s.save(s, cls);
  const rest = temp(rt, tupleFrom(rt, args, 1));
  s.save(s, rest);
  dropTemp(rt, rest);
  s.out.byte(Op.NewObj);
}

function checkClass(rt: Runtime, o: Ref, cls: Ref): void {
  const own = temp(rt, lookupAttrText(rt, o, '__class__') || newRef(rt, rt.words[o + ObjectWord.Type]));
  if (own !== cls) picklingError(rt, 'args[0] from __newobj__ args has the wrong class');
  dropTemp(rt, own);
}

function tupleFrom(rt: Runtime, tuple: Ref, start: number, first: readonly Ref[] = []): Owned {
  const n = tupleSize(rt, tuple) - start;
  const result = newTuple(rt, first.length + n);
  const H = rt.words;
  first.forEach((item, i) => (H[result + TupleWord.Items + i] = newRef(rt, item)));
  for (let i = 0; i < n; i++) {
    H[result + TupleWord.Items + first.length + i] = newRef(rt, tupleItem(rt, tuple, start + i));
  }
  return result;
}

/** `cls.__new__(cls, *args, **kwargs)` */
function saveNewObjectEx(s: Saver, triple: Ref): void {
  const { rt } = s;
  const size = tupleSize(rt, triple);
  if (size !== 3) picklingError(rt, `length of the NEWOBJ_EX argument tuple must be exactly 3, not ${size}`);
  const [cls, args, kwargs] = [0, 1, 2].map((i) => tupleItem(rt, triple, i)) as [Ref, Ref, Ref];
  const wrong = (which: string, what: string, part: Ref): never =>
    picklingError(rt, `${which} item from NEWOBJ_EX argument tuple must be a ${what}, not ${kindName(rt, part)}`);
  if (!isType(rt, cls)) wrong('first', 'class', cls);
  if (!isTuple(rt, args)) wrong('second', 'tuple', args);
  if (!isDict(rt, kwargs)) wrong('third', 'dict', kwargs);
  if (s.proto >= 4) {
    s.save(s, cls);
    s.save(s, args);
    s.save(s, kwargs);
    s.out.byte(Op.NewObjEx);
    return;
  }
  const m = tempMark(rt);
  const maker = temp(rt, getAttrText(rt, cls, '__new__'));
  const bound = temp(rt, tupleFrom(rt, args, 0, [maker, cls]));
  saveCall(s, temp(rt, callWithTuple(rt, shared(rt, Shared.Partial), bound, kwargs)), S.EmptyTuple);
  releaseTemps(rt, m);
}
