/** `itemgetter`, `attrgetter`, `methodcaller`. */
import { LayoutKind, newRef, ObjectWord, TupleWord, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { callWithTuple } from '../../core/call.ts';
import { dictCopy, dictKeyAt, dictLength, dictNext, dictValueAt } from '../../core/dict/index.ts';
import { typeError } from '../../core/errors.ts';
import { isCompact, compactValue } from '../../core/int.ts';
import { member, MemberKind, native } from '../../core/native.ts';
import { getAttr } from '../../core/protocol/attribute.ts';
import { getItem } from '../../core/protocol/item.ts';
import { reprEnter, reprLeave, reprText } from '../../core/protocol/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { internText, newStr, strText } from '../../core/str.ts';
import { dropTemp, releaseKeeping, temp, tempMark, untemp } from '../../core/temps.ts';
import {
  newTuple,
  tupleFromTemps,
  tupleFromWords,
  tupleItem,
  tupleOf,
  tupleSize,
  tupleTake,
} from '../../core/tuple.ts';
import { defineType, moduleType } from '../../core/type-spec.ts';
import { isStr, typeFullName } from '../../core/types.ts';
import { allocInstance } from '../../objects/type/alloc.ts';
import { makePartial } from '../functools/partial.ts';

/** CPython's structs. `Index` is the item as a plain number if it is one that a tuple may have, else −1. */
const enum ItemWord {
  Count = 2,
  Item = 3,
  Index = 4,
  /** CPython's function to call; here always 0. */
  Vectorcall = 5,
}
const enum AttrWord {
  Count = 2,
  Names = 3,
  Vectorcall = 4,
}
const enum MethodWord {
  Name = 2,
  Args = 3,
  Keywords = 4,
}

export const ITEMGETTER = moduleType();
export const ATTRGETTER = moduleType();
export const METHODCALLER = moduleType();

function noKeywords(rt: Runtime, name: string, n: number): void {
  if (n > 0) typeError(rt, `${name}() takes no keyword arguments`);
}

function keywordCount(rt: Runtime, kwargs: Ref): number {
  return kwargs === 0 ? 0 : dictLength(rt, kwargs);
}

/** The only argument of a call. Raises TypeError. */
function onlyArgument(rt: Runtime, name: string, args: number, nargs: number, kwnames: Ref): Ref {
  noKeywords(rt, name, kwnames === 0 ? 0 : tupleSize(rt, kwnames));
  return checkedArgument(rt, name, args, nargs);
}

function checkedArgument(rt: Runtime, name: string, args: number, nargs: number): Ref {
  if (nargs !== 1) typeError(rt, `${name} expected 1 argument, got ${nargs}`);
  return rt.words[args];
}

function itemgetterNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  noKeywords(rt, 'itemgetter', keywordCount(rt, kwargs));
  const n = tupleSize(rt, args);
  if (n < 1) typeError(rt, 'itemgetter expected 1 argument, got 0');
  const item = n === 1 ? tupleItem(rt, args, 0) : args;
  const o = allocInstance(rt, type, 0);
  const H = rt.words;
  H[o + ItemWord.Count] = n;
  H[o + ItemWord.Item] = newRef(rt, item);
  H[o + ItemWord.Index] =
    n === 1 && H[item + ObjectWord.Type] === T.int && isCompact(rt, item) ? Math.max(compactValue(rt, item), -1) : -1;
  return o;
}

function getItems(rt: Runtime, o: Ref, object: Ref): Owned {
  const H = rt.words;
  const n = H[o + ItemWord.Count];
  const item = H[o + ItemWord.Item];
  if (n === 1) {
    const i = H[o + ItemWord.Index];
    if (i >= 0 && H[object + ObjectWord.Type] === T.tuple && i < H[object + TupleWord.Size])
      return newRef(rt, H[object + TupleWord.Items + i]);
    return getItem(rt, object, item);
  }
  const result = temp(rt, newTuple(rt, n));
  for (let i = 0; i < n; i++) H[result + TupleWord.Items + i] = getItem(rt, object, H[item + TupleWord.Items + i]);
  return untemp(rt, result);
}

function itemgetterVectorcall(rt: Runtime, o: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  return getItems(rt, o, onlyArgument(rt, 'itemgetter', args, nargs, kwnames));
}

function itemgetterCall(rt: Runtime, o: Ref, args: Ref, kwargs: Ref): Owned {
  noKeywords(rt, 'itemgetter', keywordCount(rt, kwargs));
  return getItems(rt, o, checkedArgument(rt, 'itemgetter', args + TupleWord.Items, tupleSize(rt, args)));
}

/** `type(arguments)`, the arguments only once where they hold the object itself. @runsPython */
function shown(rt: Runtime, o: Ref, textOf: (rt: Runtime, o: Ref) => string): Owned {
  const name = typeFullName(rt, rt.words[o + ObjectWord.Type]);
  if (reprEnter(rt, o)) return newStr(rt, `${name}(...)`);
  try {
    return newStr(rt, name + textOf(rt, o));
  } finally {
    reprLeave(rt, o);
  }
}

function itemText(rt: Runtime, o: Ref): string {
  const text = reprText(rt, rt.words[o + ItemWord.Item]);
  return rt.words[o + ItemWord.Count] === 1 ? `(${text})` : text;
}

function itemgetterReduce(rt: Runtime, o: Ref): Owned {
  const H = rt.words;
  const item = H[o + ItemWord.Item];
  return tupleFromTemps(
    rt,
    tempMark(rt),
    temp(rt, newRef(rt, H[o + ObjectWord.Type])),
    temp(rt, H[o + ItemWord.Count] === 1 ? tupleOf(rt, item) : newRef(rt, item)),
  );
}

/** The names are kept as interned strings; one with dots as a tuple of its parts. */
function attrgetterNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  noKeywords(rt, 'attrgetter', keywordCount(rt, kwargs));
  const n = tupleSize(rt, args);
  if (n < 1) typeError(rt, 'attrgetter expected 1 argument, got 0');
  const names = temp(rt, newTuple(rt, n));
  for (let i = 0; i < n; i++) {
    const name = tupleItem(rt, args, i);
    if (!isStr(rt, name)) typeError(rt, 'attribute name must be a string');
    const parts = strText(rt, name)
      .split('.')
      .map((part) => internText(rt, part));
    rt.words[names + TupleWord.Items + i] = parts.length === 1 ? parts[0] : tupleTake(rt, ...parts);
  }
  const o = allocInstance(rt, type, 0);
  rt.words[o + AttrWord.Count] = n;
  rt.words[o + AttrWord.Names] = untemp(rt, names);
  return o;
}

function getAttributes(rt: Runtime, o: Ref, object: Ref): Owned {
  const H = rt.words;
  const names = H[o + AttrWord.Names];
  const n = H[o + AttrWord.Count];
  if (n === 1) return dottedAttribute(rt, object, tupleItem(rt, names, 0));
  const result = temp(rt, newTuple(rt, n));
  for (let i = 0; i < n; i++) H[result + TupleWord.Items + i] = dottedAttribute(rt, object, tupleItem(rt, names, i));
  return untemp(rt, result);
}

function dottedAttribute(rt: Runtime, object: Ref, name: Ref): Owned {
  if (rt.words[name + ObjectWord.Type] !== T.tuple) return getAttr(rt, object, name);
  let value = newRef(rt, object);
  for (let i = 0; i < tupleSize(rt, name); i++) {
    const owner = temp(rt, value);
    value = getAttr(rt, owner, tupleItem(rt, name, i));
    dropTemp(rt, owner);
  }
  return value;
}

function attrgetterVectorcall(rt: Runtime, o: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  return getAttributes(rt, o, onlyArgument(rt, 'attrgetter', args, nargs, kwnames));
}

function attrgetterCall(rt: Runtime, o: Ref, args: Ref, kwargs: Ref): Owned {
  noKeywords(rt, 'attrgetter', keywordCount(rt, kwargs));
  return getAttributes(rt, o, checkedArgument(rt, 'attrgetter', args + TupleWord.Items, tupleSize(rt, args)));
}

/** The names as they were given. */
function dottedNames(rt: Runtime, o: Ref): Owned {
  const H = rt.words;
  const names = H[o + AttrWord.Names];
  const n = H[o + AttrWord.Count];
  const result = temp(rt, newTuple(rt, n));
  for (let i = 0; i < n; i++) {
    const name = tupleItem(rt, names, i);
    H[result + TupleWord.Items + i] =
      H[name + ObjectWord.Type] === T.tuple ? newStr(rt, joined(rt, name)) : newRef(rt, name);
  }
  return untemp(rt, result);
}

function joined(rt: Runtime, parts: Ref): string {
  const texts: string[] = [];
  for (let i = 0; i < tupleSize(rt, parts); i++) texts.push(strText(rt, tupleItem(rt, parts, i)));
  return texts.join('.');
}

function attributesText(rt: Runtime, o: Ref): string {
  const names = temp(rt, dottedNames(rt, o));
  const texts: string[] = [];
  for (let i = 0; i < tupleSize(rt, names); i++) texts.push(reprText(rt, tupleItem(rt, names, i)));
  dropTemp(rt, names);
  return `(${texts.join(', ')})`;
}

function attrgetterReduce(rt: Runtime, o: Ref): Owned {
  return tupleFromTemps(
    rt,
    tempMark(rt),
    temp(rt, newRef(rt, rt.words[o + ObjectWord.Type])),
    temp(rt, dottedNames(rt, o)),
  );
}

function methodcallerNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  const H = rt.words;
  const n = tupleSize(rt, args);
  if (n < 1) typeError(rt, 'methodcaller needs at least one argument, the method name');
  const name = tupleItem(rt, args, 0);
  if (!isStr(rt, name)) typeError(rt, 'method name must be a string');
  const o = temp(rt, allocInstance(rt, type, 0));
  H[o + MethodWord.Name] = internText(rt, strText(rt, name));
  H[o + MethodWord.Keywords] = keywordCount(rt, kwargs) === 0 ? 0 : dictCopy(rt, kwargs);
  H[o + MethodWord.Args] = tupleFromWords(rt, args + TupleWord.Items + 1, n - 1);
  return untemp(rt, o);
}

function methodcallerCall(rt: Runtime, o: Ref, args: Ref, kwargs: Ref): Owned {
  noKeywords(rt, 'methodcaller', keywordCount(rt, kwargs));
  const object = checkedArgument(rt, 'methodcaller', args + TupleWord.Items, tupleSize(rt, args));
  const H = rt.words;
  const m = tempMark(rt);
  const method = temp(rt, getAttr(rt, object, H[o + MethodWord.Name]));
  return releaseKeeping(rt, m, callWithTuple(rt, method, H[o + MethodWord.Args], H[o + MethodWord.Keywords]));
}

function methodText(rt: Runtime, o: Ref): string {
  const H = rt.words;
  const texts = [reprText(rt, H[o + MethodWord.Name])];
  const args = H[o + MethodWord.Args];
  for (let i = 0; i < tupleSize(rt, args); i++) texts.push(reprText(rt, tupleItem(rt, args, i)));
  const kw = H[o + MethodWord.Keywords];
  for (let i = kw === 0 ? -1 : dictNext(rt, kw, 0); i >= 0; i = dictNext(rt, kw, i + 1)) {
    texts.push(`${strText(rt, dictKeyAt(rt, kw, i))}=${reprText(rt, dictValueAt(rt, kw, i))}`);
  }
  return `(${texts.join(', ')})`;
}

/** With keywords: `(partial(methodcaller, name, **keywords), args)`. */
function methodcallerReduce(rt: Runtime, o: Ref): Owned {
  const H = rt.words;
  const args = H[o + MethodWord.Args];
  const type = H[o + ObjectWord.Type];
  const name = H[o + MethodWord.Name];
  if (H[o + MethodWord.Keywords] !== 0) {
    const start = temp(rt, tupleOf(rt, type, name));
    const partial = makePartial(rt, start, H[o + MethodWord.Keywords]);
    dropTemp(rt, start);
    return tupleTake(rt, partial, newRef(rt, args));
  }
  const n = tupleSize(rt, args);
  const all = newTuple(rt, n + 1);
  H[all + TupleWord.Items] = newRef(rt, name);
  for (let i = 0; i < n; i++) H[all + TupleWord.Items + 1 + i] = newRef(rt, tupleItem(rt, args, i));
  return tupleTake(rt, newRef(rt, type), all);
}

const REDUCE_DOC = 'Return state information for pickling';

defineType({
  ref: ITEMGETTER,
  name: 'operator.itemgetter',
  heapType: 'immutable',
  genericAccess: 'get',
  basicSize: 48,
  flags: TypeFlag.HaveGc,
  layout: LayoutKind.Fixed,
  traverse: [ItemWord.Item],
  doc:
    'itemgetter(item, /, *items)\n--\n\nReturn a callable object that fetches the given item(s) from its operand.\nAfter f = ' +
    'itemgetter(2), the call f(r) returns r[2].',
  slots: {
    new: itemgetterNew,
    call: itemgetterCall,
    instanceVectorcall: itemgetterVectorcall,
    repr: (rt, o) => shown(rt, o, itemText),
  },
  methods: [native('__reduce__($self, /)', itemgetterReduce, { doc: REDUCE_DOC })],
  members: [member('__vectorcalloffset__', ItemWord.Vectorcall, MemberKind.Number)],
});

defineType({
  ref: ATTRGETTER,
  name: 'operator.attrgetter',
  heapType: 'immutable',
  genericAccess: 'get',
  basicSize: 40,
  flags: TypeFlag.HaveGc,
  layout: LayoutKind.Fixed,
  traverse: [AttrWord.Names],
  doc:
    'attrgetter(attr, /, *attrs)\n--\n\nReturn a callable object that fetches the given attribute(s) from its operand.\nAfter f ' +
    "= attrgetter('name'), the call f(r) returns r.name.",
  slots: {
    new: attrgetterNew,
    call: attrgetterCall,
    instanceVectorcall: attrgetterVectorcall,
    repr: (rt, o) => shown(rt, o, attributesText),
  },
  methods: [native('__reduce__($self, /)', attrgetterReduce, { doc: REDUCE_DOC })],
  members: [member('__vectorcalloffset__', AttrWord.Vectorcall, MemberKind.Number)],
});

defineType({
  ref: METHODCALLER,
  name: 'operator.methodcaller',
  heapType: 'immutable',
  genericAccess: 'get',
  basicSize: 40,
  flags: TypeFlag.HaveGc,
  layout: LayoutKind.Fixed,
  traverse: [MethodWord.Name, MethodWord.Args, MethodWord.Keywords],
  doc:
    'methodcaller(name, /, *args, **kwargs)\n--\n\nReturn a callable object that calls the given method on its operand.\nAfter ' +
    "f = methodcaller('name'), the call f(r) returns r.name().",
  slots: { new: methodcallerNew, call: methodcallerCall, repr: (rt, o) => shown(rt, o, methodText) },
  methods: [native('__reduce__($self, /)', methodcallerReduce, { doc: REDUCE_DOC })],
});
