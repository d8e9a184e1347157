/** The references of one object, each with a name. */
import {
  DictWord,
  EntryWord,
  entryWords,
  firstEntry,
  HeadWord,
  isUnicodeKeys,
  isWeakref,
  KeysWord,
  LayoutKind,
  ListWord,
  nearestBase,
  ObjectWord,
  ownSlotsStart,
  TupleWord,
  TypeFlag,
  TypeWord,
  WeakrefWord,
} from '@moult/heap';
import type { Ref } from '@moult/heap';
import { FrameWord, FrameObjectWord, GeneratorWord } from '../../core/layout/frame.ts';
import { CodeWord } from '../../core/layout/functions.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { strText } from '../../core/str.ts';
import { isStr } from '../../core/types.ts';
import { FIELDS, TYPE_FIELDS } from './fields.ts';
import type { Fields } from './fields.ts';
import { labelOf } from './labels.ts';

/** How a reference is named; the numbers are those of `@moult/inspect`. */
export const enum EdgeKind {
  Element = 0,
  Property = 1,
  Key = 2,
  Variable = 3,
  Internal = 4,
  Weak = 5,
}
/** `kind` is an `EdgeKind`. */
export type EdgeVisitor = (to: Ref, kind: number, name: string | number) => void;

/** Names the references of the objects of one heap, each once: a keys record that several dicts and types share is seen
 *  with the first of them. */
export class References {
  readonly #rt: Runtime;
  readonly #keysSeen = new Set<number>();

  constructor(rt: Runtime) {
    this.#rt = rt;
  }

  /** Visits everything that `o` owns, and what it refers to weakly. */
  visit(o: Ref, visit: EdgeVisitor): void {
    const H = this.#rt.words;
    const type = H[o + ObjectWord.Type];
    if ((H[type + TypeWord.Flags] & TypeFlag.HeapType) !== 0) visit(type, EdgeKind.Internal, '__class__');
    let kind = H[type + TypeWord.Traverse];
    if (kind === LayoutKind.Instance) {
      this.#slots(o, type, visit);
      if ((H[type + TypeWord.Flags] & TypeFlag.ManagedDict) !== 0) this.#attributes(o, type, visit);
      kind = H[type + TypeWord.BaseLayout];
    }
    if ((H[type + TypeWord.Flags] & TypeFlag.TypeSubclass) !== 0) this.#keysOf(H[o + TypeWord.HtCachedKeys], visit);
    if (kind === LayoutKind.Dict) this.#dict(o, visit);
    else if (kind === LayoutKind.ItemBlock) run(H, H[o + ListWord.Items], H[o + ListWord.Size], visit);
    else if (kind === LayoutKind.InlineItems) run(H, o + TupleWord.Items, H[o + TupleWord.Size], visit);
    else this.#fields(o, type, kind, visit);
  }

  /** Visits a frame's references; `frame` is the index of its record. */
  frame(frame: number, visit: EdgeVisitor): void {
    const H = this.#rt.words;
    const named = (word: number, name: string): void => {
      if (H[frame + word] !== 0) visit(H[frame + word], EdgeKind.Internal, name);
    };
    named(FrameWord.FrameObject, 'frame object');
    named(FrameWord.Locals, 'f_locals');
    named(FrameWord.Function, 'function');
    named(FrameWord.Code, 'f_code');
    const names = this.#localNames(H[frame + FrameWord.Code]);
    const first = frame + FrameWord.LocalsPlus;
    for (let i = 0; i < H[frame + FrameWord.StackTop]; i++) {
      if (H[first + i] === 0) continue;
      if (i < names.length) visit(H[first + i], EdgeKind.Variable, names[i]!);
      else visit(H[first + i], EdgeKind.Internal, `stack ${i - names.length}`);
    }
  }

  #localNames(code: Ref): string[] {
    const H = this.#rt.words;
    if (code === 0 || H[code + ObjectWord.Type] !== T.code) return [];
    const names = H[code + CodeWord.LocalsPlusNames];
    return Array.from({ length: H[names + TupleWord.Size] }, (_, i) =>
      strText(this.#rt, H[names + TupleWord.Items + i]),
    );
  }

  /** Member slots, by the names of the class statements that added them. */
  #slots(o: Ref, type: Ref, visit: EdgeVisitor): void {
    const H = this.#rt.words;
    for (let t = type; H[t + TypeWord.Traverse] === LayoutKind.Instance; t = H[t + TypeWord.Base]) {
      const start = ownSlotsStart(H, t);
      const names = H[t + TypeWord.HtSlots];
      for (let i = start; i < H[t + TypeWord.SlotsEnd]; i++) {
        if (H[o + i] === 0) continue;
        const at = names === 0 ? -1 : i - start;
        const known = at >= 0 && at < H[names + TupleWord.Size];
        visit(H[o + i], EdgeKind.Property, known ? strText(this.#rt, H[names + TupleWord.Items + at]) : `slot ${i}`);
      }
    }
  }

  #attributes(o: Ref, type: Ref, visit: EdgeVisitor): void {
    const H = this.#rt.words;
    const attributes = H[o + HeadWord.DictOrValues];
    if (attributes > 0) visit(attributes, EdgeKind.Internal, '__dict__');
    else if (attributes < 0) this.#values(-attributes, H[type + TypeWord.HtCachedKeys], visit);
  }

  /** Values of a split table: an instance's own, or a dict's. */
  #values(values: number, keys: number, visit: EdgeVisitor): void {
    const H = this.#rt.words;
    let entry = firstEntry(H, keys);
    for (let i = 0; i < H[keys + KeysWord.NumEntries]; i++, entry += EntryWord.UnicodeWords) {
      if (H[values + i] !== 0)
        visit(H[values + i], EdgeKind.Property, strText(this.#rt, H[entry + EntryWord.UnicodeKey]));
    }
  }

  #dict(o: Ref, visit: EdgeVisitor): void {
    const H = this.#rt.words;
    const keys = H[o + DictWord.Keys];
    if (keys === 0) return;
    if (H[o + DictWord.Values] !== 0) this.#values(H[o + DictWord.Values], keys, visit);
    this.#keysOf(keys, visit);
  }

  /** Keys and values of a record that was not seen before. */
  #keysOf(keys: number, visit: EdgeVisitor): void {
    if (keys === 0 || this.#keysSeen.has(keys)) return;
    this.#keysSeen.add(keys);
    const H = this.#rt.words;
    const unicode = isUnicodeKeys(H, keys);
    const [keyWord, valueWord] = unicode
      ? [EntryWord.UnicodeKey, EntryWord.UnicodeValue]
      : [EntryWord.Key, EntryWord.Value];
    let entry = firstEntry(H, keys);
    for (let i = 0; i < H[keys + KeysWord.NumEntries]; i++, entry += entryWords(H, keys)) {
      const key = H[entry + keyWord];
      const value = H[entry + valueWord];
      if (key !== 0) visit(key, EdgeKind.Key, this.#keyName(key));
      if (value !== 0) visit(value, EdgeKind.Property, key === 0 ? `entry ${i}` : this.#keyName(key));
    }
  }

  #keyName(key: Ref): string {
    return isStr(this.#rt, key) ? strText(this.#rt, key) : labelOf(this.#rt, key);
  }

  /** Fixed words and what only the type's own code can look through: named as far as the table knows. */
  #fields(o: Ref, type: Ref, kind: number, visit: EdgeVisitor): void {
    const rt = this.#rt;
    const H = rt.words;
    const left = new Map<Ref, number>();
    const note = (to: Ref): void => {
      if (to !== 0) left.set(to, (left.get(to) ?? 0) + 1);
    };
    if (kind === LayoutKind.Fixed) {
      for (let mask = H[type + TypeWord.OwnedMask], i = o + ObjectWord.Size; mask !== 0; mask >>>= 1, i++)
        if ((mask & 1) !== 0) note(H[i]);
    } else if (kind >= LayoutKind.FirstCustom) {
      rt.customLayouts[kind]!.traverse(rt, o, note);
      rt.customLayouts[kind]!.owned?.(rt, o, note);
    }
    const take: EdgeVisitor = (to, edgeKind, name) => {
      const n = left.get(to) ?? 0;
      if (n === 0) return;
      left.set(to, n - 1);
      visit(to, edgeKind, name);
    };
    for (const [word, name] of this.#fieldsOf(type, o)) take(H[o + word], EdgeKind.Internal, name);
    const frame = frameInside(H, o);
    if (frame !== 0) this.frame(frame, take);
    let i = 0;
    for (const [to, n] of left) for (let k = 0; k < n; k++) visit(to, EdgeKind.Element, i++);
    if (isWeakref(H, o) && H[o + WeakrefWord.Object] !== 0) visit(H[o + WeakrefWord.Object], EdgeKind.Weak, 'referent');
  }

  /** The entries of the table for the built-in bases of a type. */
  #fieldsOf(type: Ref, o: Ref): Fields {
    const H = this.#rt.words;
    if ((H[type + TypeWord.Flags] & TypeFlag.TypeSubclass) !== 0 && o !== 0) return TYPE_FIELDS;
    const fields: (readonly [number, string])[] = [];
    for (let t = nearestBase(H, type); t !== 0; t = H[t + TypeWord.Base]) fields.push(...(FIELDS.get(t) ?? []));
    return fields;
  }
}

function run(H: Int32Array, start: number, count: number, visit: EdgeVisitor): void {
  for (let i = 0; i < count; i++) if (H[start + i] !== 0) visit(H[start + i], EdgeKind.Element, i);
}

/** The frame record inside of a generator or of a frame object that has taken its frame over; 0: none. */
function frameInside(H: Int32Array, o: Ref): number {
  switch (H[o + ObjectWord.Type]) {
    case T.generator:
    case T.coroutine:
    case T.asyncGenerator:
      return H[o + GeneratorWord.Frame + FrameWord.Code] === 0 ? 0 : o + GeneratorWord.Frame;
    case T.frame: {
      const frame = H[o + FrameObjectWord.Frame];
      return frame === o + (FrameObjectWord.OwnFrame as number) ? frame : 0;
    }
    default:
      return 0;
  }
}
