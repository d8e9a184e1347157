/** The opcodes that push numbers, text and bytes. */
import type { Owned } from '@moult/heap';
import { guard } from '../../core/faults.ts';
import { iterNext } from '../../core/protocol/index.ts';
import { overflowError, valueError } from '../../core/errors.ts';
import { newBigInt, newFloat, newInt } from '../../core/int.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool } from '../../core/static.ts';
import { newBytes, newFreshBytes, newStr, strText } from '../../core/str.ts';
import { dropTemp, temp } from '../../core/temps.ts';
import { intFromBytes } from '../../numeric/int-bytes.ts';
import { intFromBytesText } from '../../numeric/int-parse.ts';
import { floatFromBytesText } from '../../numeric/float-parse.ts';
import { decodeBytes } from '../../objects/bytes/codecs.ts';
import { memoryviewOf } from '../../objects/bytes/protocol.ts';
import { newBytearray } from '../../objects/bytes/storage.ts';
import { anotherView, viewOf } from '../../objects/bytes/view.ts';
import { ValueFault } from '../../text/fault.ts';
import { bytesRepr } from '../../text/repr.ts';
import { latin1Text } from '../../text/bytes-case.ts';
import { unescapeBytes } from '../codecs/escapes.ts';
import { UnpicklerWord } from './layout.ts';
import { pop, push, top, unpicklingError } from './loader.ts';
import type { Loader } from './loader.ts';

const LARGEST = 2 ** 53;

/** The size of what follows. Raises OverflowError for what no object can have. */
function sizeOf(l: Loader, nbytes: number, what: string): number {
  const size = l.input.number(nbytes);
  if (size < LARGEST) return size;
  return overflowError(l.rt, `${what} exceeds system's maximum size of 9223372036854775807 bytes`);
}

/** A signed number of four bytes. */
function signed(l: Loader): number {
  return l.input.number(4) | 0;
}

export function loadBinInt(l: Loader, nbytes: number): void {
  push(l, newInt(l.rt, nbytes === 4 ? signed(l) : l.input.number(nbytes)));
}

/** Also the True and False of protocol 0. Source: CPython 3.12 load_int. */
export function loadInt(l: Loader): void {
  const { rt } = l;
  const line = l.input.line();
  const text = latin1Text(line);
  if (text === '00\n' || text === '01\n') {
    push(l, pyBool(text === '01\n') as Owned);
    return;
  }
  // What C's strtol takes: 010 is octal.
  const octal = /^\s*([+-]?)0([0-7]{1,21})\n$/.exec(text);
  if (octal !== null) {
    const value = BigInt(`0o${octal[2] as string}`);
    push(l, newBigInt(rt, octal[1] === '-' ? -value : value));
    return;
  }
  push(
    l,
    newIntOf(rt, line, 0, () => 'could not convert string to int'),
  );
}

/** An int written in a line. Raises ValueError with the message. */
function newIntOf(rt: Runtime, line: Uint8Array, base: number, message: () => string): Owned {
  try {
    return newBigInt(rt, BigInt(intFromBytesText(line, base)));
  } catch (error) {
    if (error instanceof ValueFault) valueError(rt, message());
    throw error;
  }
}

export function loadLong(l: Loader): void {
  const line = l.input.line();
  const end = line.at(-2) === 0x4c ? line.length - 2 : line.length;
  const text = line.subarray(0, end);
  push(
    l,
    newIntOf(l.rt, text, 10, () => invalidDecimal(text)),
  );
}

function invalidDecimal(text: Uint8Array): string {
  return `invalid literal for int() with base 10: ${bytesRepr(text).slice(1)}`;
}

export function loadCountedLong(l: Loader, nbytes: number): void {
  const size = nbytes === 4 ? signed(l) : l.input.number(nbytes);
  if (size < 0) unpicklingError(l.rt, 'LONG pickle has negative byte count');
  push(l, newBigInt(l.rt, intFromBytes(l.input.read(size), true, true)));
}

/** The number on a line of its own, as GET and PUT have it. */
export function lineNumber(l: Loader): number {
  const line = l.input.line();
  try {
    return Number(intFromBytesText(line, 10));
  } catch {
    return valueError(l.rt, invalidDecimal(line));
  }
}

export function loadFloat(l: Loader): void {
  const line = l.input.line();
  const text = line.subarray(0, -1);
  push(
    l,
    newFloat(
      l.rt,
      guard(l.rt, () => floatFromBytesText(text, `'${latin1Text(line)}'`)),
    ),
  );
}

export function loadBinFloat(l: Loader): void {
  const data = l.input.read(8);
  push(l, newFloat(l.rt, new DataView(data.buffer, data.byteOffset, 8).getFloat64(0)));
}

/** Text of Python 2: bytes if the encoding is called so. */
function pushOldText(l: Loader, data: Uint8Array): void {
  const { rt, self } = l;
  const encoding = strText(rt, rt.words[self + UnpicklerWord.Encoding]);
  if (encoding === 'bytes') push(l, newBytes(rt, data));
  else push(l, decodeBytes(rt, data, encoding, strText(rt, rt.words[self + UnpicklerWord.Errors])));
}

/** A literal with quotes and escapes. Source: CPython 3.12 load_string. */
export function loadString(l: Loader): void {
  const line = l.input.line();
  const data = line.subarray(0, -1);
  const quote = data[0];
  if (data.length < 2 || (quote !== 0x27 && quote !== 0x22) || data.at(-1) !== quote) {
    unpicklingError(l.rt, 'the STRING opcode argument must be quoted');
  }
  const inner = data.subarray(1, -1);
  pushOldText(
    l,
    guard(l.rt, () => unescapeBytes(inner, 'strict')),
  );
}

export function loadBinString(l: Loader, nbytes: number): void {
  const size = sizeOf(l, nbytes, 'BINSTRING');
  pushOldText(l, l.input.read(size).slice());
}

/** Source: CPython 3.12 load_unicode. */
export function loadUnicode(l: Loader): void {
  const line = l.input.line();
  push(l, decodeBytes(l.rt, line.subarray(0, -1), 'raw-unicode-escape', 'strict'));
}

export function loadBinUnicode(l: Loader, nbytes: number): void {
  const data = l.input.read(sizeOf(l, nbytes, 'BINUNICODE'));
  push(l, asciiText(l.rt, data) || decodeBytes(l.rt, data, 'utf-8', 'surrogatepass'));
}

const SHORT = 32;

/** A short text that is ASCII, which most names are; 0 for others. */
function asciiText(rt: Runtime, data: Uint8Array): Owned | 0 {
  if (data.length > SHORT) return 0;
  for (let i = 0; i < data.length; i++) if ((data[i] as number) > 127) return 0;
  return newStr(rt, latin1Text(data));
}

export function loadBinBytes(l: Loader, nbytes: number): void {
  const data = l.input.read(sizeOf(l, nbytes, 'BINBYTES')).slice();
  push(l, data.length === 0 ? newBytes(l.rt, data) : newFreshBytes(l.rt, data));
}

export function loadByteArray(l: Loader): void {
  push(l, newBytearray(l.rt, l.input.read(sizeOf(l, 8, 'BYTEARRAY8')).slice()));
}

/** Takes one of the buffers that were handed over apart from the pickle. @runsPython */
export function loadNextBuffer(l: Loader): void {
  const { rt } = l;
  const buffers = rt.words[l.self + UnpicklerWord.Buffers];
  if (buffers === 0) {
    unpicklingError(rt, 'pickle stream refers to out-of-band data but no *buffers* argument was given');
  }
  const next = iterNext(rt, buffers);
  push(l, next === 0 ? unpicklingError(rt, 'not enough out-of-band buffers') : next);
}

/** Makes the buffer on top one that cannot be written to. */
export function loadReadonlyBuffer(l: Loader): void {
  const { rt } = l;
  const view = temp(rt, memoryviewOf(rt, top(l)));
  const seen = viewOf(rt, view);
  if (seen.readonly) {
    dropTemp(rt, view);
    return;
  }
  const frozen = anotherView(rt, view, { ...seen, readonly: true });
  dropTemp(rt, view);
  const old = pop(l);
  push(l, frozen);
  dropTemp(rt, old);
}
