/** Values between JavaScript and Python. What has no counterpart crosses as a `PythonObject`. */
import { ObjectWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictKeyAt, dictNext, dictSetTake, dictValueAt, newDict } from '../../core/dict/index.ts';
import { bigIntValue, floatValue, isSafeInt, newBigInt, newFloat, newInt, safeIntValue } from '../../core/int.ts';
import { listAppendTake, listItem, listLength, newList } from '../../core/list.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { bytesData, newBytes, newStr, strText } from '../../core/str.ts';
import { temp, untemp } from '../../core/temps.ts';
import { tupleItem, tupleSize } from '../../core/tuple.ts';
import { isBytes, isDict, isInstance, isInt, isList, isStr, isTuple, kindName } from '../../core/types.ts';
import { isAnySet, newSet, setAdd, setEntryAt, setNext } from '../../objects/set/index.ts';

/** Values that are converted one for one; anything else has to be made by the two callbacks. */
export type Converted =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | Converted[]
  | Map<Converted, Converted>
  | Set<Converted>
  | object;

/** Makes a Python object of what this module does not know; null if that cannot be. */
type MakeOther = (value: object) => Owned | null;
/** Makes a JavaScript value of what has no counterpart. */
type WrapOther = (o: Ref) => object;

/** A new Python object for a value. Throws TypeError for what has no counterpart, and for a container that holds itself.
 *  @runsPython for keys' hashes */
export function toPython(rt: Runtime, value: unknown, other: MakeOther): Owned {
  return make(rt, value, other, []);
}

function make(rt: Runtime, value: unknown, other: MakeOther, around: readonly object[]): Owned {
  switch (typeof value) {
    case 'undefined':
      return S.None as Ref as Owned;
    case 'boolean':
      return pyBool(value) as Owned;
    case 'number':
      return Number.isSafeInteger(value) && !Object.is(value, -0) ? newInt(rt, value) : newFloat(rt, value);
    case 'bigint':
      return newBigInt(rt, value);
    case 'string':
      return newStr(rt, value);
    case 'symbol':
      throw new TypeError('a Symbol has no counterpart in Python');
    default:
      return value === null ? (S.None as Ref as Owned) : fromObject(rt, value as object, other, around);
  }
}

function fromObject(rt: Runtime, value: object, other: MakeOther, around: readonly object[]): Owned {
  const made = other(value);
  if (made !== null) return made;
  if (value instanceof Uint8Array) return newBytes(rt, value.slice());
  if (around.includes(value)) throw new TypeError(`${className(value)} that holds itself has no counterpart in Python`);
  const inside = [...around, value];
  const convert = (item: unknown): Owned => make(rt, item, other, inside);
  if (Array.isArray(value)) return newListFrom(rt, value, convert);
  if (value instanceof Set) return newSetFrom(rt, value, convert);
  if (value instanceof Map) return newDictFrom(rt, value, convert);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return newDictFrom(rt, Object.entries(value), convert);
  throw new TypeError(`${className(value)} has no counterpart in Python`);
}

/** `a Date`: for messages. */
function className(value: object): string {
  const constructor: unknown = Reflect.get(value, 'constructor');
  const name = typeof constructor === 'function' && typeof constructor.name === 'string' ? constructor.name : '';
  return `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name || 'value of an unnamed class'}`;
}

/** Makes a Python object of what is inside of another. */
type Convert = (item: unknown) => Owned;

function newListFrom(rt: Runtime, values: readonly unknown[], convert: Convert): Owned {
  const list = temp(rt, newList(rt, 0));
  for (const value of values) listAppendTake(rt, list, convert(value));
  return untemp(rt, list);
}

function newSetFrom(rt: Runtime, values: Iterable<unknown>, convert: Convert): Owned {
  const set = temp(rt, newSet(rt));
  for (const value of values) {
    const item = temp(rt, convert(value));
    setAdd(rt, set, item);
    releaseTop(rt, item);
  }
  return untemp(rt, set);
}

function newDictFrom(rt: Runtime, entries: Iterable<readonly [unknown, unknown]>, convert: Convert): Owned {
  const dict = temp(rt, newDict(rt));
  for (const [key, value] of entries) {
    const keyObject = temp(rt, convert(key));
    const valueObject = convert(value);
    dictSetTake(rt, dict, untemp(rt, keyObject), valueObject);
  }
  return untemp(rt, dict);
}

function releaseTop(rt: Runtime, o: Ref): void {
  rt.decref(untemp(rt, o));
}

/** The value of a Python object: exact built-in types and their subclasses by content, anything else by `wrap`.
 *  Throws TypeError for a container that holds itself. */
export function toJs(rt: Runtime, o: Ref, wrap: WrapOther, around: readonly Ref[] = []): Converted {
  const scalar = scalarToJs(rt, o);
  if (scalar !== undefined) return scalar;
  if (around.includes(o))
    throw new TypeError(`a ${kindName(rt, o)} that holds itself has no counterpart in JavaScript`);
  const inside = [...around, o];
  const convert = (item: Ref): Converted => toJs(rt, item, wrap, inside);
  if (isList(rt, o)) return Array.from({ length: listLength(rt, o) }, (_, i) => convert(listItem(rt, o, i)));
  if (isTuple(rt, o)) return Array.from({ length: tupleSize(rt, o) }, (_, i) => convert(tupleItem(rt, o, i)));
  if (isDict(rt, o)) return new Map(dictEntries(rt, o, convert));
  if (isAnySet(rt, o)) return new Set(setItems(rt, o, convert));
  return wrap(o);
}

function scalarToJs(rt: Runtime, o: Ref): Converted | undefined {
  if (o === S.None) return null;
  if (rt.words[o + ObjectWord.Type] === T.bool) return o === pyBool(true);
  if (isInt(rt, o)) return isSafeInt(rt, o) ? safeIntValue(rt, o) : bigIntValue(rt, o);
  if (isInstance(rt, o, T.float)) return floatValue(rt, o);
  if (isStr(rt, o)) return strText(rt, o);
  return isBytes(rt, o) ? bytesData(rt, o).slice() : undefined;
}

function* dictEntries(rt: Runtime, d: Ref, convert: (o: Ref) => Converted): Generator<[Converted, Converted]> {
  for (let i = dictNext(rt, d, 0); i >= 0; i = dictNext(rt, d, i + 1)) {
    yield [convert(dictKeyAt(rt, d, i)), convert(dictValueAt(rt, d, i))];
  }
}

function* setItems(rt: Runtime, s: Ref, convert: (o: Ref) => Converted): Generator<Converted> {
  for (let i = setNext(rt, s, 0); i >= 0; i = setNext(rt, s, i + 1)) yield convert(rt.words[setEntryAt(rt, s, i)]);
}
