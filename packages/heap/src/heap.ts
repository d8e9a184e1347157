/**
 * A heap: the words of `Memory` with objects in them. Its own fields are code and droppable caches: the table of
 * functions that type records name by index, the custom layouts, the embedder's hooks. Everything else is in the words.
 *
 * The work is done by free functions that take the heap first; the methods here are for those who use the library
 * directly.
 */
import { usedBytes } from './alloc/meter.ts';
import { audit, type AuditOptions } from './check/audit.ts';
import { collect, initGenerations, runScheduled } from './collector/generations.ts';
import { Survivors } from './collector/survivors.ts';
import { Handle, handlesReport, type HandleReport } from './handle/handle.ts';
import { DictKeysKind, IndexEntry, KeysInfo, KeysWord } from './layout/containers.ts';
import { GcRoot } from './layout/gc.ts';
import { Destructor, HandleEntry, HeapRoot } from './layout/heap-root.ts';
import { ObjectWord, RefCount } from './layout/object.ts';
import { LayoutKind, TypeWord } from './layout/type.ts';
import { hostGet } from './memory/host-table.ts';
import { Memory, reserveStatic, type MemoryOptions } from './memory/memory.ts';
import type { Owned, Ref } from './memory/ref.ts';
import { allocObject, genericAlloc } from './object/allocate.ts';
import { DEEP_LIMIT, UNWIND_LEVEL } from './object/trashcan.ts';
import { deallocDict } from './object/dealloc-dict.ts';
import { deallocFixed } from './object/dealloc-fixed.ts';
import { deallocInstance } from './object/dealloc-instance.ts';
import { deallocFloat, deallocPlain } from './object/dealloc-plain.ts';
import { deallocList, deallocTuple } from './object/dealloc-sequence.ts';
import { defineType, type TypeDescription } from './object/define-type.ts';
import { clearFreeLists } from './object/freelist.ts';
import { decref, incref, newRef, refCount, setWord } from './object/refcount.ts';
import { deallocWeakref } from './object/weakref.ts';
import type { Visit } from './object/traverse.ts';
import { cpython312, python27 } from './policy/cpython312.ts';
import { none } from './policy/none.ts';
import type { Policy } from './policy/policy.ts';

/** Any function that the table may hold; the embedder's take their own subclass of Heap first (so it is written as a
 *  method, whose parameters are compared both ways). */
export type HeapFunction = { call(heap: Heap, ...args: never[]): unknown }['call'];
/** What `Dealloc`, `Finalize`, `Clear` and `Del` of a type name. Must not throw. */
export type DestructorFunction = { call(heap: Heap, o: Ref): void }['call'];

/** How objects of a layout that the heap does not know are looked through. Never visits the object's own type. */
export interface CustomLayout {
  readonly name: string;
  /** Visits what CPython's `tp_traverse` visits, in its order. */
  traverse(heap: Heap, o: Ref, visit: Visit): void;
  /** Visits the references that are owned beyond those of `traverse`; for the audit. */
  owned?(heap: Heap, o: Ref, visit: Visit): void;
  /** A layout of the heap's whose records the object has as well. Then the audit takes its owned references from there and
   *  from `owned`, not from `traverse`. */
  readonly base?: LayoutKind;
  /** Breaks cycles, when the type's `Clear` is 0. */
  clear?(heap: Heap, o: Ref): void;
}

export class Heap extends Memory {
  /** Index 0 is no function. The first entries are the heap's destructors (`Destructor`). */
  readonly functions: HeapFunction[] = [];
  /** Indexed by layout kind, from `LayoutKind.FirstCustom` on. */
  readonly customLayouts: CustomLayout[] = [];
  /** Indexed by `GcRoot.Policy`. */
  readonly policies: Policy[] = [cpython312, none, python27];
  /** Visit owned references outside of objects (stacks, static types, tables), for the audit. */
  readonly rootScanners: ((heap: Heap, visit: Visit) => void)[] = [];
  /** Results of the last collection: a register, valid until the next one. */
  lastCollected = 0;
  lastUncollectable = 0;
  /** References found by `gather`, a reused array used as a stack. */
  gathered = new Int32Array(1024);
  gatheredCount = 0;
  readonly gather: Visit;
  /** Scratch of a collection. */
  readonly survivors = new Survivors();
  /** How deep destructors may nest, those of the trashcan and others: less where the host's stack is small. */
  unwindLevel = UNWIND_LEVEL;
  deepLimit = DEEP_LIMIT;
  /** Where handles were made, in the traced build. */
  readonly handleStacks = new Map<number, string>();

  // Hooks of the embedder. None may throw.
  callWeakrefCallback: (wr: Ref, callback: Ref) => void = () => undefined;
  onCollectionStart: (generation: number) => void = () => undefined;
  onCollectionStop: (generation: number, collected: number, uncollectable: number) => void = () => undefined;
  /** Called in a full collection; an embedder with free lists of its own calls the default too. */
  clearFreeLists: () => void = () => clearFreeLists(this);
  onUncollectable: (o: Ref) => void = () => undefined;
  debugPrint: (text: string) => void = () => undefined;
  /** Seconds, for what `DebugFlag.Stats` prints. */
  now: () => number = () => performance.now() / 1000;
  /** Name of a type for messages. */
  typeName: (type: Ref) => string = (type) => this.hostTypeName(type);
  /** For the audit: adds the metered bytes of each block that `o` consists of. False: its type describes it. */
  addBlocks: (o: Ref, add: (nbytes: number) => void) => boolean = () => false;
  /** For the audit: add the blocks that belong to no object (stacks, tables). */
  readonly blockScanners: ((heap: Heap, add: (nbytes: number) => void) => void)[] = [];

  constructor(options: MemoryOptions = {}) {
    super(options);
    this.gather = (ref) => {
      if (ref === 0) return;
      if (this.gatheredCount === this.gathered.length) this.growGathered();
      this.gathered[this.gatheredCount++] = ref;
    };
    this.addDestructors();
    this.words[HeapRoot.HandleFree] = HandleEntry.End;
    this.words[HeapRoot.EmptyKeys] = makeEmptyKeys(this);
    initGenerations(this);
  }

  /** The policy in force. */
  get policy(): Policy {
    return this.policies[this.words[GcRoot.Policy]];
  }

  /** Adds a function for type records to name, and returns its index. */
  addFunction(fn: HeapFunction): number {
    return this.functions.push(fn) - 1;
  }

  /** Adds a layout and returns its kind, for `TypeWord.Traverse` and `BaseLayout`. */
  addLayout(layout: CustomLayout): number {
    while (this.customLayouts.length < LayoutKind.FirstCustom) this.customLayouts.push(UNUSED_LAYOUT);
    return this.customLayouts.push(layout) - 1;
  }

  /** Adds a policy and returns its number, for `GcRoot.Policy`. */
  addPolicy(policy: Policy): number {
    return this.policies.push(policy) - 1;
  }

  defineType(description: TypeDescription): Ref {
    return defineType(this, description);
  }

  /** A new object of a type of `defineType`, with `size` items if it has such, tracked if it is collected. */
  alloc(type: Ref, size = 0): Owned {
    return genericAlloc(this, type, size);
  }

  /** A new object of `nwords` words that is not collected. */
  allocWords(type: Ref, nwords: number): Owned {
    return allocObject(this, type, nwords);
  }

  incref(o: Ref): void {
    incref(this, o);
  }

  decref(o: Ref): void {
    decref(this, o);
  }

  refCount(o: Ref): number {
    return refCount(this, o);
  }

  /** Makes word `index` of `o` a new reference to `value`, or 0, and releases the one that was there. */
  setField(o: Ref, index: number, value: Ref): void {
    setWord(this, o + index, value === 0 ? 0 : newRef(this, value));
  }

  /** Borrowed. */
  getField(o: Ref, index: number): Ref {
    return this.words[o + index];
  }

  /** Collects now; returns the number of unreachable objects found. */
  collect(generation = 2): number {
    return collect(this, generation);
  }

  /** Runs the collection that allocations asked for, if any. To be called where no borrowed reference is in use. */
  safePoint(): void {
    if (this.words[GcRoot.EvalBreaker] === 0) return;
    this.words[GcRoot.EvalBreaker] = 0;
    if (this.words[GcRoot.Scheduled] !== 0) runScheduled(this);
  }

  /** Keeps `o` alive for TypeScript code. Borrows `o`. */
  handle(o: Ref): Handle {
    return new Handle(this, o);
  }

  handles(): HandleReport[] {
    return handlesReport(this);
  }

  /** Recomputes every reference count; throws HeapCorruption for the first that is wrong. */
  audit(options?: AuditOptions): void {
    audit(this, options);
  }

  /** Metered bytes in use. */
  usedBytes(): number {
    return usedBytes(this);
  }

  /** Ends the use of the heap. Throws HeapLeak if handles are not released. */
  close(): void {
    const left = handlesReport(this);
    if (left.length > 0) throw new HeapLeak(left);
  }

  typeNameOf(o: Ref): string {
    return this.typeName(this.words[o + ObjectWord.Type]);
  }

  private hostTypeName(type: Ref): string {
    const name = this.words[type + TypeWord.Name];
    return name === 0 ? `type at word ${type}` : String(hostGet(this, name));
  }

  private growGathered(): void {
    const wider = new Int32Array(2 * this.gathered.length);
    wider.set(this.gathered);
    this.gathered = wider;
  }

  private addDestructors(): void {
    for (let i = 0; i < Destructor.FirstFree; i++) this.functions.push(noFunction);
    this.functions[Destructor.Plain] = deallocPlain;
    this.functions[Destructor.Fixed] = deallocFixed;
    this.functions[Destructor.List] = deallocList;
    this.functions[Destructor.Tuple] = deallocTuple;
    this.functions[Destructor.Dict] = deallocDict;
    this.functions[Destructor.Instance] = deallocInstance;
    this.functions[Destructor.Weakref] = deallocWeakref;
    this.functions[Destructor.Float] = deallocFloat;
  }
}

/** Handles were not released when the heap was closed. */
export class HeapLeak extends Error {
  readonly handles: readonly HandleReport[];

  constructor(handles: readonly HandleReport[]) {
    const lines = handles.map(({ typeName, ref, stack }) => `  ${typeName} at word ${ref}\n${stack}`);
    super(`${handles.length} handles were not released:\n${lines.join('\n')}`);
    this.name = 'HeapLeak';
    this.handles = handles;
  }
}

const UNUSED_LAYOUT: CustomLayout = { name: 'unused', traverse: noFunction };

function noFunction(): never {
  throw new TypeError('a type record names function 0, which is none');
}

/** One slot, no room, immortal: what every empty dict has. */
function makeEmptyKeys(m: Memory): number {
  const keys = reserveStatic(m, KeysWord.Indices + 1);
  const H = m.words;
  H[keys] = RefCount.Immortal;
  H[keys + KeysWord.Info] = DictKeysKind.Unicode << KeysInfo.KindShift;
  H[keys + KeysWord.Indices] = IndexEntry.Empty;
  return keys;
}
