/** An object of the program, held by TypeScript until it is released. */
import { decref, Handle, ObjectWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { callWithTuple } from '../../core/call.ts';
import { getAttrText, getItem, length, reprText, setAttrText, setItem, strTextOf } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { temp } from '../../core/temps.ts';
import { tupleOf } from '../../core/tuple.ts';
import { kindName } from '../../core/types.ts';
import type { Converted } from './convert.ts';

/** What objects need of the interpreter they belong to. */
export interface Owner {
  readonly runtime: Runtime;
  /** Counts restored states: an object of an earlier one is gone. */
  readonly epoch: number;
  /** Runs `action` within the limits; a Python exception comes out as a PythonError. Temporaries are released. */
  enter<R>(action: () => R): R;
  /** A new Python object for a JavaScript value. */
  toPython(value: unknown): Owned;
  toJs(o: Ref): Converted;
}

/** Keeps an object of the program alive: `using item = python.evaluate('[1, 2]')`. Every one must be released once; what is not is
 *  reported when the interpreter is closed. */
export class PythonObject {
  private readonly owner: Owner;
  private readonly handle: Handle;
  private readonly epoch: number;

  /** Takes `o`. For the API itself. */
  constructor(owner: Owner, o: Owned) {
    this.owner = owner;
    this.epoch = owner.epoch;
    this.handle = new Handle(owner.runtime, o);
    decref(owner.runtime, o);
  }

  /** The object, borrowed: good as long as this is not released. Throws TypeError afterwards. */
  get ref(): Ref {
    if (this.epoch !== this.owner.epoch) throw new TypeError('this object belongs to a state that was left');
    return this.handle.ref;
  }

  get released(): boolean {
    return this.epoch !== this.owner.epoch || this.handle.released;
  }

  /** Whether it is an object of that interpreter. */
  belongsTo(runtime: Runtime): boolean {
    return this.owner.runtime === runtime;
  }

  /** `type(o).__name__` */
  get typeName(): string {
    return kindName(this.owner.runtime, this.ref);
  }

  /** `sys.getrefcount(o)` would say one more. This object's own reference is counted. */
  get refCount(): number {
    return this.owner.runtime.refCount(this.ref);
  }

  /** `type(o)`, to be released too. */
  get type(): PythonObject {
    const { runtime } = this.owner;
    const type = runtime.words[this.ref + ObjectWord.Type];
    runtime.incref(type);
    return new PythonObject(this.owner, type as Owned);
  }

  /** `getattr(o, name)` @runsPython */
  get(name: string): PythonObject {
    return this.owner.enter(() => new PythonObject(this.owner, getAttrText(this.owner.runtime, this.ref, name)));
  }

  /** `setattr(o, name, value)` @runsPython */
  set(name: string, value: unknown): void {
    this.owner.enter(() => {
      setAttrText(this.owner.runtime, this.ref, name, temp(this.owner.runtime, this.owner.toPython(value)));
    });
  }

  /** `o[key]` @runsPython */
  item(key: unknown): PythonObject {
    const { owner } = this;
    return owner.enter(
      () => new PythonObject(owner, getItem(owner.runtime, this.ref, temp(owner.runtime, owner.toPython(key)))),
    );
  }

  /** `o[key] = value` @runsPython */
  setItem(key: unknown, value: unknown): void {
    const { owner } = this;
    const rt = owner.runtime;
    owner.enter(() => {
      const keyObject = temp(rt, owner.toPython(key));
      setItem(rt, this.ref, keyObject, temp(rt, owner.toPython(value)));
    });
  }

  /** `len(o)` @runsPython */
  get length(): number {
    return this.owner.enter(() => length(this.owner.runtime, this.ref));
  }

  /** `o(*args)` @runsPython */
  call(...args: unknown[]): PythonObject {
    const { owner } = this;
    return owner.enter(() => new PythonObject(owner, callWith(owner, this.ref, args)));
  }

  /** `o.name(*args)` @runsPython */
  invoke(name: string, ...args: unknown[]): PythonObject {
    const { owner } = this;
    return owner.enter(() => {
      const method = temp(owner.runtime, getAttrText(owner.runtime, this.ref, name));
      return new PythonObject(owner, callWith(owner, method, args));
    });
  }

  /** `repr(o)` @runsPython */
  repr(): string {
    return this.owner.enter(() => reprText(this.owner.runtime, this.ref));
  }

  /** `str(o)` @runsPython */
  toString(): string {
    return this.owner.enter(() => strTextOf(this.owner.runtime, this.ref));
  }

  /** Its value: None, bool, int, float, str, bytes, list, tuple, dict (a Map), set; anything else is a PythonObject. */
  toJs(): Converted {
    return this.owner.toJs(this.ref);
  }

  /** Releases it; again does nothing. @runsPython */
  release(): void {
    if (this.released) return;
    this.owner.enter(() => {
      this.handle.release();
    });
  }

  [Symbol.dispose](): void {
    this.release();
  }
}

function callWith(owner: Owner, callable: Ref, args: readonly unknown[]): Owned {
  const rt = owner.runtime;
  const made = args.map((arg) => temp(rt, owner.toPython(arg)));
  return callWithTuple(rt, callable, temp(rt, tupleOf(rt, ...made)), 0);
}
