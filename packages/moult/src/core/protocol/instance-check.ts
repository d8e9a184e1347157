/** `isinstance` and `issubclass` with all their rules: `__instancecheck__`, tuples, unions, classes that are no types. */
import { ObjectWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { call1 } from '../call.ts';
import { typeError } from '../errors.ts';
import { Id } from '../names.ts';
import { enterRecursion, leaveRecursion } from '../recursion.ts';
import type { Runtime } from '../runtime.ts';
import { T } from '../static.ts';
import { dropTemp, releaseTemps, temp, tempMark } from '../temps.ts';
import { tupleItem, tupleSize } from '../tuple.ts';
import { isInstance, isSubtype, isTuple, isType } from '../types.ts';
import { getAttrText, lookupAttr } from './attribute.ts';
import { isTrue } from './compare.ts';

/** `isinstance(o, cls)` @runsPython Source: CPython 3.12 object_recursive_isinstance. */
export function isInstanceOf(rt: Runtime, o: Ref, cls: Ref): boolean {
  const H = rt.words;
  if (H[o + ObjectWord.Type] === cls) return true;
  if (H[cls + ObjectWord.Type] === T.type) return realIsInstance(rt, o, cls);
  if (H[cls + ObjectWord.Type] === T.unionType) return anyMember(rt, cls, (member) => isInstanceOf(rt, o, member));
  if (isTuple(rt, cls)) return anyItem(rt, cls, (item) => isInstanceOf(rt, o, item));
  const answer = askChecker(rt, cls, o, Id.__instancecheck__, ' in __instancecheck__');
  return answer ?? realIsInstance(rt, o, cls);
}

/** `issubclass(derived, cls)` @runsPython Source: CPython 3.12 object_issubclass. */
export function isSubclassOf(rt: Runtime, derived: Ref, cls: Ref): boolean {
  const H = rt.words;
  if (H[cls + ObjectWord.Type] === T.type) return derived === cls || realIsSubclass(rt, derived, cls);
  const parts = H[cls + ObjectWord.Type] === T.unionType;
  if (parts) return anyMember(rt, cls, (member) => isSubclassOf(rt, derived, member));
  if (isTuple(rt, cls)) return anyItem(rt, cls, (item) => isSubclassOf(rt, derived, item));
  const answer = askChecker(rt, cls, derived, Id.__subclasscheck__, ' in __subclasscheck__');
  return answer ?? realIsSubclass(rt, derived, cls);
}

function anyItem(rt: Runtime, tuple: Ref, test: (item: Ref) => boolean): boolean {
  enterRecursion(rt, ' in __instancecheck__');
  let found = false;
  for (let i = 0; !found && i < tupleSize(rt, tuple); i++) found = test(tupleItem(rt, tuple, i));
  leaveRecursion(rt);
  return found;
}

function anyMember(rt: Runtime, union: Ref, test: (item: Ref) => boolean): boolean {
  const args = temp(rt, getAttrText(rt, union, '__args__'));
  const found = anyItem(rt, args, test);
  dropTemp(rt, args);
  return found;
}

/** What the class's own check says, null if it has none. */
function askChecker(rt: Runtime, cls: Ref, o: Ref, name: Ref, where: string): boolean | null {
  const m = tempMark(rt);
  const checker = rt.lookupSpecial(cls, name);
  if (checker === 0) return null;
  temp(rt, checker);
  enterRecursion(rt, where);
  const result = temp(rt, call1(rt, checker, o));
  leaveRecursion(rt);
  const truth = isTrue(rt, result);
  releaseTemps(rt, m);
  return truth;
}

/** `type.__instancecheck__(cls, o)`: by the type, then by `o.__class__`. @runsPython */
export function realIsInstance(rt: Runtime, o: Ref, cls: Ref): boolean {
  if (isType(rt, cls))
    return (
      isInstance(rt, o, cls) ||
      hasClass(rt, o, (c) => isType(rt, c) && c !== rt.words[o + ObjectWord.Type] && isSubtype(rt, c, cls))
    );
  checkClass(rt, cls, 'isinstance() arg 2 must be a type, a tuple of types, or a union');
  return hasClass(rt, o, (c) => abstractIsSubclass(rt, c, cls));
}

function hasClass(rt: Runtime, o: Ref, test: (cls: Ref) => boolean): boolean {
  const cls = lookupAttr(rt, o, Id.__class__);
  if (cls === 0) return false;
  temp(rt, cls);
  const answer = test(cls);
  dropTemp(rt, cls);
  return answer;
}

/** `type.__subclasscheck__(cls, derived)` @runsPython */
export function realIsSubclass(rt: Runtime, derived: Ref, cls: Ref): boolean {
  if (isType(rt, cls) && isType(rt, derived)) return isSubtype(rt, derived, cls);
  checkClass(rt, derived, 'issubclass() arg 1 must be a class');
  checkClass(rt, cls, 'issubclass() arg 2 must be a class, a tuple of classes, or a union');
  return abstractIsSubclass(rt, derived, cls);
}

/** The `__bases__` of a class by its attribute, pushed on the temporaries; 0 if it has no tuple of that name. */
function basesOf(rt: Runtime, cls: Ref): Ref {
  const bases = lookupAttr(rt, cls, Id.__bases__);
  if (bases === 0) return 0;
  temp(rt, bases);
  if (isTuple(rt, bases)) return bases;
  dropTemp(rt, bases);
  return 0;
}

function checkClass(rt: Runtime, cls: Ref, message: string): void {
  const bases = basesOf(rt, cls);
  if (bases === 0) typeError(rt, message);
  dropTemp(rt, bases);
}

function abstractIsSubclass(rt: Runtime, derived: Ref, cls: Ref): boolean {
  if (derived === cls) return true;
  const bases = basesOf(rt, derived);
  if (bases === 0) return false;
  enterRecursion(rt, ' in __issubclass__');
  let found = false;
  for (let i = 0; !found && i < tupleSize(rt, bases); i++) found = abstractIsSubclass(rt, tupleItem(rt, bases, i), cls);
  leaveRecursion(rt);
  dropTemp(rt, bases);
  return found;
}
