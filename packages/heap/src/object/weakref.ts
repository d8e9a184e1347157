/**
 * Weak references. All references to one object form a list whose head is the word at the type's `WeakListOffset`:
 * first, if they exist, the basic reference and the basic proxy (without callback, of exactly the base types, shared by
 * all who ask), then the others, newest first.
 *
 * INV-WR-1: a reference with an object is in exactly that object's list; one without is in none.
 */
import type { Heap } from '../heap.ts';
import { HeapRoot } from '../layout/heap-root.ts';
import { ObjectWord } from '../layout/object.ts';
import { LayoutKind, TypeWord } from '../layout/type.ts';
import { WeakrefWord } from '../layout/weakref.ts';
import { HeapCorruption } from '../memory/errors.ts';
import type { Owned, Ref } from '../memory/ref.ts';
import { genericAlloc } from './allocate.ts';
import { freeObject } from './free.ts';
import { clearWord, newRef } from './refcount.ts';
import { untrack } from './track.ts';
import { callBack, notifyAll } from './weakref-callbacks.ts';

/** Whether instances of `type` can be referenced weakly. */
export function supportsWeakrefs(h: Heap, type: Ref): boolean {
  return h.words[type + TypeWord.WeakListOffset] !== 0;
}

/** The word that holds the head of the weak list of `o`. */
export function weakListWord(H: Int32Array, o: Ref): number {
  return o + (H[H[o + ObjectWord.Type] + TypeWord.WeakListOffset] >> 3);
}

/** Whether `o` is a weak reference or a proxy. Source: CPython 3.12 PyWeakref_Check. */
export function isWeakref(H: Int32Array, o: Ref): boolean {
  let type = H[o + ObjectWord.Type];
  const ref = H[HeapRoot.RefType];
  if (type === ref) return ref !== 0;
  if (isProxyType(H, type)) return true;
  while (H[type + TypeWord.Traverse] === LayoutKind.Instance) type = H[type + TypeWord.Base];
  return type === ref;
}

/** A weak reference of type `type` to `o`, `callback` 0 for none; an existing basic one if that is what is asked for.
 *  `o` must support weak references. Borrows `o` and `callback`.
 *  Source: CPython 3.12 weakref___new___impl, PyWeakref_NewProxy. */
export function newWeakref(h: Heap, type: Ref, o: Ref, callback: Ref): Owned {
  const H = h.words;
  const list = weakListWord(H, o);
  const isRef = type === H[HeapRoot.RefType];
  const isProxy = isProxyType(H, type);
  if (callback === 0 && (isRef || isProxy)) {
    const shared = isRef ? basicRef(H, list) : basicProxy(H, list);
    if (shared !== 0) return newRef(h, shared);
  }
  const wr = makeWeakref(h, type, o, callback);
  let after = 0;
  if (callback !== 0 || !isRef) {
    after = callback === 0 && isProxy ? basicRef(H, list) : basicProxy(H, list) || basicRef(H, list);
  }
  if (after === 0) insertHead(H, wr, list);
  else insertAfter(H, wr, after);
  return wr;
}

/** Number of weak references to `o`. */
export function weakrefCount(h: Heap, o: Ref): number {
  return weakrefsOf(h, o).length;
}

/** The weak references to `o` in the order of its list, borrowed. */
export function weakrefsOf(h: Heap, o: Ref): Ref[] {
  const H = h.words;
  const found: Ref[] = [];
  if (!supportsWeakrefs(h, H[o + ObjectWord.Type])) return found;
  for (let wr = H[weakListWord(H, o)]; wr !== 0; wr = H[wr + WeakrefWord.Next]) found.push(wr);
  return found;
}

/** The object of a weak reference, borrowed; 0 when it is dead or dying. */
export function weakrefObject(h: Heap, wr: Ref): Ref {
  const o = h.words[wr + WeakrefWord.Object];
  if (o === 0) return 0;
  const count = h.words[o];
  return count > 0 || count === -1 ? o : 0;
}

/** Takes a reference out of its object's list; its callback stays, but will not be called.
 *  Source: CPython 3.12 _PyWeakref_ClearRef. */
export function detachWeakref(h: Heap, wr: Ref): void {
  const H = h.words;
  const o = H[wr + WeakrefWord.Object];
  if (o === 0) return;
  const list = weakListWord(H, o);
  const prev = H[wr + WeakrefWord.Prev];
  const next = H[wr + WeakrefWord.Next];
  if (H[list] === wr) H[list] = next;
  H[wr + WeakrefWord.Object] = 0;
  if (prev !== 0) H[prev + WeakrefWord.Next] = next;
  if (next !== 0) H[next + WeakrefWord.Prev] = prev;
  H[wr + WeakrefWord.Prev] = 0;
  H[wr + WeakrefWord.Next] = 0;
}

/** Takes a reference out of its object's list and releases its callback.
 *  Source: CPython 3.12 clear_weakref.
 *  @runsPython */
export function clearWeakref(h: Heap, wr: Ref): void {
  detachWeakref(h, wr);
  clearWord(h, wr + WeakrefWord.Callback);
}

/** Clears all weak references to the dying `o` and calls the callbacks of those that are alive, in the list's order,
 *  after all are cleared. The count of `o` must be 0.
 *  Source: CPython 3.12 PyObject_ClearWeakRefs.
 *  @runsPython */
export function clearWeakrefs(h: Heap, o: Ref): void {
  const H = h.words;
  const list = weakListWord(H, o);
  if (H[list] === 0) return;
  if (H[o] !== 0) throw new HeapCorruption('INV-RC-3: a dying object has count 0', o, 0, H[o]);
  for (let basic = 0; basic < 2 && H[list] !== 0 && H[H[list] + WeakrefWord.Callback] === 0; basic++) {
    clearWeakref(h, H[list]);
  }
  const first = H[list];
  if (first === 0) return;
  if (H[first + WeakrefWord.Next] === 0) notifyOne(h, first);
  else notifyAll(h, o);
}

/** Destroys a weak reference: its callback is not called.
 *  Source: CPython 3.12 weakref_dealloc.
 *  @runsPython */
export function deallocWeakref(h: Heap, wr: Ref): void {
  untrack(h, wr);
  clearWeakref(h, wr);
  freeObject(h, wr);
}

function notifyOne(h: Heap, wr: Ref): void {
  const H = h.words;
  const callback = H[wr + WeakrefWord.Callback];
  H[wr + WeakrefWord.Callback] = 0;
  detachWeakref(h, wr);
  if (callback !== 0) callBack(h, wr, callback as Owned);
}

function makeWeakref(h: Heap, type: Ref, o: Ref, callback: Ref): Owned {
  const H = h.words;
  const wr = genericAlloc(h, type);
  H[wr + WeakrefWord.Object] = o;
  H[wr + WeakrefWord.Callback] = callback === 0 ? 0 : newRef(h, callback);
  H[wr + WeakrefWord.HashLow] = H[wr + WeakrefWord.HashHigh] = -1;
  return wr;
}

function isProxyType(H: Int32Array, type: Ref): boolean {
  return type !== 0 && (type === H[HeapRoot.ProxyType] || type === H[HeapRoot.CallableProxyType]);
}

function basicRef(H: Int32Array, list: number): Ref {
  const head = H[list];
  if (head === 0 || H[head + WeakrefWord.Callback] !== 0) return 0;
  return H[head + ObjectWord.Type] === H[HeapRoot.RefType] ? head : 0;
}

function basicProxy(H: Int32Array, list: number): Ref {
  const ref = basicRef(H, list);
  const second = ref === 0 ? H[list] : H[ref + WeakrefWord.Next];
  if (second === 0 || H[second + WeakrefWord.Callback] !== 0) return 0;
  return isProxyType(H, H[second + ObjectWord.Type]) ? second : 0;
}

function insertHead(H: Int32Array, wr: Ref, list: number): void {
  const next = H[list];
  H[wr + WeakrefWord.Prev] = 0;
  H[wr + WeakrefWord.Next] = next;
  if (next !== 0) H[next + WeakrefWord.Prev] = wr;
  H[list] = wr;
}

function insertAfter(H: Int32Array, wr: Ref, prev: Ref): void {
  const next = H[prev + WeakrefWord.Next];
  H[wr + WeakrefWord.Prev] = prev;
  H[wr + WeakrefWord.Next] = next;
  if (next !== 0) H[next + WeakrefWord.Prev] = wr;
  H[prev + WeakrefWord.Next] = wr;
}
