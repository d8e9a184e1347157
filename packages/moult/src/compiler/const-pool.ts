/** The constants of one compilation, each value once.
 *
 *  Two constants are the same if type and value are: 1, 1.0 and True differ, 0.0 and -0.0 too. Each gets an id, and
 *  a container is known by the ids of its items, so that keys stay short. Code objects are equal if everything but
 *  their qualified name is, which happens to lambdas in a `finally` body that is compiled twice.
 *  Source: CPython 3.12 merge_consts_recursive, code_richcompare. */

import { PyComplex } from '../syntax/ast.ts';
import { CodeData, ComputedTuple, ConstFrozenSet, ConstTuple } from './code-data.ts';
import type { ConstValue } from './code-data.ts';

/** A constant and its number in the pool. */
export interface PooledConst {
  readonly id: number;
  readonly value: ConstValue;
}

export class ConstPool {
  private readonly byKey = new Map<string, PooledConst>();
  /** Code objects by a key that few share. */
  private readonly codes = new Map<string, PooledConst[]>();
  /** Containers seen before: one with a NaN, which equals nothing, is still itself. */
  private readonly containers = new Map<ConstTuple | ConstFrozenSet, PooledConst>();
  private uniqueKeys = 0;
  private count = 0;

  /** The pool's constant equal to `value`; its items are pooled too. */
  intern(value: ConstValue): PooledConst {
    if (value instanceof CodeData) return this.internCode(value);
    if (value instanceof ConstTuple || value instanceof ConstFrozenSet) {
      let pooled = this.containers.get(value);
      if (pooled === undefined) this.containers.set(value, (pooled = this.internKeyed(value)));
      return pooled;
    }
    return this.internKeyed(value);
  }

  private internKeyed(value: ConstValue): PooledConst {
    const key = this.keyOf(value);
    let pooled = this.byKey.get(key);
    if (pooled === undefined) {
      pooled = { id: this.count++, value: this.canonical(value) };
      this.byKey.set(key, pooled);
    }
    return pooled;
  }

  private internCode(code: CodeData): PooledConst {
    const key = `${code.name}:${code.firstlineno}:${code.linetable.length}`;
    let similar = this.codes.get(key);
    if (similar === undefined) this.codes.set(key, (similar = []));
    let pooled = similar.find(({ value }) => sameCode(value as CodeData, code));
    if (pooled === undefined) {
      pooled = { id: this.count++, value: code };
      similar.push(pooled);
    }
    return pooled;
  }

  private canonical(value: ConstValue): ConstValue {
    if (value instanceof ComputedTuple) return new ComputedTuple(this.values(value.items));
    if (value instanceof ConstTuple) return new ConstTuple(this.values(value.items));
    if (value instanceof ConstFrozenSet) return new ConstFrozenSet(this.values(value.items));
    return value;
  }

  private values(items: readonly ConstValue[]): ConstValue[] {
    return items.map((item) => this.intern(item).value);
  }

  private keyOf(value: ConstValue): string {
    switch (typeof value) {
      case 'string':
        return 's' + value;
      case 'bigint':
        return 'i' + value.toString(32);
      case 'number':
        return 'f' + this.floatKey(value);
      case 'boolean':
        return value ? 'T' : 'F';
      case 'symbol':
        return '...';
      default:
        return value === null ? 'N' : this.objectKey(value);
    }
  }

  private objectKey(value: Uint8Array | PyComplex | ConstTuple | ConstFrozenSet | CodeData): string {
    if (value instanceof Uint8Array) return 'b' + latin1(value);
    if (value instanceof PyComplex) return `c${this.floatKey(value.real)},${this.floatKey(value.imag)}`;
    if (value instanceof ConstTuple) return `t${this.ids(value.items).join()}`;
    if (value instanceof ConstFrozenSet)
      return `z${this.ids(value.items)
        .sort((a, b) => a - b)
        .join()}`;
    throw new TypeError('code objects have no key');
  }

  private ids(items: readonly ConstValue[]): number[] {
    return items.map((item) => this.intern(item).id);
  }

  private floatKey(value: number): string {
    if (Number.isNaN(value)) return `nan${this.uniqueKeys++}`;
    return Object.is(value, -0) ? '-0' : String(value);
  }
}

/** Whether two code objects of one compilation are equal; their constants are pooled already. */
function sameCode(a: CodeData, b: CodeData): boolean {
  return (
    a.name === b.name &&
    a.firstlineno === b.firstlineno &&
    a.flags === b.flags &&
    a.argcount === b.argcount &&
    a.posonlyargcount === b.posonlyargcount &&
    a.kwonlyargcount === b.kwonlyargcount &&
    sameItems(a.code, b.code) &&
    sameItems(a.linetable, b.linetable) &&
    sameItems(a.exceptiontable, b.exceptiontable) &&
    sameItems(a.consts, b.consts) &&
    sameItems(a.names, b.names) &&
    sameItems(a.localsplusnames, b.localsplusnames) &&
    sameItems(a.localspluskinds, b.localspluskinds)
  );
}

function sameItems<T>(a: ArrayLike<T>, b: ArrayLike<T>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
  return true;
}

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
