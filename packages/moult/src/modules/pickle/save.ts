/** Saving any object: by its type, by a reducer of the program's, or by what the object says of itself. */
import { newRef, ObjectWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { call0, call1, call2 } from '../../core/call.ts';
import { dictGet } from '../../core/dict/index.ts';
import { catchOnly, mark } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { getItem, lookupAttrText, reprText, strTextOf } from '../../core/protocol/index.ts';
import { enterRecursion, leaveRecursion } from '../../core/recursion.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { dropTemp, releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { isStr, isSubtype, isTuple, typeFullName } from '../../core/types.ts';
import { PicklerWord } from './layout.ts';
import { Op } from './opcodes.ts';
import { PICKLE_BUFFER } from './pickle-buffer.ts';
import { saveBytearray, saveBytes, savePickleBuffer } from './save-bytes.ts';
import { saveDict, saveFrozenset, saveList, saveSet, saveTuple } from './save-containers.ts';
import { saveGlobal, saveType } from './save-global.ts';
import { saveReduced } from './save-reduce.ts';
import { saveBool, saveFloat, saveInt, saveStr } from './save-values.ts';
import { picklingError, recall } from './saver.ts';
import type { Saver } from './saver.ts';
import { Shared, shared } from './shared.ts';

type Save = (s: Saver, o: Ref) => void;

/** Values that are never remembered. */
const ATOMS = new Map<Ref, Save>([
  [
    T.NoneType,
    (s) => {
      s.out.byte(Op.None);
    },
  ],
  [T.bool, saveBool],
  [T.int, saveInt],
  [T.float, saveFloat],
]);
const TEXTS = new Map<Ref, Save>([
  [T.bytes, saveBytes],
  [T.str, saveStr],
]);
const OTHERS = new Map<Ref, Save>([
  [T.dict, saveDict],
  [T.set, saveSet],
  [T.frozenset, saveFrozenset],
  [T.list, saveList],
  [T.tuple, saveTuple],
  [T.bytearray, saveBytearray],
  [PICKLE_BUFFER, savePickleBuffer],
]);

/** Saves `o`. Source: CPython 3.12 save. @runsPython */
export function save(s: Saver, o: Ref): void {
  s.out.boundary();
  if (!s.hasPersistentId || !savePersistent(s, o)) saveObject(s, o);
}

/** True if the program has a name for `o`, which then is saved instead. */
function savePersistent(s: Saver, o: Ref): boolean {
  const { rt, out } = s;
  const H = rt.words;
  const name = H[s.self + PicklerWord.PersId];
  const pid = temp(rt, H[s.self + PicklerWord.PersBound] === 0 ? call1(rt, name, o) : call2(rt, name, s.self, o));
  const given = pid !== S.None;
  if (given && s.bin) {
    out.boundary();
    saveObject(s, pid);
    out.byte(Op.BinPersId);
  } else if (given) {
    const text = strTextOf(rt, pid);

    if (!/^[\0-\x7f]*$/.test(text)) picklingError(rt, 'persistent IDs in protocol 0 must be ASCII strings');
    out.text(Op.PersId, `${text}\n`);
  }
  dropTemp(rt, pid);
  return given;
}

function saveObject(s: Saver, o: Ref): void {
  const { rt } = s;
  const type = rt.words[o + ObjectWord.Type];
  const atom = ATOMS.get(type);
  if (atom !== undefined) {
    atom(s, o);
    return;
  }
  if (recall(s, o)) return;
  const text = TEXTS.get(type);
  if (text !== undefined) {
    text(s, o);
    return;
  }
  enterRecursion(rt, ' while pickling an object');
  const other = OTHERS.get(type);
  if (other !== undefined) other(s, o);
  else saveByReduction(s, o, type);
  leaveRecursion(rt);
}

function saveByReduction(s: Saver, o: Ref, type: Ref): void {
  const { rt } = s;
  const m = tempMark(rt);
  temp(rt, newRef(rt, o));
  const reduced = overridden(s, o) || (isGlobal(s, o, type) ? 0 : reduction(s, o, type));
  if (reduced !== 0) saveReduction(s, o, reduced);
  releaseTemps(rt, m);
}

function saveReduction(s: Saver, o: Ref, reduced: Ref): void {
  if (isStr(s.rt, reduced)) saveGlobal(s, o, reduced);
  else if (isTuple(s.rt, reduced)) saveReduced(s, reduced, o);
  else picklingError(s.rt, '__reduce__ must return a string or tuple');
}

/** What the pickler's `reducer_override` makes of `o`, on the temporaries' stack; 0 if it leaves that to others. */
function overridden(s: Saver, o: Ref): Ref {
  const { rt } = s;
  const override = rt.words[s.self + PicklerWord.ReducerOverride];
  if (override === 0) return 0;
  const value = temp(rt, call1(rt, override, o));
  return value === S.NotImplemented ? 0 : value;
}

/** True for classes and functions, which then have been saved by name. */
function isGlobal(s: Saver, o: Ref, type: Ref): boolean {
  if (type === (T.type as number)) saveType(s, o);
  else if (type === (T.function as number)) saveGlobal(s, o);
  else return false;
  return true;
}

/** What says how to make `o`, on the temporaries' stack; 0 if it was saved by its name. */
function reduction(s: Saver, o: Ref, type: Ref): Ref {
  const { rt } = s;
  const reducer = reducerFor(s, type);
  if (reducer !== 0) return temp(rt, call1(rt, reducer, o));
  if (isSubtype(rt, type, T.type)) {
    saveGlobal(s, o);
    return 0;
  }
  const extended = lookupAttrText(rt, o, '__reduce_ex__');
  if (extended !== 0) {
    temp(rt, extended);
    return temp(rt, call1(rt, extended, temp(rt, newInt(rt, s.proto))));
  }
  const plain = lookupAttrText(rt, o, '__reduce__');
  if (plain !== 0) return temp(rt, call0(rt, temp(rt, plain)));
  return picklingError(rt, `can't pickle '${typeFullName(rt, type).slice(0, 200)}' object: ${reprText(rt, o)}`);
}

/** The function for instances of `type`, on the temporaries' stack: of the pickler's own table, or of `copyreg`'s. */
function reducerFor(s: Saver, type: Ref): Ref {
  const { rt } = s;
  const own = rt.words[s.self + PicklerWord.DispatchTable];
  if (own !== 0) return itemOrZero(rt, own, type);
  const found = dictGet(rt, shared(rt, Shared.DispatchTable), type);
  return found === 0 ? 0 : temp(rt, newRef(rt, found));
}

/** `mapping[key]` on the temporaries' stack; 0 if that raises KeyError. @runsPython */
function itemOrZero(rt: Runtime, mapping: Ref, key: Ref): Ref {
  const m = mark(rt);
  try {
    return temp(rt, getItem(rt, mapping, key));
  } catch (error) {
    catchOnly(rt, error, m, T.KeyError);
    return 0;
  }
}
