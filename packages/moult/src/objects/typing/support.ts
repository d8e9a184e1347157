/** What type parameters need of the library's `typing`, and of the code that makes them. */
import { newRef, ObjectWord, TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { vectorcall } from '../../core/call.ts';
import { typeError } from '../../core/errors.ts';
import { FrameWord } from '../../core/layout/frame.ts';
import { FunctionWord } from '../../core/layout/functions.ts';
import { native } from '../../core/native.ts';
import type { NativeDefinition } from '../../core/native.ts';
import { getAttrText, setAttrText } from '../../core/protocol/attribute.ts';
import { getItem } from '../../core/protocol/item.ts';
import { RootNum } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { newStr } from '../../core/str.ts';
import { popArgs, pushArgs, releaseKeeping, temp, tempMark } from '../../core/temps.ts';
import { newTuple, tupleItem, tupleSize } from '../../core/tuple.ts';
import { argumentName, isStr } from '../../core/types.ts';

/** `typing.name`, left on the temporaries' stack. @runsPython */
function typingAttribute(rt: Runtime, name: string): Ref {
  return temp(rt, getAttrText(rt, temp(rt, rt.importModule('typing')), name));
}

/** `typing.name(*args)` @runsPython */
export function callTyping(rt: Runtime, name: string, ...args: readonly Ref[]): Owned {
  const m = tempMark(rt);
  const fn = typingAttribute(rt, name);
  const base = pushArgs(rt, args.length);
  rt.words.set(args, base);
  const result = vectorcall(rt, fn, base, args.length, 0);
  popArgs(rt, base);
  return releaseKeeping(rt, m, result);
}

/** `typing.name(self, *args, **kwargs)` with arguments as natives get them. @runsPython */
export function forwardToTyping(
  rt: Runtime,
  name: string,
  self: Ref,
  args: number,
  nargs: number,
  kwnames: Ref,
): Owned {
  const m = tempMark(rt);
  const fn = typingAttribute(rt, name);
  const n = nargs + (kwnames === 0 ? 0 : tupleSize(rt, kwnames));
  const base = pushArgs(rt, n + 1);
  rt.words[base] = self;
  rt.words.copyWithin(base + 1, args, args + n);
  const result = vectorcall(rt, fn, base, nargs + 1, kwnames);
  popArgs(rt, base);
  return releaseKeeping(rt, m, result);
}

/** `type` as a bound or constraint: None stands for its type, strings become forward references. @runsPython */
export function checkType(rt: Runtime, type: Ref, message: string): Owned {
  if (type === S.None) return newRef(rt, T.NoneType);
  const m = tempMark(rt);
  const text = temp(rt, newStr(rt, message));
  return releaseKeeping(rt, m, callTyping(rt, '_type_check', type, text));
}

/** `__module__` of the running Python function, owned; None outside of functions. */
export function callerModule(rt: Runtime): Owned {
  const frame = rt.words[RootNum.CurrentFrame];
  return newRef(rt, frame === 0 ? S.None : functionModule(rt, rt.words[frame + FrameWord.Function]));
}

/** `fn.__module__`, borrowed; None if it has none. */
export function functionModule(rt: Runtime, fn: Ref): Ref {
  if (rt.words[fn + ObjectWord.Type] !== T.function) return S.None;
  return rt.words[fn + FunctionWord.Module] || S.None;
}

/** Gives a new parameter the `__module__` of the code that made it. Takes and returns it. @runsPython */
export function withCallerModule(rt: Runtime, o: Owned): Owned {
  const m = tempMark(rt);
  temp(rt, o);
  setAttrText(rt, o, '__module__', temp(rt, callerModule(rt)));
  return releaseKeeping(rt, m, newRef(rt, o));
}

/** `typing.Unpack[variable]` @runsPython */
export function unpacked(rt: Runtime, variable: Ref): Owned {
  const m = tempMark(rt);
  return releaseKeeping(rt, m, getItem(rt, typingAttribute(rt, 'Unpack'), variable));
}

/** `params` with each TypeVarTuple unpacked; the same tuple if there is none. @runsPython */
export function unpackTypeVarTuples(rt: Runtime, params: Ref): Owned {
  const H = rt.words;
  const n = tupleSize(rt, params);
  let some = false;
  for (let i = 0; i < n; i++) some ||= H[tupleItem(rt, params, i) + ObjectWord.Type] === T.typeVarTuple;
  if (!some) return newRef(rt, params);
  const m = tempMark(rt);
  const result = temp(rt, newTuple(rt, n));
  for (let i = 0; i < n; i++) {
    const item = tupleItem(rt, params, i);
    H[result + TupleWord.Items + i] =
      H[item + ObjectWord.Type] === T.typeVarTuple ? unpacked(rt, item) : newRef(rt, item);
  }
  return releaseKeeping(rt, m, newRef(rt, result));
}

/** `left | right` where one is a type parameter. @runsPython */
export function unionOfParameters(rt: Runtime, left: Ref, right: Ref): Owned {
  return callTyping(rt, '_make_union', left, right);
}

/** `__mro_entries__`, which refuses to take part in a class statement. */
export function refusesSubclasses(kind: string): NativeDefinition {
  return native('__mro_entries__(bases, /)', (rt) => typeError(rt, `Cannot subclass an instance of ${kind}`), {
    unsigned: true,
  });
}

/** Raises TypeError unless the argument `name` of `fn` is a str. */
export function requireName(rt: Runtime, fn: string, name: Ref): void {
  if (!isStr(rt, name)) typeError(rt, `${fn}() argument 'name' must be str, not ${argumentName(rt, name)}`);
}
