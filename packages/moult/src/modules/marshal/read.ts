/** Reading objects in the form of `marshal`. Source: CPython 3.12 marshal.c. */
import { newRef, setWord, TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { checkedCode } from '../../compiler/check-code.ts';
import { call1 } from '../../core/call.ts';
import { newComplex } from '../../core/complex.ts';
import { dictSet, newDict } from '../../core/dict/index.ts';
import { none, raise, typeError, valueError } from '../../core/errors.ts';
import { guard } from '../../core/faults.ts';
import { newBigInt, newFloat, newInt } from '../../core/int.ts';
import { CodeWord } from '../../core/layout/functions.ts';
import { listAppend, listAsTuple, newList } from '../../core/list.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { bytesData, internText, newStr, newUnsharedBytes, strText } from '../../core/str.ts';
import { dropTemp, releaseKeeping, releaseTemps, temp, tempMark, untemp } from '../../core/temps.ts';
import { isBytes, isStr, isTuple } from '../../core/types.ts';
import { floatFromStr } from '../../numeric/float-parse.ts';
import { checkParts } from '../../objects/functions/code-parts.ts';
import { newCode } from '../../objects/functions/code.ts';
import { decodeText } from '../../objects/bytes/codecs.ts';
import { getAttrText } from '../../core/protocol/attribute.ts';
import { textOfUnits } from '../../text/units.ts';
import { enterStep, leaveStep } from '../../core/recursion.ts';

const MAX_DEPTH = 2000;
const MAX_SIZE = 0x7fffffff;

/** What the end of a file is called. */
export const SHORT_FILE = 'EOF read where not expected';

/** Gives the next bytes; fewer at the end. @runsPython */
type ByteSource = (count: number) => Uint8Array;

/** Reads one object. Objects that may be referred to again are held by a list on the temporaries. */
export class MarshalReader {
  private readonly refs: Ref[] = [];
  private readonly holder: Ref;
  private depth = 0;

  constructor(
    private readonly rt: Runtime,
    private readonly source: ByteSource,
    private readonly shortText = 'marshal data too short',
  ) {
    this.holder = temp(rt, newList(rt, 0));
  }

  /** The object. Raises EOFError, ValueError, TypeError. */
  read(): Owned {
    const result = this.object();
    return result === 0 ? typeError(this.rt, 'NULL object in marshal data for object') : result;
  }

  private take(count: number): Uint8Array {
    const data = this.source(count);
    if (data.length < count) raise(this.rt, T.EOFError, this.shortText);
    return data;
  }

  private byte(): number {
    const data = this.source(1);
    return data[0] ?? raise(this.rt, T.EOFError, SHORT_FILE);
  }

  private short(): number {
    const data = this.take(2);
    return (data[0] ?? 0) | ((data[1] ?? 0) << 8);
  }

  private long(): number {
    const data = this.take(4);
    return new DataView(data.buffer, data.byteOffset, 4).getInt32(0, true);
  }

  private size(what: string): number {
    const n = this.long();
    if (n < 0 || n > MAX_SIZE) valueError(this.rt, `bad marshal data (${what} size out of range)`);
    return n;
  }

  /** Keeps an object under the next number, if it was written so. Lends it back. */
  private keep(value: Owned, flag: boolean): Owned {
    if (!flag) return value;
    this.refs.push(value);
    temp(this.rt, value);
    listAppend(this.rt, this.holder, value);
    return untemp(this.rt, value);
  }

  private reserve(flag: boolean): number {
    if (flag) this.refs.push(0);
    return this.refs.length - 1;
  }

  private fill(index: number, value: Owned, flag: boolean): Owned {
    if (!flag) return value;
    this.refs[index] = value;
    temp(this.rt, value);
    listAppend(this.rt, this.holder, value);
    return untemp(this.rt, value);
  }

  /** The next object; 0 for the mark that ends a dict. */
  private object(): Owned | 0 {
    const { rt } = this;
    const data = this.source(1);
    if (data.length === 0) raise(rt, T.EOFError, 'EOF read where object expected');
    if (++this.depth > MAX_DEPTH) valueError(rt, 'recursion limit exceeded');
    const code = data[0] ?? 0;
    enterStep(rt);
    const result = this.typed(String.fromCharCode(code & 0x7f), (code & 0x80) !== 0);
    leaveStep(rt);
    this.depth--;
    return result;
  }

  private typed(letter: string, flag: boolean): Owned | 0 {
    const { rt } = this;
    switch (letter) {
      case '0':
        return 0;
      case 'N':
        return none();
      case 'S':
        return newRef(rt, T.StopIteration);
      case '.':
        return newRef(rt, S.Ellipsis);
      case 'F':
      case 'T':
        return pyBool(letter === 'T') as Owned;
      case 'i':
        return this.keep(newInt(rt, this.long()), flag);
      case 'I':
        return this.keep(this.long64(), flag);
      case 'l':
        return this.keep(this.digits(), flag);
      case 'f':
        return this.keep(newFloat(rt, this.doubleText()), flag);
      case 'g':
        return this.keep(newFloat(rt, this.double()), flag);
      case 'x':
      case 'y': {
        const real = letter === 'y' ? this.double() : this.doubleText();
        return this.keep(newComplex(rt, real, letter === 'y' ? this.double() : this.doubleText()), flag);
      }
      default:
        return this.compound(letter, flag);
    }
  }

  private compound(letter: string, flag: boolean): Owned {
    switch (letter) {
      case 's':
        return this.keep(newUnsharedBytes(this.rt, this.take(this.size('bytes object')).slice()), flag);
      case 'a':
      case 'A':
        return this.ascii(this.size('string'), letter === 'A', flag);
      case 'z':
      case 'Z':
        return this.ascii(this.byte(), letter === 'Z', flag);
      case 'u':
      case 't':
        return this.utf8(letter === 't', flag);
      case ')':
        return this.tuple(this.byte(), flag);
      case '(':
        return this.tuple(this.size('tuple'), flag);
      case '[':
        return this.list(flag);
      case '{':
        return this.dict(flag);
      case '<':
      case '>':
        return this.set(letter === '>', flag);
      case 'c':
        return this.code(flag);
      case 'r':
        return this.known();
      default:
        return valueError(this.rt, 'bad marshal data (unknown type code)');
    }
  }

  private long64(): Owned {
    const data = this.take(8);
    return newBigInt(this.rt, new DataView(data.buffer, data.byteOffset, 8).getBigInt64(0, true));
  }

  private digits(): Owned {
    const { rt } = this;
    const n = this.long();
    if (n < -MAX_SIZE) valueError(rt, 'bad marshal data (long size out of range)');
    let value = 0n;
    let last = 1;
    for (let i = 0; i < Math.abs(n); i++) {
      last = this.short();
      if (last > 0x7fff) valueError(rt, 'bad marshal data (digit out of range in long)');
      value |= BigInt(last) << BigInt(15 * i);
    }
    if (last === 0) valueError(rt, 'bad marshal data (unnormalized long data)');
    return newBigInt(rt, n < 0 ? -value : value);
  }

  private double(): number {
    const data = this.take(8);
    return new DataView(data.buffer, data.byteOffset, 8).getFloat64(0, true);
  }

  private doubleText(): number {
    const text = String.fromCharCode(...this.take(this.byte()));
    return guard(this.rt, () => floatFromStr(text));
  }

  private ascii(length: number, interned: boolean, flag: boolean): Owned {
    const text = textOfUnits(this.take(length));
    return this.keep(interned ? internText(this.rt, text) : newStr(this.rt, text), flag);
  }

  private utf8(interned: boolean, flag: boolean): Owned {
    const text = decodeText(this.rt, this.take(this.size('string')), 'utf-8', 'surrogatepass');
    return this.keep(interned ? internText(this.rt, text) : newStr(this.rt, text), flag);
  }

  /** One item, which must be there. */
  private item(of: string): Owned {
    const item = this.object();
    return item === 0 ? typeError(this.rt, `NULL object in marshal data for ${of}`) : item;
  }

  private listOf(n: number, of: string): Ref {
    const { rt } = this;
    const list = temp(rt, newList(rt, 0));
    for (let i = 0; i < n; i++) {
      const item = temp(rt, this.item(of));
      listAppend(rt, list, item);
      dropTemp(rt, item);
    }
    return list;
  }

  private tuple(n: number, flag: boolean): Owned {
    const { rt } = this;
    const index = this.reserve(flag);
    const list = this.listOf(n, 'tuple');
    const tuple = temp(rt, listAsTuple(rt, list));
    const result = untemp(rt, tuple);
    dropTemp(rt, list);
    return this.fill(index, result, flag);
  }

  private list(flag: boolean): Owned {
    const { rt } = this;
    const n = this.size('list');
    const list = temp(rt, this.keep(newList(rt, 0), flag));
    for (let i = 0; i < n; i++) {
      const item = temp(rt, this.item('list'));
      listAppend(rt, list, item);
      dropTemp(rt, item);
    }
    return untemp(rt, list);
  }

  private dict(flag: boolean): Owned {
    const { rt } = this;
    const dict = temp(rt, this.keep(newDict(rt), flag));
    for (let key = this.object(); key !== 0; key = this.object()) {
      temp(rt, key);
      const value = this.object();
      if (value === 0) {
        dropTemp(rt, key);
        break;
      }
      temp(rt, value);
      dictSet(rt, dict, key, value);
      dropTemp(rt, value);
      dropTemp(rt, key);
    }
    return untemp(rt, dict);
  }

  private set(frozen: boolean, flag: boolean): Owned {
    const { rt } = this;
    const n = this.size('set');
    const index = this.reserve(flag);
    const m = tempMark(rt);
    const list = this.listOf(n, 'set');
    const made = frozen ? rt.newFrozenSet(list) : call1(rt, T.set, list);
    return this.fill(index, releaseKeeping(rt, m, made), flag);
  }

  private known(): Owned {
    const value = this.refs[this.long()];
    return value === undefined || value === 0
      ? valueError(this.rt, 'bad marshal data (invalid reference)')
      : newRef(this.rt, value);
  }

  private textItem(): string {
    const { rt } = this;
    const value = temp(rt, this.item('code object'));
    if (!isStr(rt, value)) typeError(rt, 'bad marshal data');
    const text = strText(rt, value);
    dropTemp(rt, value);
    return text;
  }

  private bytesItem(): Uint8Array {
    const { rt } = this;
    const value = temp(rt, this.item('code object'));
    if (!isBytes(rt, value)) typeError(rt, 'bad marshal data');
    const data = bytesData(rt, value).slice();
    dropTemp(rt, value);
    return data;
  }

  private namesItem(): string[] {
    const { rt } = this;
    const value = temp(rt, this.item('code object'));
    if (!isTuple(rt, value)) typeError(rt, 'bad marshal data');
    const names = Array.from({ length: rt.words[value + TupleWord.Size] }, (_, i) => {
      const item = rt.words[value + TupleWord.Items + i];
      return isStr(rt, item) ? strText(rt, item) : typeError(rt, 'name tuples must contain only strings');
    });
    dropTemp(rt, value);
    return names;
  }

  private code(flag: boolean): Owned {
    const { rt } = this;
    const m = tempMark(rt);
    const index = this.reserve(flag);
    const [argcount = 0, posonlyargcount = 0, kwonlyargcount = 0, stacksize = 0, flags = 0] = Array.from(
      { length: 5 },
      () => this.long(),
    );
    const code = this.bytesItem();
    const consts = temp(rt, this.item('code object'));
    if (!isTuple(rt, consts)) typeError(rt, 'bad marshal data');
    const names = this.namesItem();
    const localsplusnames = this.namesItem();
    const localspluskinds = this.bytesItem();
    const filename = this.textItem();
    const name = this.textItem();
    const qualname = this.textItem();
    const firstlineno = this.long();
    const linetable = this.bytesItem();
    const exceptiontable = this.bytesItem();
    const counts = { argcount, posonlyargcount, kwonlyargcount, stacksize, flags, firstlineno };
    const parts = {
      code,
      names,
      localsplusnames,
      localspluskinds,
      filename,
      name,
      qualname,
      linetable,
      exceptiontable,
    };
    const fields = { ...counts, ...parts, consts: [] };
    checkParts(rt, fields);
    const made = newCode(rt, checkedCode(fields, rt.words[consts + TupleWord.Size]));
    setWord(rt, made + CodeWord.Consts, newRef(rt, consts));
    return this.fill(index, releaseKeeping(rt, m, made), flag);
  }
}

/** A source that takes from bytes in memory. */
export function fromBytes(data: Uint8Array): ByteSource {
  let at = 0;
  return (count) => {
    const part = data.subarray(at, at + count);
    at += part.length;
    return part;
  };
}

/** A source that calls a file's `read`. Raises TypeError for anything but bytes. */
export function fromFile(rt: Runtime, file: Ref): ByteSource {
  return (count) => {
    const m = tempMark(rt);
    const read = temp(rt, getAttrText(rt, file, 'read'));
    const data = temp(rt, call1(rt, read, temp(rt, newInt(rt, count))));
    if (!isBytes(rt, data)) typeError(rt, 'file.read() returned not bytes');
    const bytes = bytesData(rt, data).slice();
    if (bytes.length > count)
      valueError(rt, `read() returned too much data: ${count} bytes requested, ${bytes.length} returned`);
    releaseTemps(rt, m);
    return bytes;
  };
}
