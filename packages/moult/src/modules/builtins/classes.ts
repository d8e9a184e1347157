/** `__build_class__`, `isinstance`, `issubclass`. */
import { newRef, ObjectWord, TupleWord, TypeFlag, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { vectorcall } from '../../core/call.ts';
import { dictDelete, dictGet, dictLength, keywordsFromDict, newDict } from '../../core/dict/index.ts';
import { runtimeError, typeError } from '../../core/errors.ts';
import { isInstanceOf, isSubclassOf } from '../../core/protocol/instance-check.ts';
import { CellWord } from '../../core/layout/functions.ts';
import { listAppend, listAsTuple, listFromWords } from '../../core/list.ts';
import { Id } from '../../core/names.ts';
import { native, nativeRaw } from '../../core/native.ts';
import { lookupAttr, reprText, setItem } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, T } from '../../core/static.ts';
import { internText, strText } from '../../core/str.ts';
import { popArgs, pushArgs, releaseKeeping, temp, tempMark, untemp } from '../../core/temps.ts';
import { tupleFromWords, tupleItem, tupleSize } from '../../core/tuple.ts';
import { isSubtype, isStr, isTuple, isType, kindName, typeFullName } from '../../core/types.ts';
import { runBody } from './run-code.ts';

/** `__build_class__(func, name, /, *bases, [metaclass], **kwds)` @runsPython
 *  Source: CPython 3.12 builtin___build_class__. */
function buildClass(rt: Runtime, _module: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  const H = rt.words;
  if (nargs < 2) typeError(rt, '__build_class__: not enough arguments');
  const func = H[args];
  if (H[func + ObjectWord.Type] !== T.function) typeError(rt, '__build_class__: func must be a function');
  const name = H[args + 1];
  if (!isStr(rt, name)) typeError(rt, '__build_class__: name is not a string');
  const given = temp(rt, tupleFromWords(rt, args + 2, nargs - 2));
  const bases = updateBases(rt, given);
  const keywords = kwnames === 0 ? 0 : temp(rt, keywordDict(rt, kwnames, args + nargs));
  const meta = chooseMetaclass(rt, bases, keywords);
  const namespace = temp(rt, prepare(rt, meta, name, bases, keywords));
  const cell = temp(rt, runBody(rt, func, namespace));
  if (bases !== given) setItem(rt, namespace, temp(rt, internText(rt, '__orig_bases__')), given);
  const cls = temp(rt, callWords(rt, meta, [name, bases, namespace], keywords));
  if (isType(rt, cls) && H[cell + ObjectWord.Type] === T.cell) checkClassCell(rt, cell, cls, name);
  return newRef(rt, cls);
}

function keywordDict(rt: Runtime, kwnames: Ref, values: number): Owned {
  const dict = temp(rt, newDict(rt));
  for (let i = 0; i < tupleSize(rt, kwnames); i++) setItem(rt, dict, tupleItem(rt, kwnames, i), rt.words[values + i]);
  return untemp(rt, dict);
}

/** Replaces bases that are no types by what their `__mro_entries__` give; the tuple itself if there are none.
 *  Source: CPython 3.12 update_bases. */
function updateBases(rt: Runtime, bases: Ref): Ref {
  const H = rt.words;
  const n = tupleSize(rt, bases);
  let list = 0;
  for (let i = 0; i < n; i++) {
    const base = tupleItem(rt, bases, i);
    const entries = isType(rt, base) ? 0 : mroEntries(rt, base, bases);
    if (entries === 0) {
      if (list !== 0) listAppend(rt, list, base);
      continue;
    }
    if (list === 0) list = temp(rt, listFromWords(rt, bases + TupleWord.Items, i));
    for (let j = 0; j < H[entries + TupleWord.Size]; j++) listAppend(rt, list, tupleItem(rt, entries, j));
  }
  return list === 0 ? bases : temp(rt, listAsTuple(rt, list));
}

function mroEntries(rt: Runtime, base: Ref, bases: Ref): Ref {
  const method = lookupAttr(rt, base, Id.__mro_entries__);
  if (method === 0) return 0;
  temp(rt, method);
  const entries = temp(rt, callWords(rt, method, [bases], 0));
  if (!isTuple(rt, entries)) typeError(rt, '__mro_entries__ must return a tuple');
  return entries;
}

/** The metaclass, borrowed. Takes `metaclass` out of the keywords. */
function chooseMetaclass(rt: Runtime, bases: Ref, keywords: Ref): Ref {
  const H = rt.words;
  let meta = 0;
  let isClass = true;
  if (keywords !== 0) {
    const given = dictGet(rt, keywords, Id.metaclass);
    if (given !== 0) {
      meta = temp(rt, newRef(rt, given));
      dictDelete(rt, keywords, Id.metaclass);
      isClass = isType(rt, meta);
    }
  }
  if (meta === 0) meta = tupleSize(rt, bases) === 0 ? T.type : H[tupleItem(rt, bases, 0) + ObjectWord.Type];
  return isClass ? winningMetaclass(rt, meta, bases) : meta;
}

/** The most derived of the metaclass and the types of the bases. Source: CPython 3.12 _PyType_CalculateMetaclass. */
function winningMetaclass(rt: Runtime, meta: Ref, bases: Ref): Ref {
  let winner = meta;
  for (let i = 0; i < tupleSize(rt, bases); i++) {
    const type = rt.words[tupleItem(rt, bases, i) + ObjectWord.Type];
    if (isSubtype(rt, winner, type)) continue;
    if (!isSubtype(rt, type, winner)) {
      typeError(
        rt,
        'metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases',
      );
    }
    winner = type;
  }
  return winner;
}

function prepare(rt: Runtime, meta: Ref, name: Ref, bases: Ref, keywords: Ref): Owned {
  const method = lookupAttr(rt, meta, Id.__prepare__);
  if (method === 0) return newDict(rt);
  const m = tempMark(rt);
  temp(rt, method);
  const namespace = releaseKeeping(rt, m, callWords(rt, method, [name, bases], keywords));
  if (isMapping(rt, namespace)) return namespace;
  const who = isType(rt, meta) ? typeFullName(rt, meta) : '<metaclass>';
  temp(rt, namespace);
  return typeError(rt, `${who}.__prepare__() must return a mapping, not ${kindName(rt, namespace)}`);
}

function isMapping(rt: Runtime, o: Ref): boolean {
  const H = rt.words;
  return (
    (H[H[o + ObjectWord.Type] + TypeWord.Flags] & TypeFlag.DictSubclass) !== 0 ||
    H[H[o + ObjectWord.Type] + TypeWord.MpSubscript] !== 0
  );
}

/** Calls with positional arguments and the entries of a dict (0: none). @runsPython */
export function callWords(rt: Runtime, callable: Ref, positional: readonly Ref[], keywords: Ref): Owned {
  const H = rt.words;
  const nkw = keywords === 0 ? 0 : dictLength(rt, keywords);
  const base = pushArgs(rt, positional.length + nkw);
  positional.forEach((o, i) => (H[base + i] = o));
  const m = tempMark(rt);
  const names = nkw === 0 ? 0 : temp(rt, keywordsFromDict(rt, keywords, base + positional.length));
  const result = vectorcall(rt, callable, base, positional.length, names);
  popArgs(rt, base);
  return releaseKeeping(rt, m, result);
}

/** The body's `__class__` cell must hold the new class. */
function checkClassCell(rt: Runtime, cell: Ref, cls: Ref, name: Ref): void {
  const value = rt.words[cell + CellWord.Value];
  if (value === cls) return;
  const text = strText(rt, name);
  if (value === 0) {
    runtimeError(
      rt,
      `__class__ not set defining '${text}' as ${reprText(rt, cls)}. Was __classcell__ propagated to type.__new__?`,
    );
  }
  typeError(rt, `__class__ set to ${reprText(rt, value)} defining '${text}' as ${reprText(rt, cls)}`);
}

export const CLASS_FUNCTIONS = [
  nativeRaw('__build_class__', buildClass, {
    keywords: true,
    doc: '__build_class__(func, name, /, *bases, [metaclass], **kwds) -> class\n\nWhat a class statement calls.',
  }),
  native('isinstance($module, obj, class_or_tuple, /)', (rt, _m, o, cls) => pyBool(isInstanceOf(rt, o, cls)) as Owned, {
    doc: 'Return whether an object is an instance of a class or of one of several.',
  }),
  native('issubclass($module, cls, class_or_tuple, /)', (rt, _m, o, cls) => pyBool(isSubclassOf(rt, o, cls)) as Owned, {
    doc: 'Return whether a class derives from another class or from one of several.',
  }),
];
