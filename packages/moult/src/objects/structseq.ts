/** Struct sequences: tuples whose items have names, as `sys.version_info`. CPython's structseq.c; all fields are visible. */
import { gcNewVar, ObjectWord, track, TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictSetText } from '../core/dict/index.ts';
import { typeError } from '../core/errors.ts';
import { newInt } from '../core/int.ts';
import { getset, native } from '../core/native.ts';
import { reprText } from '../core/protocol/index.ts';
import type { Runtime } from '../core/runtime.ts';
import { T } from '../core/static.ts';
import { newStr } from '../core/str.ts';
import { temp } from '../core/temps.ts';
import { tupleFromWords, tupleItem, tupleOf, tupleSize, tupleTake } from '../core/tuple.ts';
import { defineType } from '../core/type-spec.ts';
import { typeFullName } from '../core/types.ts';
import { tupleFromIterable } from './tuple.ts';

/** A type that `newStructSeq` makes instances of. */
export interface StructSeqType {
  readonly ref: Ref;
  readonly fields: readonly string[];
}

/** Declares a struct sequence type; only while modules load. */
export function defineStructSeq(ref: Ref, name: string, fields: readonly string[], doc: string): StructSeqType {
  defineType({
    ref,
    name,
    base: T.tuple,
    doc,
    slots: {
      repr: (rt, self) => newStr(rt, structSeqRepr(rt, self, fields)),
      new: (rt, type, args, _kwargs) => structSeqNew(rt, type, args, fields.length),
    },
    methods: [native('__reduce__($self, /)', reduce)],
    getset: fields.map((field, i) => getset(field, (rt, self) => newItem(rt, self, i))),
    populate: (rt, dict) => {
      addCounts(rt, dict, fields);
    },
  });
  return { ref, fields };
}

function newItem(rt: Runtime, self: Ref, i: number): Owned {
  const H = rt.words;
  const item = tupleItem(rt, self, i);
  if (H[item] >= 0) H[item]++;
  return item as Owned;
}

function addCounts(rt: Runtime, dict: Ref, fields: readonly string[]): void {
  dictSetText(rt, dict, 'n_sequence_fields', newInt(rt, fields.length));
  dictSetText(rt, dict, 'n_fields', newInt(rt, fields.length));
  dictSetText(rt, dict, 'n_unnamed_fields', newInt(rt, 0));
  const names = tupleTake(rt, ...fields.map((field) => newStr(rt, field)));
  dictSetText(rt, dict, '__match_args__', names);
  const H = rt.words;
  if (H[names] > 0) H[names]--;
}

/** An instance with the values in the order of the fields, untracked: they are numbers and strings. Takes them.
 *  Source: CPython 3.12 PyStructSequence_New. */
export function newStructSeq(rt: Runtime, type: StructSeqType, values: readonly Owned[]): Owned {
  const seq = gcNewVar(rt, type.ref, values.length);
  values.forEach((value, i) => (rt.words[seq + TupleWord.Items + i] = value));
  return seq;
}

function structSeqNew(rt: Runtime, type: Ref, args: Ref, size: number): Owned {
  const name = typeFullName(rt, type);
  if (tupleSize(rt, args) === 0) typeError(rt, `${name.slice(name.lastIndexOf('.') + 1)}() missing required argument 'sequence' (pos 1)`);
  const items = temp(rt, tupleFromIterable(rt, tupleItem(rt, args, 0)));
  const n = tupleSize(rt, items);
  if (n !== size) typeError(rt, `${name}() takes a ${size}-sequence (${n}-sequence given)`);
  const seq = gcNewVar(rt, type, size);
  const H = rt.words;
  for (let i = 0; i < size; i++) H[seq + TupleWord.Items + i] = newItem(rt, items, i);
  track(rt, seq);
  return seq;
}

function structSeqRepr(rt: Runtime, self: Ref, fields: readonly string[]): string {
  const parts = fields.map((field, i) => `${field}=${reprText(rt, tupleItem(rt, self, i))}`);
  return `${typeFullName(rt, rt.words[self + ObjectWord.Type])}(${parts.join(', ')})`;
}

function reduce(rt: Runtime, self: Ref): Owned {
  const items = temp(rt, tupleFromWords(rt, self + TupleWord.Items, tupleSize(rt, self)));
  return tupleOf(rt, rt.words[self + ObjectWord.Type], temp(rt, tupleOf(rt, items)));
}
