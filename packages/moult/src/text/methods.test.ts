import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as bytesCase from './bytes-case.ts';
import * as bytesSearch from './bytes-search.ts';
import * as bytesSplit from './bytes-split.ts';
import { charAt, charCount, compareStr, sliceChars, sliceStep } from './code-points.ts';
import { ValueFault } from './fault.ts';
import * as fill from './fill.ts';
import * as search from './search.ts';
import * as split from './split.ts';

type Arg = string | number | boolean | null;
type Row = [string, Arg[], unknown];
const path = process.env['METHOD_GOLDENS'] ?? new URL('./fixtures/methods.json', import.meta.url);
const goldens = JSON.parse(readFileSync(path, 'utf8')) as Record<'str' | 'bytes', Record<string, Row[]>>;

const { LEFT, RIGHT, BOTH } = { LEFT: 1, RIGHT: 2, BOTH: 3 };

/* The arguments come from JSON and have the types that the methods take. */
type Method = (value: never, ...args: never[]) => unknown;

const strMethods: Record<string, Method> = {
  find: search.strFind,
  rfind: search.strRfind,
  count: search.strCount,
  startswith: search.strStartsWith,
  endswith: search.strEndsWith,
  replace: search.strReplace,
  split: (t: string, sep: string | null, n: number) =>
    sep === null ? split.splitWords(t, n) : split.splitOn(t, sep, n),
  rsplit: (t: string, sep: string | null, n: number) =>
    sep === null ? split.rsplitWords(t, n) : split.rsplitOn(t, sep, n),
  partition: split.partition,
  rpartition: split.rpartition,
  splitlines: split.splitLines,
  strip: (t: string, chars: string | null) => strip(t, chars, BOTH),
  lstrip: (t: string, chars: string | null) => strip(t, chars, LEFT),
  rstrip: (t: string, chars: string | null) => strip(t, chars, RIGHT),
  ljust: fill.leftJustify,
  rjust: fill.rightJustify,
  center: fill.center,
  zfill: fill.zeroFill,
  expandtabs: fill.expandTabs,
};

function strip(text: string, chars: string | null, side: number): string {
  return chars === null ? fill.stripSpace(text, side) : fill.stripChars(text, chars, side);
}

type Bytes = Uint8Array;
const bytesMethods: Record<string, Method> = {
  find: bytesSearch.bytesFind,
  rfind: bytesSearch.bytesRfind,
  count: bytesSearch.bytesCount,
  startswith: bytesSearch.bytesStartsWith,
  endswith: bytesSearch.bytesEndsWith,
  replace: bytesSearch.bytesReplace,
  split: (d: Bytes, sep: Bytes | null, n: number) =>
    sep === null ? bytesSplit.splitByteWords(d, n) : bytesSplit.splitBytesOn(d, sep, n),
  rsplit: (d: Bytes, sep: Bytes | null, n: number) =>
    sep === null ? bytesSplit.rsplitByteWords(d, n) : bytesSplit.rsplitBytesOn(d, sep, n),
  partition: bytesSplit.partitionBytes,
  rpartition: bytesSplit.rpartitionBytes,
  splitlines: bytesSplit.splitByteLines,
  strip: (d: Bytes, chars: Bytes | null) => bytesSplit.stripBytes(d, chars ?? undefined, BOTH),
  lstrip: (d: Bytes, chars: Bytes | null) => bytesSplit.stripBytes(d, chars ?? undefined, LEFT),
  rstrip: (d: Bytes, chars: Bytes | null) => bytesSplit.stripBytes(d, chars ?? undefined, RIGHT),
  ljust: (d: Bytes, n: number, f: Bytes) => bytesCase.BYTES_FILLERS.ljust(d, n, f[0]),
  rjust: (d: Bytes, n: number, f: Bytes) => bytesCase.BYTES_FILLERS.rjust(d, n, f[0]),
  center: (d: Bytes, n: number, f: Bytes) => bytesCase.BYTES_FILLERS.center(d, n, f[0]),
  zfill: bytesCase.BYTES_FILLERS.zfill,
  expandtabs: bytesCase.BYTES_FILLERS.expandtabs,
  upper: bytesCase.bytesUpper,
  lower: bytesCase.bytesLower,
  swapcase: bytesCase.bytesSwapcase,
  capitalize: bytesCase.bytesCapitalize,
  title: bytesCase.bytesTitle,
  ...bytesCase.BYTES_TESTS,
};

function attempt(action: () => unknown): unknown {
  try {
    return action();
  } catch (fault) {
    if (!(fault instanceof ValueFault)) throw fault;
    return `${fault.kind}: ${fault.message}`;
  }
}

const toText = (value: unknown): unknown => {
  if (value instanceof Uint8Array) return bytesCase.latin1Text(value);
  return Array.isArray(value) ? value.map(toText) : value;
};
const toBytes = (arg: Arg): Arg | Bytes => (typeof arg === 'string' ? bytesCase.latin1Bytes(arg) : arg);

describe('str methods answer as in CPython 3.12', () => {
  for (const [name, rows] of Object.entries(goldens.str)) {
    test(name, () => {
      for (const [value, args, answer] of rows) {
        const result = attempt(() => strMethods[name]!(value as never, ...(args as never[])));
        expect(result, JSON.stringify([value, args])).toEqual(answer);
      }
    });
  }
});

describe('bytes methods answer as in CPython 3.12', () => {
  for (const [name, rows] of Object.entries(goldens.bytes)) {
    test(name, () => {
      for (const [value, args, answer] of rows) {
        const result = attempt(() => bytesMethods[name]!(toBytes(value) as never, ...(args.map(toBytes) as never[])));
        expect(toText(result), JSON.stringify([value, args])).toEqual(answer);
      }
    });
  }
});

test('positions count code points', () => {
  const text = 'a😀b\ud83dc';
  expect(charCount(text)).toBe(5);
  expect(charAt(text, 1) + charAt(text, 2)).toBe('😀b');
  expect(sliceChars(text, 1, 3)).toBe('😀b');
  expect(sliceChars(text, 3, 1)).toBe('');
  expect(sliceStep(text, 4, -1, 5)).toBe('c\ud83db😀a');
  expect(search.strFind('😀x', '\ude00')).toBe(-1);
});

test('str are ordered by code points', () => {
  const sorted = ['', 'a', 'ab', 'b', '\ud800', '\ud83d', '\udfff', '\ue000', '\uffff', '😀', '😀a', '\u{10ffff}'];
  for (let i = 0; i < sorted.length; i++) {
    for (let j = 0; j < sorted.length; j++) {
      expect(Math.sign(compareStr(sorted[i]!, sorted[j]!)), `${i} ${j}`).toBe(Math.sign(i - j));
    }
  }
});
