/**
 * Enough of Python's object model to test the heap with: classes with inline attributes or slots, lists, tuples, dicts
 * with shared-nothing string keys, weak references with callbacks. No interpreter: tests call these methods.
 */
import { Heap } from '../src/heap.ts';
import { realloc } from '../src/alloc/alloc.ts';
import { DictKeysKind, DictWord, EntryWord, KeysWord, ListWord, TupleWord } from '../src/layout/containers.ts';
import { EmbedderRoots } from '../src/layout/gc.ts';
import { Destructor, HeapRoot } from '../src/layout/heap-root.ts';
import { HeadWord, ObjectWord } from '../src/layout/object.ts';
import { LayoutKind, TYPE_WORDS, TypeFlag, TypeWord } from '../src/layout/type.ts';
import { WeakrefWord } from '../src/layout/weakref.ts';
import { hostAdd } from '../src/memory/host-table.ts';
import { reserveStatic, type MemoryOptions } from '../src/memory/memory.ts';
import type { Owned, Ref } from '../src/memory/ref.ts';
import { gcNew, genericAlloc } from '../src/object/allocate.ts';
import { newDict, newList, newTuple } from '../src/object/freelist.ts';
import { firstEntry, keysIncref, newKeys, keysDecref } from '../src/object/keys.ts';
import { freeObject } from '../src/object/free.ts';
import { clearWord, decref, newRef, setWord } from '../src/object/refcount.ts';
import { isTracked, mayBeTracked, track, untrack } from '../src/object/track.ts';
import { newValues } from '../src/object/values.ts';
import { newWeakref } from '../src/object/weakref.ts';

interface ClassOptions {
  readonly name: string;
  readonly base?: Ref;
  /** Attributes kept inline, in key order. */
  readonly attributes?: readonly string[];
  /** Number of slots that the class adds. */
  readonly slots?: number;
  readonly finalize?: (o: Ref) => void;
  readonly weakrefs?: boolean;
}

const ATTRIBUTE_CAPACITY = 6;

export class MiniPython extends Heap {
  readonly type: Ref;
  readonly object: Ref;
  readonly none: Ref;
  readonly tuple: Ref;
  readonly list: Ref;
  readonly dict: Ref;
  readonly ref: Ref;
  readonly cell: Ref;
  readonly function: Ref;
  readonly str: Ref;
  readonly #classLayout: number;
  readonly #classDealloc: number;

  constructor(options: MemoryOptions = { reserveBytes: 64 << 20, staticWords: 1 << 17 }) {
    super(options);
    this.#classDealloc = this.addFunction((h: Heap, o: Ref) => deallocClass(h, o));
    this.#classLayout = this.addLayout({
      name: 'class',
      // Nothing clears it: as in CPython, instances that die later need their class's base.
      traverse: (h, o, visit) => visit(h.words[o + TypeWord.Base]),
    });
    this.type = this.#metaclass();
    this.object = this.#static('object', { words: 2 });
    this.str = this.#static('str', { words: 4 });
    this.none = this.#immortal(this.#static('NoneType', { words: 2 }));
    this.tuple = this.#static('tuple', {
      words: 3,
      itemWords: 1,
      kind: LayoutKind.InlineItems,
      dealloc: Destructor.Tuple,
    });
    this.list = this.#static('list', { words: ListWord.Words, kind: LayoutKind.ItemBlock, dealloc: Destructor.List });
    this.dict = this.#static('dict', { words: DictWord.Words, kind: LayoutKind.Dict, dealloc: Destructor.Dict });
    this.ref = this.#static('weakref', { words: WeakrefWord.Words, mask: 2, dealloc: Destructor.Weakref });
    this.cell = this.#static('cell', { words: 3, mask: 1, dealloc: Destructor.Fixed });
    this.function = this.#static('function', { words: 3, mask: 1, dealloc: Destructor.Fixed });
    const H = this.words;
    H[HeapRoot.TupleType] = this.tuple;
    H[HeapRoot.ListType] = this.list;
    H[HeapRoot.DictType] = this.dict;
    H[HeapRoot.RefType] = this.ref;
  }

  /** A class; owned by the caller. */
  class(options: ClassOptions): Owned {
    const H = this.words;
    const base = options.base ?? this.object;
    const type = gcNew(this, this.type);
    const inherits = H[base + TypeWord.Traverse] === LayoutKind.Instance;
    H[type + TypeWord.Name] = hostAdd(this, options.name);
    H[type + TypeWord.Base] = newRef(this, base);
    this.#inherit(type, base, inherits);
    if (options.slots !== undefined) this.#addSlots(type, options.slots);
    if (options.attributes !== undefined) this.#addAttributes(type, options.attributes);
    if (options.weakrefs !== false && H[type + TypeWord.WeakListOffset] === 0) {
      H[type + TypeWord.Flags] |= TypeFlag.ManagedWeakref;
      H[type + TypeWord.WeakListOffset] = 8 * HeadWord.WeakList;
    }
    const { finalize } = options;
    if (finalize !== undefined) H[type + TypeWord.Finalize] = this.addFunction((_: Heap, o: Ref) => finalize(o));
    track(this, type);
    return type;
  }

  /** An instance; its attributes or slots are None. */
  new(type: Ref): Owned {
    const H = this.words;
    const o = genericAlloc(this, type);
    for (let i = o + H[type + TypeWord.SlotsStart]; i < o + H[type + TypeWord.SlotsEnd]; i++) H[i] = this.none;
    if ((H[type + TypeWord.Flags] & TypeFlag.ManagedDict) !== 0) {
      const values = newValues(this, ATTRIBUTE_CAPACITY);
      H[o + HeadWord.DictOrValues] = -values;
      const count = H[H[type + TypeWord.HtCachedKeys] + KeysWord.NumEntries];
      for (let i = 0; i < count; i++) H[values + i] = this.none;
    }
    return o;
  }

  /** Word of an attribute kept inline. */
  attribute(o: Ref, i: number): number {
    return -this.words[o + HeadWord.DictOrValues] + i;
  }

  /** Word of a slot. */
  slot(o: Ref, i: number): number {
    return o + this.words[this.words[o + ObjectWord.Type] + TypeWord.SlotsStart] + i;
  }

  isInstance(o: Ref, type: Ref): boolean {
    for (let t = this.words[o + ObjectWord.Type]; t !== 0; t = this.words[t + TypeWord.Base])
      if (t === type) return true;
    return false;
  }

  store(word: number, value: Ref): void {
    setWord(this, word, newRef(this, value));
  }

  newTuple(items: readonly Ref[]): Owned {
    const o = newTuple(this, this.tuple, items.length);
    items.forEach((item, i) => (this.words[o + TupleWord.Items + i] = newRef(this, item)));
    track(this, o);
    return o;
  }

  newList(items: readonly Ref[], type = this.list): Owned {
    const o = type === this.list ? newList(this, type, items.length) : genericAlloc(this, type);
    if (type === this.list) track(this, o);
    if (type !== this.list) for (const item of items) this.append(o, item);
    else items.forEach((item, i) => (this.words[this.words[o + ListWord.Items] + i] = newRef(this, item)));
    return o;
  }

  append(list: Ref, item: Ref): void {
    const H = this.words;
    const size = H[list + ListWord.Size];
    if (size === H[list + ListWord.Allocated]) {
      const room = (size + 1 + ((size + 1) >> 3) + 6) & ~3;
      H[list + ListWord.Items] = realloc(this, H[list + ListWord.Items], size, room);
      H[list + ListWord.Allocated] = room;
    }
    H[H[list + ListWord.Items] + size] = newRef(this, item);
    H[list + ListWord.Size] = size + 1;
  }

  /** A dict of at most five values with string keys. */
  newDict(values: readonly Ref[]): Owned {
    const H = this.words;
    const keys = values.length === 0 ? H[HeapRoot.EmptyKeys] : newKeys(this, 3, DictKeysKind.Unicode);
    const o = newDict(this, this.dict);
    H[o + DictWord.Keys] = keys;
    H[o + DictWord.Used] = values.length;
    values.forEach((value, i) => {
      const entry = firstEntry(H, keys) + i * EntryWord.UnicodeWords;
      H[entry + EntryWord.UnicodeKey] = genericAlloc(this, this.str);
      H[entry + EntryWord.UnicodeValue] = newRef(this, value);
      H[keys + KeysWord.NumEntries] = i + 1;
    });
    if (values.some((value) => mayBeTracked(this, value))) track(this, o);
    return o;
  }

  /** Replaces a dict's i-th value. A dict is tracked from the first value on that may be. */
  setDictValue(o: Ref, i: number, value: Ref): void {
    if (mayBeTracked(this, value) && !isTracked(this, o)) track(this, o);
    this.store(this.dictValue(o, i), value);
  }

  /** Word of a dict's i-th value. */
  dictValue(o: Ref, i: number): number {
    return firstEntry(this.words, this.words[o + DictWord.Keys]) + i * EntryWord.UnicodeWords + EntryWord.UnicodeValue;
  }

  /** A function with one cell in its closure, as a callback that remembers something has. */
  newFunction(): Owned {
    const cell = genericAlloc(this, this.cell);
    const closure = this.newTuple([cell]);
    decref(this, cell);
    const fn = gcNew(this, this.function);
    this.words[fn + ObjectWord.Size] = closure;
    track(this, fn);
    return fn;
  }

  newRef(o: Ref, callback: Ref): Owned {
    return newWeakref(this, this.ref, o, callback);
  }

  /** The program's variables: owned words of the root record. */
  variable(i: number): number {
    return EmbedderRoots.Start + i;
  }

  get(i: number): Ref {
    return this.words[this.variable(i)];
  }

  setTake(i: number, value: Owned | 0): void {
    setWord(this, this.variable(i), value);
  }

  #inherit(type: Ref, base: Ref, inherits: boolean): void {
    const H = this.words;
    const copied = [
      TypeWord.BasicWords,
      TypeWord.BasicSize,
      TypeWord.ItemWords,
      TypeWord.ItemSize,
      TypeWord.TraverseMask,
      TypeWord.OwnedMask,
      TypeWord.WeakListOffset,
      TypeWord.SlotsStart,
      TypeWord.SlotsEnd,
      TypeWord.Finalize,
    ];
    for (const word of copied) H[type + word] = H[base + word];
    H[type + TypeWord.Flags] = TypeFlag.Default | TypeFlag.HeapType | TypeFlag.HaveGc;
    H[type + TypeWord.Flags] |= H[base + TypeWord.Flags] & TypeFlag.PreHeader;
    H[type + TypeWord.Traverse] = LayoutKind.Instance;
    H[type + TypeWord.BaseLayout] = H[base + (inherits ? TypeWord.BaseLayout : TypeWord.Traverse)];
    H[type + TypeWord.Dealloc] = Destructor.Instance;
    const keys = inherits ? H[base + TypeWord.HtCachedKeys] : 0;
    if (keys !== 0) keysIncref(this, keys);
    H[type + TypeWord.HtCachedKeys] = keys;
  }

  #addSlots(type: Ref, slots: number): void {
    const H = this.words;
    const start = H[type + TypeWord.BasicWords];
    if (H[type + TypeWord.SlotsEnd] === 0) H[type + TypeWord.SlotsStart] = start;
    H[type + TypeWord.SlotsEnd] = H[type + TypeWord.BasicWords] = start + slots;
    H[type + TypeWord.BasicSize] += 8 * slots;
  }

  #addAttributes(type: Ref, names: readonly string[]): void {
    const H = this.words;
    const keys = newKeys(this, 3, DictKeysKind.Split);
    names.forEach((_, i) => {
      H[firstEntry(H, keys) + i * EntryWord.UnicodeWords] = genericAlloc(this, this.str);
      H[keys + KeysWord.NumEntries] = i + 1;
    });
    H[type + TypeWord.HtCachedKeys] = keys;
    H[type + TypeWord.Flags] |= TypeFlag.ManagedDict;
  }

  #metaclass(): Ref {
    const type = reserveStatic(this, TYPE_WORDS);
    const H = this.words;
    H[type] = -1;
    H[type + ObjectWord.Type] = type;
    H[type + TypeWord.Name] = hostAdd(this, 'type');
    H[type + TypeWord.Flags] = TypeFlag.Default | TypeFlag.HaveGc | TypeFlag.TypeSubclass;
    H[type + TypeWord.Traverse] = this.#classLayout;
    H[type + TypeWord.Dealloc] = this.#classDealloc;
    H[type + TypeWord.BasicWords] = TYPE_WORDS;
    H[type + TypeWord.BasicSize] = 8 * TYPE_WORDS;
    return type;
  }

  #static(
    name: string,
    layout: { words: number; itemWords?: number; kind?: LayoutKind; mask?: number; dealloc?: Destructor },
  ): Ref {
    const type = reserveStatic(this, TYPE_WORDS);
    const H = this.words;
    const { words, itemWords = 0, mask = 0, dealloc = Destructor.Plain } = layout;
    const kind = layout.kind ?? (mask === 0 ? LayoutKind.None : LayoutKind.Fixed);
    H[type] = -1;
    H[type + ObjectWord.Type] = this.type;
    H[type + TypeWord.Name] = hostAdd(this, name);
    H[type + TypeWord.Flags] = TypeFlag.Default | (kind === LayoutKind.None ? 0 : TypeFlag.HaveGc);
    H[type + TypeWord.Traverse] = H[type + TypeWord.BaseLayout] = kind;
    H[type + TypeWord.TraverseMask] = H[type + TypeWord.OwnedMask] = mask;
    H[type + TypeWord.Dealloc] = dealloc;
    H[type + TypeWord.BasicWords] = words;
    H[type + TypeWord.BasicSize] = 8 * words;
    H[type + TypeWord.ItemWords] = itemWords;
    H[type + TypeWord.ItemSize] = 8 * itemWords;
    return type;
  }

  #immortal(type: Ref): Ref {
    const o = reserveStatic(this, 2);
    this.words[o] = -1;
    this.words[o + ObjectWord.Type] = type;
    return o;
  }
}

function deallocClass(h: Heap, o: Ref): void {
  const H = h.words;
  untrack(h, o);
  const keys = H[o + TypeWord.HtCachedKeys];
  H[o + TypeWord.HtCachedKeys] = 0;
  if (keys !== 0) keysDecref(h, keys);
  clearWord(h, o + TypeWord.Base);
  freeObject(h, o);
}
