/**
 * Code objects as bytes. A module's strings come first, each once; the code objects name them by number. The file name
 * is not stored: it depends on where the library is said to be.
 */
import { CodeData, ConstFrozenSet, ConstTuple } from '../compiler/code-data.ts';
import type { ConstValue } from '../compiler/code-data.ts';
import { ELLIPSIS, PyComplex } from '../syntax/ast.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteSink } from './byte-sink.ts';

/** Written with every pack: a pack of another form is not read. Raise it with the form of code objects. */
export const CODE_FORMAT = 1;

const enum Tag {
  None = 0,
  True = 1,
  False = 2,
  Ellipsis = 3,
  Int = 4,
  NegativeInt = 5,
  BigInt = 6,
  Float = 7,
  Complex = 8,
  Text = 9,
  Bytes = 10,
  Tuple = 11,
  FrozenSet = 12,
  Code = 13,
  /** UTF-16 units, for text with lone surrogates. */
  WideText = 14,
}

/** The bytes of a module's code. */
export function encodeCode(code: CodeData): Uint8Array {
  const writer = new CodeWriter();
  writer.code(code);
  return writer.finish();
}

/** The code object of `encodeCode`'s bytes, said to come from `filename`. Throws RangeError for damaged data. */
export function decodeCode(data: Uint8Array, filename: string): CodeData {
  const reader = new ByteReader(data);
  const texts = readTexts(reader);
  return new CodeReader(reader, texts, filename).code();
}

function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

class CodeWriter {
  private readonly body = new ByteSink();
  private readonly texts = new Map<string, number>();

  finish(): Uint8Array {
    const sink = new ByteSink();
    sink.varint(this.texts.size);
    for (const text of this.texts.keys()) writeText(sink, text);
    sink.bytes(this.body.finish());
    return sink.finish();
  }

  code(code: CodeData): void {
    const { body } = this;
    this.name(code.name);
    this.name(code.qualname);
    const numbers = [
      code.firstlineno,
      code.flags,
      code.argcount,
      code.posonlyargcount,
      code.kwonlyargcount,
      code.stacksize,
    ];
    for (const value of numbers) body.varint(value);
    this.names(code.names);
    this.names(code.localsplusnames);
    for (const data of [code.localspluskinds, code.code, code.linetable, code.exceptiontable]) body.bytes(data);
    this.constants(code.consts);
  }

  private name(text: string): void {
    let number = this.texts.get(text);
    if (number === undefined) this.texts.set(text, (number = this.texts.size));
    this.body.varint(number);
  }

  private names(texts: readonly string[]): void {
    this.body.varint(texts.length);
    for (const text of texts) this.name(text);
  }

  private constants(values: readonly ConstValue[]): void {
    this.body.varint(values.length);
    for (const value of values) this.constant(value);
  }

  private constant(value: ConstValue): void {
    const { body } = this;
    if (value === null) body.byte(Tag.None);
    else if (value === true) body.byte(Tag.True);
    else if (value === false) body.byte(Tag.False);
    else if (value === ELLIPSIS) body.byte(Tag.Ellipsis);
    else if (typeof value === 'bigint') this.integer(value);
    else if (typeof value === 'string') {
      body.byte(Tag.Text);
      this.name(value);
    } else if (typeof value === 'number') {
      body.byte(Tag.Float);
      body.float(value);
    } else this.compound(value as Exclude<typeof value, symbol>);
  }

  private compound(value: Uint8Array | PyComplex | ConstTuple | ConstFrozenSet | CodeData): void {
    const { body } = this;
    if (value instanceof CodeData) {
      body.byte(Tag.Code);
      this.code(value);
    } else if (value instanceof Uint8Array) {
      body.byte(Tag.Bytes);
      body.bytes(value);
    } else if (value instanceof PyComplex) {
      body.byte(Tag.Complex);
      body.float(value.real);
      body.float(value.imag);
    } else {
      body.byte(value instanceof ConstTuple ? Tag.Tuple : Tag.FrozenSet);
      this.constants(value.items);
    }
  }

  private integer(value: bigint): void {
    const { body } = this;
    if (value <= BigInt(Number.MAX_SAFE_INTEGER) && value >= BigInt(-Number.MAX_SAFE_INTEGER)) {
      body.byte(value < 0n ? Tag.NegativeInt : Tag.Int);
      body.varint(Math.abs(Number(value)));
    } else {
      body.byte(Tag.BigInt);
      body.text(String(value));
    }
  }
}

function writeText(sink: ByteSink, text: string): void {
  const plain = isWellFormed(text);
  sink.byte(plain ? Tag.Text : Tag.WideText);
  if (plain) {
    sink.text(text);
    return;
  }
  sink.varint(text.length);
  for (let i = 0; i < text.length; i++) sink.varint(text.charCodeAt(i));
}

function readTexts(reader: ByteReader): string[] {
  const count = reader.varint();
  const texts: string[] = [];
  for (let i = 0; i < count; i++) texts.push(readText(reader));
  reader.varint();
  return texts;
}

function readText(reader: ByteReader): string {
  if (reader.byte() === (Tag.Text as number)) return reader.text();
  let text = '';
  for (let n = reader.varint(); n > 0; n--) text += String.fromCharCode(reader.varint());
  return text;
}

class CodeReader {
  private readonly reader: ByteReader;
  private readonly texts: readonly string[];
  private readonly filename: string;

  constructor(reader: ByteReader, texts: readonly string[], filename: string) {
    this.reader = reader;
    this.texts = texts;
    this.filename = filename;
  }

  code(): CodeData {
    const { reader } = this;
    return new CodeData({
      filename: this.filename,
      name: this.name(),
      qualname: this.name(),
      firstlineno: reader.varint(),
      flags: reader.varint(),
      argcount: reader.varint(),
      posonlyargcount: reader.varint(),
      kwonlyargcount: reader.varint(),
      stacksize: reader.varint(),
      names: this.names(),
      localsplusnames: this.names(),
      localspluskinds: reader.bytes(),
      code: reader.bytes(),
      linetable: reader.bytes(),
      exceptiontable: reader.bytes(),
      consts: this.constants(),
    });
  }

  private name(): string {
    return this.texts[this.reader.varint()] ?? '';
  }

  private names(): string[] {
    const names: string[] = [];
    for (let n = this.reader.varint(); n > 0; n--) names.push(this.name());
    return names;
  }

  private constants(): ConstValue[] {
    const values: ConstValue[] = [];
    for (let n = this.reader.varint(); n > 0; n--) values.push(this.constant());
    return values;
  }

  private constant(): ConstValue {
    const { reader } = this;
    const tag: Tag = reader.byte();
    switch (tag) {
      case Tag.None:
        return null;
      case Tag.True:
        return true;
      case Tag.False:
        return false;
      case Tag.Ellipsis:
        return ELLIPSIS;
      case Tag.Int:
        return BigInt(reader.varint());
      case Tag.NegativeInt:
        return -BigInt(reader.varint());
      case Tag.BigInt:
        return BigInt(reader.text());
      case Tag.Float:
        return reader.float();
      case Tag.Complex:
        return new PyComplex(reader.float(), reader.float());
      case Tag.Text:
        return this.name();
      case Tag.Bytes:
        return reader.bytes();
      case Tag.Tuple:
        return new ConstTuple(this.constants());
      case Tag.FrozenSet:
        return new ConstFrozenSet(this.constants());
      case Tag.Code:
        return this.code();
      default:
        throw new RangeError(`the library pack is damaged: unknown constant ${tag}`);
    }
  }
}
