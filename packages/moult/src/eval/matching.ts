/** Instructions of `match` statements. */
import { allocObject, decref, newRef, TupleWord, TypeFlag, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { Op } from '../compiler/opcodes.ts';
import { call2 } from '../core/call.ts';
import { typeError, valueError } from '../core/errors.ts';
import { newSet, setAdd, setContains } from '../objects/set/index.ts';
import { Id } from '../core/names.ts';
import { getAttrText, lookupAttr } from '../core/protocol/attribute.ts';
import { reprText } from '../core/protocol/text.ts';
import type { Runtime } from '../core/runtime.ts';
import { pyBool, S, T } from '../core/static.ts';
import { releaseKeeping, temp, tempMark, untemp } from '../core/temps.ts';
import { newTuple } from '../core/tuple.ts';
import { isStr, isTuple, isType, kindName, typeHas, typeName } from '../core/types.ts';
import { isInstanceOf } from '../core/protocol/instance-check.ts';
import { replaceMany } from './operands.ts';

/** Executes one of the matching instructions; 0 if `op` is none of them. @runsPython */
export function matchInstruction(rt: Runtime, frame: number, sp: number, op: number, arg: number): number {
  const H = rt.words;
  switch (op) {
    case Op.MATCH_MAPPING:
      H[sp] = pyBool(typeHas(rt, H[sp - 1], TypeFlag.Mapping));
      return sp + 1;
    case Op.MATCH_SEQUENCE:
      H[sp] = pyBool(typeHas(rt, H[sp - 1], TypeFlag.Sequence));
      return sp + 1;
    case Op.MATCH_KEYS:
      H[sp] = matchKeys(rt, H[sp - 2], H[sp - 1]);
      return sp + 1;
    case Op.MATCH_CLASS:
      return replaceMany(rt, frame, sp, 3, matchClass(rt, H[sp - 3], H[sp - 2], arg, H[sp - 1]));
    default:
      return 0;
  }
}

/** The values of `keys` in the mapping as a tuple, or None if one is missing. */
function matchKeys(rt: Runtime, mapping: Ref, keys: Ref): Owned {
  const H = rt.words;
  const n = H[keys + TupleWord.Size];
  if (n === 0) return newTuple(rt, 0);
  const m = tempMark(rt);
  const get = temp(rt, getAttrText(rt, mapping, 'get'));
  const seen = temp(rt, newSet(rt));
  const missing = temp(rt, allocObject(rt, T.object, 2));
  const values = temp(rt, newTuple(rt, n));
  for (let i = 0; i < n; i++) {
    const key = H[keys + TupleWord.Items + i];
    if (setContains(rt, seen, key)) raiseDuplicateKey(rt, key);
    setAdd(rt, seen, key);
    const value = call2(rt, get, key, missing);
    if (value === missing) {
      decref(rt, value);
      return releaseKeeping(rt, m, S.None as Ref as Owned);
    }
    H[values + TupleWord.Items + i] = value;
  }
  return releaseKeeping(rt, m, newRef(rt, values));
}

function raiseDuplicateKey(rt: Runtime, key: Ref): never {
  valueError(rt, `mapping pattern checks duplicate key (${reprText(rt, key)})`);
}

/** The attributes that a class pattern names as a tuple, or None if the subject does not match. */
function matchClass(rt: Runtime, subject: Ref, type: Ref, npositional: number, names: Ref): Owned {
  if (!isType(rt, type)) typeError(rt, `called match pattern must be a class`);
  if (!isInstanceOf(rt, subject, type)) return S.None as Ref as Owned;
  const m = tempMark(rt);
  const H = rt.words;
  const nkw = H[names + TupleWord.Size];
  const values = temp(rt, newTuple(rt, npositional + nkw));
  const seen = temp(rt, newSet(rt));
  let ok = npositional === 0 || takePositional(rt, subject, type, npositional, values, seen);
  for (let i = 0; ok && i < nkw; i++) {
    ok = takeAttribute(rt, subject, type, H[names + TupleWord.Items + i], values, npositional + i, seen);
  }
  return releaseKeeping(rt, m, ok ? newRef(rt, values) : (S.None as Ref as Owned));
}

function takePositional(rt: Runtime, subject: Ref, type: Ref, n: number, values: Ref, seen: Ref): boolean {
  const H = rt.words;
  const found = lookupAttr(rt, type, Id.__match_args__);
  if (found === 0) return takeSelf(rt, subject, type, n, values);
  const args = temp(rt, found);
  if (!isTuple(rt, args) || H[args + 1] !== T.tuple) {
    typeError(rt, `${typeName(rt, type)}.__match_args__ must be a tuple (got ${kindName(rt, args)})`);
  }
  const allowed = H[args + TupleWord.Size];
  if (allowed < n) tooMany(rt, type, allowed, n);
  let ok = true;
  for (let i = 0; ok && i < n; i++) {
    const name = H[args + TupleWord.Items + i];
    if (!isStr(rt, name)) typeError(rt, `__match_args__ elements must be strings (got ${kindName(rt, name)})`);
    ok = takeAttribute(rt, subject, type, name, values, i, seen);
  }
  decref(rt, untemp(rt, args));
  return ok;
}

/** `int(x)` and its like match the subject itself. */
function takeSelf(rt: Runtime, subject: Ref, type: Ref, n: number, values: Ref): boolean {
  const H = rt.words;
  const self = (H[type + TypeWord.Flags] & TypeFlag.MatchSelf) !== 0;
  if (n > (self ? 1 : 0)) tooMany(rt, type, self ? 1 : 0, n);
  H[values + TupleWord.Items] = newRef(rt, subject);
  return true;
}

function tooMany(rt: Runtime, type: Ref, allowed: number, given: number): never {
  typeError(
    rt,
    `${typeName(rt, type)}() accepts ${allowed} positional sub-pattern${allowed === 1 ? '' : 's'} (${given} given)`,
  );
}

function takeAttribute(rt: Runtime, subject: Ref, type: Ref, name: Ref, values: Ref, i: number, seen: Ref): boolean {
  if (setContains(rt, seen, name)) {
    typeError(rt, `${typeName(rt, type)}() got multiple sub-patterns for attribute ${reprText(rt, name)}`);
  }
  setAdd(rt, seen, name);
  const value = lookupAttr(rt, subject, name);
  if (value === 0) return false;
  rt.words[values + TupleWord.Items + i] = value;
  return true;
}
