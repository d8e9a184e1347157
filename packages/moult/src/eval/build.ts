/** Instructions that build or extend containers and strings. */
import { decref, ObjectWord, TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { Op } from '../compiler/opcodes.ts';
import { dictFromItems, dictMerge, dictSet } from '../core/dict/index.ts';
import { caught, catchOnly, clearException, mark, pendingMatches, typeError } from '../core/errors.ts';
import { FrameWord } from '../core/layout/frame.ts';
import { listAppendTake, listExtend, listFromWordsTake } from '../core/list.ts';
import { format as formatObject } from '../objects/format.ts';
import { repr, str } from '../core/protocol/text.ts';
import type { Runtime } from '../core/runtime.ts';
import { setAdd, setUpdate, newSet } from '../objects/set/index.ts';
import { newSlice } from '../core/slice.ts';
import { S, T } from '../core/static.ts';
import { newStr, strText } from '../core/str.ts';
import { temp, untemp } from '../core/temps.ts';
import { isIterable, kindName } from '../core/types.ts';
import { asciiRepr } from '../objects/format.ts';
import { mergeKeywords } from './keywords.ts';
import { popMany, replaceMany, replaceManyDown } from './operands.ts';

/** Executes one of the building instructions; 0 if `op` is none of them. @runsPython */
export function buildInstruction(rt: Runtime, frame: number, sp: number, op: number, arg: number): number {
  const H = rt.words;
  switch (op) {
    case Op.BUILD_LIST:
      return buildList(rt, frame, sp, arg);
    case Op.BUILD_SET:
      return buildSet(rt, frame, sp, arg);
    case Op.BUILD_MAP:
      return buildMap(rt, frame, sp, arg);
    case Op.BUILD_CONST_KEY_MAP:
      return buildConstKeyMap(rt, frame, sp, arg);
    case Op.BUILD_STRING:
      return buildString(rt, frame, sp, arg);
    case Op.BUILD_SLICE:
      return replaceMany(
        rt,
        frame,
        sp,
        arg,
        newSlice(rt, H[sp - arg], H[sp - arg + 1], arg === 3 ? H[sp - 1] : S.None),
      );
    case Op.FORMAT_VALUE:
      return formatValue(rt, frame, sp, arg);
    case Op.LIST_APPEND:
      H[frame + FrameWord.StackTop]--;
      listAppendTake(rt, H[sp - 1 - arg], H[sp - 1] as Owned);
      return sp - 1;
    case Op.LIST_EXTEND:
      extendList(rt, H[sp - 1 - arg], H[sp - 1]);
      return popMany(rt, frame, sp, 1);
    case Op.SET_ADD:
      setAdd(rt, H[sp - 1 - arg], H[sp - 1]);
      return popMany(rt, frame, sp, 1);
    case Op.SET_UPDATE:
      setUpdate(rt, H[sp - 1 - arg], H[sp - 1]);
      return popMany(rt, frame, sp, 1);
    case Op.MAP_ADD:
      dictSet(rt, H[sp - 2 - arg], H[sp - 2], H[sp - 1]);
      return popMany(rt, frame, sp, 2);
    case Op.DICT_UPDATE:
      updateDict(rt, H[sp - 1 - arg], H[sp - 1]);
      return popMany(rt, frame, sp, 1);
    case Op.DICT_MERGE:
      // callable is below the dict: null, callable, args, dict
      mergeKeywords(rt, H[sp - 1 - (arg + 2)], H[sp - 1 - arg], H[sp - 1]);
      return popMany(rt, frame, sp, 1);
    default:
      return 0;
  }
}

/** values … → list. */
export function buildList(rt: Runtime, frame: number, sp: number, n: number): number {
  const list = listFromWordsTake(rt, sp - n, n);
  rt.words[sp - n] = list;
  rt.words[frame + FrameWord.StackTop] = sp - n + 1 - frame - FrameWord.LocalsPlus;
  return sp - n + 1;
}

function buildSet(rt: Runtime, frame: number, sp: number, n: number): number {
  const H = rt.words;
  const set = temp(rt, newSet(rt));
  for (let i = sp - n; i < sp; i++) setAdd(rt, set, H[i]);
  return replaceMany(rt, frame, sp, n, untemp(rt, set));
}

function buildMap(rt: Runtime, frame: number, sp: number, n: number): number {
  const first = sp - 2 * n;
  return replaceManyDown(rt, frame, sp, 2 * n, dictFromItems(rt, first, 2, first + 1, 2, n));
}

function buildConstKeyMap(rt: Runtime, frame: number, sp: number, n: number): number {
  const H = rt.words;
  const keys = H[sp - 1] + TupleWord.Items;
  return replaceMany(rt, frame, sp, n + 1, dictFromItems(rt, keys, 1, sp - 1 - n, 1, n));
}

function buildString(rt: Runtime, frame: number, sp: number, n: number): number {
  const H = rt.words;
  let text = '';
  for (let i = sp - n; i < sp; i++) text += strText(rt, H[i]);
  return replaceMany(rt, frame, sp, n, newStr(rt, text));
}

const enum FormatFlag {
  ConversionMask = 3,
  Str = 1,
  Repr = 2,
  Ascii = 3,
  WithSpec = 4,
}

/** FORMAT_VALUE: value[, spec] → text. */
function formatValue(rt: Runtime, frame: number, sp: number, arg: number): number {
  const H = rt.words;
  const withSpec = (arg & FormatFlag.WithSpec) !== 0;
  const at = sp - (withSpec ? 2 : 1);
  const converted = convert(rt, H[at], arg & FormatFlag.ConversionMask);
  if (converted !== 0) {
    const value = H[at];
    H[at] = converted;
    decref(rt, value);
  }
  if (!withSpec && H[H[at] + ObjectWord.Type] === T.str) return sp;
  return replaceMany(rt, frame, sp, withSpec ? 2 : 1, formatObject(rt, H[at], withSpec ? H[sp - 1] : 0));
}

function convert(rt: Runtime, value: Ref, how: number): Owned | 0 {
  switch (how) {
    case FormatFlag.Str:
      return str(rt, value);
    case FormatFlag.Repr:
      return repr(rt, value);
    case FormatFlag.Ascii:
      return asciiRepr(rt, value);
    default:
      return 0;
  }
}

function extendList(rt: Runtime, list: Ref, iterable: Ref): void {
  const m = mark(rt);
  try {
    listExtend(rt, list, iterable);
  } catch (error) {
    caught(rt, error, m);
    if (pendingMatches(rt, T.TypeError) && !isIterable(rt, iterable)) {
      clearException(rt);
      typeError(rt, `Value after * must be an iterable, not ${kindName(rt, iterable)}`);
    }
    throw error;
  }
}

function updateDict(rt: Runtime, dict: Ref, mapping: Ref): void {
  const m = mark(rt);
  try {
    dictMerge(rt, dict, mapping, 1);
  } catch (error) {
    catchOnly(rt, error, m, T.AttributeError);
    typeError(rt, `'${kindName(rt, mapping)}' object is not a mapping`);
  }
}
