/** Type variables inside of `list[T]` and `T | None`, and putting types in their place. */
import { TupleWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call1, call2 } from '../../core/call.ts';
import { typeError } from '../../core/errors.ts';
import { Id } from '../../core/names.ts';
import { lookupAttr, lookupAttrText } from '../../core/protocol/attribute.ts';
import { getItem } from '../../core/protocol/item.ts';
import { reprText } from '../../core/protocol/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S } from '../../core/static.ts';
import { releaseKeeping, releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { tupleOf } from '../../core/tuple.ts';
import { isTuple, isType, slotOf } from '../../core/types.ts';

function items(rt: Runtime, tuple: Ref): Ref[] {
  const start = tuple + TupleWord.Items;
  return Array.from(rt.words.subarray(start, start + rt.words[tuple + TupleWord.Size]));
}

/** The parameters of the types in `args`, each once: a tuple. (_Py_make_parameters) @runsPython */
export function typeParameters(rt: Runtime, args: Ref): Owned {
  const m = tempMark(rt);
  const found: Ref[] = [];
  for (const arg of items(rt, args)) collect(rt, arg, found);
  return releaseKeeping(rt, m, tupleOf(rt, ...found));
}

/** Adds what `arg` contributes; new references stay on the temporaries' stack. */
function collect(rt: Runtime, arg: Ref, found: Ref[]): void {
  if (isType(rt, arg)) return;
  const substitute = lookupAttr(rt, arg, Id.__typing_subst__);
  if (substitute !== 0) {
    temp(rt, substitute);
    if (!found.includes(arg)) found.push(arg);
    return;
  }
  const inner = lookupAttr(rt, arg, Id.__parameters__);
  if (inner === 0) return;
  temp(rt, inner);
  if (!isTuple(rt, inner)) return;
  for (const parameter of items(rt, inner)) if (!found.includes(parameter)) found.push(parameter);
}

/** `args` with `item` (one type or a tuple) in place of `params`: a tuple. (_Py_subs_parameters) @runsPython */
export function substituteParameters(rt: Runtime, self: Ref, args: Ref, params: Ref, item: Ref): Owned {
  const m = tempMark(rt);
  const parameters = items(rt, params);
  if (parameters.length === 0) typeError(rt, `${reprText(rt, self)} is not a generic class`);
  let given = temp(rt, unpackedArguments(rt, isTuple(rt, item) ? items(rt, item) : [item]));
  for (const parameter of parameters) given = prepared(rt, self, parameter, given);
  const values = items(rt, given);
  if (values.length !== parameters.length) {
    const how = values.length > parameters.length ? 'many' : 'few';
    typeError(
      rt,
      `Too ${how} arguments for ${reprText(rt, self)}; actual ${values.length}, expected ${parameters.length}`,
    );
  }
  const result: Ref[] = [];
  for (const arg of items(rt, args)) result.push(...substituteOne(rt, arg, parameters, values));
  return releaseKeeping(rt, m, tupleOf(rt, ...result));
}

/** The arguments as a tuple, with those of `*tuple[int, str]` each for itself. (_unpack_args) @runsPython */
function unpackedArguments(rt: Runtime, given: readonly Ref[]): Owned {
  const m = tempMark(rt);
  const flat: Ref[] = [];
  for (const item of given) {
    const inside = isType(rt, item) ? 0 : lookupAttrText(rt, item, '__typing_unpacked_tuple_args__');
    if (inside !== 0) temp(rt, inside);
    const args = inside !== 0 && isTuple(rt, inside) ? items(rt, inside) : null;
    if (args === null || args.at(-1) === (S.Ellipsis as number)) flat.push(item);
    else flat.push(...args);
  }
  return releaseKeeping(rt, m, tupleOf(rt, ...flat));
}

function prepared(rt: Runtime, self: Ref, parameter: Ref, given: Ref): Ref {
  const hook = lookupAttr(rt, parameter, Id.__typing_prepare_subst__);
  if (hook === 0) return given;
  temp(rt, hook);
  if (hook === (S.None as number)) return given;
  return temp(rt, call2(rt, hook, self, given));
}

function substituteOne(rt: Runtime, arg: Ref, parameters: Ref[], values: Ref[]): Ref[] {
  if (isType(rt, arg)) return [arg];
  const unpack = isUnpacked(rt, arg);
  const hook = lookupAttr(rt, arg, Id.__typing_subst__);
  const value =
    hook === 0
      ? inner(rt, arg, parameters, values)
      : temp(rt, call1(rt, temp(rt, hook), values[parameters.indexOf(arg)]));
  if (unpack && isTuple(rt, value)) return items(rt, value);
  return [value];
}

function isUnpacked(rt: Runtime, arg: Ref): boolean {
  const m = tempMark(rt);
  const flag = lookupAttr(rt, arg, Id.__typing_is_unpacked_typevartuple__);
  if (flag === 0) return false;
  temp(rt, flag);
  releaseTemps(rt, m);
  return flag === (S.True as number);
}

/** `arg[...]` with its own parameters replaced. */
function inner(rt: Runtime, arg: Ref, parameters: Ref[], values: Ref[]): Ref {
  const own = lookupAttr(rt, arg, Id.__parameters__);
  if (own === 0) return arg;
  temp(rt, own);
  if (!isTuple(rt, own) || rt.words[own + TupleWord.Size] === 0) return arg;
  const chosen = items(rt, own).flatMap((parameter) => {
    const i = parameters.indexOf(parameter);
    if (i < 0) return [parameter];
    // Only a TypeVarTuple can be iterated: it stands for any number of types.
    return slotOf(rt, parameter, TypeWord.Iter) !== 0 && isTuple(rt, values[i]) ? items(rt, values[i]) : [values[i]];
  });
  return temp(rt, getItem(rt, arg, temp(rt, tupleOf(rt, ...chosen))));
}
