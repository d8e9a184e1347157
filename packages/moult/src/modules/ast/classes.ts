/** The class `ast.AST` and the classes below it, which are made when a program first needs one. */
import { LayoutKind, newRef, ObjectWord, setWord, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call0, call3 } from '../../core/call.ts';
import {
  dictGetText,
  dictKeyAt,
  dictLength,
  dictNext,
  dictSetText,
  dictValueAt,
  newDict,
} from '../../core/dict/index.ts';
import { typeError } from '../../core/errors.ts';
import { getset, native } from '../../core/native.ts';
import { Id } from '../../core/names.ts';
import { lookupAttr, lookupAttrText, setAttr } from '../../core/protocol/attribute.ts';
import { reprText } from '../../core/protocol/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { internText, newStr, strText } from '../../core/str.ts';
import { dropTemp, releaseKeeping, temp, tempMark } from '../../core/temps.ts';
import { tupleItem, tupleOf, tupleSize, tupleTake } from '../../core/tuple.ts';
import { defineType, moduleType } from '../../core/type-spec.ts';
import { isInstance, isStr, typeName } from '../../core/types.ts';
import { genericGetAttr, genericSetAttr } from '../../objects/object/generic-attributes.ts';
import { tupleFromIterable } from '../../objects/tuple.ts';
import { allocInstance } from '../../objects/type/alloc.ts';
import { genericGetDict, genericSetDict } from '../../objects/type/instance-dict.ts';
import { setTake } from '../make.ts';
import { ModuleRef } from '../module-roots.ts';
import { ENUMERATIONS, NODE_CLASSES } from './schema.ts';
import type { NodeClass } from './schema.ts';

const enum NodeWord {
  Dict = 2,
}

export const AST = moduleType();

/** True for instances of `ast.AST`. */
export function isNode(rt: Runtime, o: Ref): boolean {
  return isInstance(rt, o, AST);
}

/** The tuple that `_fields` of the node's class gives. @runsPython */
function fieldsOf(rt: Runtime, node: Ref): Owned {
  const fields = lookupAttrText(rt, rt.words[node + ObjectWord.Type], '_fields');
  if (fields === 0) return S.EmptyTuple as Ref as Owned;
  const m = tempMark(rt);
  return releaseKeeping(rt, m, tupleFromIterable(rt, temp(rt, fields)));
}

/** Positional arguments are the fields in order, keywords are attributes of any name.
 *  Source: CPython 3.12 ast_type_init. @runsPython */
function init(rt: Runtime, self: Ref, args: Ref, kwargs: Ref): void {
  const fields = temp(rt, fieldsOf(rt, self));
  const given = tupleSize(rt, args);
  const max = tupleSize(rt, fields);
  const name = typeName(rt, rt.words[self + ObjectWord.Type]);
  if (given > max) typeError(rt, `${name} constructor takes at most ${max} positional argument${max === 1 ? '' : 's'}`);
  for (let i = 0; i < given; i++) setAttr(rt, self, tupleItem(rt, fields, i), tupleItem(rt, args, i));
  if (kwargs !== 0) initKeywords(rt, self, fields, given, kwargs);
  dropTemp(rt, fields);
}

function initKeywords(rt: Runtime, self: Ref, fields: Ref, given: number, kwargs: Ref): void {
  for (let i = dictNext(rt, kwargs, 0); i >= 0; i = dictNext(rt, kwargs, i + 1)) {
    const key = dictKeyAt(rt, kwargs, i);
    for (let k = 0; k < given; k++) {
      const field = tupleItem(rt, fields, k);
      if (!isStr(rt, field) || strText(rt, field) !== strText(rt, key)) continue;
      typeError(
        rt,
        `${typeName(rt, rt.words[self + ObjectWord.Type])} got multiple values for argument ${reprText(rt, key)}`,
      );
    }
    setAttr(rt, self, key, dictValueAt(rt, kwargs, i));
  }
}

function reduce(rt: Runtime, self: Ref): Owned {
  const type = newRef(rt, rt.words[self + ObjectWord.Type]);
  const dict = lookupAttr(rt, self, Id.__dict__);
  const nothing = S.EmptyTuple as Ref as Owned;
  return dict === 0 ? tupleTake(rt, type, nothing) : tupleTake(rt, type, nothing, dict);
}

defineType({
  ref: AST,
  name: 'ast.AST',
  heapType: 'mutable',
  basicSize: 24,
  flags: TypeFlag.HaveGc | TypeFlag.BaseType,
  layout: LayoutKind.Fixed,
  traverse: [NodeWord.Dict],
  dictWord: NodeWord.Dict,
  slots: {
    getattro: genericGetAttr,
    setattro: genericSetAttr,
    init,
    new: (rt, type) => allocInstance(rt, type, 0),
  },
  methods: [native('__reduce__($self, /)', reduce, { unsigned: true })],
  getset: [getset('__dict__', genericGetDict, genericSetDict)],
  populate: (rt, dict) => {
    for (const name of ['_fields', '__match_args__', '_attributes']) dictSetText(rt, dict, name, S.EmptyTuple);
  },
});

function names(rt: Runtime, texts: readonly string[]): Owned {
  return texts.length === 0
    ? (S.EmptyTuple as Ref as Owned)
    : tupleTake(rt, ...texts.map((text) => internText(rt, text)));
}

const required = (attribute: string): string => attribute.replace('?', '');

/** The namespace of a class: fields, positions, and None for what may be left out. */
function namespaceOf(rt: Runtime, node: NodeClass): Owned {
  const m = tempMark(rt);
  const dict = temp(rt, newDict(rt));
  const fields = temp(
    rt,
    names(
      rt,
      node.fields.map((field) => field.name),
    ),
  );
  dictSetText(rt, dict, '_fields', fields);
  dictSetText(rt, dict, '__match_args__', fields);
  setTake(rt, dict, '__module__', internText(rt, 'ast'));
  setTake(rt, dict, '__doc__', newStr(rt, node.doc));
  const own = node.isSum || node.sum === node.name;
  if (own) setTake(rt, dict, '_attributes', names(rt, node.attributes.map(required)));
  for (const field of node.fields) if (field.mark === '?') dictSetText(rt, dict, field.name, S.None);
  for (const attribute of own ? node.attributes : []) {
    if (attribute.endsWith('?')) dictSetText(rt, dict, required(attribute), S.None);
  }
  return releaseKeeping(rt, m, newRef(rt, dict));
}

/** Makes a class by calling `type`. @runsPython */
function makeClass(rt: Runtime, node: NodeClass, base: Ref): Owned {
  const m = tempMark(rt);
  const name = temp(rt, internText(rt, node.name));
  const bases = temp(rt, tupleOf(rt, base));
  const namespace = temp(rt, namespaceOf(rt, node));
  return releaseKeeping(rt, m, call3(rt, T.type, name, bases, namespace));
}

/** The dict of all classes by name, and of the members of enumerations by `.Name`; borrowed. @runsPython */
function classes(rt: Runtime): Ref {
  const known = rt.words[ModuleRef.AstClasses];
  if (known !== 0 && dictLength(rt, known) > 0) return known;
  const dict = newDict(rt);
  setWord(rt, ModuleRef.AstClasses, dict);
  for (const node of NODE_CLASSES.values()) {
    const base = node.sum === node.name ? AST : dictGetText(rt, dict, node.sum);
    setTake(rt, dict, node.name, makeClass(rt, node, base));
    if (!ENUMERATIONS.has(node.sum) || node.isSum) continue;
    setTake(rt, dict, `.${node.name}`, call0(rt, dictGetText(rt, dict, node.name)));
  }
  return dict;
}

/** The class of a name, borrowed. @runsPython */
export function classOf(rt: Runtime, name: string): Ref {
  return dictGetText(rt, classes(rt), name);
}

/** The one object that stands for a member of an enumeration (`Load`, `Add`), borrowed. @runsPython */
export function memberOf(rt: Runtime, name: string): Ref {
  return dictGetText(rt, classes(rt), `.${name}`);
}

/** An empty node of a class. @runsPython */
export function newNode(rt: Runtime, name: string): Owned {
  return allocInstance(rt, classOf(rt, name), 0);
}

/** A field of a node; 0 when it has none of that name. @runsPython */
export function fieldOf(rt: Runtime, node: Ref, name: string): Owned | 0 {
  return lookupAttrText(rt, node, name);
}

/** For the module's dict: every class by name. @runsPython */
export function addClasses(rt: Runtime, dict: Ref): void {
  const all = classes(rt);
  for (const name of NODE_CLASSES.keys()) dictSetText(rt, dict, name, dictGetText(rt, all, name));
}
