/** Struct sequences: tuples whose items have names, as `sys.version_info`. Hidden fields are attributes only: they lie behind the
 *  tuple's items, where neither its length nor its iterator reaches. CPython's structseq.c. */
import { deallocTuple, gcNewVar, newRef, ObjectWord, track, TupleWord, TypeFlag } from '@moult/heap';
import type { CustomLayout, Heap, Owned, Ref } from '@moult/heap';
import { dictGetText, dictSetText, newDict } from '../core/dict/index.ts';
import { typeError } from '../core/errors.ts';
import { newInt } from '../core/int.ts';
import { getset, native } from '../core/native.ts';
import { reprText } from '../core/protocol/index.ts';
import type { Runtime } from '../core/runtime.ts';
import { S, T } from '../core/static.ts';
import { newStr } from '../core/str.ts';
import { temp } from '../core/temps.ts';
import { tupleFromWords, tupleItem, tupleOf, tupleSize, tupleTake } from '../core/tuple.ts';
import { defineType } from '../core/type-spec.ts';
import type { TypeSpec } from '../core/type-spec.ts';
import { isDict, isIterable, typeFullName } from '../core/types.ts';
import { tupleFromIterable } from './tuple.ts';
import { RootNum } from '../core/roots.ts';

/** A type that `newStructSeq` makes instances of. */
export interface StructSeqType {
  readonly ref: Ref;
  /** Of every item in order; unnamed ones are called after the first hidden fields, as CPython's `repr` shows them. */
  readonly fields: readonly string[];
  /** How many fields are items of the tuple. */
  readonly visible: number;
}

/** Fields that are not items, and how many of the items before them have no name of their own. */
interface HiddenFields {
  readonly hidden?: readonly string[];
  /** Programs make no instances. */
  readonly closed?: boolean;
  readonly unnamed?: number;
  /** Fills what the constructor was not given. */
  readonly complete?: (rt: Runtime, self: Ref) => void;
}

/** Declares a struct sequence type of `fields`, which are visible; only while modules load. */
export function defineStructSeq(
  ref: Ref,
  name: string,
  fields: readonly string[],
  doc: string,
  more: HiddenFields | null = null,
): StructSeqType {
  const hidden = more?.hidden ?? [];
  const unnamed = more?.unnamed ?? 0;
  const visible = fields.length + unnamed;
  const type: StructSeqType = { ref, fields: [...fields, ...Array<string>(unnamed).fill(''), ...hidden], visible };
  defineType({
    ref,
    name,
    ...(isBuiltin(name) ? { builtin: true } : { heapType: 'mutable' }),
    base: T.tuple,
    doc,
    ...(hidden.length === 0 ? {} : storage(type)),
    ...(more?.closed === true ? { flags: TypeFlag.HaveGc | TypeFlag.DisallowInstantiation } : {}),
    slots: {
      repr: (rt, self) => newStr(rt, structSeqRepr(rt, self, [...fields, ...hidden], visible)),
      new: (rt, cls, args, kwargs) => structSeqNew(rt, cls, type, args, kwargs, more?.complete),
    },
    methods: [native('__reduce__($self, /)', (rt, self) => reduce(rt, self, type))],
    getset: type.fields.flatMap((field, i) =>
      field === '' ? [] : [getset(field, (rt, self) => newItem(rt, self, i))],
    ),
    populate: (rt, dict) => {
      addCounts(rt, dict, type, fields, unnamed);
    },
  });
  return type;
}

/** Those of `sys` and `builtins` are static in CPython; the others' modules make them. */
function isBuiltin(name: string): boolean {
  return name.startsWith('sys.') || !name.includes('.');
}

/** How a type with hidden fields is looked through and freed: its size word counts the visible ones only. */
function storage(type: StructSeqType): Pick<TypeSpec, 'layout' | 'dealloc' | 'flags'> {
  const total = type.fields.length;
  const layout: CustomLayout = {
    name: 'structseq',
    traverse(heap: Heap, self, visit) {
      for (let i = 0; i < total; i++) visit(heap.words[self + TupleWord.Items + i]);
    },
  };
  return {
    flags: TypeFlag.HaveGc,
    layout,
    dealloc: (rt, self) => {
      rt.words[self + TupleWord.Size] = total;
      deallocTuple(rt, self);
    },
  };
}

function newItem(rt: Runtime, self: Ref, i: number): Owned {
  const item = tupleItem(rt, self, i);
  return newRef(rt, item === 0 ? S.None : item);
}

function addCounts(rt: Runtime, dict: Ref, type: StructSeqType, named: readonly string[], unnamed: number): void {
  dictSetText(rt, dict, 'n_sequence_fields', newInt(rt, type.visible));
  dictSetText(rt, dict, 'n_fields', newInt(rt, type.fields.length));
  dictSetText(rt, dict, 'n_unnamed_fields', newInt(rt, unnamed));
  const names = tupleTake(rt, ...named.map((field) => newStr(rt, field)));
  dictSetText(rt, dict, '__match_args__', names);
  const H = rt.words;
  if (H[names] > 0) H[names]--;
}

/** An instance with the values of all fields in order, untracked: they are numbers and strings. They are the temporaries above
 *  `mark`, made in the argument behind it; takes them.
 *  Source: CPython 3.12 PyStructSequence_New. */
export function newStructSeq(rt: Runtime, type: StructSeqType, mark: number, _values: readonly Ref[]): Owned {
  const seq = gcNewVar(rt, type.ref, type.fields.length);
  const H = rt.words;
  const n = H[RootNum.TempTop] - mark;
  for (let i = 0; i < n; i++) H[seq + TupleWord.Items + i] = H[mark + i];
  H[RootNum.TempTop] = mark;
  H[seq + TupleWord.Size] = type.visible;
  return seq;
}

/** Source: CPython 3.12 structseq_new_impl. */
function structSeqNew(
  rt: Runtime,
  cls: Ref,
  type: StructSeqType,
  args: Ref,
  kwargs: Ref,
  complete: HiddenFields['complete'],
): Owned {
  const given = (i: number, name: string): Ref => {
    if (i < tupleSize(rt, args)) return tupleItem(rt, args, i);
    return kwargs === 0 ? 0 : dictGetText(rt, kwargs, name);
  };
  const sequence = given(0, 'sequence');
  const dict = given(1, 'dict');
  if (sequence === 0) typeError(rt, "structseq() missing required argument 'sequence' (pos 1)");
  if (!isIterable(rt, sequence)) typeError(rt, 'constructor requires a sequence');
  const items = temp(rt, tupleFromIterable(rt, sequence));
  if (dict !== 0 && !isDict(rt, dict)) typeError(rt, `${typeFullName(rt, cls)}() takes a dict as second arg, if any`);
  checkLength(rt, cls, type, tupleSize(rt, items));
  const seq = gcNewVar(rt, cls, type.fields.length);
  const H = rt.words;
  type.fields.forEach((field, i) => {
    const value = i < tupleSize(rt, items) ? tupleItem(rt, items, i) : dict === 0 ? 0 : dictGetText(rt, dict, field);
    H[seq + TupleWord.Items + i] = newRef(rt, value === 0 ? S.None : value);
  });
  H[seq + TupleWord.Size] = type.visible;
  track(rt, seq);
  complete?.(rt, seq);
  return seq;
}

function checkLength(rt: Runtime, cls: Ref, type: StructSeqType, n: number): void {
  const { visible, fields } = type;
  const fault = n < visible ? `an at least ${visible}` : n > fields.length ? `an at most ${fields.length}` : '';
  if (fault === '') return;
  typeError(
    rt,
    `${typeFullName(rt, cls)}() takes ${visible === fields.length ? `a ${visible}` : fault}-sequence (${n}-sequence given)`,
  );
}

function structSeqRepr(rt: Runtime, self: Ref, names: readonly string[], visible: number): string {
  const parts = names.slice(0, visible).map((field, i) => `${field}=${reprText(rt, tupleItem(rt, self, i))}`);
  return `${typeFullName(rt, rt.words[self + ObjectWord.Type])}(${parts.join(', ')})`;
}

function reduce(rt: Runtime, self: Ref, type: StructSeqType): Owned {
  const items = temp(rt, tupleFromWords(rt, self + TupleWord.Items, type.visible));
  const dict = temp(rt, newDict(rt));
  for (let i = type.visible; i < type.fields.length; i++) {
    dictSetText(rt, dict, type.fields[i] ?? '', temp(rt, newItem(rt, self, i)));
  }
  return tupleOf(rt, rt.words[self + ObjectWord.Type], temp(rt, tupleOf(rt, items, dict)));
}
