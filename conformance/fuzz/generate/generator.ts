/** What all productions share: choices, the lines so far, and what is known at the place that is being written. */
import type { Statement } from '../program.ts';
import type { Random } from '../random.ts';
import { expression } from './expressions.ts';
import { GLOBAL_NAMES, Scope } from './names.ts';
import type { ClassInfo, FunctionInfo, Kind } from './names.ts';

/** Writes a piece of a program; `null` instead where it makes no sense. */
export interface Production {
  readonly weight: number;
  /** kinds of which a variable must be visible */
  readonly needs?: readonly Kind[];
  /** only in programs that look at how far the collector counts, or only in others (see `Generator.counted`); default: in both */
  readonly when?: 'counted' | 'uncounted';
  /** whether it may be written inside a function; default yes */
  readonly local?: boolean;
  write(g: Generator): void;
}

export class Generator {
  readonly classes: ClassInfo[] = [];
  readonly functions: FunctionInfo[] = [];
  scope = new Scope(GLOBAL_NAMES, null);
  /** blocks and functions around the place */
  depth = 0;
  /** whether `yield` is allowed, and `await` */
  inGenerator = false;
  #lines: Statement[] = [];
  #labels = 0;
  #serial = 0;

  /** @param counted whether the program looks at how far the collector counts, and lets it start by itself. Such a program leaves
   *  out what takes other temporary objects in CPython than here: text streams (the warning of a coroutine, source lines of
   *  tracebacks that are shown), asynchronous generators, pickles, copies. */
  constructor(
    readonly random: Random,
    readonly counted: boolean,
  ) {}

  /** The program so far. */
  get statements(): readonly Statement[] {
    return this.#lines;
  }

  line(text: string): void {
    this.#lines.push({ line: text, body: null });
  }

  /** Writes a line that stays when the program shrinks. */
  fixed(text: string): void {
    this.#lines.push({ line: text, body: null, fixed: true });
  }

  /** Writes a line and, indented below it, what `write` writes. */
  block(header: string, write: () => void): void {
    const outer = this.#lines;
    const body: Statement[] = [];
    this.#lines = body;
    this.depth++;
    const before = new Set(this.scope.variables.keys());
    write();
    // What is bound inside may not be bound behind it.
    for (const name of this.scope.variables.keys()) if (!before.has(name)) this.scope.variables.delete(name);
    this.depth--;
    this.#lines = outer;
    outer.push({ line: header, body });
  }

  /** A print of the values, with a number of its own in front. */
  print(...values: string[]): void {
    this.line(`print(${[String(++this.#labels), ...values].join(', ')})`);
  }

  /** Writes what may fail so that the program goes on. */
  guarded(write: () => void): void {
    this.block('try:', write);
    this.block('except Exception as error:', () => {
      this.print('type(error).__name__', 'error');
    });
  }

  /** A number that no other call gives. */
  serial(): number {
    return ++this.#serial;
  }

  /** The name of a variable that now has a value of that kind: a new one or one that is bound again. */
  target(kind: Kind): string {
    const name = this.random.pick(this.scope.pool);
    this.scope.variables.set(name, kind);
    return name;
  }

  /** Binds a variable to a value that was written before the variable has its new kind. */
  assign(kind: Kind, value: string): void {
    this.line(`${this.target(kind)} = ${value}`);
  }

  /** The name of a visible variable of one of the kinds, or null. */
  variable(...kinds: readonly Kind[]): string | null {
    const found = this.scope.visible().filter(({ kind }) => kinds.includes(kind));
    return found.length === 0 ? null : this.random.pick(found).name;
  }

  /** The name of any visible variable, or null. */
  anyVariable(): string | null {
    const found = this.scope.visible();
    return found.length === 0 ? null : this.random.pick(found).name;
  }

  forget(name: string): void {
    this.scope.variables.delete(name);
  }

  expression(kind: Kind, depth = 2): string {
    return expression(this, kind, depth);
  }

  /** An expression of any of the kinds that can be stored anywhere. */
  value(depth = 2): string {
    const existing = this.random.chance(0.5) ? this.anyVariable() : null;
    return existing ?? this.expression(this.random.pick(STORED), depth);
  }

  /** Runs `write` in a namespace of its own. */
  within(scope: Scope, write: () => void): void {
    const [outer, inGenerator] = [this.scope, this.inGenerator];
    this.scope = scope;
    write();
    this.scope = outer;
    this.inGenerator = inGenerator;
  }

  /** Writes one of the productions that can be written here. */
  choose(productions: readonly Production[]): void {
    const kinds = new Set(this.scope.visible().map(({ kind }) => kind));
    const possible = productions.filter(
      ({ needs, local, when }) =>
        (when === undefined || (when === 'counted') === this.counted) &&
        (local !== false || this.scope.outer === null) &&
        (needs ?? []).every((kind) => kinds.has(kind)),
    );
    this.random.weighted(possible).write(this);
  }
}

const STORED: readonly Kind[] = [
  'instance',
  'instance',
  'instance',
  'list',
  'list',
  'dict',
  'dict',
  'tuple',
  'set',
  'str',
  'int',
  'callable',
  'float',
  'deque',
  'exception',
];
