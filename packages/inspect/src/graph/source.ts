/**
 * What a heap must say of itself to be looked at. Objects are named by their reference (an even word index); nothing
 * else is known of them here, so that the analysis serves any language on such a heap.
 */

/** How one object refers to another. */
export const enum EdgeKind {
  /** Named by its position: an item of a list, tuple or set. */
  Element = 0,
  /** Named: an attribute, a global variable, a value of a dict. */
  Property = 1,
  /** The key of a dict's entry. */
  Key = 2,
  /** A variable of a frame or of a closure's cell. */
  Variable = 3,
  /** What the implementation keeps: a function's code, an object's type. */
  Internal = 4,
  /** Does not keep its target alive. */
  Weak = 5,
}

/** Receives the references of an object; `name` is a position for `EdgeKind.Element`. */
export type EdgeVisitor = (to: number, kind: EdgeKind, name: string | number) => void;

/** Receives an owned reference outside of objects: where it is (`frames`, `modules` …) and what it is called there. */
export type RootVisitor = (to: number, group: string, name: string) => void;

/** A heap that does not change while it is looked at. No call may allocate in it or change a count. */
export interface HeapSource {
  /** One past the highest word at which an object can begin. */
  readonly limit: number;
  roots(visit: RootVisitor): void;
  /** The objects that the collector knows, reachable or not. */
  tracked(visit: (o: number) => void): void;
  /** All references that `o` owns, and its weak ones. */
  edges(o: number, visit: EdgeVisitor): void;
  typeName(o: number): string;
  /** Metered bytes: the object with everything that belongs to it alone. */
  bytes(o: number): number;
  /** Reference count; negative for what never dies. */
  count(o: number): number;
  /** A short text for people. */
  label(o: number): string;
  /** The same text for objects of one type whose values are equal and cannot change; null where that has no meaning. */
  value(o: number): string | null;
}
