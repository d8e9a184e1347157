/**
 * Constants of code objects in the heap. Equal constants of one compilation are one object, as the compiler of CPython
 * merges them; strings that look like names are interned.
 */
import { newRef, ObjectWord, TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { CodeData, ComputedBytes, ComputedTuple, ConstFrozenSet, ConstTuple } from '../../compiler/code-data.ts';
import type { ConstValue } from '../../compiler/code-data.ts';
import { call1 } from '../../core/call.ts';
import { newComplex } from '../../core/complex.ts';
import { newBigInt, newFloat } from '../../core/int.ts';
import { RootNum } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { charStr, pyBool, S, T } from '../../core/static.ts';
import { bytesData, internText, newBytes, newStr } from '../../core/str.ts';
import { temp } from '../../core/temps.ts';
import { newTuple } from '../../core/tuple.ts';
import { PyComplex } from '../../syntax/ast.ts';

/** Bytes that `byContents` looks at. */
const FOLDED_BYTES = 12;

/** Whether the object for a constant is one that the syntax tree has. */
function isOfSource(value: ConstValue): boolean {
  return !(value instanceof ComputedTuple || value instanceof ConstFrozenSet);
}

/** The constants made so far in one compilation, by a key of type and value. The temporaries' stack owns them. */
export class ConstantTable {
  private readonly byKey = new Map<string, Ref>();
  /** Tuples and bytes, of which there are many and long ones, by a number made of what is in them. */
  private readonly byContents = new Map<number, Ref[]>();
  private readonly names = new Map<string, Ref>();
  /** Those of `names` that nobody had interned before. */
  private readonly fresh = new Set<string>();
  private readonly codes = new Map<CodeData, Ref>();
  /** The constants that stand in the source: neither names nor code objects, nor tuples equal to one that was there before. */
  readonly literals = new Set<Ref>();
  /** Those that the parser holds twice: bytes, but for what the compiler computed. */
  readonly heldTwice = new Set<Ref>();
  private readonly rt: Runtime;
  private readonly makeCode: (rt: Runtime, data: CodeData, table: ConstantTable) => Owned;
  private readonly root: CodeData;
  private identifiers: ReadonlySet<string> | null = null;
  private tuplesMade = 0;

  /** For `root` and the code in it. */
  constructor(rt: Runtime, root: CodeData, makeCode: (rt: Runtime, data: CodeData, table: ConstantTable) => Owned) {
    this.rt = rt;
    this.root = root;
    this.makeCode = makeCode;
  }

  /** The object for a constant, borrowed. */
  constant(value: ConstValue): Ref {
    if (value instanceof CodeData) return this.code(value);
    const made = this.tuplesMade;
    const literal = this.literal(value);
    if (isOfSource(value) && (!(value instanceof ConstTuple) || this.tuplesMade > made)) this.literals.add(literal);
    return literal;
  }

  private literal(value: Exclude<ConstValue, CodeData>): Ref {
    if (value instanceof ConstTuple) return this.tuple(value.items.map((item) => this.constant(item)));
    if (value instanceof ConstFrozenSet) return this.frozenSet(value);
    return this.scalar(value);
  }

  private code(data: CodeData): Ref {
    let code = this.codes.get(data);
    if (code === undefined) this.codes.set(data, (code = temp(this.rt, this.makeCode(this.rt, data, this))));
    return code;
  }

  /** The tuple of these objects, one for equal ones; borrowed. */
  tuple(items: readonly Ref[]): Ref {
    const { rt } = this;
    const alike = this.alike(fold(items, items.length));
    for (const known of alike) if (isTupleOf(rt.words, known, items)) return known;
    const tuple = temp(rt, newTuple(rt, items.length));
    for (let i = 0; i < items.length; i++) rt.words[tuple + TupleWord.Items + i] = newRef(rt, items[i]);
    alike.push(tuple);
    this.tuplesMade++;
    return tuple;
  }

  /** The tuples and bytes made so far that have this number. */
  private alike(number: number): Ref[] {
    let alike = this.byContents.get(number);
    if (alike === undefined) this.byContents.set(number, (alike = []));
    return alike;
  }

  /** CPython makes a constant set up to three times, which shows in the order of items whose hashes collide: when it is folded,
   *  when equal constants are merged, and when a string in it is replaced by the one of that text that was interned before. */
  private frozenSet(value: ConstFrozenSet): Ref {
    const items = this.tuple(value.items.map((item) => this.constant(item)));
    return this.once(`z${items}`, () => {
      const merged = this.rebuilt(temp(this.rt, this.rt.newFrozenSet(items)));
      return value.items.some((item) => this.isReplaced(item)) ? this.rebuilt(temp(this.rt, merged)) : merged;
    });
  }

  /** Another set, made of the items in the order of the first. */
  private rebuilt(set: Ref): Owned {
    return this.rt.newFrozenSet(temp(this.rt, call1(this.rt, T.tuple, set)));
  }

  private isReplaced(item: ConstValue): boolean {
    if (typeof item !== 'string' || item === '' || !isNameLike(item)) return false;
    if (item.length === 1) return this.name(item) !== charStr(item.charCodeAt(0));
    this.identifiers ??= new Set(identifiersOf(this.root));
    return !this.fresh.has(item) || this.identifiers.has(item);
  }

  /** An interned name, borrowed. */
  name(text: string): Ref {
    const known = this.names.get(text);
    if (known !== undefined) return known;
    const H = this.rt.words;
    const before = H[RootNum.InternUsed];
    const name = temp(this.rt, internText(this.rt, text));
    if (H[RootNum.InternUsed] !== before) this.fresh.add(text);
    this.names.set(text, name);
    return name;
  }

  /** A str, interned if it looks like a name; borrowed. */
  text(text: string): Ref {
    return isNameLike(text) ? this.name(text) : this.once(`s${text}`, () => newStr(this.rt, text));
  }

  /** A bytes object of `data`, which it keeps; borrowed. */
  bytes(data: Uint8Array): Ref {
    const { rt } = this;
    const alike = this.alike(fold(data, Math.min(data.length, FOLDED_BYTES)) ^ ~data.length);
    for (const known of alike) if (isBytesOf(rt, known, data)) return known;
    const bytes = temp(rt, newBytes(rt, data));
    alike.push(bytes);
    return bytes;
  }

  private bytesConstant(value: Uint8Array): Ref {
    const bytes = this.bytes(value);
    if (!(value instanceof ComputedBytes)) this.heldTwice.add(bytes);
    return bytes;
  }

  private scalar(value: Exclude<ConstValue, CodeData | ConstTuple | ConstFrozenSet>): Ref {
    const { rt } = this;
    switch (typeof value) {
      case 'string':
        return this.text(value);
      case 'bigint':
        return this.once(`i${value.toString(36)}`, () => newBigInt(rt, value));
      case 'number':
        return this.once(`f${numberKey(value)}`, () => newFloat(rt, value));
      case 'boolean':
        return pyBool(value);
      case 'symbol':
        return S.Ellipsis;
      default:
        if (value === null) return S.None;
        if (value instanceof PyComplex) return this.complex(value.real, value.imag);
        return this.bytesConstant(value);
    }
  }

  private complex(real: number, imag: number): Ref {
    return this.once(`c${numberKey(real)},${numberKey(imag)}`, () => newComplex(this.rt, real, imag));
  }

  private once(key: string, make: () => Owned): Ref {
    let ref = this.byKey.get(key);
    if (ref === undefined) this.byKey.set(key, (ref = temp(this.rt, make())));
    return ref;
  }
}

/** A number made of the first `count` items. */
function fold(items: ArrayLike<number>, count: number): number {
  let number = items.length;
  for (let i = 0; i < count; i++) number = (Math.imul(number, 31) + items[i]) | 0;
  return number;
}

function isTupleOf(H: Int32Array, known: Ref, items: readonly Ref[]): boolean {
  if (H[known + ObjectWord.Type] !== T.tuple || H[known + TupleWord.Size] !== items.length) return false;
  for (let i = 0; i < items.length; i++) if (H[known + TupleWord.Items + i] !== items[i]) return false;
  return true;
}

function isBytesOf(rt: Runtime, known: Ref, data: Uint8Array): boolean {
  if (rt.words[known + ObjectWord.Type] !== T.bytes) return false;
  const others = bytesData(rt, known);
  if (others.length !== data.length) return false;
  for (let i = 0; i < data.length; i++) if (others[i] !== data[i]) return false;
  return true;
}

/** The names that the parser has interned before any constant is made. */
function* identifiersOf(data: CodeData): Generator<string> {
  yield data.name;
  yield* data.names;
  yield* data.localsplusnames;
  for (const value of data.consts) if (value instanceof CodeData) yield* identifiersOf(value);
}

function numberKey(n: number): string {
  return Object.is(n, -0) ? '-0' : String(n);
}

/** Letters, digits and underscores only: what the compiler interns. */
function isNameLike(text: string): boolean {
  return /^[A-Za-z0-9_]*$/.test(text);
}
