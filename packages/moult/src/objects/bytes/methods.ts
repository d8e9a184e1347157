/** The other methods that bytes and bytearray share: case, tests, justifying, join, translate, hex, decode. */
import { decref, newRef, ObjectWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call1 } from '../../core/call.ts';
import { typeError, valueError } from '../../core/errors.ts';
import { guard } from '../../core/faults.ts';
import { native } from '../../core/native.ts';
import type { NativeDefinition } from '../../core/native.ts';
import { length } from '../../core/protocol/item.ts';
import type { Runtime } from '../../core/runtime.ts';
import { fastItem, fastSize, sequenceFast } from '../../core/sequence-fast.ts';
import { asSsize } from '../../core/ssize.ts';
import { pyBool, T } from '../../core/static.ts';
import { newBytes, newStr, strText } from '../../core/str.ts';
import { releaseKeeping, temp, tempMark, untemp } from '../../core/temps.ts';
import { argumentName, isBytes, isInstance, isStr, kindName } from '../../core/types.ts';
import * as cases from '../../text/bytes-case.ts';
import { bytesTranslate } from '../../text/bytes-search.ts';
import { cText } from '../str/c-text.ts';
import { refuseLong } from '../str/make.ts';
import { hasBuffer, requireBuffer, bufferOf } from './buffer.ts';
import { decodeBytes } from './codecs.ts';
import { hexText, parseHex } from './hex.ts';
import { dataOf, newUnsharedLike, optionalBuffer, textArgument, unchangedBytes } from './make.ts';
import { BytearrayWord, newBytearray } from './storage.ts';

function caseMethod(name: string, convert: (data: Uint8Array) => Uint8Array, doc: string): NativeDefinition {
  return native(`${name}($self, /)`, (rt, self) => newUnsharedLike(rt, self, convert(dataOf(rt, self).slice())), {
    doc,
  });
}

function testMethods(): NativeDefinition[] {
  return (Object.keys(cases.BYTES_TESTS) as (keyof typeof cases.BYTES_TESTS)[]).map((name) =>
    native(`${name}($self, /)`, (rt, self) => pyBool(cases.BYTES_TESTS[name](dataOf(rt, self))) as Owned, {
      doc: `B.${name}() -> bool`,
    }),
  );
}

function fillByte(rt: Runtime, name: string, fill: Ref): number {
  if (fill === 0) return 0x20;
  const one = isBytes(rt, fill) || isInstance(rt, fill, T.bytearray) ? dataOf(rt, fill) : null;
  if (one === null || one.length !== 1) {
    typeError(rt, `${name}() argument 2 must be a byte string of length 1, not ${argumentName(rt, fill)}`);
  }
  return one[0] as number;
}

function justifyMethod(name: 'ljust' | 'rjust' | 'center', doc: string): NativeDefinition {
  const run = (rt: Runtime, self: Ref, width = 0, fill = 0): Owned => {
    const columns = asSsize(rt, width);
    const byte = fillByte(rt, name, fill);
    const data = dataOf(rt, self);
    if (columns <= data.length) return unchangedBytes(rt, self);
    refuseLong(rt, columns);
    return newUnsharedLike(rt, self, cases.BYTES_FILLERS[name](data, columns, byte));
  };
  return native(`${name}($self, width, fillchar=b' ', /)`, run, { doc });
}

function zfill(rt: Runtime, self: Ref, width = 0): Owned {
  const columns = asSsize(rt, width);
  if (columns <= dataOf(rt, self).length) return unchangedBytes(rt, self);
  refuseLong(rt, columns);
  return newUnsharedLike(rt, self, cases.BYTES_FILLERS.zfill(dataOf(rt, self), columns));
}

function expandtabs(rt: Runtime, self: Ref, tabsize = 0): Owned {
  const columns = tabsize === 0 ? 8 : asSsize(rt, tabsize);
  return newUnsharedLike(
    rt,
    self,
    guard(rt, () => cases.BYTES_FILLERS.expandtabs(dataOf(rt, self), columns)),
  );
}

/** `separator.join(iterable)` @runsPython */
export function bytesJoin(rt: Runtime, self: Ref, iterable: Ref): Owned {
  const m = tempMark(rt);
  const items = temp(
    rt,
    withExport(rt, self, () => sequenceFast(rt, iterable, 'can only join an iterable')),
  );
  return releaseKeeping(rt, m, joinItems(rt, self, items));
}

/** Runs `action` while a bytearray cannot be re-sized. */
function withExport<R>(rt: Runtime, self: Ref, action: () => R): R {
  if (!isInstance(rt, self, T.bytearray)) return action();
  const H = rt.words;
  H[self + BytearrayWord.Exports]++;
  try {
    return action();
  } finally {
    H[self + BytearrayWord.Exports]--;
  }
}

function joinItems(rt: Runtime, self: Ref, items: Ref): Owned {
  const count = fastSize(rt, items);
  const separator = dataOf(rt, self);
  if (
    count === 1 &&
    rt.words[self + ObjectWord.Type] === T.bytes &&
    rt.words[fastItem(rt, items, 0) + ObjectWord.Type] === T.bytes
  ) {
    return newRef(rt, fastItem(rt, items, 0));
  }
  let total = Math.max(count - 1, 0) * separator.length;
  for (let i = 0; i < count; i++) {
    const item = fastItem(rt, items, i);
    if (!hasBuffer(rt, item)) {
      typeError(rt, `sequence item ${i}: expected a bytes-like object, ${kindName(rt, item)} found`);
    }
    total += requireBuffer(rt, item).length;
  }
  refuseLong(rt, total);
  const result = new Uint8Array(total);
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (i > 0) {
      result.set(separator, at);
      at += separator.length;
    }
    const part = requireBuffer(rt, fastItem(rt, items, i));
    result.set(part, at);
    at += part.length;
  }
  return newUnsharedLike(rt, self, result);
}

function translate(rt: Runtime, self: Ref, table = 0, deleted = 0): Owned {
  const map = optionalBuffer(rt, table);
  if (map !== undefined && map.length !== 256) valueError(rt, 'translation table must be 256 characters long');
  const gone = deleted === 0 ? new Uint8Array(0) : requireBuffer(rt, deleted);
  const data = dataOf(rt, self);
  const result = bytesTranslate(data, map, gone);
  const same = result.length === data.length && result.every((byte, i) => byte === data[i]);
  return same && rt.words[self + ObjectWord.Type] === T.bytes ? newRef(rt, self) : newUnsharedLike(rt, self, result);
}

function maketrans(rt: Runtime, _self: Ref, from = 0, to = 0): Owned {
  const source = requireBuffer(rt, from);
  const target = requireBuffer(rt, to);
  if (source.length !== target.length) valueError(rt, 'maketrans arguments must have same length');
  const table = Uint8Array.from({ length: 256 }, (_, i) => i);
  source.forEach((byte, i) => (table[byte] = target[i] as number));
  return newBytes(rt, table);
}

function fromhex(rt: Runtime, type: Ref, text = 0): Owned {
  const source = textArgument(rt, text, 'fromhex() argument');
  const data = guard(rt, () => parseHex(source));
  if (type === T.bytes) return newBytes(rt, data);
  if (type === T.bytearray) return newBytearray(rt, data);
  const value = temp(rt, newBytes(rt, data));
  const result = call1(rt, type, value);
  decref(rt, untemp(rt, value));
  return result;
}

/** `data.hex(sep, bytes_per_sep)` of any bytes. @runsPython */
export function hexOf(rt: Runtime, data: Uint8Array, separator: Ref, group: Ref): Owned {
  if (separator === 0) return newStr(rt, hexText(data, '', 0));
  const between = hexSeparator(rt, separator);
  return newStr(rt, hexText(data, between, group === 0 ? 1 : asSsize(rt, group)));
}

function hexSeparator(rt: Runtime, o: Ref): string {
  if (length(rt, o) !== 1) valueError(rt, 'sep must be length 1.');
  const data = isStr(rt, o) ? null : isBytes(rt, o) ? dataOf(rt, o) : typeError(rt, 'sep must be str or bytes.');
  const text = data === null ? strText(rt, o) : String.fromCharCode(data[0] as number);
  if (text.charCodeAt(0) > 127) valueError(rt, 'sep must be ASCII.');
  return text;
}

function hex(rt: Runtime, self: Ref, separator = 0, group = 0): Owned {
  return hexOf(rt, dataOf(rt, self), separator, group);
}

function decode(rt: Runtime, self: Ref, encoding = 0, errors = 0): Owned {
  const name = encoding === 0 ? 'utf-8' : cText(rt, encoding, "decode() argument 'encoding'");
  const handler = errors === 0 ? 'strict' : cText(rt, errors, "decode() argument 'errors'");
  return decodeBytes(rt, bufferOf(rt, self) ?? new Uint8Array(0), name, handler);
}

/** New definitions of the methods of this file, for one type. */
export function commonMethods(): NativeDefinition[] {
  return [
    caseMethod('capitalize', cases.bytesCapitalize, 'B.capitalize() -> copy of B'),
    caseMethod('lower', cases.bytesLower, 'B.lower() -> copy of B'),
    caseMethod('swapcase', cases.bytesSwapcase, 'B.swapcase() -> copy of B'),
    caseMethod('title', cases.bytesTitle, 'B.title() -> copy of B'),
    caseMethod('upper', cases.bytesUpper, 'B.upper() -> copy of B'),
    ...testMethods(),
    justifyMethod('center', 'In the middle of that many columns.'),
    justifyMethod('ljust', 'At the left of that many columns.'),
    justifyMethod('rjust', 'At the right of that many columns.'),
    native('zfill($self, width, /)', zfill, { doc: 'Filled up with zeros after the sign.' }),
    native('expandtabs($self, /, tabsize=8)', expandtabs, { doc: 'A copy with tabs replaced by blanks.' }),
    native('join($self, iterable_of_bytes, /)', bytesJoin, { doc: 'The items with these bytes between them.' }),
    native("translate($self, table, /, delete=b'')", translate, {
      doc: 'A copy with bytes replaced as the table says.',
    }),
    native('maketrans(frm, to, /)', maketrans, { binding: 'static', doc: 'A table for translate().' }),
    native('fromhex($type, string, /)', fromhex, {
      binding: 'class',
      doc: 'The bytes that hexadecimal digits stand for.',
    }),
    native('hex(sep=<unrepresentable>, bytes_per_sep=1)', hex, {
      unsigned: true,
      doc: "The bytes in hexadecimal.\n\n>>> b'\\xab\\x12'.hex('-')\n'ab-12'",
    }),
    native("decode($self, /, encoding='utf-8', errors='strict')", decode, { doc: 'The text that the bytes encode.' }),
  ];
}
