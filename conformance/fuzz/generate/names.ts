/** What a generated program knows at a place: variables with the kind of their values, classes, functions. */

/** Kinds of values, as far as a statement must know to make sense (and not always then: errors are part of the tests). */
export type Kind =
  | 'instance'
  | 'list'
  | 'dict'
  | 'set'
  | 'tuple'
  | 'str'
  | 'int'
  | 'float'
  | 'bytes'
  | 'callable'
  | 'generator'
  | 'iterator'
  | 'coroutine'
  | 'asyncgen'
  | 'weakref'
  | 'weakdict'
  | 'weakset'
  | 'finalizer'
  | 'exception'
  | 'deque'
  | 'class'
  | 'frame'
  | 'snapshot';

export interface Variable {
  readonly name: string;
  readonly kind: Kind;
}

/** A class of the program. All take a name as the one argument of their constructor and have attributes left and right. */
export interface ClassInfo {
  readonly name: string;
  readonly slots: boolean;
  readonly weakrefable: boolean;
  /** hash and equality do not depend on addresses */
  readonly hashable: boolean;
  readonly methods: readonly string[];
  readonly final: boolean;
}

export interface FunctionInfo {
  readonly name: string;
  readonly parameters: readonly Kind[];
  readonly returns: Kind;
}

/** The variables of one namespace. */
export class Scope {
  readonly variables = new Map<string, Kind>();

  constructor(
    readonly pool: readonly string[],
    readonly outer: Scope | null,
  ) {}

  /** All variables that can be read here. */
  visible(): Variable[] {
    const own = [...this.variables].map(([name, kind]) => ({ name, kind }));
    return this.outer === null ? own : [...this.outer.visible(), ...own];
  }
}

export const GLOBAL_NAMES = [...'abcdefghjk'];
export const LOCAL_NAMES = ['u', 'v', 'w', 'x', 'y', 'z'];
