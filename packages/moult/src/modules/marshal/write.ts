/** Writing objects in the form of `marshal`. Source: CPython 3.12 marshal.c. */
import { ListWord, newRef, ObjectWord, TupleWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { dictKeyAt, dictNext, dictValueAt } from '../../core/dict/index.ts';
import { valueError } from '../../core/errors.ts';
import { bigIntValue, floatValue } from '../../core/int.ts';
import { CodeWord } from '../../core/layout/functions.ts';
import { StrState, StrWord } from '../../core/layout/text.ts';
import { iter, iterNext } from '../../core/protocol/index.ts';
import { complexImag, complexReal } from '../../core/complex.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { strText } from '../../core/str.ts';
import { dropTemp, releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { floatRepr } from '../../numeric/float-repr.ts';
import { bufferOf } from '../../objects/bytes/buffer.ts';
import { codeBytesObject } from '../../objects/functions/code.ts';
import { codeDataOf } from '../../objects/functions/code-data.ts';
import { ByteBuilder } from '../../text/byte-builder.ts';
import { compareBytes } from '../../text/bytes-search.ts';
import { encode } from '../../text/codecs.ts';
import { enterStep, leaveStep } from '../../core/recursion.ts';

const MAX_DEPTH = 2000;
const REF_FLAG = 0x80;
const SHORT = 256;
const DIGIT_BITS = 15n;

/** Writes one object and what it refers to. @runsPython */
export class MarshalWriter {
  private readonly out = new ByteBuilder(256);
  private readonly seen = new Map<Ref, number>();
  private depth = 0;
  private tooDeep = false;
  private unknown = false;

  constructor(
    private readonly rt: Runtime,
    private readonly version: number,
  ) {}

  /** The bytes. Raises ValueError for what cannot be written. */
  write(value: Ref): Uint8Array {
    this.object(value);
    if (this.tooDeep) valueError(this.rt, 'object too deeply nested to marshal');
    if (this.unknown) valueError(this.rt, 'unmarshallable object');
    return this.out.finish().slice();
  }

  private letter(ch: string, flag = 0): void {
    this.out.push(ch.charCodeAt(0) | flag);
  }

  private long(value: number): void {
    for (let i = 0; i < 4; i++) this.out.push((value >> (8 * i)) & 0xff);
  }

  private sized(data: Uint8Array): void {
    this.long(data.length);
    this.out.append(data);
  }

  private object(value: Ref): void {
    this.depth++;
    if (this.depth > MAX_DEPTH) this.tooDeep = true;
    else if (!this.singleton(value)) {
      const flag = this.reference(value);
      enterStep(this.rt);
      if (flag >= 0) this.complex(value, flag);
      leaveStep(this.rt);
    }
    this.depth--;
  }

  private singleton(value: Ref): boolean {
    const letters = new Map<Ref, string>([
      [S.None, 'N'],
      [T.StopIteration, 'S'],
      [S.Ellipsis, '.'],
      [S.False, 'F'],
      [S.True, 'T'],
    ]);
    const letter = letters.get(value);
    if (letter !== undefined) this.letter(letter);
    return letter !== undefined;
  }

  /** The flag for an object that may come again; −1 if it came before, and was written as a reference. */
  private reference(value: Ref): number {
    if (this.version < 3 || this.rt.words[value] === 1) return 0;
    const known = this.seen.get(value);
    if (known === undefined) {
      this.seen.set(value, this.seen.size);
      return REF_FLAG;
    }
    this.letter('r');
    this.long(known);
    return -1;
  }

  private complex(value: Ref, flag: number): void {
    const { rt } = this;
    switch (rt.words[value + ObjectWord.Type]) {
      case T.int:
        this.integer(bigIntValue(rt, value), flag);
        return;
      case T.float:
        this.real(flag, floatValue(rt, value));
        return;
      case T.complex:
        this.complexNumber(flag, complexReal(rt, value), complexImag(rt, value));
        return;
      case T.str:
        this.text(value, flag);
        return;
      case T.tuple:
        this.tuple(value, flag);
        return;
      case T.list:
        this.list(value, flag);
        return;
      case T.dict:
        this.dict(value, flag);
        return;
      case T.set:
      case T.frozenset:
        this.set(value, flag);
        return;
      case T.code:
        this.code(value, flag);
        return;
      default:
        this.bytes(value, flag);
    }
  }

  private bytes(value: Ref, flag: number): void {
    const data = bufferOf(this.rt, value);
    this.letter(data === null ? '?' : 's', flag);
    if (data === null) this.unknown = true;
    else this.sized(data);
  }

  private integer(value: bigint, flag: number): void {
    if (BigInt.asIntN(32, value) === value) {
      this.letter('i', flag);
      this.long(Number(value));
      return;
    }
    this.letter('l', flag);
    const digits: number[] = [];
    for (let rest = value < 0n ? -value : value; rest > 0n; rest >>= DIGIT_BITS) digits.push(Number(rest & 0x7fffn));
    this.long(value < 0n ? -digits.length : digits.length);
    for (const digit of digits) this.out.append(Uint8Array.of(digit & 0xff, digit >> 8));
  }

  private double(value: number): void {
    const data = new Uint8Array(8);
    new DataView(data.buffer).setFloat64(0, value, true);
    this.out.append(data);
  }

  private doubleText(value: number): void {
    const text = Number.isFinite(value) ? shortest(value) : floatRepr(value);
    this.out.push(text.length);
    this.out.append(encode(text, 'ascii'));
  }

  private real(flag: number, value: number): void {
    this.letter(this.version > 1 ? 'g' : 'f', flag);
    if (this.version > 1) this.double(value);
    else this.doubleText(value);
  }

  private complexNumber(flag: number, ...parts: number[]): void {
    this.letter(this.version > 1 ? 'y' : 'x', flag);
    for (const part of parts) {
      if (this.version > 1) this.double(part);
      else this.doubleText(part);
    }
  }

  private text(value: Ref, flag: number): void {
    const { rt } = this;
    const state = rt.words[value + StrWord.State];
    const text = strText(rt, value);
    const isShared = text.length === 1 && text.charCodeAt(0) > 0x7f;
    const interned = (state & StrState.Interned) !== 0 && !isShared;
    if (this.version >= 4 && (state & StrState.KindMask) === (StrState.Ascii as number)) {
      const isShort = text.length < SHORT;
      this.letter(isShort ? (interned ? 'Z' : 'z') : interned ? 'A' : 'a', flag);
      if (isShort) this.out.push(text.length);
      else this.long(text.length);
      this.out.append(encode(text, 'ascii'));
      return;
    }
    this.letter(this.version >= 3 && interned ? 't' : 'u', flag);
    this.sized(encode(text, 'utf-8', 'surrogatepass'));
  }

  private items(base: number, count: number): void {
    for (let i = 0; i < count; i++) this.object(this.rt.words[base + i]);
  }

  private tuple(value: Ref, flag: number): void {
    const n = this.rt.words[value + TupleWord.Size];
    const isSmall = this.version >= 4 && n < SHORT;
    this.letter(isSmall ? ')' : '(', flag);
    if (isSmall) this.out.push(n);
    else this.long(n);
    this.items(value + TupleWord.Items, n);
  }

  private list(value: Ref, flag: number): void {
    const H = this.rt.words;
    this.letter('[', flag);
    this.long(H[value + ListWord.Size]);
    this.items(H[value + ListWord.Items], H[value + ListWord.Size]);
  }

  private dict(value: Ref, flag: number): void {
    const { rt } = this;
    this.letter('{', flag);
    for (let i = dictNext(rt, value, 0); i >= 0; i = dictNext(rt, value, i + 1)) {
      this.object(dictKeyAt(rt, value, i));
      this.object(dictValueAt(rt, value, i));
    }
    this.letter('0');
  }

  /** Items in the order of what they are written as, so that equal sets give equal bytes. */
  private set(value: Ref, flag: number): void {
    const { rt } = this;
    this.letter(rt.words[value + ObjectWord.Type] === T.frozenset ? '>' : '<', flag);
    const found: { item: Ref; data: Uint8Array }[] = [];
    const it = temp(rt, iter(rt, value));
    for (let item = iterNext(rt, it); item !== 0; item = iterNext(rt, it)) {
      const held = temp(rt, item);
      found.push({ item: held, data: new MarshalWriter(rt, this.version).write(held) });
      dropTemp(rt, held);
    }
    dropTemp(rt, it);
    found.sort((a, b) => compareBytes(a.data, b.data));
    this.long(found.length);
    const m = tempMark(rt);
    for (const { item } of found) temp(rt, newRef(rt, item));
    for (const { item } of found) this.object(item);
    releaseTemps(rt, m);
  }

  private code(value: Ref, flag: number): void {
    const { rt } = this;
    const H = rt.words;
    const data = codeDataOf(rt, value);
    this.letter('c', flag);
    for (const n of [data.argcount, data.posonlyargcount, data.kwonlyargcount, data.stacksize, data.flags])
      this.long(n);
    const bytecode = temp(rt, newRef(rt, codeBytesObject(rt, value)));
    this.object(bytecode);
    dropTemp(rt, bytecode);
    for (const word of [CodeWord.Consts, CodeWord.Names, CodeWord.LocalsPlusNames, CodeWord.LocalsPlusKinds])
      this.object(H[value + word]);
    for (const word of [CodeWord.FileName, CodeWord.Name, CodeWord.Qualname]) this.object(H[value + word]);
    this.long(data.firstlineno);
    for (const word of [CodeWord.LineTable, CodeWord.ExceptionTable]) this.object(H[value + word]);
  }
}

/** `'%.17g' % value` */
function shortest(value: number): string {
  if (Object.is(value, -0)) return '-0';
  const text = value.toPrecision(17);
  const [mantissa = '', exponent] = text.split('e');
  const trimmed = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa;
  if (exponent === undefined) return trimmed;
  const size = exponent.slice(1).padStart(2, '0');
  return `${trimmed}e${exponent[0] ?? '+'}${size}`;
}
